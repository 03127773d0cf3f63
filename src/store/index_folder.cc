#include "store/index_folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/small_file.h"
#include "store/block.h"
#include "store/files.h"
#include "store/unfinished_run.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifestFile = "manifest", kLockFile = "lock", kPart = ".part", kRunPrefix = "run-",
                           kLeft = ".left", kAskedPart = ".asked.part";

std::string RunName(size_t number) { return absl::StrFormat("%s%06d", kRunPrefix, number); }

}  // namespace

IndexFolder::Descriptor::~Descriptor() {
  if (fd >= 0) ::close(fd);
}

IndexFolder::~IndexFolder() {
  if (is_committed_ || !DropRun()) return;
  if (holds_lock_ && !has_manifest_) {
    ::unlink(PathOf(kManifestFile).c_str());
    if (made_lock_) ::unlink(PathOf(kLockFile).c_str());
  }
  if (made_folder_) ::rmdir(path_.c_str());
}

// False if --resume can go on with something that stays.
bool IndexFolder::DropRun() {
  if (run_file_.empty()) return true;
  ::unlink((PathOf(kManifestFile) + std::string(kPart)).c_str());
  const std::string path = PathOf(run_file_), part = path + std::string(kPart);
  // A block of sources alone is nothing to go on with. Without one of its own it has left that of another run.
  if (is_kept_ && (run_blocks_ != 1 || unfinished_.records > 0)) {
    if (is_finished_) ::rename(path.c_str(), part.c_str());
    return false;
  }
  ::unlink(part.c_str());
  ::unlink(AskedPath().c_str());
  if (is_finished_) ::unlink(path.c_str());
  return true;
}

std::string IndexFolder::AskedPath() const { return PathOf(run_file_) + std::string(kAskedPart); }

std::string IndexFolder::PathOf(std::string_view file) const { return (fs::path(path_) / file).string(); }

absl::StatusOr<std::unique_ptr<IndexFolder>> IndexFolder::Open(const std::string& path, Access access) {
  std::unique_ptr<IndexFolder> folder(new IndexFolder(path));
  struct stat status {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (!is_there && errno != ENOENT) return SystemError("open", path, errno);
  if (!is_there && access == Access::kRead)
    return absl::NotFoundError(absl::StrFormat("%s: there is no index; check the path", path));
  if (is_there && !S_ISDIR(status.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s is a file, and an index is a folder; name one, or one that is not there yet", path));
  }
  folder->made_folder_ = !is_there && ::mkdir(path.c_str(), 0777) == 0;
  if (!is_there && !folder->made_folder_ && errno != EEXIST) return SystemError("create", path, errno);
  if (access == Access::kAdd) UNECHO_RETURN_IF_ERROR(folder->TakeLock());
  UNECHO_RETURN_IF_ERROR(folder->ReadManifest(access));
  UNECHO_RETURN_IF_ERROR(folder->ReadSources());
  return folder;
}

absl::Status IndexFolder::TakeLock() {
  // Not in a folder of something else. The lock is looked for last: another run may be making it.
  const std::string lock = PathOf(kLockFile);
  UNECHO_ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesIn(path_));
  UNECHO_ASSIGN_OR_RETURN(const bool has_manifest, IsThere(PathOf(kManifestFile)));
  UNECHO_ASSIGN_OR_RETURN(const bool has_lock, IsThere(lock));
  if (!files.empty() && !has_manifest && !has_lock) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: this folder has something else in it than an index; name another one, or one that is not there yet",
        path_));
  }
  made_lock_ = !has_lock;
  // A run that fails takes its lock file with it, perhaps after this one has opened it.
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(holds_lock_, OpenLock(lock));
    if (holds_lock_) break;
    made_lock_ = true;
  }
  const std::string self = absl::StrFormat("%d\n", ::getpid());
  if (::ftruncate(lock_.fd, 0) != 0) return SystemError("write", lock, errno);
  return WriteAll(lock_.fd, self, lock);
}

