// The kept works, and which of them a work is to be compared with.
//
// A kept work has a number, 0-based in the order of keeping. Works that may be the same have a candidate key in common
// (candidate_keys.h); the kept ones of a key form a chain, the latest first. Of a key that very many have, as a title
// of every issue or an abstract that says nothing, the first kMostOfKey are in its chain, and the others in chains of
// the key with a detail, such as an author: so a work meets a bounded number of them, always the same ones.
//
// Memory:  a kept work its words (make_work.h), 8 bytes, and 8 for each key that others have as well; 16 a distinct
//          key, at a load of 3/8 to 3/4.
// Cost:    a cache miss a key, and one for each kept work of a key that several have.
// Threads: any number of readers while nobody adds.
// Failure: RoomFor() says when numbers run out.
#ifndef UNECHO_SRC_WORKS_WORKS_INDEX_H_
#define UNECHO_SRC_WORKS_WORKS_INDEX_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "base/hash.h"
#include "base/mapped_array.h"
#include "base/prefetch.h"

namespace unecho {

class WorksIndex {
 public:
  WorksIndex() : slots_(std::make_unique<MappedArray<Slot>>()) { slots_->Resize(kFirstSlots); }

  static constexpr uint32_t kMostOfKey = 64;

  // For so many works with so many keys and details.
  bool RoomFor(size_t works, size_t keys_and_details) const {
    constexpr size_t kMostKeys = 64;  // candidate_keys.h: some 30; in the middle of a crowd each with every detail
    return links_.size() + works * kMostKeys * (1 + keys_and_details) < std::numeric_limits<uint32_t>::max();
  }
  // `keys`, and `details`: none twice.
  void Keep(std::span<const uint32_t> work, std::span<const uint64_t> keys, std::span<const uint64_t> details);

  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  std::span<const uint32_t> work(uint32_t kept_id) const {
    const uint64_t begin = kept_id == 0 ? 0 : ends_[kept_id - 1];
    return {words_.data() + begin, static_cast<size_t>(ends_[kept_id] - begin)};
  }

  // Ahead of ForEachOfKey(); ahead of work(), in two steps.
  void Prefetch(uint64_t key) const { PrefetchLine(&(*slots_)[key & mask_]); }
  void PrefetchEnd(uint32_t kept_id) const { PrefetchLine(&ends_[kept_id]); }
  void PrefetchWork(uint32_t kept_id) const {
    constexpr size_t kLineWords = 64 / sizeof(uint32_t), kLines = 4;  // the others follow by themselves
    const std::span<const uint32_t> words = work(kept_id);
    for (size_t at = 0; at < std::min(words.size(), kLines * kLineWords); at += kLineWords)
      PrefetchLine(words.data() + at);
  }
  // How far the index has come: works that are kept later are behind it.
  struct Mark {
    uint32_t id = 0, link = 0;
  };
  Mark mark() const { return {size(), static_cast<uint32_t>(links_.size())}; }
  // visit(id) for each kept work behind the mark that has the key, and, where very many have, one of the details. Of
  // works in front of it nothing is looked at.
  template <typename Visit>
  void ForEachOfKey(uint64_t key, std::span<const uint64_t> details, Mark from, Visit&& visit) const {
    const Slot& slot = SlotOf(key);
    Walk(slot, from, visit);
    if (slot.count < kMostOfKey) return;
    for (const uint64_t detail : details) Walk(SlotOf(Of(key, detail)), from, visit);
  }

  uint64_t memory_bytes() const {
    return words_.memory_bytes() + ends_.memory_bytes() + links_.memory_bytes() + slots_->memory_bytes();
  }

 private:
  static constexpr size_t kFirstSlots = size_t{1} << 12;
#pragma pack(push, 4)
  struct Slot {
    uint64_t key;
    uint32_t last;   // of one work its number, of several the place in links_; from 1. 0: free
    uint32_t count;  // of works
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
  template <typename Visit>
  void Walk(const Slot& slot, Mark from, Visit&& visit) const {
    if (slot.count <= 1) {
      if (slot.last > from.id) visit(slot.last - 1);
      return;
    }
    // The first work of a key gets its link with the second, perhaps behind the mark.
    for (uint32_t at = slot.last; at > from.link; at = links_[at - 1].before) {
      if (links_[at - 1].id >= from.id) visit(links_[at - 1].id);
    }
  }
  static uint64_t Of(uint64_t key, uint64_t detail) {
    const std::array<uint64_t, 2> both = {key, detail};
    return Hash128(both.data(), sizeof(both)).low;
  }
  bool Enter(uint32_t id, uint64_t key);
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
