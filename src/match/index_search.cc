#include "match/index_search.h"

#include <algorithm>

#include "base/batch.h"

namespace unecho {

namespace {

std::span<const uint64_t> KeysOf(const BandPlan& plan, const Batch& batch, const Record& record) {
  const auto bands = static_cast<size_t>(plan.bands);
  return {batch.band_keys.data() + size_t{record.sketch_row} * bands, bands};
}

const uint8_t* SketchOf(const Batch& batch, const Record& record) {
  return batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes;
}

}  // namespace

IndexMatch IndexSearch::Best(const Index& index, const BandPlan& plan, double threshold, const Batch& batch,
                             const Record& record, const KeptMarks* marks, const IndexMatch* on_disk) {
  index.FindCandidates(KeysOf(plan, batch, record), SketchOf(batch, record), scratch, candidates, on_disk != nullptr);
  if (marks != nullptr) {
    std::erase_if(candidates,
                  [&](const Index::Candidate& each) { return marks->IsApart(batch.MarksOf(record), each.kept_id); });
  }
  IndexMatch best = on_disk != nullptr ? *on_disk : IndexMatch{};
  if (candidates.empty()) return best;
  verifier.Begin(batch.WordsOf(record));
  if (candidates.size() > kCrowd) {
    best.crowded = true;
    index.DropFar(verifier.MakeBitmaps(threshold, bitmaps), verifier.distinct_shingles(), threshold - kRounding,
                  scratch, candidates);
  }
  Verify(index, threshold, best);
  return best;
}

bool IndexSearch::BestOnDisk(const Index& index, const BandPlan& plan, double threshold, const Batch& batch,
                             const Record& record, IndexMatch& best) {
  index.FindFrozen(KeysOf(plan, batch, record), SketchOf(batch, record), scratch, candidates);
  if (candidates.size() > kCrowd) return false;
  if (candidates.empty()) return true;
  verifier.Begin(batch.WordsOf(record));
  Verify(index, threshold, best);
  return true;
}

void IndexSearch::Verify(const Index& index, double threshold, IndexMatch& best) {
  // The likeliest first: the sooner a high similarity is found, the sooner the others are given up.
  std::ranges::sort(candidates, [](const Index::Candidate& a, const Index::Candidate& b) {
    return a.agreeing_bins != b.agreeing_bins ? a.agreeing_bins > b.agreeing_bins : a.kept_id < b.kept_id;
  });
  for (size_t i = 0; i < candidates.size(); ++i) {
    const uint32_t id = candidates[i].kept_id;
    if (i + 1 < candidates.size()) index.PrefetchWords(candidates[i + 1].kept_id);
    const uint32_t known = index.distinct_shingles(id, scratch);
    uint32_t distinct = known;
    const auto similarity =
        verifier.Similarity(index.words(id, scratch, words), std::max(threshold, best.similarity), distinct);
    if (known == 0) index.RememberDistinctShingles(id, distinct);
    if (similarity && (*similarity > best.similarity || id < best.id)) best = {id, *similarity, best.crowded};
  }
}

IndexMatch IndexSearch::BestByMarks(const Index& index, const KeptMarks& marks, const Batch& batch,
                                    const Record& record) {
  if (record.first_key > 0) {
    if (const IndexMatch best = BestOfEqualKey(index, marks, batch, record); best.by_key > 0) return best;
  }
  const uint32_t id = marks.WithTokens(batch.MarksOf(record));
  return id == KeptMarks::kNone ? IndexMatch{} : IndexMatch{.id = id, .similarity = 1};
}

IndexMatch IndexSearch::BestOfEqualKey(const Index& index, const KeptMarks& marks, const Batch& batch,
                                       const Record& record) {
  const MarkRow row = batch.MarksOf(record);
  IndexMatch best;
  marks.ForEachOfEqualKey(row, 0, [&](uint32_t id) {
    if (best.by_key == 0) verifier.Begin(batch.WordsOf(record));
    const uint32_t known = index.distinct_shingles(id);
    uint32_t distinct = known;
    // However little the texts have in common.
    const double similarity =
        verifier.SimilarityAnyhow(index.words(id, words), std::max(0.0, best.similarity), distinct).value_or(0);
    if (known == 0) index.RememberDistinctShingles(id, distinct);
    if (similarity > best.similarity || (similarity == best.similarity && id < best.id))
      best = {.id = id, .similarity = similarity, .by_key = marks.FirstEqualKey(row, id)};
  });
  return best;
}

void IndexSearch::All(const Index& index, const BandPlan& plan, double threshold, const Batch& batch,
                      const Record& record, std::vector<IndexMatch>& out) {
  out.clear();
  index.FindCandidates(KeysOf(plan, batch, record), SketchOf(batch, record), scratch, candidates);
  if (candidates.empty()) return;
  std::ranges::sort(candidates, {}, &Index::Candidate::kept_id);
  verifier.Begin(batch.WordsOf(record));
  for (const Index::Candidate& candidate : candidates) {
    const uint32_t known = index.distinct_shingles(candidate.kept_id, scratch);
    uint32_t distinct = known;
    const auto similarity = verifier.Similarity(index.words(candidate.kept_id, scratch, words), threshold, distinct);
    if (known == 0) index.RememberDistinctShingles(candidate.kept_id, distinct);
    if (similarity) out.push_back({candidate.kept_id, *similarity});
  }
}

}  // namespace unecho
