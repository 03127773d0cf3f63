// Calls of the system for files of an index, or of a run in shards. Their errors name the file, and what to do.
//
// Threads: functions without state.
#ifndef UNECHO_SRC_STORE_FILES_H_
#define UNECHO_SRC_STORE_FILES_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace unecho {

// `what`: "open", "read", "write", ... ; `error`: an errno.
absl::Status SystemError(std::string_view what, const std::string& path, int error);

[[nodiscard]] absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path);
// How much of `size` there is until the end of the file; below zero: errno says why it cannot be read.
ssize_t ReadFully(int fd, char* to, size_t size);
// To the disk, and closed; the descriptor is -1 then.
[[nodiscard]] absl::Status CloseSynced(int& descriptor, const std::string& path);
// A name in a folder is there for good only when the folder is on the disk, too.
[[nodiscard]] absl::Status SyncFolder(const std::string& path);
[[nodiscard]] absl::Status Rename(const std::string& from, const std::string& to);
// What cannot be looked at is not taken for absent: an index would begin anew over one that is there.
absl::StatusOr<bool> IsThere(const std::string& path);
// Their names, sorted.
absl::StatusOr<std::vector<std::string>> FilesIn(const std::string& path);

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_FILES_H_
