#include "store/index_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/small_file.h"
#include "store/block.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifestFile = "manifest", kLockFile = "lock", kPart = ".part";

absl::Status SystemError(std::string_view what, const std::string& path, int error) {
  const char* advice = "";
  switch (error) {
    case ENOSPC:
    case EDQUOT: advice = "; free some space there, or put the index on another disk"; break;
    case EACCES:
    case EPERM: advice = "; allow writing there (chmod), or give --index-read-only"; break;
    case EROFS: advice = "; the disk cannot be written: give --index-read-only, or copy the index"; break;
    case ENOENT: advice = "; create the folder that it is to lie in (mkdir -p), or check the path"; break;
    case ENOTDIR: advice = "; it, or a part of its path, is a file: an index is a folder"; break;
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

// A name in a folder is there for good only when the folder is on the disk, too.
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

}  // namespace

IndexFolder::Descriptor::~Descriptor() {
  if (fd >= 0) ::close(fd);
}

IndexFolder::~IndexFolder() {
  if (run_file_.empty() || is_committed_) return;
  ::unlink(PathOf(run_file_ + std::string(kPart)).c_str());
  if (is_finished_) ::unlink(PathOf(run_file_).c_str());
}

std::string IndexFolder::PathOf(std::string_view file) const { return (fs::path(path_) / file).string(); }

absl::StatusOr<std::unique_ptr<IndexFolder>> IndexFolder::Open(const std::string& path, Access access) {
  std::unique_ptr<IndexFolder> folder(new IndexFolder(path));
  struct stat status {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (!is_there && access == Access::kRead)
    return absl::NotFoundError(absl::StrFormat("%s: there is no index; check the path", path));
  if (is_there && !S_ISDIR(status.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s is a file, and an index is a folder; name one, or one that is not there yet", path));
  }
  if (!is_there && ::mkdir(path.c_str(), 0777) != 0) return SystemError("create", path, errno);
  if (access == Access::kAdd) UNECHO_RETURN_IF_ERROR(folder->TakeLock());
  UNECHO_RETURN_IF_ERROR(folder->ReadManifest(access));
  UNECHO_RETURN_IF_ERROR(folder->ReadSources());
  return folder;
}

absl::Status IndexFolder::TakeLock() {
  // Not in a folder of something else.
  if (!fs::exists(PathOf(kManifestFile)) && !fs::exists(PathOf(kLockFile)) && !fs::is_empty(path_)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: this folder has something else in it than an index; name another one, or one that is not there yet",
        path_));
  }
  const std::string lock = PathOf(kLockFile);
  lock_.fd = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_.fd < 0) return SystemError("open", lock, errno);
  if (::flock(lock_.fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return SystemError("lock", lock, errno);
    const auto holder = ReadSmallFile(lock);
    return absl::UnavailableError(absl::StrFormat(
        "%s: process %s adds to it; wait until that has ended, or give --index-read-only", path_,
        holder.ok() && !holder->empty() ? holder->substr(0, holder->find('\n')) : "of an unknown number"));
  }
  const std::string self = absl::StrFormat("%d\n", ::getpid());
  if (::ftruncate(lock_.fd, 0) != 0) return SystemError("write", lock, errno);
  return WriteAll(lock_.fd, self, lock);
}

absl::Status IndexFolder::ReadManifest(Access access) {
  const std::string path = PathOf(kManifestFile);
  std::error_code error;
  if (!fs::exists(path, error)) {
    if (access == Access::kAdd) return absl::OkStatus();  // a new one
    return absl::NotFoundError(absl::StrFormat("%s: there is no index in this folder; check the path", path_));
  }
  UNECHO_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(path));
  absl::StatusOr<Manifest> manifest = ParseManifest(std::move(text));
  if (!manifest.ok()) {
    return absl::Status(manifest.status().code(), Abs(absl::StrFormat("%s: %s", path, Message(manifest.status()))));
  }
  manifest_ = *std::move(manifest);
  return absl::OkStatus();
}

