// What does not fit into --memory: bytes in a file without a name, written once and read at their places.
//
// What is read comes from the page cache while the system has room for it. That is not memory of this process.
//
// Cost:    a system call.
// Threads: any number that read or WriteAt() apart from one another; one that appends while nobody reads.
// Failure: a file that cannot be made or written: a Status that names --tmpdir. One that cannot be read: false, and
//          status() says why.
#ifndef UNECHO_SRC_BASE_SPILL_FILE_H_
#define UNECHO_SRC_BASE_SPILL_FILE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/unnamed_file.h"

namespace unecho {

class SpillFile {
 public:
  // In `folder`; empty: $TMPDIR, or /tmp.
  static absl::StatusOr<std::unique_ptr<SpillFile>> Create(const std::string& folder);

  [[nodiscard]] absl::Status Append(const void* bytes, size_t count);
  [[nodiscard]] absl::Status WriteAt(uint64_t at, const void* bytes, size_t count);
  bool Read(uint64_t at, void* to, size_t count) const;

  uint64_t size() const { return size_; }  // where Append() goes on
  // OK, or what has gone wrong in a Read() before.
  absl::Status status() const;

 private:
  SpillFile(UnnamedFile file, std::string folder) : file_(std::move(file)), folder_(std::move(folder)) {}
  std::string ShownFolder() const { return folder_.empty() ? "$TMPDIR or /tmp" : folder_; }

  UnnamedFile file_;
  std::string folder_;
  uint64_t size_ = 0;
  mutable std::atomic<int> read_error_{0};
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_SPILL_FILE_H_