// False if the file that is locked has lost its name meanwhile.
absl::StatusOr<bool> IndexFolder::OpenLock(const std::string& lock) {
  if (lock_.fd >= 0) ::close(lock_.fd);
  lock_.fd = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_.fd < 0) {
    const bool may_be_read = errno == EACCES || errno == EPERM || errno == EROFS;
    const absl::Status status = SystemError("open", lock, errno);
    if (!may_be_read) return status;
    return absl::UnavailableError(absl::StrFormat("%s, or give --index-read-only", Message(status)));
  }
  // Who has just taken it has not said yet who that is: the file is empty, or names one that is gone.
  for (int tries = 0; ::flock(lock_.fd, LOCK_EX | LOCK_NB) != 0; ++tries) {
    if (errno != EWOULDBLOCK) return SystemError("lock", lock, errno);
    const auto said = ReadSmallFile(lock);
    int holder = 0;
    const bool is_named = said.ok() && absl::SimpleAtoi(*said, &holder) && holder > 0;
    constexpr int kMostTries = 20;  // a process of another machine cannot be looked for
    if ((!is_named || (::kill(holder, 0) != 0 && errno == ESRCH)) && tries < kMostTries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      continue;
    }
    return absl::UnavailableError(
        absl::StrFormat("%s: process %s adds to it; wait until that has ended, or give --index-read-only", path_,
                        is_named ? absl::StrCat(holder) : "of an unknown number"));
  }
  struct stat held {
  }, named{};
  if (::fstat(lock_.fd, &held) != 0) return SystemError("look at", lock, errno);
  return ::stat(lock.c_str(), &named) == 0 && named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

absl::Status IndexFolder::ReadManifest(Access access) {
  const std::string path = PathOf(kManifestFile);
  UNECHO_ASSIGN_OR_RETURN(has_manifest_, IsThere(path));
  if (!has_manifest_) {
    // It is written before the first run: where runs are, it was lost.
    UNECHO_ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesIn(path_));
    const auto run = std::ranges::find_if(files, [](const auto& file) { return file.starts_with(kRunPrefix); });
    if (run != files.end()) {
      return absl::DataLossError(
          absl::StrFormat("%s: it is not there, and %s is; the index is damaged: take the manifest from a copy, or "
                          "make the index again "
                          "from its inputs",
                          path, *run));
    }
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

absl::StatusOr<int> IndexFolder::OpenRun(const std::string& file) const {
  const int fd = ::open(PathOf(file).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return fd;
  return errno == ENOENT ? Damaged({file, 0}, absl::DataLossError("it is not there"))
                         : SystemError("open", PathOf(file), errno);
}

// The first block of each run.
absl::Status IndexFolder::ReadSources() {
  for (const IndexRun& run : manifest_.runs) {
    UNECHO_ASSIGN_OR_RETURN(const int fd, OpenRun(run.file));
    const Descriptor file{fd};
    const auto damaged = [&](const absl::Status& what) { return Damaged({run.file, 0}, what); };
    std::string bytes(sizeof(BlockHead), '\0');
    const auto read = [&](std::string& out) -> absl::Status {
      const ssize_t size = ReadFully(file.fd, out.data(), out.size());
      if (size < 0) return SystemError("read", PathOf(run.file), errno);
      if (static_cast<size_t>(size) < out.size()) return damaged(absl::DataLossError("it is cut short"));
      return absl::OkStatus();
    };
    UNECHO_RETURN_IF_ERROR(read(bytes));
    const absl::StatusOr<BlockHead> head = ReadBlockHead(bytes);
    if (!head.ok()) return damaged(head.status());
    if (head->packed_bytes > run.bytes) return damaged(absl::DataLossError("a block goes beyond the end"));
    std::string payload(head->packed_bytes, '\0'), plain;
    UNECHO_RETURN_IF_ERROR(read(payload));
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
  const auto check = [&](const std::string& name) -> absl::Status {
    const std::string made = ValueIn(manifest_.parameters, name), asked = ValueIn(parameters, name);
    if (made == asked) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s was made with %s, and this run has %s; what is the same has to be the same in all runs: ask for that, or "
        "begin another index",
        path_, ShownParameter(name, made), ShownParameter(name, asked)));
  };
  for (const auto& [name, value] : parameters) UNECHO_RETURN_IF_ERROR(check(name));
  for (const auto& [name, value] : manifest_.parameters) UNECHO_RETURN_IF_ERROR(check(name));
  // Behind the parameters: it depends on some of them.
  if (manifest_.known_answer != known_answer) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s: the unecho %s that made it makes other tokens or works of a text than this one (%s, and not %s); use that "
        "one, or make the index again from its inputs",
        path_, manifest_.made_by, manifest_.known_answer, known_answer));
  }
  return absl::OkStatus();
}

absl::Status IndexFolder::CopyRuns(const IndexFolder& other) {
  for (const IndexRun& run : other.manifest_.runs) {
    const std::string to = PathOf(run.file);
    std::error_code error;
    fs::copy_file(other.PathOf(run.file), to, error);
    if (error) return SystemError("copy to", to, error.value());
    int fd = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return SystemError("open", to, errno);
    UNECHO_RETURN_IF_ERROR(CloseSynced(fd, to));
  }
  manifest_ = other.manifest_;
  source_names_ = other.source_names_;
  return absl::OkStatus();
}

