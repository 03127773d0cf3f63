// Output files that appear under their name only when complete, and standard output with its errors looked at.
//
// A file whose name ends as those of compressed files do is compressed (packing.h).
//
// Cost:     one write(2), or writev(2) with many ranges, a call; nothing is buffered beyond what the caller gives, or
//           what is compressed together.
// Threads:  one writer per file. RemoveTemporaries() may be called by the thread that handles a signal.
// Failure:  every write, flush, close and rename is checked; the Status names the path and what to do. A closed pipe is
//           kAborted (exit code 141), everything else kUnavailable or as errno maps.
#ifndef UNECHO_SRC_WRITE_ATOMIC_FILE_H_
#define UNECHO_SRC_WRITE_ATOMIC_FILE_H_

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "base/status.h"
#include "write/packing.h"

namespace unecho {

class OutputFile {
 public:
  // What it is until Commit(). A file without a name is gone however the process ends, but needs a descriptor; where
  // the file system knows none, it has a name. The name is .NAME.unecho-PID, beside the file.
  enum class Temporary { kUnnamed, kNamed };
  // "-" is standard output, written as it comes (so are /dev/stdout and /dev/fd/N). Of a symbolic link what it points
  // to is replaced; who owns it and who may read it stays, where that is permitted. A path that is not a regular file
  // (/dev/null, /dev/full, a FIFO) is written directly.
  // `pool`: whose threads compress; it outlives the file. Null: the caller's does.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<OutputFile>> Create(const std::string& path,
                                                                          Temporary temporary = Temporary::kUnnamed,
                                                                          FramePool* pool = nullptr);
  ~OutputFile();  // discards what was not committed

  [[nodiscard]] absl::Status Write(std::string_view bytes);
  // Writes the ranges in order, without copying (writev). `ranges` is consumed.
  [[nodiscard]] absl::Status WriteRanges(std::span<iovec> ranges);
  // No more will be written. A named temporary waits for Commit() without a descriptor; one without a name is gone.
  [[nodiscard]] absl::Status Close();
  [[nodiscard]] absl::Status Commit();                       // close, give it its name; each result looked at
  uint64_t bytes_written() const { return bytes_written_; }  // to the file
  const std::string& path() const { return path_; }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

 private:
  OutputFile() = default;
  bool IsUnnamed() const { return fd_ >= 0 && !target_.empty() && temporary_.empty(); }
  bool OpenUnnamed();
  // `create` makes a file of a name, or sets errno.
  absl::Status GiveName(absl::FunctionRef<bool(const char*)> create);
  absl::Status CloseCopy() const;
  absl::Status WriteToFile(std::span<iovec> ranges);
  absl::Status WriteToFile(std::string_view bytes);
  absl::Status FinishPacking();  // once

  std::string path_;
  std::string target_;     // path_ with symbolic links followed: what Commit() replaces; empty: written directly
  std::string temporary_;  // its name, if it has one
  int fd_ = -1;
  bool owns_fd_ = false;
  uint64_t bytes_written_ = 0;
  std::unique_ptr<PackedStream> packed_;  // null: what is written goes to the file as it is
};

// An error that names --force if a regular file that is not empty has this name.
[[nodiscard]] absl::Status CheckNotThere(const std::string& path);

// Removes the named temporaries of all open outputs. For the end of a process only: their Commit() fails from here on.
void RemoveTemporaries();

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_ATOMIC_FILE_H_
