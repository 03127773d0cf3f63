#include "write/packing.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "write/frame_packer.h"
#include "write/frame_pool.h"

namespace unecho {
namespace {

absl::Status NoMemory(std::string_view format) {
  return absl::ResourceExhaustedError(
      absl::StrFormat("out of memory for %s; lower --threads, or write the output uncompressed", format));
}

class FrameStream final : public PackedStream {
 public:
  FrameStream(Compression compression, FramePool* pool)
      : compression_(compression), content_bytes_(FrameContentBytes(compression)), pool_(pool) {}

  absl::Status Add(std::string_view bytes, Sink sink) override {
    while (!bytes.empty()) {
      if (filling_ == nullptr) filling_ = NewFrame();
      std::string& content = filling_->content;
      const std::string_view part = bytes.substr(0, content_bytes_ - content.size());
      content += part;
      bytes.remove_prefix(part.size());
      if (content.size() == content_bytes_) UNECHO_RETURN_IF_ERROR(Send(sink));
    }
    return absl::OkStatus();
  }

  absl::Status Finish(Sink sink) override {
    if (filling_ == nullptr && is_empty_) filling_ = NewFrame();
    if (filling_ != nullptr) UNECHO_RETURN_IF_ERROR(Send(sink));
    return WriteDone(sink, 0);
  }

 private:
  std::shared_ptr<Frame> NewFrame() {
    if (spare_.empty()) {
      auto frame = std::make_shared<Frame>();
      frame->compression = compression_;
      return frame;
    }
    std::shared_ptr<Frame> frame = std::move(spare_.back());
    spare_.pop_back();
    frame->content.clear();
    frame->is_done = frame->failed = false;
    return frame;
  }

  absl::Status Send(Sink sink) {
    is_empty_ = false;
    std::shared_ptr<Frame> frame = std::exchange(filling_, nullptr);
    if (pool_ == nullptr || !pool_->TakesOver(frame)) {
      if (packer_ == nullptr) packer_ = FramePacker::Make(compression_);
      frame->failed = !packer_->Pack(frame->content, frame->packed);
      frame->is_done = true;
    }
    on_their_way_.push_back(std::move(frame));
    return WriteDone(sink, pool_ == nullptr ? 0 : 2 * pool_->threads());
  }

  // Writes what is packed, up to the first frame that is not; waits while more than `most` are on their way.
  absl::Status WriteDone(Sink sink, size_t most) {
    while (!on_their_way_.empty()) {
      Frame& first = *on_their_way_.front();
      if (pool_ != nullptr && !pool_->IsDone(first)) {
        if (on_their_way_.size() <= most) break;
        pool_->WaitFor(first);
      }
      if (first.failed) return NoMemory(Name(compression_));
      UNECHO_RETURN_IF_ERROR(sink(first.packed));
      spare_.push_back(std::move(on_their_way_.front()));
      on_their_way_.pop_front();
    }
    return absl::OkStatus();
  }