absl::Status IndexFolder::Begin(const IndexParameters& parameters, const std::string& known_answer,
                                const std::string& made_by, const Resumable* resumable) {
  if (manifest_.runs.empty()) {
    manifest_.parameters = parameters;
    manifest_.known_answer = known_answer;
    manifest_.made_by = made_by;
  }
  run_file_ = RunName(manifest_.runs.size() + 1);
  RunAsked asked{made_by, parameters, known_answer, DigestOfRuns(manifest_.runs), {}};
  if (resumable != nullptr) {
    asked.parameters.insert(asked.parameters.end(), resumable->parameters.begin(), resumable->parameters.end());
    asked.command_line = resumable->command_line;
  }
  is_kept_ = resumable != nullptr && resumable->resumes;
  if (is_kept_) UNECHO_RETURN_IF_ERROR(FindUnfinished(asked));
  const auto is_named = [&](const std::string& file) {
    return std::ranges::any_of(manifest_.runs, [&](const IndexRun& run) { return run.file == file; });
  };
  UNECHO_ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesIn(path_));
  for (const std::string& file : files) {
    const bool is_part = file.ends_with(kPart), is_manifest = file == std::string(kManifestFile) + std::string(kPart);
    if ((!file.starts_with(kRunPrefix) && !is_manifest) || file.ends_with(kLeft) || is_named(file)) continue;
    const bool is_asked = file.ends_with(kAskedPart);
    if (run_.fd >= 0 && (is_asked || file == run_file_ + std::string(kPart))) continue;  // this run goes on with it
    // A whole run that the manifest does not name: its own was killed between the two, or the manifest is an older one.
    const bool is_done =
        is_part ? ::unlink(PathOf(file).c_str()) == 0 : Rename(PathOf(file), PathOf(file + std::string(kLeft))).ok();
    if (is_done && !is_asked) abandoned_.push_back(file);
  }
  if (!has_manifest_) {
    UNECHO_RETURN_IF_ERROR(WriteManifest());
    UNECHO_RETURN_IF_ERROR(Publish());
  }
  if (run_.fd >= 0) return absl::OkStatus();
  const std::string part = PathOf(run_file_ + std::string(kPart));
  if (resumable != nullptr) UNECHO_RETURN_IF_ERROR(WriteSynced(AskedPath(), AskedText(asked)));
  run_.fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return run_.fd < 0 ? SystemError("create", part, errno) : absl::OkStatus();
}

// Opens what a killed run has left, if it was one of this index, and cuts it back to its last whole block.
absl::Status IndexFolder::FindUnfinished(const RunAsked& asked) {
  const std::string whole = PathOf(run_file_), part = whole + std::string(kPart);
  UNECHO_ASSIGN_OR_RETURN(const bool is_asked, IsThere(AskedPath()));
  UNECHO_ASSIGN_OR_RETURN(bool is_there, IsThere(part));
  UNECHO_ASSIGN_OR_RETURN(const bool is_whole, IsThere(whole));
  if (!is_asked || (!is_there && !is_whole)) return absl::OkStatus();
  UNECHO_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(AskedPath()));
  absl::StatusOr<RunAsked> killed = ParseAsked(std::move(text));
  if (!killed.ok() || killed->runs_before != asked.runs_before) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(CheckAskedAlike(*killed, asked, path_));
  if (!is_there) UNECHO_RETURN_IF_ERROR(Rename(whole, part));
  run_.fd = ::open(part.c_str(), O_RDWR | O_CLOEXEC);
  if (run_.fd < 0) return SystemError("open", part, errno);
  WholeBlocks blocks(run_.fd, part);
  BlockHead head;
  std::vector<char> payload;
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(const bool is_block, blocks.Next(head, payload));
    if (!is_block) break;
    unfinished_.heads.append(reinterpret_cast<const char*>(&head), sizeof head);
    if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) unfinished_.records += head.count;
  }
  unfinished_.command_line = killed->command_line;
  unfinished_.bytes = blocks.bytes();
  const auto end = static_cast<off_t>(blocks.bytes());
  if (::ftruncate(run_.fd, end) != 0 || ::lseek(run_.fd, end, SEEK_SET) != end)
    return SystemError("write", part, errno);
  return absl::OkStatus();
}

