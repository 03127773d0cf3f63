#include "unecho/exact.h"

#include <limits>
#include <utility>

namespace unecho {
namespace {
constexpr size_t kFirstSlots = size_t{1} << 14;
}  // namespace

ExactTable::ExactTable() : slots_(std::make_unique<MappedArray<Slot>>()), mask_(kFirstSlots - 1) {
  slots_->Resize(kFirstSlots);
}

uint64_t ExactTable::memory_bytes() const { return slots_->memory_bytes() + highs_.memory_bytes(); }

void ExactTable::GrowFor(size_t more) {
  uint64_t num_slots = mask_ + 1;
  if ((num_unique_ + more) * 4 < num_slots * 3) return;
  while ((num_unique_ + more) * 4 >= num_slots * 3) num_slots *= 2;
  auto larger = std::make_unique<MappedArray<Slot>>();
  larger->Resize(num_slots);
  const MappedArray<Slot>& old = *slots_;
  for (uint64_t i = 0; i <= mask_; ++i) {
    if (old[i].unique_plus_1 == 0) continue;
    uint64_t at = old[i].low & (num_slots - 1);
    while ((*larger)[at].unique_plus_1 != 0) at = (at + 1) & (num_slots - 1);
    (*larger)[at] = old[i];
  }
  slots_ = std::move(larger);
  mask_ = num_slots - 1;
}

uint64_t ExactTable::Find(uint64_t low, uint64_t high) const {
  const MappedArray<Slot>& slots = *slots_;
  for (uint64_t at = low & mask_;; at = (at + 1) & mask_) {
    const Slot& slot = slots[at];
    if (slot.unique_plus_1 == 0) return at;
    if (slot.low == low && highs_[slot.unique_plus_1 - 1] == high) return at;
  }
}

absl::Status ExactTable::RoomFor(size_t more) const {
  if (more < std::numeric_limits<uint32_t>::max() - 1 - num_unique_) return absl::OkStatus();
  return absl::ResourceExhaustedError("more than 4,294,967,294 distinct records in one run; split the input into parts");
}

absl::Status ExactTable::NumberAll(Batch& batch) {
  UNECHO_RETURN_IF_ERROR(RoomFor(batch.records.size()));
  for (Record& record : batch.records) {
    if (record.num_words > 0) record.unique = num_unique_++;
  }
  return absl::OkStatus();
}

absl::Status ExactTable::FindOrAdd(Batch& batch) {
  const size_t count = batch.records.size();
  UNECHO_RETURN_IF_ERROR(RoomFor(count));
  GrowFor(count);
  MappedArray<Slot>& slots = *slots_;
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < count + 2 * kAhead; ++i) {
    if (i < count) __builtin_prefetch(&slots[batch.records[i].key_low & mask_], 1);
    if (i >= kAhead && i < count + kAhead) {   // the slot has come: fetch what it points to
      const Slot& slot = slots[batch.records[i - kAhead].key_low & mask_];
      if (slot.unique_plus_1 != 0) __builtin_prefetch(&highs_[slot.unique_plus_1 - 1]);
    }
    if (i < 2 * kAhead) continue;
    Record& record = batch.records[i - 2 * kAhead];
    if (record.num_words == 0) continue;
    Slot& slot = slots[Find(record.key_low, record.key_high)];
    record.is_repeat = slot.unique_plus_1 != 0;
    if (!record.is_repeat) {
      highs_.PushBack(record.key_high);
      slot = {record.key_low, ++num_unique_};
    }
    record.unique = slot.unique_plus_1 - 1;
  }
  return absl::OkStatus();
}

}  // namespace unecho