// The first block of each run.
absl::Status IndexFolder::ReadSources() {
  for (const IndexRun& run : manifest_.runs) {
    const std::string path = PathOf(run.file);
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0) return SystemError("open", path, errno);
    const auto damaged = [&](const absl::Status& what) {
      return absl::DataLossError(
          absl::StrFormat("%s: at byte 0: %s; the index is damaged: take a copy of it, or make "
                          "it again from its inputs",
                          path, Message(what)));
    };
    std::string bytes(sizeof(BlockHead), '\0');
    const auto read = [&](std::string& out) {
      const ssize_t size = ::read(file.fd, out.data(), out.size());
      return size >= 0 && static_cast<size_t>(size) == out.size();
    };
    if (!read(bytes)) return damaged(absl::DataLossError("it is cut short"));
    const absl::StatusOr<BlockHead> head = ReadBlockHead(bytes);
    if (!head.ok()) return damaged(head.status());
    std::string payload(head->packed_bytes, '\0'), plain;
    if (!read(payload)) return damaged(absl::DataLossError("it is cut short"));
    if (const absl::Status status = UnpackBlock(*head, payload, plain); !status.ok()) return damaged(status);
    if (head->kind != static_cast<uint32_t>(BlockKind::kSources) || head->count != run.sources ||
        head->count > plain.size() / sizeof(uint32_t))
      return damaged(absl::DataLossError("the names of its sources are not there"));
    ColumnReader reader(plain);
    std::vector<uint32_t> sizes(head->count);
    reader.Read(std::span<uint32_t>(sizes));
    for (const uint32_t size : sizes) source_names_.emplace_back(reader.Take(size));
    if (!reader.is_whole()) return damaged(absl::DataLossError("the names of its sources do not fit"));
  }
  return absl::OkStatus();
}

uint64_t IndexFolder::num_records() const {
  uint64_t records = 0;
  for (const IndexRun& run : manifest_.runs) records += run.records;
  return records;
}
uint64_t IndexFolder::num_kept() const {
  uint64_t kept = 0;
  for (const IndexRun& run : manifest_.runs) kept += run.kept;
  return kept;
}
uint64_t IndexFolder::num_bytes() const {
  uint64_t bytes = 0;
  for (const IndexRun& run : manifest_.runs) bytes += run.bytes;
  return bytes;
}

absl::Status IndexFolder::CheckMadeWith(const IndexParameters& parameters, std::string_view known_answer) const {
  if (manifest_.runs.empty()) return absl::OkStatus();
  if (manifest_.known_answer != known_answer) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s: it was made by unecho %s, whose hashes are others (%s; this one has %s); use that version, or make the "
        "index again from its inputs",
        path_, manifest_.made_by, manifest_.known_answer, known_answer));
  }
  const auto value_in = [](const IndexParameters& of, const std::string& name) {
    const auto found = std::ranges::find(of, name, &IndexParameters::value_type::first);
    return found == of.end() ? std::string() : found->second;
  };
  const auto check = [&](const std::string& name) -> absl::Status {
    const std::string made = value_in(manifest_.parameters, name), asked = value_in(parameters, name);
    if (made == asked) return absl::OkStatus();
    const auto shown = [&name](const std::string& value) {
      return value.empty() ? "no --" + name : "--" + name + " " + value;
    };
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s was made with %s, and this run has %s; what is the same has to be the same in all runs: ask for that, or "
        "begin another index",
        path_, shown(made), shown(asked)));
  };
  for (const auto& [name, value] : parameters) UNECHO_RETURN_IF_ERROR(check(name));
  for (const auto& [name, value] : manifest_.parameters) UNECHO_RETURN_IF_ERROR(check(name));
  return absl::OkStatus();
}

absl::Status IndexFolder::Begin(const IndexParameters& parameters, std::string known_answer, std::string made_by) {
  if (manifest_.runs.empty()) {
    manifest_.parameters = parameters;
    manifest_.known_answer = std::move(known_answer);
    manifest_.made_by = std::move(made_by);
  }
  const auto is_named = [&](const std::string& file) {
    return std::ranges::any_of(manifest_.runs, [&](const IndexRun& run) { return run.file == file; });
  };
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path_, error)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with("run-") && file != std::string(kManifestFile) + std::string(kPart)) continue;
    if (is_named(file) || ::unlink(PathOf(file).c_str()) != 0) continue;
    abandoned_.push_back(file);
  }
  std::ranges::sort(abandoned_);
  run_file_ = absl::StrFormat("run-%06d", manifest_.runs.size() + 1);
  const std::string part = PathOf(run_file_ + std::string(kPart));
  run_.fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return run_.fd < 0 ? SystemError("create", part, errno) : absl::OkStatus();
}

absl::Status IndexFolder::Append(std::string_view block) {
  run_bytes_ += block.size();
  ++run_blocks_;
  heads_ += block.substr(0, sizeof(BlockHead));
  return WriteAll(run_.fd, block, PathOf(run_file_));
}