  const Compression compression_;
  const size_t content_bytes_;
  FramePool* const pool_;
  bool is_empty_ = true;
  std::shared_ptr<Frame> filling_;
  std::deque<std::shared_ptr<Frame>> on_their_way_;
  std::vector<std::shared_ptr<Frame>> spare_;
  std::unique_ptr<FramePacker> packer_;  // of the caller's thread
};

// The last of its endings, in small letters: "corpus.JSONL.GZ" -> ".gz".
std::string LastSuffix(std::string_view path) {
  return absl::AsciiStrToLower(std::filesystem::path(path).extension().string());
}

struct Suffix {
  std::string_view suffix;
  Compression compression;
};
constexpr Suffix kPacked[] = {{".gz", Compression::kGzip},  {".bz2", Compression::kBzip2},
                              {".xz", Compression::kXz},    {".lz4", Compression::kLz4},
                              {".zst", Compression::kZstd}, {".zstd", Compression::kZstd}};

}  // namespace

Compression PackingOf(std::string_view path) {
  const std::string suffix = LastSuffix(path);
  const auto found = std::ranges::find(kPacked, suffix, &Suffix::suffix);
  return found == std::end(kPacked) ? Compression::kPlain : found->compression;
}

bool IsTableName(std::string_view path) {
  const std::string suffix = LastSuffix(path);
  return suffix == ".parquet" || suffix == ".arrow" || suffix == ".feather";
}

UnechoTableKind KindOfTable(std::string_view path) {
  return LastSuffix(path) == ".parquet" ? kUnechoParquet : kUnechoArrowFile;
}

absl::Status CheckSuffix(const std::string& path) {
  static constexpr std::string_view kArchives[] = {".zip",  ".tar", ".tgz", ".tbz", ".tbz2", ".txz",
                                                   ".tzst", ".7z",  ".rar", ".cab", ".iso"};
  static constexpr std::string_view kPackedOtherwise[] = {".br", ".z",  ".lz",     ".lzma", ".lzo", ".bz",
                                                          ".sz", ".s2", ".snappy", ".zz",   ".gzip"};
  static constexpr std::string_view kTables[] = {".parquet", ".arrow", ".feather", ".avro",   ".orc", ".h5",
                                                 ".hdf5",    ".pkl",   ".npy",     ".sqlite", ".db",  ".duckdb",
                                                 ".xlsx",    ".xls",   ".ods",     ".mdb"};
  static constexpr std::string_view kDocuments[] = {".pdf", ".docx", ".doc", ".odt", ".rtf", ".pptx"};
  const auto has = [](std::string_view suffix, const auto& list) {
    return std::ranges::find(list, suffix) != std::end(list);
  };
  std::string suffix = LastSuffix(path);
  const bool is_packed = PackingOf(path) != Compression::kPlain;
  if (is_packed) suffix = LastSuffix(std::filesystem::path(path).stem().string());  // corpus.tar.gz
  if (has(suffix, kArchives)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: an output is one file, and no archive (%s); name it FILE.jsonl, or FILE.jsonl.zst to have it compressed",
        path, suffix));
  }
  if (IsTableName(path)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: the corpus and the provenance may be such a table; other outputs are lines of text: write FILE.jsonl, or "
        "FILE.jsonl.zst, and convert that",
        path));
  }
  if (has(suffix, kTables)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: outputs are lines of text, and not %s; write FILE.jsonl, or FILE.jsonl.zst, and convert that", path,
        suffix));
  }
  if (has(suffix, kDocuments)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: outputs are text, and not %s; a report for people is FILE.html, which a browser prints", path, suffix));
  }
  if (is_packed || !has(suffix, kPackedOtherwise)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%s: outputs are compressed as .zst, .gz, .xz, .bz2 or .lz4, and not as %s", path, suffix));
}

std::unique_ptr<PackedStream> PackedStream::Make(Compression compression, FramePool* pool) {
  if (compression == Compression::kZstd) return MakeZstdStream(pool);
  return std::make_unique<FrameStream>(compression, pool);
}

uint64_t PackingBytes(std::span<const std::string> paths, int threads) {
  uint64_t streams = 0, packer = 0, zstd = 0;
  for (const std::string& path : paths) {
    const Compression compression = PackingOf(path);
    if (compression == Compression::kPlain) continue;
    if (compression == Compression::kZstd)
      zstd += 1;
    else
      streams += 1, packer = std::max(packer, PackerBytes(compression));
  }
  // A stream has two frames for each thread on their way, done ones behind a slow one among them; one that fills, and
  // one on the caller's thread.
  const uint64_t frame = 2 * FrameContentBytes(Compression::kGzip), count = static_cast<uint64_t>(std::max(threads, 1));
  const uint64_t frames = streams == 0 ? 0 : streams * (2 * count + 2) * frame + (count + streams) * packer;
  const uint64_t workers = std::min<uint64_t>(count, kMostZstdWorkers);
  return frames + zstd * (workers + 2) * PackerBytes(Compression::kZstd);
}

}  // namespace unecho
