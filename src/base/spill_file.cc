#include "base/spill_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<SpillFile>> SpillFile::Create(const std::string& folder) {
  UNECHO_ASSIGN_OR_RETURN(UnnamedFile file, UnnamedFile::Create(folder));
  return std::unique_ptr<SpillFile>(new SpillFile(std::move(file), folder));
}

absl::Status SpillFile::Append(const void* bytes, size_t count) {
  UNECHO_RETURN_IF_ERROR(WriteAt(size_, bytes, count));
  size_ += count;
  return absl::OkStatus();
}

absl::Status SpillFile::WriteAt(uint64_t at, const void* bytes, size_t count) {
  const char* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t done = ::pwrite(file_.fd(), from, count, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      return absl::ResourceExhaustedError(
          absl::StrFormat("what does not fit into --memory goes to %s, and that cannot be written (%s); name a folder "
                          "with room by --tmpdir, or raise --memory",
                          ShownFolder(), std::strerror(done < 0 ? errno : ENOSPC)));
    }
    from += done;
    at += static_cast<uint64_t>(done);
    count -= static_cast<size_t>(done);
  }
  return absl::OkStatus();
}

bool SpillFile::Read(uint64_t at, void* to, size_t count) const {
  char* place = static_cast<char*>(to);
  while (count > 0) {
    const ssize_t done = ::pread(file_.fd(), place, count, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      read_error_.store(done < 0 ? errno : EIO, std::memory_order_relaxed);
      return false;
    }
    place += done;
    at += static_cast<uint64_t>(done);
    count -= static_cast<size_t>(done);
  }
  return true;
}

absl::Status SpillFile::status() const {
  const int error = read_error_.load(std::memory_order_relaxed);
  if (error == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat(
      "what did not fit into --memory cannot be read again from %s (%s); check that disk, or name another folder by "
      "--tmpdir",
      ShownFolder(), std::strerror(error)));
}

}  // namespace unecho
