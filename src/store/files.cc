#include "store/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"

namespace unecho {

namespace fs = std::filesystem;

absl::Status SystemError(std::string_view what, const std::string& path, int error) {
  const char* advice = "";
  const bool reads = what == "open" || what == "read";
  switch (error) {
    case ENOSPC:
    case EDQUOT: advice = "; free some space there, or use another disk"; break;
    case EACCES:
    case EPERM: advice = reads ? "; check its permissions (chmod)" : "; allow writing there (chmod)"; break;
    case EROFS: advice = "; that disk cannot be written: use another one"; break;
    case ENOENT: advice = "; create the folder that it is to lie in (mkdir -p), or check the path"; break;
    case ENOTDIR: advice = "; it, or a part of its path, is a file, and no folder"; break;
    default: break;
  }
  return absl::UnavailableError(absl::StrFormat("cannot %s %s: %s%s", what, path, std::strerror(error), advice));
}

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return SystemError("write", path, written < 0 ? errno : EIO);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return SystemError("open", path, errno);
  // File systems that cannot do that for folders do it by themselves.
  const bool failed = ::fsync(fd) != 0 && errno != EINVAL;
  const int error = errno;
  ::close(fd);
  return failed ? SystemError("write", path, error) : absl::OkStatus();
}

absl::Status CloseSynced(int& descriptor, const std::string& path) {
  const int fd = std::exchange(descriptor, -1);
  const bool is_synced = ::fsync(fd) == 0;
  const int error = errno;
  if (::close(fd) != 0 && errno != EINTR && is_synced) return SystemError("write", path, errno);
  return is_synced ? absl::OkStatus() : SystemError("write", path, error);
}

absl::Status Rename(const std::string& from, const std::string& to) {
  return std::rename(from.c_str(), to.c_str()) == 0 ? absl::OkStatus() : SystemError("rename", from, errno);
}

ssize_t ReadFully(int fd, char* to, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(fd, to + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

absl::StatusOr<bool> IsThere(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT) return false;
  return SystemError("open", path, errno);
}

absl::StatusOr<std::vector<std::string>> FilesIn(const std::string& path) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator each(path, error); !error && each != fs::directory_iterator(); each.increment(error))
    files.push_back(each->path().filename().string());
  if (error) return SystemError("read", path, error.value());
  std::ranges::sort(files);
  return files;
}

}  // namespace unecho
