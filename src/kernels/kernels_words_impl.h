// Part of kernels_impl.h: text -> edges of words -> hashes of words. tokens.h says what a word is.
//
// Three kinds of words are hashed here without a branch that depends on their letters or length (one mispredicted
// branch costs as much as three words): ASCII; ASCII with letters of Latin-1, which are lower-cased in the same way;
// and words of code points of two bytes (Greek, Cyrillic, Arabic, Hebrew, ...), folded by a table of 4 KB. The rest is
// left to unicode_words.h.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/vectors.h"
#include "kernels/kernels.h"
#include "kernels/word_hash.h"

namespace unecho {
namespace UNECHO_KERNEL_SET {
namespace {

constexpr uint64_t kLowerCase = 0x2020202020202020;
constexpr uint64_t kHighBits = 0x8080808080808080;

// Bits of the word characters among 64 bytes: ASCII letters and digits, and everything above ASCII (those also in
// `high`).
inline uint64_t WordMask(const char* p, uint64_t& high) {
#if defined(__AVX512BW__)
  const __m512i a = _mm512_loadu_si512(p);
  const __m512i letter = _mm512_sub_epi8(_mm512_or_si512(a, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
  const __m512i digit = _mm512_sub_epi8(a, _mm512_set1_epi8('0'));
  high = _mm512_movepi8_mask(a);
  return _mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25)) | _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9)) |
         high;
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
#elif UNECHO_SSE2
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
  return static_cast<uint32_t>(__builtin_ctzll(bits | uint64_t{1} << 63));  // ctz of 0 is undefined
#endif
}

// Writes `at` plus the position of each set bit of `bits`, and up to 32 entries more, and returns how many bits there
// are.
inline size_t AppendPositions(uint64_t bits, uint32_t at, uint32_t* to) {
  const auto count = static_cast<size_t>(__builtin_popcountll(bits));
#if defined(__AVX512VBMI2__)
  alignas(64) static constexpr uint8_t kPositions[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i packed = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(kPositions));
  const auto store = [&](size_t k, __m128i positions) {
    // The masked forms, of all lanes: GCC 12 warns of the others.
    const __m512i wide = _mm512_maskz_cvtepu8_epi32(0xffff, positions);
    _mm512_storeu_si512(to + k, _mm512_add_epi32(wide, _mm512_set1_epi32(static_cast<int>(at))));
  };
  store(0, _mm512_maskz_extracti32x4_epi32(0xf, packed, 0));
  store(16, _mm512_maskz_extracti32x4_epi32(0xf, packed, 1));
  if (count > 32) {
    store(32, _mm512_maskz_extracti32x4_epi32(0xf, packed, 2));
    store(48, _mm512_maskz_extracti32x4_epi32(0xf, packed, 3));
  }
#else
  const auto eight = [&](size_t from) {
    for (size_t k = from; k < from + 8; ++k) {
      to[k] = at + LowestBit(bits);
      bits &= bits - 1;
    }
  };
  // Eight at a time without looking: English has 22 edges in 64 bytes, and a mispredicted exit costs more than the
  // rest.
  eight(0);
  if (count > 8) {
    eight(8);
    if (count > 16) {
      eight(16);
      for (size_t done = 24; done < count; done += 8) eight(done);
    }
  }
#endif
  return count;
}

// Bits of the bytes 0xc2 and 0xe2 among 64.
inline uint64_t PunctuationLeads(const char* p) {
  uint64_t mask = 0;
#if UNECHO_SSE2
  for (int quarter = 0; quarter < 4; ++quarter) {
    const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * quarter));
    const __m128i lead = _mm_cmpeq_epi8(_mm_or_si128(a, _mm_set1_epi8(0x20)), _mm_set1_epi8(static_cast<char>(0xe2)));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(lead))) << (16 * quarter);
  }
#else
  for (int i = 0; i < 64; ++i) mask |= static_cast<uint64_t>((static_cast<uint8_t>(p[i]) | 0x20) == 0xe2) << i;
#endif
  return mask;
}

// How many bytes of punctuation that typographers put beside words begin at p, where 0xc2 or 0xe2 is: no-break spaces,
// quotation marks, dashes, ellipses (U+00A0, U+00AB, U+00BB, U+2010..U+2016, U+2018..U+2026); or 0. They are
// separators, fold to separators, and compose with nothing.
inline uint64_t PunctuationBytes(const char* p) {
  const auto first = static_cast<uint8_t>(p[0]), second = static_cast<uint8_t>(p[1]),
             third = static_cast<uint8_t>(p[2]);
  if (first == 0xc2) return second == 0xa0 || second == 0xab || second == 0xbb ? 2 : 0;
  return second == 0x80 && third >= 0x90 && third <= 0xa6 && third != 0x97 ? 3 : 0;
}

