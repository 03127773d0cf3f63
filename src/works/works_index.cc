#include "works/works_index.h"

#include <algorithm>

namespace unecho {

void WorksIndex::Keep(std::span<const uint32_t> work, std::span<const uint64_t> keys,
                      std::span<const uint64_t> details) {
  const uint32_t id = size();
  std::ranges::copy(work, words_.Extend(work.size()));
  ends_.PushBack(words_.size());
  for (const uint64_t key : keys) {
    if (Enter(id, key)) continue;
    for (const uint64_t detail : details) Enter(id, Of(key, detail));
  }
}

// False: so many have the key that it says too little.
bool WorksIndex::Enter(uint32_t id, uint64_t key) {
  if (4 * (num_keys_ + 1) > 3 * (mask_ + 1)) Grow();
  Slot& slot = SlotOf(key);
  if (slot.last == 0) {
    slot.key = key;
    ++num_keys_;
  }
  if (slot.count == kMostOfKey) return false;
  if (slot.count == 0) {
    slot.last = id + 1;
  } else {
    if (slot.count == 1) {
      links_.PushBack({slot.last - 1, 0});
      slot.last = static_cast<uint32_t>(links_.size());
    }
    links_.PushBack({id, slot.last});
    slot.last = static_cast<uint32_t>(links_.size());
  }
  ++slot.count;
  return true;
}

void WorksIndex::Grow() {
  const std::unique_ptr<MappedArray<Slot>> old = std::exchange(slots_, std::make_unique<MappedArray<Slot>>());
  slots_->Resize(2 * old->size());
  mask_ = slots_->size() - 1;
  for (size_t i = 0; i < old->size(); ++i) {
    if ((*old)[i].last != 0) SlotOf((*old)[i].key) = (*old)[i];
  }
}

}  // namespace unecho
