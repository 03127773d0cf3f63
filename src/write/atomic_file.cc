#include "write/atomic_file.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

// The temporaries of this process: for a thread that ends the process on a signal while a writer is blocked.
struct Temporaries {
  std::mutex mutex;
  std::vector<std::string> paths;  // as many as there are open outputs: a handful
};
Temporaries& OpenTemporaries() {
  static auto* temporaries = new Temporaries;  // never destroyed: the signal thread may outlive main()
  return *temporaries;
}

std::string Display(const std::string& path) { return path == "-" ? "standard output" : path; }

// kAborted and kCancelled have a meaning of their own in unecho (closed pipe, signal): no other errno may map to them.
absl::Status ErrnoStatus(int error, const std::string& message) {
  absl::StatusCode code = absl::ErrnoToStatusCode(error);
  if (error == EPIPE)
    code = absl::StatusCode::kAborted;
  else if (code == absl::StatusCode::kAborted || code == absl::StatusCode::kCancelled)
    code = absl::StatusCode::kUnavailable;
  return absl::Status(code, message);
}

std::string Cause(int error) { return std::generic_category().message(error); }

absl::Status WriteError(const std::string& path, int error) {
  const char* advice = "";
  switch (error) {
    case EPIPE: advice = "; the program that reads it has gone"; break;
    case ENOSPC: advice = "; free some space there, or write to another disk"; break;
    case EDQUOT: advice = "; delete files of yours there, or write to another disk"; break;
    case EFBIG: advice = "; raise the limit (ulimit -f), or write to another file system"; break;
    case EIO: advice = "; check the disk, or write to another one"; break;
    case EBADF: advice = "; it is closed: redirect it to a file, or name one with --output"; break;
    default: break;
  }
  return ErrnoStatus(error, absl::StrFormat("cannot write %s: %s%s", Display(path), Cause(error), advice));
}

absl::Status CreateError(const std::string& path, int error) {
  std::error_code no_link;
  const fs::path target = fs::read_symlink(path, no_link);  // a link is written through
  const fs::path written = no_link ? fs::path(path) : fs::path(path).parent_path() / target;
  const std::string parent = written.parent_path().string();
  const std::string folder = parent.empty() ? "." : parent;
  std::string advice;
  switch (error) {
    case ENOENT:
      advice = absl::StrFormat("; there is no folder %s: create it (mkdir -p), or choose another path", folder);
      break;
    case ENOTDIR: advice = absl::StrFormat("; a part of %s is not a folder: choose another path", folder); break;
    case EISDIR: advice = "; it is a folder: name a file in it"; break;
    case EACCES:
    case EPERM:
      advice = absl::StrFormat("; allow writing to it and to the folder %s (chmod), or choose another path", folder);
      break;
    case EROFS: advice = "; choose a path on a disk that can be written"; break;
    case ENOSPC:
    case EDQUOT: advice = "; free some space there, or choose a path on another disk"; break;
    case ENAMETOOLONG: advice = "; choose a shorter name"; break;
    case EMFILE:
    case ENFILE: advice = "; raise the limit of open files (ulimit -n)"; break;
    case EINTR: return absl::CancelledError(Abs("interrupted while opening " + path));
    default: break;
  }
  return ErrnoStatus(error, absl::StrFormat("cannot create %s: %s%s", path, Cause(error), advice));
}

// "-", /dev/stdout, /dev/fd/N, ... stand for a descriptor that is open already, with an offset and flags (>>) of its
// own.
std::optional<int> OpenDescriptor(std::string_view path) {
  if (path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int fd = 0;
    const char* const end = path.data() + path.size();
    const auto result = std::from_chars(path.data() + folder.size(), end, fd);
    if (result.ec == std::errc() && result.ptr == end && fd >= 0) return fd;
  }
  return std::nullopt;
}

// Where the last link of a chain of symbolic links points (it need not exist), so that links stay links.
std::string FollowLinks(const std::string& path) {
  constexpr int kMaxLinks = 40;  // as the kernel
  fs::path at = path;
  std::error_code error;
  for (int i = 0; i < kMaxLinks && fs::is_symlink(fs::symlink_status(at, error)); ++i) {
    const fs::path target = fs::read_symlink(at, error);
    if (error) break;
    at = target.is_absolute() ? target : at.parent_path() / target;
  }
  return at.string();
}

}  // namespace

