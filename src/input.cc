#include "unecho/input.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "decoders.h"
#include "decoding_reader.h"
#include "fd_source.h"

namespace unecho {
namespace {

std::string_view WithoutCompressionSuffix(std::string_view path) {
  constexpr std::array<std::string_view, 5> kSuffixes = {".gz", ".bz2", ".xz", ".lz4", ".zst"};
  for (const std::string_view suffix : kSuffixes) {
    if (!path.ends_with(suffix)) continue;
    const std::string_view rest = path.substr(0, path.size() - suffix.size());
    return rest.empty() || rest.back() == '/' ? path : rest;   // a file called ".gz" keeps its name
  }
  return path;
}

// Plain and compressed alike: the first bytes decide, on the first Read().
class FileReader final : public InputReader {
 public:
  FileReader(std::unique_ptr<FdSource> source, const std::atomic<int>* interrupted)
      : source_(std::move(source)), interrupted_(interrupted), buffer_(kReadBytes) {}

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override {
    if (out.empty()) return Result{};
    if (IsSet(interrupted_)) return absl::CancelledError("interrupted");
    const Deadline deadline(patience);
    if (!sniffed_) {
      UNECHO_ASSIGN_OR_RETURN(sniffed_, Sniff(deadline));
      if (!sniffed_) return Result{.stalled = true};
    }
    if (decoding_ != nullptr) return decoding_->Read(out, deadline.Remaining());

    if (given_bytes_ < buffered_bytes_) {
      const size_t bytes = std::min(out.size(), buffered_bytes_ - given_bytes_);
      std::memcpy(out.data(), buffer_.data() + given_bytes_, bytes);
      given_bytes_ += bytes;
      plain_bytes_ += bytes;
      if (given_bytes_ == buffered_bytes_) std::vector<char>().swap(buffer_);
      return Result{.bytes = bytes};
    }
    absl::StatusOr<Result> result = source_->Read(out, deadline.Remaining());
    if (result.ok()) plain_bytes_ += result->bytes;
    return result;
  }

  Compression compression() const override { return compression_; }
  uint64_t compressed_bytes() const override {
    return decoding_ != nullptr ? decoding_->compressed_bytes() : plain_bytes_;
  }

 private:
  // False: not enough bytes yet. A plain pipe is known by its first byte, usually, and does not wait for kMagicBytes.
  absl::StatusOr<bool> Sniff(const Deadline& deadline) {
    while (SniffNeedsMore(std::span(buffer_).first(buffered_bytes_))) {
      UNECHO_ASSIGN_OR_RETURN(const Result result,
                              source_->Read(std::span(buffer_).subspan(buffered_bytes_), deadline.Remaining()));
      if (result.stalled) return false;
      if (result.at_end) break;
      buffered_bytes_ += result.bytes;
    }
    compression_ = SniffCompression(std::span(buffer_).first(buffered_bytes_));
    if (compression_ != Compression::kPlain) {
      UNECHO_ASSIGN_OR_RETURN(
          decoding_,
          DecodingReader::Start(source_.get(), compression_, std::move(buffer_), buffered_bytes_, interrupted_));
    }
    return true;
  }

  const std::unique_ptr<FdSource> source_;
  const std::atomic<int>* const interrupted_;
  bool sniffed_ = false;
  Compression compression_ = Compression::kPlain;
  std::vector<char> buffer_;       // what sniffing read; given to the decoder, or given out first
  size_t buffered_bytes_ = 0;
  size_t given_bytes_ = 0;
  uint64_t plain_bytes_ = 0;
  std::unique_ptr<DecodingReader> decoding_;   // after source_, which it uses
};

}  // namespace

std::vector<InputFile> NameInputs(std::span<const std::string> paths, std::string_view stdin_name) {
  static const std::string kStdin = "-";
  if (paths.empty()) paths = std::span(&kStdin, 1);

  std::vector<InputFile> files;
  files.reserve(paths.size());
  absl::flat_hash_map<std::string, uint64_t> taken;   // name -> the last number tried after it
  for (const std::string& path : paths) {
    const std::string full(path == kStdin ? stdin_name : std::string_view(path));
    std::string name(path == kStdin ? stdin_name : WithoutCompressionSuffix(path));
    if (taken.contains(name)) name = full;
    while (taken.contains(name)) name = absl::StrFormat("%s@%d", full, ++taken[full]);
    taken.emplace(name, 1);
    files.push_back({.path = path, .name = std::move(name)});
  }
  return files;
}

std::vector<InputFile> NameAgainst(std::span<const InputFile> inputs, std::span<const std::string> paths, std::string_view stdin_name) {
  if (paths.empty()) return {};
  std::vector<std::string> all;
  for (const InputFile& input : inputs) all.push_back(input.path);
  all.insert(all.end(), paths.begin(), paths.end());
  std::vector<InputFile> files = NameInputs(all, stdin_name);
  files.erase(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(inputs.size()));
  return files;
}

absl::StatusOr<std::unique_ptr<InputReader>> OpenInput(const InputFile& file, const std::atomic<int>* interrupted) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<FdSource> source, FdSource::Open(file.path, interrupted));
  return std::make_unique<FileReader>(std::move(source), interrupted);
}

}  // namespace unecho
