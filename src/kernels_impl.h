// Included by kernels_<set>.cc, each compiled for another instruction set, with UNECHO_KERNEL_SET naming its namespace.
//
// Only intrinsics, built-ins and functions of the anonymous namespace here: an inline function of the standard library
// compiled for AVX2 could be the copy that the linker keeps for everybody.
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "kernels.h"

namespace unecho {
namespace UNECHO_KERNEL_SET {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr uint64_t kSecret0 = 0xa0761d6478bd642f;   // the constants of wyhash: odd, 32 bits set
constexpr uint64_t kSecret1 = 0xe7037ed1a0b428db;
constexpr uint64_t kLowerCase = 0x2020202020202020;
constexpr uint64_t kHighBits = 0x8080808080808080;

inline uint64_t MultiplyFold(uint64_t a, uint64_t b) {
  const Uint128 product = static_cast<Uint128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline uint64_t Load64(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

// The low `size` bytes of a 16-byte word, as two halves.
struct Pair { uint64_t low, high; };
inline Pair LoadTail(const char* p, size_t size) {
  Pair v = {Load64(p), Load64(p + 8)};
  // size is 1..16. Shifts by 64 are avoided without branches.
  const size_t low_bits = size >= 8 ? 64 : size * 8;
  const size_t high_bits = size <= 8 ? 0 : (size - 8) * 8;
  v.low &= ~uint64_t{0} >> (64 - low_bits);
  v.high &= high_bits == 0 ? 0 : ~uint64_t{0} >> (64 - high_bits);
  return v;
}

// Bits of the word characters among 64 bytes: ASCII letters and digits, and everything above ASCII (those also in `high`).
inline uint64_t WordMask(const char* p, uint64_t& high) {
#if defined(__AVX512BW__)
  const __m512i a = _mm512_loadu_si512(p);
  const __m512i letter = _mm512_sub_epi8(_mm512_or_si512(a, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  const __m512i digit = _mm512_sub_epi8(a, _mm512_set1_epi8('0'));
  high = _mm512_movepi8_mask(a);
  return _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25)) | _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9)) | high;
#elif defined(__AVX2__)
  uint64_t mask = 0;
  high = 0;
  for (int half = 0; half < 2; ++half) {
    const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32 * half));
    const __m256i letter = _mm256_sub_epi8(_mm256_or_si256(a, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a'));
    const __m256i digit = _mm256_sub_epi8(a, _mm256_set1_epi8('0'));
    const __m256i word = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(25)), letter),
                                         _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(word))) << (32 * half);
    high |= static_cast<uint64_t>(static_cast<uint32_t>(_mm256_movemask_epi8(a))) << (32 * half);
  }
  return mask | high;
#elif defined(__SSE2__)
  uint64_t mask = 0;
  high = 0;
  for (int quarter = 0; quarter < 4; ++quarter) {
    const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * quarter));
    const __m128i letter = _mm_sub_epi8(_mm_or_si128(a, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i digit = _mm_sub_epi8(a, _mm_set1_epi8('0'));
    const __m128i word = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter),
                                      _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(word))) << (16 * quarter);
    high |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(a))) << (16 * quarter);
  }
  return mask | high;
#else
  uint64_t mask = 0;
  high = 0;
  for (int i = 0; i < 64; ++i) {
    const auto c = static_cast<uint8_t>(p[i]);
    const bool word = static_cast<uint8_t>((c | 0x20) - 'a') <= 25 || static_cast<uint8_t>(c - '0') <= 9 || c >= 0x80;
    mask |= static_cast<uint64_t>(word) << i;
    high |= static_cast<uint64_t>(c >= 0x80) << i;
  }
  return mask;
#endif
}

// The position of the lowest bit; any number if there is none.
inline uint32_t LowestBit(uint64_t bits) {
#if defined(__BMI__)
  return static_cast<uint32_t>(_tzcnt_u64(bits));
#else
  return static_cast<uint32_t>(__builtin_ctzll(bits | uint64_t{1} << 63));   // ctz of 0 is undefined
#endif
}

inline void NextEdges(uint64_t& change, uint32_t at, uint32_t* to) {
  for (size_t k = 0; k < 8; ++k) {
    to[k] = at + LowestBit(change);
    change &= change - 1;
  }
}

size_t FindWords(const char* text, size_t size, uint32_t* edges, bool& ascii) {
  size_t count = 0;
  uint64_t carry = 0;   // the last byte of the block before was a word character
  uint64_t any_high = 0;
  for (size_t i = 0; i < size; i += 64) {
    uint64_t high;
    uint64_t mask = WordMask(text + i, high);
    if (size - i < 64) {
      const uint64_t inside = (uint64_t{1} << (size - i)) - 1;
      mask &= inside;
      high &= inside;
    }
    any_high |= high;
    uint64_t change = mask ^ (mask << 1 | carry);   // a bit where a word starts or has just ended
    carry = mask >> 63;
    const auto changes = static_cast<size_t>(__builtin_popcountll(change));
    uint32_t* to = edges + count;
    count += changes;
    // Eight at a time without looking: English has 22 edges in 64 bytes, and a mispredicted exit costs more than the rest.
    const auto at = static_cast<uint32_t>(i);
    NextEdges(change, at, to);
    if (changes > 8) {
      NextEdges(change, at, to + 8);
      if (changes > 16) {
        NextEdges(change, at, to + 16);
        for (size_t done = 24; done < changes; done += 8) NextEdges(change, at, to + done);
      }
    }
  }
  if (carry != 0) edges[count++] = static_cast<uint32_t>(size);
  ascii = any_high == 0;
  return count / 2;
}

