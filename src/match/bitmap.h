// A safe filter for records with many candidates just below the threshold: no pair at the threshold is ever dropped.
//
// Each distinct shingle of a record flips one bit of its bitmap. What two records have in common flips the same bits of
// both, so where their bitmaps differ there is a shingle that only one of them has: with d = |a ^ b|, |A \ B| + |B \ A|
// is d at least, and J <= (|A| + |B| - d) / (|A| + |B| + d). How much they have in common makes no difference to how
// well this holds, only how much they differ: so there are twelve bits for each shingle in which two records at the
// threshold differ, rounded up to a power of two from 1,024 to 32,768.
//
// A bitmap of half the size is the two halves of one, flipped onto each other. All sizes from 1,024 bits are there, the
// smaller in front of the larger, and two records are compared at the largest that both have. Before that they are at
// 1,024 bits, which drops most: for many candidates at once, by a kernel.
//
// Cost:    a pair is 16 words, one in a hundred or so 32 more where the records have 300 shingles; verification costs a
//          hundred times as much.
// Threads: functions without state; a BitmapMaker belongs to one thread.
#ifndef UNECHO_SRC_MATCH_BITMAP_H_
#define UNECHO_SRC_MATCH_BITMAP_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.h"

namespace unecho {

inline constexpr size_t kMinBitmapWords = 1024 / 64, kMaxBitmapWords = 32768 / 64;

// In how many shingles two records of that similarity differ, at most, which have so many together.
inline double MostDifferent(size_t shingles_of_both, double similarity) {
  return (1 - similarity) / (1 + similarity) * static_cast<double>(shingles_of_both);
}

// Of the largest size.
inline size_t BitmapWords(size_t num_shingles, double threshold) {
  const auto words = static_cast<size_t>(12 * MostDifferent(2 * num_shingles, threshold) / 64);
  return std::clamp(std::bit_ceil(words + 1), kMinBitmapWords, kMaxBitmapWords);
}

// The bitmaps of one record: 16 words, 32, 64 and so on. Empty: there are none.
struct Bitmaps {
  const uint64_t* OfSize(size_t num_words) const { return words.data() + (num_words - kMinBitmapWords); }
  size_t largest() const { return (words.size() + kMinBitmapWords) / 2; }
  std::span<const uint64_t> words;
};

class BitmapMaker {
 public:
  void Begin(size_t num_shingles, double threshold) {
    largest_ = BitmapWords(num_shingles, threshold);
    words_.assign(2 * largest_ - kMinBitmapWords, 0);
  }
  // Of the distinct shingles.
  void Flip(uint64_t shingle) {
    const size_t bit = (shingle * 0xe7037ed1a0b428db >> 40) & (largest_ * 64 - 1);
    OfSize(largest_)[bit / 64] ^= uint64_t{1} << bit % 64;
  }
  // Valid until the next Begin().
  Bitmaps End() {
    for (size_t size = largest_; size > kMinBitmapWords; size /= 2) {
      const uint64_t* const from = OfSize(size);
      uint64_t* const to = OfSize(size / 2);
      for (size_t i = 0; i < size / 2; ++i) to[i] = from[i] ^ from[i + size / 2];
    }
    return {words_};
  }

 private:
  uint64_t* OfSize(size_t num_words) { return words_.data() + (num_words - kMinBitmapWords); }
  size_t largest_ = kMinBitmapWords;
  std::vector<uint64_t> words_;
};

// May two records differ in so few shingles? `from`: they do not differ in more at all smaller sizes.
inline bool MayBeSimilar(const Bitmaps& a, const Bitmaps& b, double most_different, size_t from = kMinBitmapWords) {
  const size_t largest = std::min(a.largest(), b.largest());
  const auto differ = [&](size_t words) {
    return static_cast<double>(ActiveKernels().different_bits(a.OfSize(words), b.OfSize(words), words)) >
           most_different;
  };
  // A quarter of the size says nearly as much, and costs a quarter.
  for (const size_t size : {largest / 4, largest}) {
    if (size >= from && differ(size)) return false;
  }
  return true;
}

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_BITMAP_H_