size_t FindWords(const char* text, size_t size, uint32_t* edges, bool& ascii) {
  size_t count = 0;
  uint64_t carry = 0;  // the last byte of the block before was a word character
  uint64_t spill = 0;  // bits of this block that belong to punctuation begun in the one before
  uint64_t any_high = 0;
  for (size_t i = 0; i < size; i += 64) {
    uint64_t high;
    uint64_t mask = WordMask(text + i, high);
    if (size - i < 64) {
      const uint64_t inside = (uint64_t{1} << (size - i)) - 1;
      mask &= inside;
      high &= inside;
    }
    if (high != 0) {
      any_high = high;
      uint64_t punctuation = spill;
      spill = 0;
      for (uint64_t leads = PunctuationLeads(text + i) & high; leads != 0; leads &= leads - 1) {
        const uint32_t at = LowestBit(leads);
        const uint64_t bytes = PunctuationBytes(text + i + at);
        if (bytes > size - i - at) continue;  // cut off
        const uint64_t bits = (uint64_t{1} << bytes) - 1;
        punctuation |= bits << at;
        if (at > 61) spill = bits >> (64 - at);
      }
      mask &= ~punctuation;
    }
    const uint64_t change = mask ^ (mask << 1 | carry);  // a bit where a word starts or has just ended
    carry = mask >> 63;
    count += AppendPositions(change, static_cast<uint32_t>(i), edges + count);
  }
  if (carry != 0) edges[count++] = static_cast<uint32_t>(size);
  ascii = any_high == 0;
  return count / 2;
}

#if UNECHO_SSE2
// `bytes` is the end of a word, up to 16 bytes and zeros behind them, and `lead` tells 0xc3 in it. True if what is
// above ASCII is letters U+00C0..U+00FF, which 0x20 in the second byte lower-cases like ASCII. False for those that
// fold otherwise: U+00D7, U+00DF, U+00F7.
inline bool IsLatin1(__m128i bytes, __m128i lead) {
  const __m128i second = _mm_cmpgt_epi8(_mm_set1_epi8(-0x40), bytes);  // 0x80..0xbf
  const __m128i other =
      _mm_or_si128(_mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8(static_cast<char>(0xb7))),
                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(0x9f))));
  const int leads = _mm_movemask_epi8(lead);
  const int seconds = _mm_movemask_epi8(second);
  return (leads | seconds) == _mm_movemask_epi8(bytes) && seconds == leads << 1 && _mm_movemask_epi8(other) == 0;
}

inline uint64_t LetterAt(const Letters& letters, uint64_t index) {
  return __atomic_load_n(&letters.of[index & 0xffff], __ATOMIC_ACQUIRE);
}
inline uint64_t FourLetters(const Letters& letters, uint64_t indices) {
  return LetterAt(letters, indices) | LetterAt(letters, indices >> 16) << 16 | LetterAt(letters, indices >> 32) << 32 |
         LetterAt(letters, indices >> 48) << 48;
}

// Eight code points in 16-bit lanes, and their foldings.
struct EightLetters {
  __m128i code_points;
  __m128i folded;
  int marks;  // two bits a code point
};

// `size` bytes, up to eight code points of two each, and zeros behind them, without a branch on what they are. False if
// there is something else.
inline bool FoldTwoByteLetters(__m128i bytes, size_t size, const Letters& letters, EightLetters& out) {
  const __m128i form = _mm_and_si128(bytes, _mm_set1_epi16(static_cast<short>(0xc0e0)));
  const __m128i two = _mm_cmpeq_epi16(form, _mm_set1_epi16(static_cast<short>(0x80c0)));
  const int inside = (1 << size) - 1;
  if (_mm_movemask_epi8(two) != inside) return false;
  out.code_points = _mm_or_si128(_mm_slli_epi16(_mm_and_si128(bytes, _mm_set1_epi16(0x1f)), 6),
                                 _mm_and_si128(_mm_srli_epi16(bytes, 8), _mm_set1_epi16(0x3f)));
  const uint64_t low = FourLetters(letters, LowHalf(out.code_points)),
                 high = FourLetters(letters, HighHalf(out.code_points));
  const __m128i folded =
      _mm_unpacklo_epi64(_mm_cvtsi64_si128(static_cast<int64_t>(low)), _mm_cvtsi64_si128(static_cast<int64_t>(high)));
  if (_mm_movemask_epi8(folded) != inside) return false;
  out.marks = _mm_movemask_epi8(_mm_slli_epi16(folded, 1)) & 0xaaaa;
  out.folded = _mm_andnot_si128(_mm_set1_epi16(Letters::kMark), folded);
  return true;
}

