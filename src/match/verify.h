// Exact similarity of one new record with its candidates: |A n B| / |A u B| of the shingle sets, from 32-bit word
// hashes.
//
// The new record's shingles go into one small hash set, reused from record to record; a candidate's shingles probe it
// in order, and the comparison stops when too many were absent for the similarity that is asked for. Sorting both sets
// costs twenty times as much.
//
// Cost:    a hash and a probe a shingle of the candidate, until the answer is clear.
// Collisions: different shingles agree with probability 2^-32 if they differ in one word, 2^-64 otherwise: below 1e-9 a
//          comparison.
// Threads: one Verifier per thread.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_VERIFY_H_
#define UNECHO_SRC_MATCH_VERIFY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace unecho {

class CommonShingles;

class Verifier {
 public:
  // `common`: shingles that are left out of all sets, or null; it outlives the verifier.
  explicit Verifier(int shingle_tokens, const CommonShingles* common = nullptr)
      : shingle_tokens_(static_cast<size_t>(shingle_tokens)), common_(common) {}

  // Sets the new record.
  void Begin(std::span<const uint32_t> words);
  uint32_t distinct_shingles() const { return distinct_; }
  // Calls take(hash) for each of them.
  template <typename Take>
  void ForEachShingle(Take&& take) const {
    for (const uint64_t shingle : keys_) {
      if (shingle != 0) take(shingle);
    }
  }

  // The similarity with `candidate`, or nothing if it is certainly below `at_least`. `candidate_distinct`: its number
  // of distinct shingles; if 0, it is counted and stored there.
  std::optional<double> Similarity(std::span<const uint32_t> candidate, double at_least, uint32_t& candidate_distinct);

 private:
  // Of a record, into shingles_; how many.
  size_t SetShingles(std::span<const uint32_t> words);
  uint32_t CountDistinct(std::span<const uint64_t> shingles);

  size_t shingle_tokens_;
  const CommonShingles* common_;
  uint32_t distinct_ = 0;
  std::vector<uint64_t> keys_;    // the set: 0 is free
  std::vector<uint32_t> stamps_;  // the last candidate that hit the key
  uint32_t stamp_ = 0;
  int shift_ = 0;
  std::vector<uint64_t> shingles_;    // of the record in hand
  std::vector<uint64_t> other_keys_;  // for CountDistinct
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_VERIFY_H_