// `head`: of a block that is made again. It has the hash of the payload.
absl::Status IndexFolder::FindAgain(const BlockHead& head) const {
  return std::memcmp(&head, unfinished_.heads.data() + heads_.size(), sizeof head) == 0 ? absl::OkStatus()
                                                                                        : IsAnother();
}

absl::Status IndexFolder::IsAnother() const {
  return absl::FailedPreconditionError(
      absl::StrFormat("%s: what this run finds is not what the run that was killed has found: inputs, or options, are "
                      "not those of '%s'; "
                      "give the same ones, or leave --resume out, and the run begins anew",
                      path_, unfinished_.command_line));
}

absl::Status IndexFolder::Append(std::string_view block) {
  const bool is_there = heads_.size() < unfinished_.heads.size();
  BlockHead head;
  std::memcpy(&head, block.data(), sizeof head);
  if (is_there) UNECHO_RETURN_IF_ERROR(FindAgain(head));
  run_bytes_ += sizeof head + head.packed_bytes;
  ++run_blocks_;
  heads_.append(reinterpret_cast<const char*>(&head), sizeof head);
  return is_there ? absl::OkStatus() : WriteAll(run_.fd, block, PathOf(run_file_));
}

absl::Status IndexFolder::Finish(IndexRun& run) {
  const std::string path = PathOf(run_file_), part = path + std::string(kPart);
  if (heads_.size() < unfinished_.heads.size()) return IsAnother();
  UNECHO_RETURN_IF_ERROR(CloseSynced(run_.fd, path));
  UNECHO_RETURN_IF_ERROR(Rename(part, path));
  is_finished_ = true;
  run.file = run_file_;
  run.bytes = run_bytes_;
  run.blocks = run_blocks_;
  run.digest = Hex(Hash128(heads_));
  return absl::OkStatus();
}

absl::Status IndexFolder::Prepare(const IndexRun& run) {
  manifest_.runs.push_back(run);
  return WriteManifest();
}

absl::Status IndexFolder::WriteManifest() {
  return WriteSynced(PathOf(kManifestFile) + std::string(kPart), ManifestText(manifest_));
}

absl::Status IndexFolder::WriteSynced(const std::string& path, std::string_view text) const {
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return SystemError("create", path, errno);
  absl::Status status = WriteAll(fd, text, path);
  const absl::Status closed = CloseSynced(fd, path);
  if (status.ok()) status = closed;
  if (status.ok()) status = SyncFolder(path_);
  if (!status.ok()) ::unlink(path.c_str());
  return status;
}

absl::Status IndexFolder::Publish() {
  const std::string path = PathOf(kManifestFile);
  UNECHO_RETURN_IF_ERROR(Rename(path + std::string(kPart), path));
  is_committed_ = is_finished_;
  const absl::Status status = SyncFolder(path_);
  if (is_committed_) ::unlink(AskedPath().c_str());  // what stays of it is of no run, and goes with the next one
  return status;
}

absl::Status IndexFolder::Commit(const IndexRun& run) {
  UNECHO_RETURN_IF_ERROR(Prepare(run));
  return Publish();
}

absl::StatusOr<std::optional<IndexFolder::Left>> IndexFolder::LeftByKilledRun() const {
  Left left{.file = RunName(manifest_.runs.size() + 1)};
  UNECHO_ASSIGN_OR_RETURN(const bool is_asked, IsThere(PathOf(left.file) + std::string(kAskedPart)));
  if (!is_asked) return std::nullopt;
  Descriptor file{::open(PathOf(left.file).c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    left.file += kPart;
    file.fd = ::open(PathOf(left.file).c_str(), O_RDONLY | O_CLOEXEC);
  }
  if (file.fd < 0) return std::nullopt;
  WholeBlocks blocks(file.fd, PathOf(left.file));
  BlockHead head;
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(const bool is_block, blocks.NextHead(head));
    if (!is_block) break;
    if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) left.records += head.count;
  }
  const Descriptor lock{::open(PathOf(kLockFile).c_str(), O_RDONLY | O_CLOEXEC)};
  left.is_growing = lock.fd >= 0 && ::flock(lock.fd, LOCK_SH | LOCK_NB) != 0;
  return left;
}

absl::Status IndexFolder::Damaged(const BlockPlace& place, const absl::Status& what) const {
  return absl::DataLossError(absl::StrFormat(
      "%s: at byte %d: %s; the index is damaged: put a backup in its place, or make it again from its inputs",
      PathOf(place.file), place.at, Message(what)));
}

}  // namespace unecho
