// What people have decided of a record and the records that are kept so far: steps 1 and 2 of docs/design.md,
// "Decisions".
//
// Memory:  24 bytes a group; and in each, 4 to 8 for a kept record that stands for any of it, for however many it does.
// Cost:    none for a record that no line names; for others a sort of the kept records of their groups, and of those
//          that are different from these. Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_MATCH_DECIDED_KEPT_H_
#define UNECHO_SRC_MATCH_DECIDED_KEPT_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/batch.h"
#include "options/decisions.h"

namespace unecho {

class DecidedKept {
 public:
  explicit DecidedKept(const Decisions& decisions) : decisions_(decisions), kept_(decisions.num_groups() + size_t{1}) {}

  // Numbers of kept records, sorted, each once: those it is apart from, and of the others those it is the same as.
  void Find(const Record& record, std::vector<uint32_t>& same, std::vector<uint32_t>& apart) const {
    same.clear();
    apart.clear();
    for (const uint32_t group : record.decided_groups) {
      if (group == 0) continue;
      same.insert(same.end(), kept_[group].begin(), kept_[group].end());
      for (const uint32_t other : decisions_.DifferentFrom(group))
        apart.insert(apart.end(), kept_[other].begin(), kept_[other].end());
    }
    SortOnce(same);
    SortOnce(apart);
    std::erase_if(same, [&apart](uint32_t id) { return std::ranges::binary_search(apart, id); });
  }
  // The record is kept under this number, or was removed for the one that is.
  void Note(const Record& record, uint32_t kept_id) {
    for (const uint32_t group : record.decided_groups) {
      if (group == 0) continue;
      std::vector<uint32_t>& kept = kept_[group];
      const auto place = std::ranges::lower_bound(kept, kept_id);
      if (place != kept.end() && *place == kept_id) continue;
      const size_t had_room = kept.capacity();
      kept.insert(place, kept_id);
      room_ += kept.capacity() - had_room;
    }
  }
  uint64_t memory_bytes() const { return kept_.capacity() * sizeof(kept_[0]) + room_ * sizeof(uint32_t); }

 private:
  static void SortOnce(std::vector<uint32_t>& ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  }

  const Decisions& decisions_;
  std::vector<std::vector<uint32_t>> kept_;  // by group, sorted, each once
  uint64_t room_ = 0;                        // of all these lists, in numbers
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_DECIDED_KEPT_H_
