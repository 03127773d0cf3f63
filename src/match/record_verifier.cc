#include "match/record_verifier.h"

#include <algorithm>

#include "match/fields_apart.h"

namespace unecho {

RecordVerifier::RecordVerifier(int shingle_tokens, std::span<const BandPlan::Field> fields,
                               const CommonShingles* common)
    : whole_(shingle_tokens, common) {
  for (const BandPlan::Field& field : fields) fields_.push_back({field.threshold, Verifier(shingle_tokens)});
}

void RecordVerifier::BeginFields(std::span<const uint32_t> words) {
  distinct_ = 0;
  ForEachFieldApart(words, fields_.size(), [this](size_t i, std::span<const uint32_t> of_field) {
    Field& field = fields_[i];
    field.is_there = !of_field.empty();
    if (!field.is_there) return;
    field.verifier.Begin(of_field);
    distinct_ += field.verifier.distinct_shingles();
  });
}

Bitmaps RecordVerifier::MakeBitmaps(double threshold, BitmapMaker& maker) const {
  maker.Begin(distinct_shingles(), threshold);
  if (fields_.empty()) whole_.ForEachShingle([&](uint64_t shingle) { maker.Flip(shingle); });
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (!fields_[i].is_there) continue;
    fields_[i].verifier.ForEachShingle([&](uint64_t shingle) { maker.Flip(shingle ^ i * 0x9e3779b97f4a7c15); });
  }
  return maker.End();
}

std::optional<double> RecordVerifier::SimilarityOfFields(std::span<const uint32_t> candidate, double at_least,
                                                         bool by_thresholds, uint32_t& candidate_distinct) {
  std::optional<double> least = 1;
  uint32_t distinct = 0;
  ForEachFieldApart(candidate, fields_.size(), [&](size_t i, std::span<const uint32_t> words) {
    Field& field = fields_[i];
    if (!least || (!field.is_there && words.empty())) return;
    std::optional<double> similarity;
    uint32_t of_field = 0;
    if (field.is_there && !words.empty()) {
      const double wanted = by_thresholds ? std::max(field.threshold, at_least) : at_least;
      similarity = field.verifier.Similarity(words, wanted, of_field);
    }
    distinct += of_field;
    least = similarity ? std::min(*least, *similarity) : similarity;
  });
  if (least && candidate_distinct == 0) candidate_distinct = distinct;
  return least;
}

std::span<const double> RecordVerifier::Similarities(std::span<const uint32_t> candidate) {
  similarities_.assign(fields_.size(), 1);
  ForEachFieldApart(candidate, fields_.size(), [&](size_t i, std::span<const uint32_t> words) {
    Field& field = fields_[i];
    if (!field.is_there && words.empty()) return;
    uint32_t distinct = 0;
    const bool both = field.is_there && !words.empty();
    similarities_[i] = both ? field.verifier.Similarity(words, 0, distinct).value_or(0) : 0;
  });
  return similarities_;
}

}  // namespace unecho
