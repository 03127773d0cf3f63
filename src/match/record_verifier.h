// Exact similarity of one new record with its candidates, whether all its words are compared together or its fields
// apart (--match): then the smallest of the similarities of its fields counts, and each must reach its own threshold.
// A field that neither record has is equal; one that only one of them has has nothing in common.
//
// Cost:    that of a Verifier for each field; where the fields are not apart, a branch more.
// Threads: one RecordVerifier per thread.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_RECORD_VERIFIER_H_
#define UNECHO_SRC_MATCH_RECORD_VERIFIER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "match/bitmap.h"
#include "match/sketch.h"
#include "match/verify.h"

namespace unecho {

class RecordVerifier {
 public:
  // `common`: shingles that are left out where fields are not apart, or null; it outlives the verifier.
  explicit RecordVerifier(int shingle_tokens, std::span<const BandPlan::Field> fields = {},
                          const CommonShingles* common = nullptr);

  // Sets the new record.
  void Begin(std::span<const uint32_t> words) {
    if (fields_.empty()) [[likely]]
      return whole_.Begin(words);
    BeginFields(words);
  }
  // Of all fields together.
  uint32_t distinct_shingles() const { return fields_.empty() ? whole_.distinct_shingles() : distinct_; }
  // Of its shingles. The same shingle in two fields is two, so what two records have in common is what their fields
  // have in common.
  Bitmaps MakeBitmaps(double threshold, BitmapMaker& maker) const;

  // The similarity with `candidate`, or nothing if it is certainly below `at_least`, or below the threshold of a field.
  // `candidate_distinct`: its number of distinct shingles; if 0, it is counted and stored there, unless fields are
  // apart and one of them ends the comparison.
  std::optional<double> Similarity(std::span<const uint32_t> candidate, double at_least, uint32_t& candidate_distinct) {
    if (fields_.empty()) [[likely]]
      return whole_.Similarity(candidate, at_least, candidate_distinct);
    return SimilarityOfFields(candidate, at_least, true, candidate_distinct);
  }
  // The same, whatever the thresholds of fields are: for records of equal key.
  std::optional<double> SimilarityAnyhow(std::span<const uint32_t> candidate, double at_least,
                                         uint32_t& candidate_distinct) {
    if (fields_.empty()) return whole_.Similarity(candidate, at_least, candidate_distinct);
    return SimilarityOfFields(candidate, at_least, false, candidate_distinct);
  }
  // In each field, however small; none where fields are not apart. Valid until the next call.
  std::span<const double> Similarities(std::span<const uint32_t> candidate);

 private:
  struct Field {
    double threshold;
    Verifier verifier;
    bool is_there = false;
  };
  void BeginFields(std::span<const uint32_t> words);
  std::optional<double> SimilarityOfFields(std::span<const uint32_t> candidate, double at_least, bool by_thresholds,
                                           uint32_t& candidate_distinct);

  Verifier whole_;
  std::vector<Field> fields_;
  uint32_t distinct_ = 0;
  std::vector<double> similarities_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_RECORD_VERIFIER_H_
