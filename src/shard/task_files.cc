#include "shard/task_files.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <random>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/small_file.h"
#include "store/files.h"
#include "text/json.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, kNumSteps> kStepNames = {"sign", "pairs", "resolve", "decide", "write"};
constexpr std::string_view kDoneName = "done.json";
constexpr std::string_view kTaskFormat = "unecho shard task";
constexpr uint64_t kTaskVersion = 4;

// No two processes have the same, on whatever machines.
std::string OwnName() {
  std::random_device random;
  return absl::StrFormat("%08x%08x", random(), random());
}

std::string Hex128(XXH128_hash_t hash) { return Hex({hash.low64, hash.high64}); }

}  // namespace

std::string_view NameOf(Step step) { return kStepNames.at(static_cast<size_t>(step)); }
std::string TaskNumber(size_t task) { return absl::StrFormat("%05d", task); }
std::string TaskFolder(const std::string& folder, Step step, size_t task) {
  return absl::StrFormat("%s/%s/%s", folder, NameOf(step), TaskNumber(task));
}
bool IsDone(const std::string& folder, Step step, size_t task) {
  std::error_code error;
  return fs::exists(TaskFolder(folder, step, task) + "/" + std::string(kDoneName), error);
}

absl::Status WriteWhole(const std::string& path, std::string_view bytes) {
  const std::string part = path + ".part-" + OwnName();
  int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return SystemError("create", part, errno);
  absl::Status status = WriteAll(fd, bytes, part);
  if (const absl::Status closed = CloseSynced(fd, part); status.ok()) status = closed;
  if (status.ok()) status = Rename(part, path);
  if (!status.ok()) ::unlink(part.c_str());
  return status;
}

// --- writing -------------------------------------------------------------------------------------------------------

absl::StatusOr<std::unique_ptr<TaskWriter>> TaskWriter::Begin(const std::string& folder, Step step, size_t task,
                                                              std::string plan) {
  std::unique_ptr<TaskWriter> writer(new TaskWriter);
  writer->step_ = step;
  writer->task_ = task;
  writer->plan_ = std::move(plan);
  writer->final_ = TaskFolder(folder, step, task);
  const std::string made_in = absl::StrFormat("%s/%s/.%s.%s", folder, NameOf(step), TaskNumber(task), OwnName());
  std::error_code error;
  fs::create_directories(made_in, error);
  if (error) return absl::UnavailableError(absl::StrFormat("cannot make %s: %s", made_in, error.message()));
  writer->made_in_ = made_in;
  return writer;
}

TaskWriter::~TaskWriter() {
  files_.clear();
  std::error_code ignored;
  if (!made_in_.empty()) fs::remove_all(made_in_, ignored);
}

TaskWriter::File::~File() {
  if (fd >= 0) ::close(fd);
}

absl::StatusOr<TaskWriter::File*> TaskWriter::Create(const std::string& name, bool has_digest) {
  auto file = std::make_unique<File>();
  file->name = name;
  file->has_digest = has_digest;
  file->path = made_in_ + "/" + name;
  file->fd = ::open(file->path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file->fd < 0) return SystemError("create", file->path, errno);
  XXH3_128bits_reset(&file->digest);
  files_.push_back(std::move(file));
  return files_.back().get();
}

void TaskWriter::File::BeginSection(size_t number) {
  EndSection();
  sections.push_back({number, bytes + held, 0, 0, 0});
  section_from = held;
  XXH3_64bits_reset(&of_section);
}

void TaskWriter::File::EndSection() {
  if (sections.empty()) return;
  FileSection& last = sections.back();
  last.bytes = bytes + held - last.begin;
  XXH3_64bits_update(&of_section, buffer.get() + section_from, held - section_from);
  last.hash = XXH3_64bits_digest(&of_section);
  last.check = last.Check();
}

absl::Status TaskWriter::File::AppendBeyond(std::string_view more) {
  while (more.size() > kBufferBytes - held) {
    const size_t part = more.copy(buffer.get() + held, kBufferBytes - held);
    held += part;
    more.remove_prefix(part);
    UNECHO_RETURN_IF_ERROR(Flush());
  }
  return Append(more);
}

absl::Status TaskWriter::File::Flush() {
  const std::string_view out(buffer.get(), held);
  if (!sections.empty())
    XXH3_64bits_update(&of_section, out.data() + section_from, out.size() - section_from);
  else if (has_digest)
    XXH3_128bits_update(&digest, out.data(), out.size());
  bytes += held;
  held = section_from = 0;
  return out.empty() ? absl::OkStatus() : WriteAll(fd, out, path);
}