// Puts marks behind one another in the order of their classes: canonical ordering, for all that is in the eight.
[[gnu::noinline]] __m128i SortMarks(const EightLetters& letters, const uint8_t* classes) {
  uint16_t code_points[8], folded[8];
  std::memcpy(code_points, &letters.code_points, sizeof code_points);
  std::memcpy(folded, &letters.folded, sizeof folded);
  uint8_t order[8];
  for (size_t k = 0; k < 8; ++k) order[k] = __atomic_load_n(&classes[code_points[k]], __ATOMIC_RELAXED);
  for (size_t k = 1; k < 8; ++k) {
    for (size_t j = k; j > 0 && order[j] != 0 && order[j - 1] > order[j]; --j) {
      const uint8_t mark_class = order[j];
      order[j] = order[j - 1];
      order[j - 1] = mark_class;
      const uint16_t mark = folded[j];
      folded[j] = folded[j - 1];
      folded[j - 1] = mark;
    }
  }
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(folded));
}

// Hashes a word of such code points. False if it is not one, or if marks of two blocks may have to change places.
[[gnu::noinline]] bool HashTwoByteWord(const char* word, size_t size, const Letters& letters, uint64_t& out) {
  uint64_t hash = kSecret0;
  int last_is_mark = 0;
  for (;;) {
    const size_t here = size < 16 ? size : 16;
    const __m128i bytes = _mm_and_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(word)), TailMask(here));
    EightLetters eight;
    if (!FoldTwoByteLetters(bytes, here, letters, eight) || (eight.marks & last_is_mark) != 0) return false;
    if ((eight.marks & eight.marks << 2) != 0) eight.folded = SortMarks(eight, letters.classes);
    if (size <= 16) {
      out = HashLast(hash, LowHalf(eight.folded), HighHalf(eight.folded));
      return true;
    }
    hash = HashStep(hash, LowHalf(eight.folded), HighHalf(eight.folded));
    last_is_mark = eight.marks >> 14;
    word += 16;
    size -= 16;
  }
}
#endif

template <bool kAscii>
inline size_t HashRuns(const char* text, const uint32_t* edges, size_t num_words, const Letters* letters,
                       uint64_t* hashes) {
  for (size_t i = 0; i < num_words; ++i) {
    const char* word = text + edges[2 * i];
    size_t size = edges[2 * i + 1] - edges[2 * i];
    uint64_t hash = kSecret0;
    bool is_ascii = true;
    while (size > 16) {
      const uint64_t low = Load64(word), high = Load64(word + 8);
      if (!kAscii && ((low | high) & kHighBits) != 0) {
        is_ascii = false;
        break;
      }
      hash = HashStep(hash, low | kLowerCase, high | kLowerCase);
      word += 16;
      size -= 16;
    }
#if UNECHO_SSE2
    if (is_ascii) {
      const __m128i mask = TailMask(size);
      const __m128i bytes = _mm_and_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(word)), mask);
      __m128i lower_case = _mm_and_si128(_mm_set1_epi8(0x20), mask);
      if (!kAscii && _mm_movemask_epi8(bytes) != 0) {
        const __m128i lead = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xc3)));
        is_ascii = IsLatin1(bytes, lead);  // as good as
        lower_case = _mm_andnot_si128(lead, lower_case);
      }
      const __m128i folded = _mm_or_si128(bytes, lower_case);
      hashes[i] = HashLast(hash, LowHalf(folded), HighHalf(folded));
    }
    if (!kAscii && !is_ascii &&
        !HashTwoByteWord(text + edges[2 * i], edges[2 * i + 1] - edges[2 * i], *letters, hashes[i])) {
      return i;
    }
#else
    static_cast<void>(letters);
    const Pair bytes = LoadTail(word, size);
    if (!kAscii && (!is_ascii || ((bytes.low | bytes.high) & kHighBits) != 0)) return i;
    const uint64_t low = bytes.low | (kLowerCase & (size >= 8 ? ~uint64_t{0} : ~uint64_t{0} >> (64 - size * 8)));
    const uint64_t high = bytes.high | (size <= 8 ? 0 : kLowerCase & (~uint64_t{0} >> (64 - (size - 8) * 8)));
    hashes[i] = HashLast(hash, low, high);
#endif
  }
  return num_words;
}

void HashAsciiWords(const char* text, const uint32_t* edges, size_t num_words, uint64_t* hashes) {
  HashRuns<true>(text, edges, num_words, nullptr, hashes);
}

size_t HashWords(const char* text, const uint32_t* edges, size_t num_words, const Letters& letters, uint64_t* hashes) {
  return HashRuns<false>(text, edges, num_words, &letters, hashes);
}

}  // namespace
}  // namespace UNECHO_KERNEL_SET
}  // namespace unecho