absl::Status IndexFolder::Finish(IndexRun& run) {
  const std::string path = PathOf(run_file_), part = path + std::string(kPart);
  UNECHO_RETURN_IF_ERROR(CloseSynced(run_.fd, path));
  UNECHO_RETURN_IF_ERROR(Rename(part, path));
  is_finished_ = true;
  run.file = run_file_;
  run.bytes = run_bytes_;
  run.blocks = run_blocks_;
  run.digest = Hex(Hash128(heads_));
  return absl::OkStatus();
}

absl::Status IndexFolder::Commit(const IndexRun& run) {
  manifest_.runs.push_back(run);
  const std::string path = PathOf(kManifestFile), part = path + std::string(kPart);
  int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return SystemError("create", part, errno);
  absl::Status status = WriteAll(fd, ManifestText(manifest_), part);
  const absl::Status closed = CloseSynced(fd, part);
  if (status.ok()) status = closed;
  if (status.ok()) status = SyncFolder(path_);
  if (status.ok()) status = Rename(part, path);
  if (!status.ok()) {
    ::unlink(part.c_str());
    return status;
  }
  is_committed_ = true;
  return SyncFolder(path_);
}

// --- reading ---------------------------------------------------------------------------------------------------------

BlockReader::~BlockReader() {
  if (fd_ >= 0) ::close(fd_);
}

absl::Status BlockReader::Damaged(const absl::Status& what) const {
  const IndexRun& run = folder_.manifest().runs[run_];
  return absl::DataLossError(
      absl::StrFormat("%s: at byte %d: %s; the index is damaged: take a copy of it, or make it again from its inputs",
                      (fs::path(folder_.path()) / run.file).string(), block_at_, Message(what)));
}

absl::Status BlockReader::OpenRun() {
  run_ = next_run_++;
  const std::string path = (fs::path(folder_.path()) / folder_.manifest().runs[run_].file).string();
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) return SystemError("open", path, errno);
  (void)::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
  at_ = block_at_ = blocks_ = run_records_ = 0;
  heads_.clear();
  return absl::OkStatus();
}

// What the run is said to have came.
absl::Status BlockReader::EndRun() {
  ::close(std::exchange(fd_, -1));
  const IndexRun& run = folder_.manifest().runs[run_];
  if (at_ != run.bytes || blocks_ != run.blocks || Hex(Hash128(heads_)) != run.digest)
    return Damaged(absl::DataLossError("it has other blocks than the manifest says"));
  if (run_records_ != run.records) return Damaged(absl::DataLossError("it has more or fewer records than it should"));
  return absl::OkStatus();
}

absl::StatusOr<bool> BlockReader::Next(BlockHead& head, std::vector<char>& payload) {
  const auto read = [this](char* to, size_t size) -> absl::StatusOr<size_t> {
    size_t done = 0;
    while (done < size) {
      const ssize_t got = ::read(fd_, to + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Damaged(absl::DataLossError(absl::StrFormat("it cannot be read (%s)", std::strerror(errno))));
      if (got == 0) break;
      done += static_cast<size_t>(got);
    }
    return done;
  };
  std::string bytes(sizeof(BlockHead), '\0');
  while (true) {
    block_at_ = at_;
    if (fd_ < 0) {
      if (next_run_ == folder_.manifest().runs.size()) return false;
      UNECHO_RETURN_IF_ERROR(OpenRun());
    }
    UNECHO_ASSIGN_OR_RETURN(const size_t size, read(bytes.data(), bytes.size()));
    bytes.resize(size);
    if (size > 0) break;
    UNECHO_RETURN_IF_ERROR(EndRun());
    bytes.resize(sizeof(BlockHead));
  }
  const absl::StatusOr<BlockHead> read_head = ReadBlockHead(bytes);
  if (!read_head.ok()) return Damaged(read_head.status());
  head = *read_head;
  const uint64_t left = folder_.manifest().runs[run_].bytes;
  if (head.packed_bytes > left - std::min(left, at_))
    return Damaged(absl::DataLossError("a block goes beyond the end"));
  payload.resize(head.packed_bytes);
  UNECHO_ASSIGN_OR_RETURN(const size_t got, read(payload.data(), payload.size()));
  if (got != payload.size()) return Damaged(absl::DataLossError("it ends inside a block"));
  heads_ += bytes;
  at_ += sizeof(BlockHead) + head.packed_bytes;
  ++blocks_;
  if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) {
    if (head.first_record != records_) return Damaged(absl::DataLossError("a block of records is not in its place"));
    records_ += head.count;
    run_records_ += head.count;
  }
  return true;
}

}  // namespace unecho