// All are on their way before the first is waited for: a journal then has most of them in one commit, where one after
// the other each would wait for its own.
absl::Status TaskWriter::SyncAll() {
  for (const std::unique_ptr<File>& file : files_) ::sync_file_range(file->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  for (const std::unique_ptr<File>& file : files_) UNECHO_RETURN_IF_ERROR(CloseSynced(file->fd, file->path));
  return SyncFolder(made_in_);
}

absl::Status TaskWriter::Commit() {
  for (size_t i = 0, count = files_.size(); i < count; ++i) {
    if (files_[i]->sections.empty()) continue;
    files_[i]->EndSection();
    UNECHO_ASSIGN_OR_RETURN(File* const sections, Create(files_[i]->name + ".sections"));
    UNECHO_RETURN_IF_ERROR(sections->Append(std::span<const FileSection>(files_[i]->sections)));
  }
  std::string json;
  JsonWriter done(json, 1);
  done.BeginObject();
  done.Member("format", kTaskFormat);
  done.Member("version", kTaskVersion);
  done.Member("step", NameOf(step_));
  done.Member("task", uint64_t{task_});
  done.Member("plan", plan_);
  done.Key("numbers");
  done.BeginObject();
  for (const auto& [name, number] : numbers_) done.Member(name, number);
  done.EndObject();
  done.Key("files");
  done.BeginArray();
  for (const std::unique_ptr<File>& file : files_) {
    UNECHO_RETURN_IF_ERROR(file->Flush());
    done.BeginObject();
    done.Member("name", file->name);
    done.Member("bytes", file->bytes);
    if (file->sections.empty() && file->has_digest) done.Member("digest", Hex128(XXH3_128bits_digest(&file->digest)));
    done.EndObject();
  }
  done.EndArray();
  done.EndObject();
  json += '\n';
  UNECHO_ASSIGN_OR_RETURN(File* const done_file, Create(std::string(kDoneName)));
  UNECHO_RETURN_IF_ERROR(done_file->Append(std::string_view(json)));
  UNECHO_RETURN_IF_ERROR(done_file->Flush());
  UNECHO_RETURN_IF_ERROR(SyncAll());
  if (::rename(made_in_.c_str(), final_.c_str()) != 0) {
    if (errno != ENOTEMPTY && errno != EEXIST) return SystemError("rename", made_in_, errno);
    std::error_code error;
    if (fs::exists(final_ + "/" + std::string(kDoneName), error)) return absl::OkStatus();  // somebody else was faster
    return absl::DataLossError(
        absl::StrFormat("%s: is there and has no %s: remove that folder and do its task again", final_, kDoneName));
  }
  made_in_.clear();
  return SyncFolder(fs::path(final_).parent_path().string());
}

// --- reading -------------------------------------------------------------------------------------------------------

MappedFile::~MappedFile() {
  if (mapped_ != nullptr) ::munmap(mapped_, mapped_bytes_);
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(mapped_, other.mapped_);
  std::swap(mapped_bytes_, other.mapped_bytes_);
  std::swap(begin_, other.begin_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

void MappedFile::Forget() const {
  if (mapped_ != nullptr) ::madvise(mapped_, mapped_bytes_, MADV_DONTNEED);  // a shared mapping: the file has it
}

namespace {

// update(begin, bytes) over `bytes`, of which little is resident at a time.
template <typename Update>
void HashOver(const MappedFile& file, Update update) {
  for (auto left = file.As<char>(); !left.empty();) {
    const auto part = left.first(std::min(MappedFile::kResidentBytes, left.size()));
    update(part.data(), part.size());
    left = left.subspan(part.size());
    if (!left.empty()) file.Forget();
  }
}

}  // namespace

std::string MappedFile::HexDigest() const {
  if (bytes_ <= kResidentBytes) return Hex(Hash128(As<char>().data(), bytes_));  // at once is faster
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  HashOver(*this, [&state](const char* begin, size_t size) { XXH3_128bits_update(&state, begin, size); });
  return Hex128(XXH3_128bits_digest(&state));
}

uint64_t MappedFile::Hash() const {
  if (bytes_ <= kResidentBytes) return XXH3_64bits(As<char>().data(), bytes_);
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  HashOver(*this, [&state](const char* begin, size_t size) { XXH3_64bits_update(&state, begin, size); });
  return XXH3_64bits_digest(&state);
}

absl::StatusOr<TaskReader> TaskReader::Open(const std::string& folder, Step step, size_t task,
                                            const std::string& plan) {
  TaskReader reader;
  reader.path_ = TaskFolder(folder, step, task);
  const absl::StatusOr<std::string> json = ReadSmallFile(reader.path_ + "/" + std::string(kDoneName));
  if (absl::IsNotFound(json.status())) {
    return absl::FailedPreconditionError(absl::StrFormat("task %d of the step %s is not done: unecho shard %s %s %d",
                                                         task, NameOf(step), NameOf(step), folder, task));
  }
  UNECHO_RETURN_IF_ERROR(json.status());
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  std::string_view format, made_for;
  uint64_t version = 0;
  simdjson::dom::object numbers;
  simdjson::dom::array files;
  if (parser.parse(*json).get(root) != simdjson::SUCCESS || root["format"].get(format) != simdjson::SUCCESS ||
      format != kTaskFormat || root["version"].get(version) != simdjson::SUCCESS || version != kTaskVersion ||
      root["plan"].get(made_for) != simdjson::SUCCESS || root["numbers"].get(numbers) != simdjson::SUCCESS ||
      root["files"].get(files) != simdjson::SUCCESS)
    return reader.Damaged("its done.json cannot be read");
  if (made_for != plan) return reader.Damaged("it was made by another plan");
  for (const auto& [name, value] : numbers) {
    uint64_t number = 0;
    if (value.get(number) != simdjson::SUCCESS) return reader.Damaged("its done.json cannot be read");
    reader.numbers_[std::string(name)] = number;
  }
  for (const auto file : files) {
    std::string_view name, digest;
    uint64_t bytes = 0;
    if (file["name"].get(name) != simdjson::SUCCESS || file["bytes"].get(bytes) != simdjson::SUCCESS)
      return reader.Damaged("its done.json cannot be read");
    [[maybe_unused]] const bool is_whole =
        file["digest"].get(digest) == simdjson::SUCCESS;  // else its parts have hashes
    reader.files_[std::string(name)] = {bytes, std::string(digest)};
  }
  return reader;
}

absl::Status TaskReader::Damaged(std::string_view what) const {
  return absl::DataLossError(
      absl::StrFormat("%s: %s; remove that folder and do its task again, and those that came after it", path_, what));
}

uint64_t TaskReader::number(const std::string& name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0 : found->second;
}

absl::StatusOr<MappedFile> TaskReader::Map(const std::string& name, bool whole) const {
  const auto facts = files_.find(name);
  if (facts == files_.end()) return Damaged(absl::StrFormat("it has no file %s", name));
  const std::string path = path_ + "/" + name;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return SystemError("open", path, errno);
  struct stat info {};
  MappedFile file;
  absl::Status status;
  if (::fstat(fd, &info) != 0) {
    status = SystemError("look at", path, errno);
  } else if (static_cast<uint64_t>(info.st_size) != facts->second.bytes) {
    status = Damaged(absl::StrFormat("%s has %d bytes and had %d", name, info.st_size, facts->second.bytes));
  } else if (info.st_size > 0) {
    void* const mapped = ::mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) {
      status = SystemError("map", path, errno);
    } else {
      file.mapped_ = mapped;
      file.mapped_bytes_ = file.bytes_ = static_cast<size_t>(info.st_size);
    }
  }
  ::close(fd);
  UNECHO_RETURN_IF_ERROR(status);
  if (whole && file.bytes_ > 0 && file.HexDigest() != facts->second.digest)
    return Damaged(absl::StrFormat("%s is not as it was written", name));
  return file;
}

absl::StatusOr<MappedFile> TaskReader::MapSection(const std::string& name, size_t number) const {
  if (!files_.contains(name + ".sections")) return MappedFile();
  UNECHO_ASSIGN_OR_RETURN(const MappedFile all, Map(name + ".sections"));
  const auto sections = all.As<FileSection>();
  const auto found = std::ranges::lower_bound(sections, number, {}, &FileSection::number);
  if (found == sections.end() || found->number != number) return MappedFile();
  UNECHO_ASSIGN_OR_RETURN(MappedFile file, Map(name, /*whole=*/false));
  if (found->check != found->Check() || found->begin > file.bytes_ || found->bytes > file.bytes_ - found->begin)
    return Damaged(absl::StrFormat("%s.sections is not as it was written", name));
  file.begin_ = found->begin;
  file.bytes_ = found->bytes;
  if (file.Hash() != found->hash) return Damaged(absl::StrFormat("%s is not as it was written", name));
  return file;
}

}  // namespace unecho
