#include "read/fd_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/did_you_mean.h"

namespace unecho {
namespace {

// Fewer switches between us and whoever fills the pipe. The default is 64 KiB, the most for an ordinary user 1 MiB.
constexpr int kPipeBytes = 1 << 20;

std::string SystemMessage(int error) { return std::generic_category().message(error); }

// hf://datasets/OWNER/NAME/PATH, as it is called on the web.
std::string OnTheWeb(std::string_view url) {
  const size_t owner = url.starts_with("hf://datasets/") ? std::string_view("hf://datasets/").size() : url.npos;
  const size_t name = owner == url.npos ? url.npos : url.find('/', owner);
  const size_t path = name == url.npos ? url.npos : url.find('/', name + 1);
  if (path == url.npos) return "https://huggingface.co/datasets/OWNER/NAME/resolve/main/FILE";
  return absl::StrFormat("https://huggingface.co/%s/resolve/main%s", url.substr(5, path - 5), url.substr(path));
}

// What to do about a file that is not there.
std::string AdviceFor(const std::string& path) {
  if (const size_t end = path.find("://"); end != path.npos) {
    const std::string scheme = path.substr(0, end);
    if (scheme == "file") return "give its path alone: " + path.substr(end + 3);
    const std::string fetch = scheme == "s3"   ? "aws s3 cp " + path + " -"
                              : scheme == "gs" ? "gcloud storage cat " + path
                              : scheme == "hf" ? "curl -L " + OnTheWeb(path)
                                               : "curl -L " + path;
    return "what lies on a server comes through a pipe: " + fetch + " | unecho clean -";
  }
  if (path.find_first_of("*?[") != path.npos) return "no file matches, and so the shell left the pattern as it is";
  // A word processor makes "\u2013" of "--".
  for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"}) {
    if (path.starts_with(dash)) return "options begin with '-' or '--', and this with another dash";
  }
  if (path.starts_with('~')) return "the shell puts a folder in place of ~ only where it is not quoted";
  namespace fs = std::filesystem;
  std::error_code error;
  if (const size_t comma = path.find(','); comma != path.npos && fs::exists(path.substr(0, comma), error))
    return "files are named one by one, with blanks between them";
  if (const size_t blank = path.find(' '); blank != path.npos && fs::exists(path.substr(0, blank), error))
    return "files are named one by one, and not in one pair of quotes";
  if (path.starts_with('>') || path.starts_with('|')) return "it is quoted, so that the shell has not seen it";
  const fs::path file(path), folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) return "there is no folder " + folder.string();
  std::vector<std::string> names;
  constexpr size_t kMostNames = 10000;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator() && names.size() < kMostNames; entries.increment(error))
    names.push_back(file.has_parent_path() ? entries->path().string() : entries->path().filename().string());
  std::ranges::sort(names);
  return "check the path" + DidYouMean(path, std::span<const std::string>(names));
}

absl::Status OpenError(const std::string& label, int error) {
  const auto message = [&](std::string_view advice) {
    return absl::StrFormat("%s: cannot be opened (%s); %s", label, SystemMessage(error), advice);
  };
  switch (error) {
    case ENOENT:
    case ENOTDIR: return absl::NotFoundError(message(AdviceFor(label)));
    case EACCES:
    case EPERM: return absl::PermissionDeniedError(message("make the file and its folders readable for this user"));
    case EMFILE:
    case ENFILE:
    case ENOMEM: return absl::ResourceExhaustedError(message("close other files or raise the limit (ulimit -n)"));
    case ENXIO:
    case ENODEV: return absl::InvalidArgumentError(message("give a file, a pipe or - for standard input"));
    default: return absl::InvalidArgumentError(message("check the path and the disk it is on"));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<FdSource>> FdSource::Open(const std::string& path, const std::atomic<int>* interrupted) {
  std::unique_ptr<FdSource> source;
  if (path == "-") {
    source.reset(new FdSource(STDIN_FILENO, /*owned=*/false, "standard input", interrupted));
  } else {
    // O_NONBLOCK: opening a named pipe must not wait for its writer where nothing could interrupt us. Read() waits.
    int fd;
    do {
      fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (fd < 0 && errno == EINTR && !IsSet(interrupted));
    if (fd < 0) return errno == EINTR ? absl::CancelledError("interrupted") : OpenError(path, errno);
    source.reset(new FdSource(fd, /*owned=*/true, path, interrupted));
  }
  UNECHO_RETURN_IF_ERROR(source->Inspect());
  return source;
}

absl::Status FdSource::CheckCanBeOpened(const std::string& path) {
  return path == "-" || access(path.c_str(), R_OK) == 0 ? absl::OkStatus() : OpenError(path, errno);
}

FdSource::~FdSource() {
  if (owned_) close(fd_);
}

absl::Status FdSource::Inspect() {
  struct stat info {};
  if (fstat(fd_, &info) != 0) return OpenError(label_, errno);
  if (S_ISDIR(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrFormat("%s: is a directory; give the files in it", label_));
  }
  may_block_ = !S_ISREG(info.st_mode);
  // Both are advice; a refusal costs speed only.
  if (!may_block_) posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
#ifdef F_SETPIPE_SZ
  if (S_ISFIFO(info.st_mode)) (void)fcntl(fd_, F_SETPIPE_SZ, kPipeBytes);
#endif
  return absl::OkStatus();
}

int FdSource::FileFrom(uint64_t bytes_read) const {
  return !may_block_ && lseek(fd_, 0, SEEK_CUR) == static_cast<off_t>(bytes_read) ? fd_ : -1;
}

absl::StatusOr<InputReader::Result> FdSource::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (out.empty()) return InputReader::Result{};
  const Deadline deadline(patience);
  while (true) {
    if (IsSet(interrupted_) || stopped_.load(std::memory_order_relaxed)) return absl::CancelledError("interrupted");
    if (at_end_) return InputReader::Result{.at_end = true};
    if (may_block_) {
      const std::chrono::milliseconds remaining = deadline.Remaining();
      pollfd ready{.fd = fd_, .events = POLLIN, .revents = 0};
      const int count = poll(&ready, 1, static_cast<int>(std::min(remaining, kWaitSlice).count()));
      if (count < 0 && errno == EINTR) continue;
      if (count == 0 && remaining <= kWaitSlice) return InputReader::Result{.stalled = true};
      if (count == 0) continue;
      // Anything else, errors too, is for read() to tell.
    }
    const ssize_t bytes = read(fd_, out.data(), out.size());
    if (bytes > 0) {
      offset_bytes_ += static_cast<uint64_t>(bytes);
      return InputReader::Result{.bytes = static_cast<size_t>(bytes)};
    }
    if (bytes == 0) {
      at_end_ = true;
    } else if (errno == EAGAIN) {  // someone else took what poll() saw
      if (deadline.Remaining() == std::chrono::milliseconds::zero()) return InputReader::Result{.stalled = true};
    } else if (errno != EINTR) {
      return absl::DataLossError(
          absl::StrFormat("%s: cannot be read from byte %d on (%s); check the disk or the "
                          "program that feeds it, and run again",
                          label_, offset_bytes_, SystemMessage(errno)));
    }
  }
}

}  // namespace unecho
