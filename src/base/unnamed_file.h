// A temporary file without a name: gone when it is closed, however the process ends.
//
// Threads: one owner. Failure: Create() names the folder.
#ifndef UNECHO_SRC_BASE_UNNAMED_FILE_H_
#define UNECHO_SRC_BASE_UNNAMED_FILE_H_

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/status.h"

namespace unecho {

class UnnamedFile {
 public:
  // In `folder`, or $TMPDIR, or /tmp.
  static absl::StatusOr<UnnamedFile> Create(const std::string& folder) {
    const char* from_environment = std::getenv("TMPDIR");
    std::string name = !folder.empty()                                            ? folder
                       : from_environment != nullptr && *from_environment != '\0' ? from_environment
                                                                                  : "/tmp";
    name += "/unecho.XXXXXX";
    const int fd = mkostemp(name.data(), O_CLOEXEC);
    if (fd < 0)
      return absl::UnavailableError(
          absl::StrFormat("cannot create %s: %s; name a folder with room by --tmpdir", name, std::strerror(errno)));
    unlink(name.c_str());
    return UnnamedFile(fd);
  }
  UnnamedFile(UnnamedFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UnnamedFile& operator=(UnnamedFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~UnnamedFile() {
    if (fd_ >= 0) close(fd_);
  }
  int fd() const { return fd_; }
  // By which it can be opened while this lives.
  std::string path() const { return absl::StrFormat("/proc/self/fd/%d", fd_); }

 private:
  explicit UnnamedFile(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_UNNAMED_FILE_H_
