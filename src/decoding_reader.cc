#include "decoding_reader.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <system_error>

#include "absl/strings/str_format.h"

namespace unecho {

DecodingReader::DecodingReader(FdSource* source, Compression compression, std::vector<char> buffer,
                               const std::atomic<int>* interrupted)
    : source_(source), compression_(compression), interrupted_(interrupted), decoder_(MakeDecoder(compression)),
      buffer_(std::move(buffer)) {
  for (Block& block : blocks_) block.data = std::make_unique_for_overwrite<char[]>(kBlockBytes);
}

absl::StatusOr<std::unique_ptr<DecodingReader>> DecodingReader::Start(FdSource* source, Compression compression,
                                                                      std::vector<char> buffer, size_t first_bytes,
                                                                      const std::atomic<int>* interrupted) {
  assert(buffer.size() == kReadBytes && first_bytes <= buffer.size());
  std::unique_ptr<DecodingReader> reader(new DecodingReader(source, compression, std::move(buffer), interrupted));
  try {
    reader->thread_ = std::thread(&DecodingReader::Run, reader.get(), first_bytes);
  } catch (const std::system_error& error) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no thread to decompress it (%s); raise the limit (ulimit -u) or decompress it before",
                        source->label(), error.what()));
  }
  return reader;
}

DecodingReader::~DecodingReader() {
  if (!thread_.joinable()) return;
  source_->Stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  taken_changed_.notify_one();
  thread_.join();
}

absl::StatusOr<InputReader::Result> DecodingReader::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (out.empty()) return InputReader::Result{};
  const Deadline deadline(patience);
  std::unique_lock lock(mutex_);
  while (filled_ == taken_) {
    if (IsSet(interrupted_)) return absl::CancelledError("interrupted");
    if (finished_ && !end_.ok()) return end_;
    if (finished_) return InputReader::Result{.at_end = true};
    const std::chrono::milliseconds remaining = deadline.Remaining();
    if (remaining == std::chrono::milliseconds::zero()) return InputReader::Result{.stalled = true};
    filled_changed_.wait_for(lock, std::min(remaining, kWaitSlice));
  }
  const uint64_t filled = filled_;
  uint64_t taken = taken_;
  lock.unlock();   // blocks [taken, filled) are ours

  size_t bytes = 0;
  while (taken < filled && bytes < out.size()) {
    const Block& block = blocks_[taken % kBlocks];
    const size_t count = std::min(block.bytes - block_offset_, out.size() - bytes);
    std::memcpy(out.data() + bytes, block.data.get() + block_offset_, count);
    bytes += count;
    block_offset_ += count;
    if (block_offset_ == block.bytes) {
      block_offset_ = 0;
      ++taken;
    }
  }
  lock.lock();
  const bool freed = taken != taken_;
  taken_ = taken;
  lock.unlock();
  if (freed) taken_changed_.notify_one();
  return InputReader::Result{.bytes = bytes};
}

void DecodingReader::Run(size_t first_bytes) {
  absl::Status end = DecodeAll(first_bytes);
  const std::lock_guard lock(mutex_);
  finished_ = true;
  end_ = std::move(end);
  filled_changed_.notify_one();
}

absl::Status DecodingReader::DecodeAll(size_t first_bytes) {
  std::span<const char> in = std::span(buffer_).first(first_bytes);
  size_t used = 0;   // of the block being filled
  while (true) {
    if (used == 0 && !WaitForFreeBlock()) return absl::CancelledError("interrupted");
    // Without the mutex: only this thread changes filled_.
    const std::span<char> block(blocks_[filled_ % kBlocks].data.get(), kBlockBytes);
    const Decoded step = decoder_->Decode(in, block.subspan(used));
    in = in.subspan(step.consumed);
    used += step.produced;
    compressed_bytes_.fetch_add(step.consumed, std::memory_order_relaxed);
    decompressed_bytes_ += step.produced;
    if (step.verdict != Verdict::kOk) {
      HandOver(used);
      return Damage(step.verdict, step.detail);
    }
    if (used == kBlockBytes) {
      HandOver(used);
      used = 0;
      continue;   // the decoder may hold more
    }
    absl::StatusOr<InputReader::Result> more = source_->Read(buffer_, std::chrono::milliseconds::zero());
    if (more.ok() && more->stalled) {
      // A slow pipe shows what it has.
      HandOver(used);
      used = 0;
      do {
        more = source_->Read(buffer_, kForever);
      } while (more.ok() && more->stalled);
    }
    if (!more.ok() || more->at_end) {
      HandOver(used);
      if (!more.ok()) return more.status();
      return decoder_->MayEndHere() ? absl::OkStatus() : Truncation();
    }
    in = std::span(buffer_).first(more->bytes);
  }
}

bool DecodingReader::WaitForFreeBlock() {
  std::unique_lock lock(mutex_);
  taken_changed_.wait(lock, [this] { return stopping_ || filled_ - taken_ < kBlocks; });
  return !stopping_;
}

void DecodingReader::HandOver(size_t bytes) {
  if (bytes == 0) return;
  {
    const std::lock_guard lock(mutex_);
    blocks_[filled_ % kBlocks].bytes = bytes;
    ++filled_;
  }
  filled_changed_.notify_one();
}

absl::Status DecodingReader::Damage(Verdict verdict, std::string_view detail) const {
  if (verdict == Verdict::kOutOfMemory) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no memory for the %s window it asks for, at byte %d of the compressed file; compress it "
                        "with a smaller window or use a larger machine",
                        source_->label(), Name(compression_), compressed_bytes()));
  }
  return absl::DataLossError(absl::StrFormat(
      "%s: corrupt %s data at byte %d of the compressed file (%s); %d bytes were decompressed before; fetch the file "
      "again or repair it",
      source_->label(), Name(compression_), compressed_bytes(), detail, decompressed_bytes_));
}

absl::Status DecodingReader::Truncation() const {
  return absl::DataLossError(absl::StrFormat(
      "%s: the file ends in the middle of its %s data, after %d bytes; %d bytes were decompressed before; fetch the "
      "file again",
      source_->label(), Name(compression_), compressed_bytes(), decompressed_bytes_));
}

}  // namespace unecho
