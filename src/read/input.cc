#include "read/input.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "read/aligned_input.h"
#include "read/decode_pool.h"
#include "read/decompressed_file.h"
#include "read/fd_source.h"
#include "text/file_name.h"
#include "text/path_text.h"

namespace unecho {
namespace {

// A pipe is known only when it is read; so many files alike say enough about the rest.
constexpr size_t kFilesLookedAt = 100;

// Or is no regular file, of which nobody knows.
bool MayBeCompressed(const InputFile& file) {
  if (!file.aligned.empty()) return false;  // they are decompressed as they are read
  return !CanBeReadTwice(file) || CompressionOf(file) != Compression::kPlain;
}

// ./dumps/a and dumps/a are one file, and have one name.
std::string_view WithoutDot(std::string_view path) {
  while (path.starts_with("./") && path.find_first_not_of('/', 2) != path.npos)
    path.remove_prefix(path.find_first_not_of('/', 2));
  return path;
}

}  // namespace

Compression CompressionOf(const InputFile& file) {
  std::array<char, kMagicBytes> magic{};
  std::ifstream(file.path, std::ios::binary).read(magic.data(), magic.size());
  return SniffCompression(magic);
}

bool CanBeReadTwice(const InputFile& file) {
  struct stat info {};
  if (!file.aligned.empty()) {
    return std::ranges::all_of(
        file.aligned, [](const AlignedFile& each) { return CanBeReadTwice({.path = each.path, .name = each.path}); });
  }
  return file.path != "-" && stat(file.path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::vector<InputFile> NameInputs(std::span<const std::string> paths, std::string_view stdin_name,
                                  std::span<const std::string> aligned, std::span<const std::string> taken_names) {
  static const std::string kStdin = "-";
  if (paths.empty()) paths = std::span(&kStdin, 1);

  std::vector<InputFile> files;
  files.reserve(paths.size());
  HashMap<std::string, uint64_t> taken;  // name -> the last number tried after it
  for (const std::string& name : taken_names) taken.emplace(name, 1);
  for (const std::string& path : paths) {
    const std::string full = TextOfPath(path == kStdin ? stdin_name : WithoutDot(path));
    std::string name(path == kStdin ? full : WithoutCompressionSuffix(full));
    if (taken.contains(name)) name = full;
    while (taken.contains(name)) name = absl::StrFormat("%s@%d", full, ++taken[full]);
    taken.emplace(name, 1);
    files.push_back({.path = path, .name = std::move(name)});
  }
  if (aligned.empty() || files.size() != aligned.size()) return files;
  InputFile all;
  for (size_t i = 0; i < files.size(); ++i) {
    const char* const between = i == 0 ? "" : "+";
    all.path += between + files[i].path;
    all.name += between + files[i].name;
    all.aligned.push_back({files[i].path, aligned[i]});
  }
  const std::string full = all.name;
  for (uint64_t i = 2; taken.contains(all.name) && files.size() > 1; ++i) all.name = absl::StrFormat("%s@%d", full, i);
  return {std::move(all)};
}

absl::StatusOr<std::unique_ptr<InputReader>> OpenInput(const InputFile& file, const std::atomic<int>* interrupted) {
  if (!file.aligned.empty()) return OpenAligned(file, interrupted);
  if (file.begun != nullptr && file.begun->reader != nullptr) return std::move(file.begun->reader);
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<FdSource> source, FdSource::Open(file.path, interrupted));
  return std::make_unique<DecompressedFile>(std::move(source), file.tmpdir, /*pool=*/nullptr, interrupted);
}

uint64_t PlainBytes(std::span<const InputFile> files) {
  constexpr size_t kMostFiles = 1000;  // more take too long to look at
  const auto is_unknown = [](const InputFile& file) { return !file.aligned.empty() || MayBeCompressed(file); };
  if (files.size() > kMostFiles || std::ranges::any_of(files, is_unknown)) return 0;
  uint64_t bytes = 0;
  for (const InputFile& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file.path, error);
    if (error) return 0;
    bytes += size;
  }
  return bytes;
}

size_t AheadBytes(std::span<const InputFile> files, int threads, uint64_t memory_limit_bytes) {
  constexpr uint64_t kBytesPerThread = uint64_t{16} << 20;
  if (std::ranges::none_of(files.first(std::min(files.size(), kFilesLookedAt)), MayBeCompressed)) return 0;
  return std::min(static_cast<uint64_t>(std::max(threads, 1)) * kBytesPerThread, memory_limit_bytes / 16);
}

uint64_t TableLibraryBytes(std::span<const InputFile> files) {
  // Measured: 65 MB resident where a run on the same rows as lines has 21.
  constexpr uint64_t kLibraryBytes = uint64_t{44} << 20;
  const bool any = std::ranges::any_of(files.first(std::min(files.size(), kFilesLookedAt)), [](const InputFile& file) {
    return file.aligned.empty() && CanBeReadTwice(file) && IsTable(CompressionOf(file));
  });
  return any ? kLibraryBytes : 0;
}

// --- one after the other, and what comes next ahead ----------------------------------------------------------------

struct InputSequence::Impl {
  std::vector<InputFile> files;
  size_t max_ahead;
  const std::atomic<int>* interrupted;
  DecodePool pool;
  std::map<size_t, std::unique_ptr<DecompressedFile>> ahead;  // by number; after the pool

  absl::StatusOr<std::unique_ptr<DecompressedFile>> Open(size_t i) {
    UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<FdSource> source, FdSource::Open(files[i].path, interrupted));
    return std::make_unique<DecompressedFile>(std::move(source), files[i].tmpdir, &pool, interrupted);
  }
  // Whatever is wrong is said when its turn comes.
  void Prefetch(size_t i) {
    if (ahead.contains(i) || !CanBeReadTwice(files[i]))
      return;  // reading anything else ahead could be noticed: by the writer of a pipe
    absl::StatusOr<std::unique_ptr<DecompressedFile>> reader = Open(i);
    if (reader.ok() && (*reader)->Prefetch().ok()) ahead.emplace(i, *std::move(reader));
  }
};

InputSequence::InputSequence(std::span<const InputFile> files, int threads, size_t ahead_bytes,
                             const std::atomic<int>* interrupted)
    : impl_(new Impl{.files = {files.begin(), files.end()},
                     .max_ahead = static_cast<size_t>(std::max(threads, 1)),
                     .interrupted = interrupted,
                     .pool = DecodePool(threads, ahead_bytes),
                     .ahead = {}}) {}

InputSequence::~InputSequence() = default;

uint64_t InputSequence::peak_bytes() const { return impl_->pool.peak_bytes(); }

absl::StatusOr<std::unique_ptr<InputReader>> InputSequence::Open(size_t i) {
  if (!impl_->files[i].aligned.empty() || impl_->files[i].begun != nullptr)
    return OpenInput(impl_->files[i], impl_->interrupted);
  auto& ahead = impl_->ahead;
  ahead.erase(ahead.begin(), ahead.lower_bound(i));
  std::unique_ptr<DecompressedFile> reader;
  if (const auto found = ahead.find(i); found != ahead.end()) {
    reader = std::move(found->second);
    ahead.erase(found);
  } else {
    UNECHO_ASSIGN_OR_RETURN(reader, impl_->Open(i));
    if (CanBeReadTwice(impl_->files[i])) UNECHO_RETURN_IF_ERROR(reader->Prefetch());  // before those that come after it
  }
  const size_t end = std::min(impl_->files.size(), i + 1 + impl_->max_ahead);
  for (size_t next = i + 1; next < end; ++next) impl_->Prefetch(next);
  return reader;
}

}  // namespace unecho
