// The best match of a record in an index that nobody changes meanwhile: candidates -> sketch filter -> bitmaps ->
// verified similarity.
//
// The answer is exact among the candidates: highest similarity, ties: the smaller number. With marks, records that are
// apart are no candidates, and those of equal key, however similar, come before all others.
//
// Threads: one IndexSearch per thread; it holds the scratch.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_INDEX_SEARCH_H_
#define UNECHO_SRC_MATCH_INDEX_SEARCH_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/batch.h"
#include "match/bitmap.h"
#include "match/index.h"
#include "match/kept_marks.h"
#include "match/record_verifier.h"
#include "match/sketch.h"

namespace unecho {

struct IndexMatch {
  uint32_t id = 0;
  double similarity = -1;  // -1: none
  bool crowded = false;    // had many candidates
  uint8_t by_key = 0;      // the first key in common, from 1; 0: none

  // A key is stronger than text, and nothing is more similar than 1.
  bool is_settled() const { return by_key > 0 || similarity == 1; }
};

struct IndexSearch {
  // From so many candidates on, bitmaps pay: building one costs a tenth of so many verifications.
  static constexpr size_t kCrowd = 8;
  static constexpr double kRounding = 1e-9;

  // `fields`: those that are compared apart. `common`: shingles that are left out, or null.
  explicit IndexSearch(int shingle_tokens, std::span<const BandPlan::Field> fields = {},
                       const CommonShingles* common = nullptr)
      : verifier(shingle_tokens, fields, common) {}
  // `record`: sketched. `marks`: of the records in the index, which have not settled it; null if nobody asks.
  // `on_disk`: what BestOnDisk() has found, of all that is frozen; null if that is to be searched, too.
  IndexMatch Best(const Index& index, const BandPlan& plan, double threshold, const Batch& batch, const Record& record,
                  const KeptMarks* marks = nullptr, const IndexMatch* on_disk = nullptr);
  // The best match among what is frozen, for Best(): while others add, if that is held (Index::TryToHoldFrozen()).
  // False: too many candidates for that.
  bool BestOnDisk(const Index& index, const BandPlan& plan, double threshold, const Batch& batch, const Record& record,
                  IndexMatch& best);
  // What they settle: of equal key, or of the same tokens. It needs no sketch.
  IndexMatch BestByMarks(const Index& index, const KeptMarks& marks, const Batch& batch, const Record& record);

  // Every match from `threshold` on, among the same candidates, in the order of the index. `out` is cleared first.
  void All(const Index& index, const BandPlan& plan, double threshold, const Batch& batch, const Record& record,
           std::vector<IndexMatch>& out);

  // Of those whose key is equal.
  IndexMatch BestOfEqualKey(const Index& index, const KeptMarks& marks, const Batch& batch, const Record& record);

  // The best of `candidates`, if it is better than `best`.
  void Verify(const Index& index, double threshold, IndexMatch& best);

  RecordVerifier verifier;
  BitmapMaker bitmaps;
  std::vector<Index::Candidate> candidates;
  Index::Scratch scratch;
  std::vector<uint32_t> words;  // of a candidate that is on disk
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_INDEX_SEARCH_H_
