// Included by kernels_<set>.cc, each compiled for another instruction set, with UNECHO_KERNEL_SET naming its namespace.
//
// Only intrinsics, built-ins and functions of the anonymous namespace here: an inline function of the standard library
// compiled for AVX2 could be the copy that the linker keeps for everybody.
#define XXH_INLINE_ALL  // its functions are local to the file then, too
#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/vectors.h"
#include "kernels/kernels.h"
#include "kernels/kernels_words_impl.h"
#include "kernels/word_hash.h"

namespace unecho {
namespace UNECHO_KERNEL_SET {
namespace {

inline uint32_t Rotate32(uint32_t x, unsigned r) { return r == 0 ? x : x << r | x >> (32 - r); }
inline uint64_t Rotate64(uint64_t x, unsigned r) { return r == 0 ? x : x << r | x >> (64 - r); }

constexpr uint32_t kGolden32 = 0x9e3779b1;
constexpr uint32_t kMix32 = 0x85ebca77;

inline uint32_t Finish32(uint32_t sum) {
  sum *= kGolden32;
  sum ^= sum >> 15;
  return sum * kMix32;
}

size_t Shingles32(const uint32_t* __restrict words, size_t num_words, size_t w, uint32_t* __restrict out) {
  if (num_words < w) {  // one shingle of all tokens, told from longer ones by its length
    uint32_t sum = static_cast<uint32_t>(num_words) * kGolden32;
    for (size_t i = 0; i < num_words; ++i) sum = Rotate32(sum, 7) * kMix32 + words[i];
    out[0] = Finish32(sum);
    return 1;
  }
  const size_t count = num_words - w + 1;
  if (w == 5) {
    for (size_t i = 0; i < count; ++i) {
      out[i] = Finish32(words[i] + Rotate32(words[i + 1], 6) + Rotate32(words[i + 2], 12) + Rotate32(words[i + 3], 18) +
                        Rotate32(words[i + 4], 24));
    }
    return count;
  }
  for (size_t i = 0; i < count; ++i) {
    uint32_t sum = 0;
    for (size_t k = 0; k < w; ++k) sum += Rotate32(words[i + k], static_cast<unsigned>(6 * k % 32));
    out[i] = Finish32(sum);
  }
  return count;
}

inline uint64_t Finish64(uint64_t sum) {
  sum ^= sum >> 29;
  return sum | (sum == 0);
}

size_t Shingles64(const uint32_t* __restrict words, size_t num_words, size_t w, uint64_t* __restrict out) {
  constexpr uint64_t kSpread = kGolden32;  // spreads 32 bits over 64, one to one
  if (num_words < w) {
    uint64_t sum = num_words;
    for (size_t i = 0; i < num_words; ++i) sum = MultiplyFold(sum ^ kSecret0, words[i] ^ kSecret1);
    out[0] = Finish64(sum);
    return 1;
  }
  const size_t count = num_words - w + 1;
  if (w == 5) {
    for (size_t i = 0; i < count; ++i) {
      out[i] =
          Finish64(words[i] * kSpread + Rotate64(words[i + 1] * kSpread, 13) + Rotate64(words[i + 2] * kSpread, 26) +
                   Rotate64(words[i + 3] * kSpread, 39) + Rotate64(words[i + 4] * kSpread, 52));
    }
    return count;
  }
  for (size_t i = 0; i < count; ++i) {
    uint64_t sum = 0;
    for (size_t k = 0; k < w; ++k) sum += Rotate64(words[i + k] * kSpread, static_cast<unsigned>(13 * k % 64));
    out[i] = Finish64(sum);
  }
  return count;
}

// Minima of shingle * multiplier for kWidth bins at once: the bins are the lanes, so there is no horizontal minimum.
template <size_t kWidth>
inline void FillBins(const uint32_t* __restrict shingles, size_t count, const uint32_t* __restrict multipliers,
                     uint32_t* __restrict out) {
  uint32_t minimum[kWidth];
  for (size_t k = 0; k < kWidth; ++k) minimum[k] = ~uint32_t{0};
  for (size_t j = 0; j < count; ++j) {
    const uint32_t shingle = shingles[j];
    for (size_t k = 0; k < kWidth; ++k) {
      const uint32_t value = shingle * multipliers[k];
      minimum[k] = value < minimum[k] ? value : minimum[k];
    }
  }
  for (size_t k = 0; k < kWidth; ++k) out[k] = minimum[k];
}

void Minima(const uint32_t* shingles, size_t count, const uint32_t* multipliers, uint32_t* bins) {
  constexpr uint32_t kEmpty = ~uint32_t{0};
  for (size_t i = 0; i < kSketchBins; ++i) bins[i] = kEmpty;
  for (size_t j = 0; j < count; ++j) {
    const uint32_t shingle = shingles[j];
    uint32_t& bin = bins[static_cast<uint64_t>(shingle) * kSketchBins >> 32];
#if defined(__SSE4_1__)
    // GCC 12 makes a branch of the plain minimum: five times slower.
    bin = static_cast<uint32_t>(_mm_cvtsi128_si32(
        _mm_min_epu32(_mm_cvtsi32_si128(static_cast<int>(bin)), _mm_cvtsi32_si128(static_cast<int>(shingle)))));
#else
    bin = shingle < bin ? shingle : bin;
#endif
  }
  // The bins still empty, packed; then a min-hash of its own for each.
  uint32_t empty[kSketchBins + 1];
  size_t num_empty = 0;
  for (uint32_t i = 0; i < kSketchBins; ++i) {
    empty[num_empty] = i;
    num_empty += bins[i] == kEmpty;
  }
  uint32_t packed[kSketchBins + 32], filled[kSketchBins + 32];
  for (size_t e = 0; e < num_empty; ++e) packed[e] = multipliers[empty[e]];
  for (size_t e = num_empty; e < num_empty + 32; ++e) packed[e] = 1;
  for (size_t e = 0; e < num_empty;) {
    const size_t left = num_empty - e;
    if (left > 16) {
      FillBins<32>(shingles, count, packed + e, filled + e);
      e += 32;
    } else if (left > 8) {
      FillBins<16>(shingles, count, packed + e, filled + e);
      e += 16;
    } else {
      FillBins<8>(shingles, count, packed + e, filled + e);
      e += 8;
    }
  }
  // Other bits than a filled bin's: the two kinds never agree but by chance.
  for (size_t e = 0; e < num_empty; ++e) bins[empty[e]] = filled[e] >> 8;
}

inline unsigned AgreeingBins(const uint8_t* a, const uint8_t* b) {
#if defined(__AVX512BW__)
  return static_cast<unsigned>(
      __builtin_popcountll(_mm512_cmpeq_epi8_mask(_mm512_loadu_si512(a), _mm512_loadu_si512(b))));
#elif defined(__AVX2__)
  const auto equal = [&](size_t at) {
    const __m256i mine = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + at));
    return static_cast<uint32_t>(
        _mm256_movemask_epi8(_mm256_cmpeq_epi8(mine, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + at)))));
  };
  return static_cast<unsigned>(__builtin_popcountll(equal(0) | uint64_t{equal(32)} << 32));