void RemoveTemporaries() {
  Temporaries& open = OpenTemporaries();
  const std::lock_guard lock(open.mutex);
  for (const std::string& path : open.paths) ::unlink(path.c_str());
  open.paths.clear();
}

absl::Status CheckNotThere(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return absl::OkStatus();
  return absl::AlreadyExistsError(
      absl::StrFormat("%s: is there already; --force replaces it, or write to another file", path));
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& path, Temporary temporary,
                                                               FramePool* pool) {
  std::unique_ptr<OutputFile> file(new OutputFile);
  file->path_ = path;
  if (const std::optional<int> fd = OpenDescriptor(path)) {
    file->fd_ = *fd;
    if (::fcntl(*fd, F_GETFD) < 0) return WriteError(path, errno);
    return file;
  }
  file->owns_fd_ = true;
  if (const Compression compression = PackingOf(path); compression != Compression::kPlain)
    file->packed_ = PackedStream::Make(compression, pool);

  struct stat existing {};
  const bool exists = ::stat(path.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) return CreateError(path, EISDIR);
  if (exists && !S_ISREG(existing.st_mode)) {
    file->fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file->fd_ < 0) return CreateError(path, errno);
    return file;
  }
  // A rename would replace a file that its owner has protected against writing.
  if (exists && ::access(path.c_str(), W_OK) != 0) return CreateError(path, errno);

  file->target_ = FollowLinks(path);
  // What the file system would say of the name in the end.
  if (!exists && ::access(path.c_str(), F_OK) != 0 && errno != ENOENT) return CreateError(path, errno);
  if (temporary == Temporary::kNamed || !file->OpenUnnamed()) {
    UNECHO_RETURN_IF_ERROR(file->GiveName([&file](const char* name) {
      file->fd_ = ::open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      return file->fd_ >= 0;
    }));
  }
  // Who could not read the old file cannot read the new one. An owner can be given by root alone, and what runs with
  // the rights of its owner is not for us to write.
  if (exists) {
    [[maybe_unused]] const int changed = ::fchown(file->fd_, existing.st_uid, existing.st_gid);
    if (::fchmod(file->fd_, existing.st_mode & 0777) != 0) return CreateError(path, errno);
  }
  return file;
}

bool OutputFile::OpenUnnamed() {
  if (::access("/proc/self/fd", X_OK) != 0) return false;  // by which Commit() finds it
  const std::string folder = fs::path(target_).parent_path().string();
  fd_ = ::open(folder.empty() ? "." : folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  return fd_ >= 0;
}

absl::Status OutputFile::GiveName(absl::FunctionRef<bool(const char*)> create) {
  const fs::path target(target_);
  // Names end at 255 bytes.
  constexpr size_t kMostStem = 200;
  const std::string stem =
      (target.parent_path() /
       absl::StrFormat(".%s.unecho-%d", target.filename().string().substr(0, kMostStem), ::getpid()))
          .string();
  Temporaries& open = OpenTemporaries();
  const std::lock_guard lock(open.mutex);
  // The name may be taken by what a killed process with the same number left behind (in containers it is always 1).
  constexpr int kMaxAttempts = 100;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    std::string name = attempt == 0 ? stem : absl::StrFormat("%s.%d", stem, attempt);
    if (create(name.c_str())) {
      open.paths.push_back(name);
      temporary_ = std::move(name);
      return absl::OkStatus();
    }
    if (errno != EEXIST) return CreateError(path_, errno);
  }
  return absl::AlreadyExistsError(
      Abs(absl::StrFormat("cannot create %s: there are too many old temporary files; remove %s*", path_, stem)));
}

OutputFile::~OutputFile() {
  if (fd_ >= 0 && owns_fd_) ::close(fd_);
  if (temporary_.empty()) return;
  Temporaries& open = OpenTemporaries();
  const std::lock_guard lock(open.mutex);
  if (std::erase(open.paths, temporary_) > 0) ::unlink(temporary_.c_str());
}

absl::Status OutputFile::Write(std::string_view bytes) {
  iovec range{const_cast<char*>(bytes.data()), bytes.size()};
  return WriteRanges({&range, 1});
}

