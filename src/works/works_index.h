// The kept works, and which of them a work is to be compared with.
//
// A kept work has a number, 0-based in the order of keeping. Works that may be the same have a candidate key in common
// (candidate_keys.h); the kept ones of a key form a chain, the latest first.
//
// Memory:  a kept work its words (make_work.h), 8 bytes, and 8 for each key; 12 a distinct key, at a load of 3/8 to
//          3/4.
// Cost:    a cache miss a key, and one for each kept work of that key.
// Threads: any number of readers while nobody adds.
// Failure: none; Fates say when numbers run out.
#ifndef UNECHO_SRC_WORKS_WORKS_INDEX_H_
#define UNECHO_SRC_WORKS_WORKS_INDEX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "base/mapped_array.h"

namespace unecho {

class WorksIndex {
 public:
  WorksIndex() : slots_(std::make_unique<MappedArray<Slot>>()) { slots_->Resize(kFirstSlots); }

  void Keep(std::span<const uint32_t> work, std::span<const uint64_t> keys);

  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  std::span<const uint32_t> work(uint32_t kept_id) const {
    const uint64_t begin = kept_id == 0 ? 0 : ends_[kept_id - 1];
    return {words_.data() + begin, static_cast<size_t>(ends_[kept_id] - begin)};
  }

  void Prefetch(uint64_t key) const { __builtin_prefetch(&(*slots_)[key & mask_]); }
  // visit(id) for each kept work from `first_id` on that has the key, the latest first.
  template <typename Visit>
  void ForEachOfKey(uint64_t key, uint32_t first_id, Visit&& visit) const {
    for (uint32_t at = SlotOf(key).last; at != 0; at = links_[at - 1].before) {
      if (links_[at - 1].id < first_id) return;
      visit(links_[at - 1].id);
    }
  }

  uint64_t memory_bytes() const {
    return words_.memory_bytes() + ends_.memory_bytes() + links_.memory_bytes() + slots_->memory_bytes();
  }

 private:
  static constexpr size_t kFirstSlots = size_t{1} << 12;
#pragma pack(push, 4)
  struct Slot {
    uint64_t key;
    uint32_t last;  // in links_, from 1; 0: free
  };
#pragma pack(pop)
  struct Link {
    uint32_t id, before;
  };
  Slot& SlotOf(uint64_t key) { return const_cast<Slot&>(std::as_const(*this).SlotOf(key)); }
  const Slot& SlotOf(uint64_t key) const {
    const MappedArray<Slot>& slots = *slots_;
    uint64_t at = key & mask_;
    while (slots[at].last != 0 && slots[at].key != key) at = (at + 1) & mask_;
    return slots[at];
  }
  void Grow();

  MappedArray<uint32_t> words_;
  MappedArray<uint64_t> ends_;  // in words_, by kept work
  MappedArray<Link> links_;
  std::unique_ptr<MappedArray<Slot>> slots_;
  uint64_t mask_ = kFirstSlots - 1;
  uint64_t num_keys_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_WORKS_INDEX_H_
