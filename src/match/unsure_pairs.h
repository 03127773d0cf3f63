// Pairs of kept records that may be the same, for --review: of each record the likeliest with records that were kept
// before it.
//
// The likelier of two pairs is the one with titles that are more like; then the one of which more fields agree than
// speak against; then the one whose second record was kept earlier, then whose first was.
//
// Memory:  24 bytes a pair, kMost of a kept record at most. Cost: some comparisons a pair.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_MATCH_UNSURE_PAIRS_H_
#define UNECHO_SRC_MATCH_UNSURE_PAIRS_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>
#include <vector>

#include "base/mapped_array.h"
#include "works/judge.h"

namespace unecho {

struct UnsurePair {
  uint32_t first = 0, second = 0;  // numbers of kept records; the first was kept before
  uint16_t agreeing = 0, opposing = 0;
  double likeness = 0;

  bool IsLikelierThan(const UnsurePair& other) const {
    const auto order = [](const UnsurePair& pair) {
      return std::tuple(-pair.likeness, std::popcount(pair.opposing) - std::popcount(pair.agreeing), pair.second,
                        pair.first);
    };
    return order(*this) < order(other);
  }
};

// The likeliest pairs of one record.
class LikeliestPairs {
 public:
  static constexpr size_t kMost = 5;
  void Clear() { pairs_.clear(); }
  void Add(uint32_t first, const Verdict& verdict) {
    const UnsurePair pair{
        .first = first, .agreeing = verdict.agreeing(), .opposing = verdict.opposing(), .likeness = verdict.likeness};
    pairs_.insert(std::ranges::find_if(pairs_, [&](const UnsurePair& each) { return pair.IsLikelierThan(each); }),
                  pair);
    if (pairs_.size() > kMost) pairs_.pop_back();
  }
  const std::vector<UnsurePair>& pairs() const { return pairs_; }

 private:
  std::vector<UnsurePair> pairs_;
};

class UnsurePairs {
 public:
  // Of the record that was kept last, under this number.
  void Keep(uint32_t kept_id, const LikeliestPairs& likeliest) {
    for (UnsurePair pair : likeliest.pairs()) {
      pair.second = kept_id;
      pairs_.PushBack(pair);
    }
  }
  // When all have come.
  void Sort() {
    std::sort(pairs_.data(), pairs_.data() + pairs_.size(),
              [](const UnsurePair& a, const UnsurePair& b) { return a.IsLikelierThan(b); });
  }
  size_t size() const { return pairs_.size(); }
  const UnsurePair& operator[](size_t i) const { return pairs_[i]; }
  uint64_t memory_bytes() const { return pairs_.memory_bytes(); }

 private:
  MappedArray<UnsurePair> pairs_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_UNSURE_PAIRS_H_