template <bool kAscii>
inline size_t HashRuns(const char* text, const uint32_t* edges, size_t num_words, uint64_t* hashes, uint32_t* unicode) {
  size_t num_unicode = 0;
  for (size_t i = 0; i < num_words; ++i) {
    const char* word = text + edges[2 * i];
    size_t size = edges[2 * i + 1] - edges[2 * i];
    uint64_t hash = kSecret0;
    uint64_t seen = 0;
    while (size > 16) {
      const uint64_t low = Load64(word), high = Load64(word + 8);
      if (!kAscii) {
        seen |= low | high;
        if (seen & kHighBits) break;   // a long run of Chinese is not read twice
      }
      hash = MultiplyFold((low | kLowerCase) ^ hash, (high | kLowerCase) ^ kSecret1) + kSecret1;
      word += 16;
      size -= 16;
    }
    if (kAscii || size <= 16) {
#if defined(__SSE2__)
      alignas(16) static constexpr uint8_t kMask[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                        255, 255, 255, 255, 255, 255, 255, 255};
      const __m128i mask = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kMask + 16 - size));
      const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(word));
      const __m128i lower = _mm_and_si128(_mm_or_si128(raw, _mm_set1_epi8(0x20)), mask);
      if (!kAscii) seen |= _mm_movemask_epi8(lower) != 0 ? kHighBits : 0;
      const auto low = static_cast<uint64_t>(_mm_cvtsi128_si64(lower));
      const auto high = static_cast<uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(lower, lower)));
#else
      const Pair raw = LoadTail(word, size);
      seen |= raw.low | raw.high;
      const uint64_t low = raw.low | (kLowerCase & (size >= 8 ? ~uint64_t{0} : ~uint64_t{0} >> (64 - size * 8)));
      const uint64_t high = raw.high | (size <= 8 ? 0 : kLowerCase & (~uint64_t{0} >> (64 - (size - 8) * 8)));
#endif
      hashes[i] = MultiplyFold(low ^ hash, high ^ kSecret1);
    }
    if (!kAscii) {
      unicode[num_unicode] = static_cast<uint32_t>(i);
      num_unicode += (seen & kHighBits) != 0;
    }
  }
  return num_unicode;
}

void HashAsciiWords(const char* text, const uint32_t* edges, size_t num_words, uint64_t* hashes) {
  HashRuns<true>(text, edges, num_words, hashes, nullptr);
}

size_t HashWords(const char* text, const uint32_t* edges, size_t num_words, uint64_t* hashes, uint32_t* unicode) {
  return HashRuns<false>(text, edges, num_words, hashes, unicode);
}

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
  if (num_words < w) {   // one shingle of all tokens, told from longer ones by its length
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
  constexpr uint64_t kSpread = kGolden32;   // spreads 32 bits over 64, one to one
  if (num_words < w) {
    uint64_t sum = num_words;
    for (size_t i = 0; i < num_words; ++i) sum = MultiplyFold(sum ^ kSecret0, words[i] ^ kSecret1);
    out[0] = Finish64(sum);
    return 1;
  }
  const size_t count = num_words - w + 1;
  if (w == 5) {
    for (size_t i = 0; i < count; ++i) {
      out[i] = Finish64(words[i] * kSpread + Rotate64(words[i + 1] * kSpread, 13) + Rotate64(words[i + 2] * kSpread, 26) +
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

size_t CommonBits(const uint64_t* a, const uint64_t* b, size_t words) {
  size_t count = 0;
  for (size_t i = 0; i < words; i += 8) {
    for (size_t k = 0; k < 8; ++k) count += static_cast<size_t>(__builtin_popcountll(a[i + k] & b[i + k]));
  }
  return count;
}

}  // namespace

extern const Kernels kKernels;
const Kernels kKernels = {UNECHO_KERNEL_NAME, FindWords, HashAsciiWords, HashWords, Shingles32, Shingles64,
                          Minima, CommonBits};

#if defined(UNECHO_KERNEL_BASELINE)
uint64_t HashOneToken(const char* token, size_t size) {
  uint64_t hash = kSecret0;
  while (size > 16) {
    hash = MultiplyFold(Load64(token) ^ hash, Load64(token + 8) ^ kSecret1) + kSecret1;
    token += 16;
    size -= 16;
  }
  const Pair tail = LoadTail(token, size);
  return MultiplyFold(tail.low ^ hash, tail.high ^ kSecret1);
}
#endif

}  // namespace UNECHO_KERNEL_SET
}  // namespace unecho
