// Bit masks over 64 bytes, for the scans of the cleaning rules. SSE2, or what stands for it (vectors.h); elsewhere
// plain code gives the same bits.
//
// Reads 64 bytes from the pointer given. Threads: functions without state.
#ifndef UNECHO_SRC_CLEAN_SCAN_H_
#define UNECHO_SRC_CLEAN_SCAN_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/vectors.h"

namespace unecho::clean {

// Bits of the first `size` of 64 bytes.
inline uint64_t Inside(size_t size) { return size >= 64 ? ~uint64_t{0} : (uint64_t{1} << size) - 1; }

// The mask of `test` over 64 bytes. Vector form: 16 bytes -> 16 bytes of 0 or 0xff; plain form: one byte -> bool.
template <typename Vector, typename Plain>
inline uint64_t MaskOf([[maybe_unused]] const char* p, [[maybe_unused]] Vector vector, [[maybe_unused]] Plain plain) {
  uint64_t mask = 0;
#if UNECHO_SSE2
  for (size_t i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(vector(bytes)))) << (16 * i);
  }
#else
  for (size_t i = 0; i < 64; ++i) mask |= static_cast<uint64_t>(plain(static_cast<uint8_t>(p[i]))) << i;
#endif
  return mask;
}

#if UNECHO_SSE2
#define UNECHO_VECTOR(expression) [](__m128i v) { return (expression); }
inline __m128i AtMost(__m128i v, int limit) {
  const __m128i top = _mm_set1_epi8(static_cast<char>(limit));
  return _mm_cmpeq_epi8(_mm_max_epu8(v, top), top);
}
inline __m128i InRange(__m128i v, char first, int count) {  // first .. first + count - 1
  return AtMost(_mm_sub_epi8(v, _mm_set1_epi8(first)), count - 1);
}
inline __m128i Equals(__m128i v, char c) { return _mm_cmpeq_epi8(v, _mm_set1_epi8(c)); }
#else
#define UNECHO_VECTOR(expression) 0
#endif

inline uint64_t SpaceMask(const char* p) {  // up to 0x20: blanks and control characters
  return MaskOf(p, UNECHO_VECTOR(AtMost(v, 0x20)), [](uint8_t c) { return c <= 0x20; });
}
inline uint64_t HighMask(const char* p) {
  return MaskOf(p, UNECHO_VECTOR(v), [](uint8_t c) { return c >= 0x80; });
}
inline uint64_t ContinuationMask(const char* p) {  // bytes of UTF-8 that begin no character
  return MaskOf(p, UNECHO_VECTOR(InRange(v, static_cast<char>(0x80), 0x40)),
                [](uint8_t c) { return c >= 0x80 && c < 0xc0; });
}
inline uint64_t DigitMask(const char* p) {
  return MaskOf(p, UNECHO_VECTOR(InRange(v, '0', 10)), [](uint8_t c) { return c >= '0' && c <= '9'; });
}
inline uint64_t StopMask(const char* p) {  // . ! ?
  return MaskOf(p, UNECHO_VECTOR(_mm_or_si128(Equals(v, '.'), _mm_or_si128(Equals(v, '!'), Equals(v, '?')))),
                [](uint8_t c) { return c == '.' || c == '!' || c == '?'; });
}
// Control characters other than tab and line ends, DEL, and the lead bytes that C1 controls, soft hyphens and byte
// order marks begin with.
inline uint64_t ControlMask(const char* p) {
  return MaskOf(
      p,
      UNECHO_VECTOR(_mm_or_si128(_mm_andnot_si128(_mm_or_si128(InRange(v, '\t', 2), Equals(v, '\r')), AtMost(v, 0x1f)),
                                 _mm_or_si128(Equals(v, 0x7f), _mm_or_si128(Equals(v, static_cast<char>(0xc2)),
                                                                            Equals(v, static_cast<char>(0xef)))))),
      [](uint8_t c) {
        return (c <= 0x1f && c != '\t' && c != '\n' && c != '\r') || c == 0x7f || c == 0xc2 || c == 0xef;
      });
}
template <char kByte>
inline uint64_t EqualMask(const char* p) {
  return MaskOf(p, UNECHO_VECTOR(Equals(v, kByte)), [](uint8_t c) { return c == static_cast<uint8_t>(kByte); });
}
template <char kLower>  // a letter in either case
inline uint64_t LetterMask(const char* p) {
  return MaskOf(p, UNECHO_VECTOR(Equals(_mm_or_si128(v, _mm_set1_epi8(0x20)), kLower)),
                [](uint8_t c) { return (c | 0x20) == static_cast<uint8_t>(kLower); });
}
#undef UNECHO_VECTOR

}  // namespace unecho::clean

#endif  // UNECHO_SRC_CLEAN_SCAN_H_
