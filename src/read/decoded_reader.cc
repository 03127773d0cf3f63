#include "read/decoded_reader.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/fd_source.h"

namespace unecho {

absl::StatusOr<InputReader::Result> DecodedReader::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (out.empty()) return InputReader::Result{};
  const Deadline deadline(patience);
  size_t bytes = GiveOut(out);
  std::unique_lock lock(pool_->mutex());
  if (!std::exchange(being_read_, true)) FrontChanged();
  while (bytes < out.size()) {
    if (TakeNext()) {
      lock.unlock();
      bytes += GiveOut(out.subspan(bytes));
      lock.lock();
      continue;
    }
    if (bytes > 0) break;
    if (IsSet(interrupted_)) return absl::CancelledError("interrupted");
    if (!pool_status_.ok())
      return absl::ResourceExhaustedError(absl::StrFormat("%s: %s", label_, pool_status_.message()));
    if (const std::optional<absl::Status> end = End(); end) {
      UNECHO_RETURN_IF_ERROR(*end);
      return InputReader::Result{.at_end = true};
    }
    const std::chrono::milliseconds remaining = deadline.Remaining();
    if (remaining == std::chrono::milliseconds::zero()) return InputReader::Result{.stalled = true};
    ready_changed_.wait_for(lock, std::min(remaining, kWaitSlice));
  }
  return InputReader::Result{.bytes = bytes};
}

size_t DecodedReader::GiveOut(std::span<char> out) {
  if (taken_.data == nullptr) return 0;
  const size_t count = std::min(taken_.bytes - taken_offset_, out.size());
  std::memcpy(out.data(), taken_.data.get() + taken_offset_, count);
  taken_offset_ += count;
  given_bytes_ += count;
  return count;
}

bool DecodedReader::TakeNext() {
  ReturnTaken();
  DecodeBlock block = NextBlock();
  if (block.data == nullptr) return false;
  taken_ = std::move(block);
  taken_offset_ = 0;
  pool_status_.Update(pool_->WorkChanged());  // a block less waits to be taken
  return true;
}

void DecodedReader::ReturnTaken() {
  if (taken_.data != nullptr) pool_->Return(DecodePool::kDecompressed, std::exchange(taken_, {}));
}

void DecodedReader::FrontChanged() {
  RoomChanged();
  pool_status_.Update(pool_->WorkChanged());
}

void DecodedReader::CountDecoders(size_t decoders, size_t bytes) {
  const auto more_decoders = static_cast<ptrdiff_t>(decoders - std::exchange(counted_decoders_, decoders));
  const auto more_bytes = static_cast<ptrdiff_t>(bytes - std::exchange(counted_bytes_, bytes));
  if (more_decoders != 0 || more_bytes != 0) pool_->DecodersChanged(more_decoders, more_bytes);
}

}  // namespace unecho
