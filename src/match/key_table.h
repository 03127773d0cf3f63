// 128-bit key -> the number of its first appearance: 0, 1, 2, ... in order.
//
// Open addressing with 12-byte slots (low half of the key, number), and the high halves by number: 128 bits are
// compared, 20 to 32 bytes a key are paid (load 3/8 to 3/4). To look up many keys: GrowFor() all of them, then
// PrefetchSlot(), a little later PrefetchHigh(), a little later FindOrAdd(), so that each cache miss is under way long
// before it is waited for.
//
// Cost:    one or two cache misses a key; doubling moves every slot once.
// Threads: one caller; Find() is for many, while nobody adds.
// Failure: none. RoomFor() says when numbers run out, at 2^32 - 2 keys.
#ifndef UNECHO_SRC_MATCH_KEY_TABLE_H_
#define UNECHO_SRC_MATCH_KEY_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/mapped_array.h"
#include "base/prefetch.h"

namespace unecho {

class KeyTable {
 public:
  KeyTable() : slots_(std::make_unique<MappedArray<Slot>>()), mask_(kFirstSlots - 1) { slots_->Resize(kFirstSlots); }

  bool RoomFor(size_t more) const { return more < std::numeric_limits<uint32_t>::max() - 1 - size_; }
  void GrowFor(size_t more);
  void PrefetchSlot(uint64_t low) const { PrefetchLineToWrite(&(*slots_)[low & mask_]); }
  void PrefetchHigh(uint64_t low) const {
    const Slot& slot = (*slots_)[low & mask_];
    if (slot.number_plus_1 != 0) PrefetchLine(&highs_[slot.number_plus_1 - 1]);
  }
  struct Found {
    uint32_t number;
    bool is_new;
  };
  Found FindOrAdd(uint64_t low, uint64_t high) {
    MappedArray<Slot>& slots = *slots_;
    uint64_t at = low & mask_;
    for (; slots[at].number_plus_1 != 0; at = (at + 1) & mask_) {
      if (slots[at].low == low && highs_[slots[at].number_plus_1 - 1] == high)
        return {slots[at].number_plus_1 - 1, false};
    }
    highs_.PushBack(high);
    slots[at] = {low, ++size_};
    return {size_ - 1, true};
  }

  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  // Its number, or kNone. Safe from many threads while nobody adds.
  uint32_t Find(uint64_t low, uint64_t high) const {
    const MappedArray<Slot>& slots = *slots_;
    for (uint64_t at = low & mask_; slots[at].number_plus_1 != 0; at = (at + 1) & mask_) {
      if (slots[at].low == low && highs_[slots[at].number_plus_1 - 1] == high) return slots[at].number_plus_1 - 1;
    }
    return kNone;
  }

  // The keys of the numbers from `first` on. A look at every slot.
  std::vector<Key128> KeysFrom(uint32_t first) const {
    std::vector<Key128> keys(size_ - std::min(size_, first));
    for (uint64_t at = 0; at <= mask_; ++at) {
      const Slot& slot = (*slots_)[at];
      if (slot.number_plus_1 > first) keys[slot.number_plus_1 - 1 - first] = {slot.low, highs_[slot.number_plus_1 - 1]};
    }
    return keys;
  }

  uint32_t size() const { return size_; }
  uint64_t memory_bytes() const { return slots_->memory_bytes() + highs_.memory_bytes(); }

 private:
  static constexpr size_t kFirstSlots = size_t{1} << 14;
#pragma pack(push, 4)
  struct Slot {
    uint64_t low;
    uint32_t number_plus_1;  // 0: free
  };
#pragma pack(pop)
  static_assert(sizeof(Slot) == 12);

  std::unique_ptr<MappedArray<Slot>> slots_;
  uint64_t mask_ = 0;
  uint32_t size_ = 0;
  MappedArray<uint64_t> highs_;
};

inline void KeyTable::GrowFor(size_t more) {
  uint64_t num_slots = mask_ + 1;
  if ((size_ + more) * 4 < num_slots * 3) return;
  while ((size_ + more) * 4 >= num_slots * 3) num_slots *= 2;
  auto larger = std::make_unique<MappedArray<Slot>>();
  larger->Resize(num_slots);
  const MappedArray<Slot>& old = *slots_;
  for (uint64_t i = 0; i <= mask_; ++i) {
    if (old[i].number_plus_1 == 0) continue;
    uint64_t at = old[i].low & (num_slots - 1);
    while ((*larger)[at].number_plus_1 != 0) at = (at + 1) & (num_slots - 1);
    (*larger)[at] = old[i];
  }
  slots_ = std::move(larger);
  mask_ = num_slots - 1;
}

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_TABLE_H_
