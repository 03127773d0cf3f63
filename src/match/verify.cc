#include "match/verify.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "kernels/kernels.h"
#include "match/common_shingles.h"

namespace unecho {
namespace {

constexpr uint64_t kSpread = 0xe7037ed1a0b428db;

// Slots for a set of `count`: at most half full.
size_t NumSlots(size_t count) { return std::max(size_t{64}, std::bit_ceil(2 * count)); }

// Enters `shingle`; returns whether it is new.
inline bool Enter(uint64_t* keys, size_t mask, int shift, uint64_t shingle) {
  size_t at = shingle * kSpread >> shift;
  while (keys[at] != 0 && keys[at] != shingle) at = (at + 1) & mask;
  const bool fresh = keys[at] == 0;
  keys[at] = shingle;
  return fresh;
}

}  // namespace

size_t Verifier::SetShingles(std::span<const uint32_t> words) {
  if (shingles_.size() < words.size() + 1) shingles_.resize(words.size() + 1);
  const size_t count = ActiveKernels().shingles64(words.data(), words.size(), shingle_tokens_, shingles_.data());
  return common_ == nullptr ? count : common_->LeaveOut({shingles_.data(), count}).count;
}

void Verifier::Begin(std::span<const uint32_t> words) {
  const size_t count = SetShingles(words);
  const size_t num_slots = NumSlots(count);
  keys_.assign(num_slots, 0);
  stamps_.assign(num_slots, 0);
  stamp_ = 0;
  shift_ = 64 - std::countr_zero(num_slots);
  distinct_ = 0;
  for (size_t i = 0; i < count; ++i) distinct_ += Enter(keys_.data(), num_slots - 1, shift_, shingles_[i]);
}

uint32_t Verifier::CountDistinct(std::span<const uint64_t> shingles) {
  const size_t num_slots = NumSlots(shingles.size());
  other_keys_.assign(num_slots, 0);
  const int shift = 64 - std::countr_zero(num_slots);
  uint32_t distinct = 0;
  for (const uint64_t shingle : shingles) distinct += Enter(other_keys_.data(), num_slots - 1, shift, shingle);
  return distinct;
}

std::optional<double> Verifier::Similarity(std::span<const uint32_t> candidate, double at_least,
                                           uint32_t& candidate_distinct) {
  const size_t count = SetShingles(candidate);
  if (candidate_distinct == 0) candidate_distinct = CountDistinct({shingles_.data(), count});

  // J >= t needs |A n B| >= t / (1 + t) (|A| + |B|). A hair less is asked for, against rounding; the last line decides.
  const double sum = static_cast<double>(distinct_) + candidate_distinct;
  const auto need = static_cast<uint32_t>(std::max(1.0, std::ceil(at_least / (1 + at_least) * sum - 1e-6)));
  if (need > distinct_ || need > candidate_distinct) return std::nullopt;
  const size_t may_miss = count - need;

  const size_t mask = keys_.size() - 1;
  ++stamp_;
  uint32_t common = 0;
  size_t missed = 0;
  constexpr size_t kStride = 32;  // looks at the exit condition once in so many shingles
  for (size_t i = 0; i < count;) {
    for (const size_t end = std::min(count, i + kStride); i < end; ++i) {
      const uint64_t shingle = shingles_[i];
      size_t at = shingle * kSpread >> shift_;
      while (keys_[at] != 0 && keys_[at] != shingle) at = (at + 1) & mask;
      const bool hit = keys_[at] != 0;
      missed += !hit;
      common += hit && stamps_[at] != stamp_;
      stamps_[at] = stamp_;  // a free slot's stamp is never read as a hit
    }
    if (missed > may_miss) return std::nullopt;
  }
  const double similarity =
      static_cast<double>(common) / static_cast<double>(uint64_t{distinct_} + candidate_distinct - common);
  if (similarity < at_least) return std::nullopt;
  return similarity;
}

}  // namespace unecho
