// A file that is read whole before a run begins: a profile, rules, labels.
//
// Cost: the bytes of the file. Threads: a function without state.
// Failure: what cannot be opened or read, and a folder: a Status that names the path and the system's reason.
#ifndef UNECHO_SRC_BASE_SMALL_FILE_H_
#define UNECHO_SRC_BASE_SMALL_FILE_H_

#include <string>

#include "base/status.h"

namespace unecho {

absl::StatusOr<std::string> ReadSmallFile(const std::string& path);

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_SMALL_FILE_H_
