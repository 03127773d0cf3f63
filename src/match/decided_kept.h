// What people have decided of a record and the records that are kept so far: steps 1 and 2 of docs/design.md,
// "Decisions".
//
// Memory:  4 bytes a kept record that a line of --decided names, or that stands for one.
// Cost:    none for a record that no line names. Threads: one caller. Failure: none.
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

  // Numbers of kept records, sorted: those it is apart from, and of the others those it is the same as.
  void Find(const Record& record, std::vector<uint32_t>& same, std::vector<uint32_t>& apart) const {
    same.clear();
    apart.clear();
    for (const uint32_t group : record.decided_groups) {
      if (group == 0) continue;
      same.insert(same.end(), kept_[group].begin(), kept_[group].end());
      for (const uint32_t other : decisions_.DifferentFrom(group))
        apart.insert(apart.end(), kept_[other].begin(), kept_[other].end());
    }
    std::ranges::sort(same);
    std::ranges::sort(apart);
    std::erase_if(same, [&apart](uint32_t id) { return std::ranges::binary_search(apart, id); });
  }
  // The record is kept under this number, or was removed for the one that is.
  void Note(const Record& record, uint32_t kept_id) {
    for (const uint32_t group : record.decided_groups) {
      if (group > 0) kept_[group].push_back(kept_id);
    }
  }

 private:
  const Decisions& decisions_;
  std::vector<std::vector<uint32_t>> kept_;  // by group
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_DECIDED_KEPT_H_