#elif UNECHO_SSE2
  __m128i sum = _mm_setzero_si128();  // bytes: 0 or up to 4 agreements
  for (size_t i = 0; i < kSketchBins; i += 16) {
    const __m128i equal = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i)),
                                         _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
    sum = _mm_sub_epi8(sum, equal);
  }
  const __m128i halves = _mm_sad_epu8(sum, _mm_setzero_si128());
  return static_cast<unsigned>(_mm_cvtsi128_si32(halves) + _mm_cvtsi128_si32(_mm_unpackhi_epi64(halves, halves)));
#else
  unsigned count = 0;
  for (size_t i = 0; i < kSketchBins; ++i) count += a[i] == b[i];
  return count;
#endif
}

size_t AgreeingSketches(const uint8_t* sketch, const uint8_t* sketches, unsigned min_agreeing, uint32_t* ids,
                        size_t count, uint8_t* agreeing) {
  constexpr size_t kAhead = 8;
  size_t passed = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i + kAhead < count) __builtin_prefetch(sketches + size_t{ids[i + kAhead]} * kSketchBins);
    const uint32_t id = ids[i];
    const unsigned bins = AgreeingBins(sketch, sketches + size_t{id} * kSketchBins);
    ids[passed] = id;
    agreeing[passed] = static_cast<uint8_t>(bins);
    passed += bins >= min_agreeing;
  }
  return passed;
}

size_t DifferentBits(const uint64_t* a, const uint64_t* b, size_t words) {
  size_t count = 0;
  for (size_t i = 0; i < words; i += 8) {
    for (size_t k = 0; k < 8; ++k) count += static_cast<size_t>(__builtin_popcountll(a[i + k] ^ b[i + k]));
  }
  return count;
}

size_t CloseBitmaps(const uint64_t* own, const uint64_t* bitmaps, const uint32_t* places, const uint32_t* most,
                    size_t count, uint32_t* out) {
  constexpr size_t kAhead = 8, kWords = 16;
  size_t passed = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i + kAhead < count) {
      const uint64_t* const ahead = bitmaps + size_t{places[i + kAhead]} * kWords;
      __builtin_prefetch(ahead);
      __builtin_prefetch(ahead + 8);
    }
    const uint64_t* const other = bitmaps + size_t{places[i]} * kWords;
    size_t differ = 0;
    for (size_t k = 0; k < kWords; ++k) differ += static_cast<size_t>(__builtin_popcountll(own[k] ^ other[k]));
    out[passed] = static_cast<uint32_t>(i);
    passed += differ <= most[i];
  }
  return passed;
}

uint64_t Hash64(const void* bytes, size_t size) { return XXH3_64bits(bytes, size); }

void Hash128(const void* bytes, size_t size, uint64_t seed, uint64_t* low_high) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
  low_high[0] = hash.low64;
  low_high[1] = hash.high64;
}

}  // namespace

extern const Kernels kKernels;
const Kernels kKernels = {UNECHO_KERNEL_NAME, FindWords,     HashAsciiWords, HashWords, Shingles32, Shingles64, Minima,
                          AgreeingSketches,   DifferentBits, CloseBitmaps,   Hash64,    Hash128};

}  // namespace UNECHO_KERNEL_SET
}  // namespace unecho