absl::Status OutputFile::WriteRanges(std::span<iovec> ranges) {
  if (packed_ == nullptr) return WriteToFile(ranges);
  for (const iovec& range : ranges) {
    UNECHO_RETURN_IF_ERROR(packed_->Add({static_cast<const char*>(range.iov_base), range.iov_len},
                                        [this](std::string_view bytes) { return WriteToFile(bytes); }));
  }
  return absl::OkStatus();
}

absl::Status OutputFile::FinishPacking() {
  if (packed_ == nullptr) return absl::OkStatus();
  const std::unique_ptr<PackedStream> packed = std::move(packed_);
  return packed->Finish([this](std::string_view bytes) { return WriteToFile(bytes); });
}

absl::Status OutputFile::WriteToFile(std::string_view bytes) {
  iovec range{const_cast<char*>(bytes.data()), bytes.size()};
  return WriteToFile({&range, 1});
}

absl::Status OutputFile::WriteToFile(std::span<iovec> ranges) {
  assert(fd_ >= 0);
  while (true) {
    while (!ranges.empty() && ranges.front().iov_len == 0) ranges = ranges.subspan(1);
    if (ranges.empty()) return absl::OkStatus();
    const int count = static_cast<int>(std::min(ranges.size(), size_t{IOV_MAX}));
    const ssize_t result = ::writev(fd_, ranges.data(), count);
    if (result < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {  // whoever shares the pipe or terminal has made it non-blocking
        pollfd ready{fd_, POLLOUT, 0};
        ::poll(&ready, 1, -1);
        continue;
      }
      return WriteError(path_, errno);
    }
    if (result == 0) return WriteError(path_, EIO);
    auto written = static_cast<size_t>(result);
    bytes_written_ += written;
    while (written > 0) {
      iovec& front = ranges.front();
      const size_t part = std::min(written, front.iov_len);
      front.iov_base = static_cast<char*>(front.iov_base) + part;
      front.iov_len -= part;
      written -= part;
      if (front.iov_len == 0) ranges = ranges.subspan(1);
    }
  }
}

// No fsync: what a run wrote can be had again by running it again, and waiting for the disk would cost more than the
// run. (Not so with --index, which knows it then: Outputs::Sync().) So after a power failure a complete name may hold
// an incomplete file; after anything less it cannot.
absl::Status OutputFile::Close() {
  if (fd_ < 0) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(FinishPacking());
  if (!owns_fd_) UNECHO_RETURN_IF_ERROR(CloseCopy());  // a descriptor that is not ours stays open
  const int fd = std::exchange(fd_, -1);
  // After EINTR Linux has closed it all the same.
  if (owns_fd_ && ::close(fd) != 0 && errno != EINTR) return WriteError(path_, errno);
  return absl::OkStatus();
}

// Network file systems report failed writes at close.
absl::Status OutputFile::CloseCopy() const {
  const int fd = ::fcntl(fd_, F_DUPFD_CLOEXEC, 0);
  if (fd < 0 || (::close(fd) != 0 && errno != EINTR)) return WriteError(path_, errno);
  return absl::OkStatus();
}

absl::Status OutputFile::Commit() {
  if (fd_ < 0 && !target_.empty() && temporary_.empty())
    return absl::InternalError(Abs(path_ + ": was closed before it had a name, and is gone"));
  if (fd_ >= 0) UNECHO_RETURN_IF_ERROR(FinishPacking());
  if (IsUnnamed()) {
    // A file that is not there yet gets its name at once; one that is cannot be replaced by a link.
    const std::string self = absl::StrFormat("/proc/self/fd/%d", fd_);
    const auto link = [&self](const char* name) {
      return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
    };
    UNECHO_RETURN_IF_ERROR(CloseCopy());
    if (link(target_.c_str())) return Close();
    if (errno != EEXIST) return CreateError(path_, errno);
    UNECHO_RETURN_IF_ERROR(GiveName(link));
  }
  UNECHO_RETURN_IF_ERROR(Close());
  if (temporary_.empty()) return absl::OkStatus();
  Temporaries& open = OpenTemporaries();
  const std::lock_guard lock(open.mutex);
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) {
    const int error = errno;
    return ErrnoStatus(error, absl::StrFormat("cannot rename %s to %s: %s; check that the folder is still there and "
                                              "can be written",
                                              temporary_, target_, Cause(error)));
  }
  std::erase(open.paths, temporary_);
  temporary_.clear();
  return absl::OkStatus();
}

}  // namespace unecho
