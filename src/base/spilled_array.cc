#include "base/spilled_array.h"

#include <utility>

namespace unecho {

absl::StatusOr<std::unique_ptr<CachedBlocks>> CachedBlocks::Create(const std::string& folder, std::string_view what) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<SpillFile> file, SpillFile::Create(folder, what));
  return std::unique_ptr<CachedBlocks>(new CachedBlocks(std::move(file)));
}

absl::Status CachedBlocks::Append(const void* bytes, size_t count) {
  const uint64_t at = times_.size() * SpillFile::kBlockBytes;
  times_.resize(times_.size() + count / SpillFile::kBlockBytes);
  return file_->WriteAt(at, bytes, count);
}

void CachedBlocks::Read(uint64_t number, size_t at, void* to, size_t size) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::memcpy(to, SlotOf(number).bytes.data() + at, size);
}

void CachedBlocks::Write(uint64_t number, size_t at, const void* from, size_t size) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Slot& slot = SlotOf(number);
  std::memcpy(slot.bytes.data() + at, from, size);
  slot.is_changed = true;
}

CachedBlocks::Slot& CachedBlocks::SlotOf(uint64_t number) {
  Slot& slot = slots_[number % kSlots];
  if (slot.number == number) return slot;
  if (slot.is_changed) {
    const absl::Status status =
        file_->WriteAt(slot.number * sizeof slot.bytes, &slot.bytes, sizeof slot.bytes, ++times_[slot.number]);
    if (write_status_.ok()) write_status_ = status;
  }
  slot.is_changed = false;
  slot.number = number;
  if (!file_->Read(number * sizeof slot.bytes, &slot.bytes, sizeof slot.bytes, times_[number])) slot.bytes.fill(0);
  return slot;
}

absl::Status CachedBlocks::status() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  UNECHO_RETURN_IF_ERROR(write_status_);
  return file_->status();
}

}  // namespace unecho
