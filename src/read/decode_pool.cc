#include "read/decode_pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"

namespace unecho {
namespace {

constexpr size_t kSpareBlocks = 16;  // of the source that is being read

}  // namespace

DecodePool::DecodePool(int threads, size_t ahead_bytes) : max_threads_(static_cast<size_t>(std::max(threads, 1))) {
  const size_t blocks = ahead_bytes / DecodeBlock::kBytes;
  limit_[kCompressed] = blocks / 4;
  limit_[kDecompressed] = blocks - blocks / 4;
  free_.reserve(blocks + kSpareBlocks);
}

DecodePool::~DecodePool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

uint64_t DecodePool::peak_bytes() {
  const std::lock_guard lock(mutex_);
  return uint64_t{peak_blocks_} * DecodeBlock::kBytes + peak_decoder_bytes_;
}

DecodeSource* DecodePool::Pick() const {
  const auto found = std::ranges::find_if(sources_, [](const DecodeSource* source) { return source->HasWork(); });
  return found == sources_.end() ? nullptr : *found;
}

absl::Status DecodePool::WorkChanged() {
  if (idle_ > 0) {
    work_changed_.notify_one();
    return absl::OkStatus();
  }
  if (threads_.size() == max_threads_ || Pick() == nullptr) return absl::OkStatus();
  try {
    threads_.emplace_back(&DecodePool::Run, this);
  } catch (const std::system_error& error) {
    if (!threads_.empty()) return absl::OkStatus();
    return absl::ResourceExhaustedError(absl::StrFormat(
        "no thread to decompress it (%s); raise the limit (ulimit -u) or decompress it before", error.what()));
  }
  return absl::OkStatus();
}

DecodeBlock DecodePool::Take(Use use) {
  DecodeBlock block;
  if (free_.empty()) {
    block.data = std::make_unique_for_overwrite<char[]>(DecodeBlock::kBytes);
  } else {
    block = std::move(free_.back());
    free_.pop_back();
  }
  block.bytes = 0;
  ++in_use_[use];
  peak_blocks_ = std::max(peak_blocks_, in_use_[kCompressed] + in_use_[kDecompressed]);
  return block;
}

void DecodePool::Return(Use use, DecodeBlock block) {
  --in_use_[use];
  if (free_.size() < free_.capacity()) free_.push_back(std::move(block));
  if (use == kDecompressed) {
    (void)WorkChanged();
  } else {
    for (DecodeSource* source : sources_) source->RoomChanged();
  }
}

void DecodePool::DecodersChanged(ptrdiff_t decoders, ptrdiff_t bytes) {
  num_decoders_ += static_cast<size_t>(decoders);
  decoder_bytes_ += static_cast<size_t>(bytes);
  peak_decoder_bytes_ = std::max(peak_decoder_bytes_, decoder_bytes_);
  if (decoders < 0 || bytes < 0) (void)WorkChanged();
}

void DecodePool::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    DecodeSource* const source = Pick();
    if (source == nullptr) {
      ++idle_;
      work_changed_.wait(lock);
      --idle_;
      continue;
    }
    DecodeWork* const work = source->TakeWork();
    if (work == nullptr) continue;  // no memory for a block; its source knows
    lock.unlock();
    work->Work();
    lock.lock();
    source->GiveBack(work);
  }
}

}  // namespace unecho
