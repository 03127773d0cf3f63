#include "read/decompressed_file.h"

#include <algorithm>
#include <cstring>

#include "read/decoders.h"

namespace unecho {
namespace {

// Of a reader without a pool: one thread, and no more ahead than the blocks every source has.
constexpr int kOwnThreads = 1;
constexpr size_t kOwnAheadBytes = 0;

}  // namespace

DecompressedFile::DecompressedFile(std::unique_ptr<FdSource> source, DecodePool* pool,
                                   const std::atomic<int>* interrupted)
    : source_(std::move(source)),
      interrupted_(interrupted),
      buffer_(std::make_unique_for_overwrite<char[]>(Block::kBytes)),
      pool_(pool) {}

absl::Status DecompressedFile::Prefetch() { return Sniff(Deadline(std::chrono::milliseconds::zero())).status(); }

absl::StatusOr<InputReader::Result> DecompressedFile::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (out.empty()) return Result{};
  if (IsSet(interrupted_)) return absl::CancelledError("interrupted");
  const Deadline deadline(patience);
  if (!sniffed_) {
    UNECHO_ASSIGN_OR_RETURN(const bool sniffed, Sniff(deadline));
    if (!sniffed) return Result{.stalled = true};
  }
  if (decoding_ != nullptr) return decoding_->Read(out, deadline.Remaining());

  if (given_bytes_ < buffered_bytes_) {
    const size_t bytes = std::min(out.size(), buffered_bytes_ - given_bytes_);
    std::memcpy(out.data(), buffer_.get() + given_bytes_, bytes);
    given_bytes_ += bytes;
    plain_bytes_ += bytes;
    if (given_bytes_ == buffered_bytes_) buffer_.reset();
    return Result{.bytes = bytes};
  }
  absl::StatusOr<Result> result = source_->Read(out, deadline.Remaining());
  if (result.ok()) plain_bytes_ += result->bytes;
  return result;
}

absl::StatusOr<bool> DecompressedFile::Sniff(const Deadline& deadline) {
  while (SniffNeedsMore(std::span(buffer_.get(), buffered_bytes_))) {
    UNECHO_ASSIGN_OR_RETURN(
        const Result result,
        source_->Read({buffer_.get() + buffered_bytes_, Block::kBytes - buffered_bytes_}, deadline.Remaining()));
    if (result.stalled) return false;
    if (result.at_end) break;
    buffered_bytes_ += result.bytes;
  }
  const std::span<const char> first_bytes = std::span(buffer_.get(), buffered_bytes_);
  compression_ = SniffCompression(first_bytes);
  if (compression_ != Compression::kPlain) {
    if (pool_ == nullptr) {
      own_pool_ = std::make_unique<DecodePool>(kOwnThreads, kOwnAheadBytes);
      pool_ = own_pool_.get();
    }
    UNECHO_ASSIGN_OR_RETURN(decoding_,
                            Decompressor::Start(source_.get(), compression_, pool_, first_bytes, interrupted_));
    buffer_.reset();
  }
  sniffed_ = true;
  return true;
}

}  // namespace unecho
