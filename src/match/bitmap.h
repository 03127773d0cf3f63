// A safe filter for records with many candidates just below the threshold: no pair at the threshold is ever dropped.
//
// Each shingle sets one bit of a bitmap of its record. A bit that only a has comes from a shingle that only A has, so
// with x = |a & ~b| and y = |b & ~a|:   |A n B| <= o = min(|A| - x, |B| - y),   J <= o / (|A| + |B| - o).
// Bitmaps have 8 bits a shingle, rounded up to a power of two from 512 to 32,768; the larger of two is folded onto the
// smaller.
//
// Cost:    a pair of 200 shingles is 32 words; verification costs forty times as much.
// Threads: functions without state; a FoldedBitmap belongs to one thread.
#ifndef UNECHO_SRC_MATCH_BITMAP_H_
#define UNECHO_SRC_MATCH_BITMAP_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.h"
#include "match/index.h"

namespace unecho {

inline constexpr size_t kMinBitmapWords = 512 / 64, kMaxBitmapWords = 32768 / 64;

inline size_t BitmapWords(size_t num_shingles) {
  return std::clamp(std::bit_ceil(num_shingles * 8 / 64 + 1), kMinBitmapWords, kMaxBitmapWords);
}

inline void SetBits(std::span<const uint64_t> shingles, std::span<uint64_t> bitmap) {
  for (const uint64_t shingle : shingles) {
    const size_t bit = (shingle * 0xe7037ed1a0b428db >> 40) & (bitmap.size() * 64 - 1);
    bitmap[bit / 64] |= uint64_t{1} << bit % 64;
  }
}

// The new record's bitmap, folded to every smaller size: candidates come in all sizes.
class FoldedBitmap {
 public:
  void Set(std::span<const uint64_t> shingles, uint32_t distinct) {
    num_words_ = BitmapWords(shingles.size());
    distinct_ = distinct;
    levels_.assign(2 * kMaxBitmapWords, 0);
    SetBits(shingles, {Level(num_words_), num_words_});
    for (size_t words = num_words_; words > kMinBitmapWords; words /= 2) {
      const uint64_t* from = Level(words);
      uint64_t* to = Level(words / 2);
      for (size_t i = 0; i < words / 2; ++i) to[i] = from[i] | from[i + words / 2];
    }
    for (size_t words = kMinBitmapWords; words <= num_words_; words *= 2) {
      bits_[static_cast<size_t>(std::countr_zero(words))] = Count(Level(words), Level(words), words);
    }
  }
  Bitmap bitmap() const { return {{Level(num_words_), num_words_}, static_cast<uint32_t>(BitsAt(num_words_))}; }

  // Upper bound of the similarity with a record of `distinct` shingles that has this bitmap.
  double Bound(const Bitmap& other, uint32_t distinct) {
    const size_t words = std::min(num_words_, other.words.size());
    const uint64_t* theirs = other.words.data();
    size_t their_bits = other.set_bits;
    if (other.words.size() > words) [[unlikely]] {
      fold_.assign(other.words.begin(), other.words.begin() + static_cast<std::ptrdiff_t>(words));
      for (size_t i = words; i < other.words.size(); ++i) fold_[i & (words - 1)] |= other.words[i];
      theirs = fold_.data();
      their_bits = Count(theirs, theirs, words);
    }
    const size_t common = Count(Level(words), theirs, words);
    const size_t overlap = std::min(distinct_ - (BitsAt(words) - common), distinct - (their_bits - common));
    return static_cast<double>(overlap) / static_cast<double>(size_t{distinct_} + distinct - overlap);
  }

 private:
  // Sizes are powers of two: level w begins at w.
  uint64_t* Level(size_t words) { return levels_.data() + words; }
  const uint64_t* Level(size_t words) const { return levels_.data() + words; }
  size_t BitsAt(size_t words) const { return bits_[static_cast<size_t>(std::countr_zero(words))]; }
  static size_t Count(const uint64_t* a, const uint64_t* b, size_t words) {
    return ActiveKernels().common_bits(a, b, words);
  }

  size_t num_words_ = 0;
  uint32_t distinct_ = 0;
  std::vector<uint64_t> levels_, fold_;
  std::array<size_t, 16> bits_{};  // set bits, by log2 of the size in words
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_BITMAP_H_
