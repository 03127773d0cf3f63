// The hash of one word, in the pieces that the kernels and the tokeniser's way for text above ASCII share, so that both
// are one function. 16 bytes a step, multiply-and-fold (after wyhash), fixed constants; tokens.h says what it
// guarantees.
//
// Everything here is local to the file that includes it: an inline function compiled for AVX2 could be the copy that
// the linker keeps for everybody.
#ifndef UNECHO_SRC_KERNELS_WORD_HASH_H_
#define UNECHO_SRC_KERNELS_WORD_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/vectors.h"

namespace unecho {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr uint64_t kSecret0 = 0xa0761d6478bd642f;  // the constants of wyhash: odd, 32 bits set
constexpr uint64_t kSecret1 = 0xe7037ed1a0b428db;

// Both halves of the product, and the factors: without these a factor of 0 would swallow the other one, and with it
// whatever bytes it is made of (as in wyhash's protected variant).
inline uint64_t MultiplyFold(uint64_t a, uint64_t b) {
  const Uint128 product = static_cast<Uint128>(a) * b;
  return a ^ b ^ static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline uint64_t Load64(const char* p) {
  uint64_t value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

#if UNECHO_SSE2
inline uint64_t LowHalf(__m128i v) { return static_cast<uint64_t>(_mm_cvtsi128_si64(v)); }
inline uint64_t HighHalf(__m128i v) { return LowHalf(_mm_unpackhi_epi64(v, v)); }

// The low `size` bytes of 16, size 0..16, as a mask.
inline __m128i TailMask(size_t size) {
  alignas(16) static constexpr uint8_t kMask[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                    255, 255, 255, 255, 255, 255, 255, 255};
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(kMask + 16 - size));
}
#endif

// The low `size` bytes, 1..16, of a 16-byte word, as two halves. Without branches: the lengths of words cannot be
// predicted.
struct Pair {
  uint64_t low, high;
};
inline Pair LoadTail(const char* p, size_t size) {
#if UNECHO_SSE2
  const __m128i v = _mm_and_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), TailMask(size));
  return {LowHalf(v), HighHalf(v)};
#else
  Pair v = {Load64(p), Load64(p + 8)};
  const size_t low_bits = size >= 8 ? 64 : size * 8;
  const size_t high_bits = size <= 8 ? 0 : (size - 8) * 8;
  v.low &= ~uint64_t{0} >> (64 - low_bits);
  v.high &= high_bits == 0 ? 0 : ~uint64_t{0} >> (64 - high_bits);
  return v;
#endif
}

// One step of 16 bytes that are not the last, and the last 1..16, padded with zeros.
inline uint64_t HashStep(uint64_t hash, uint64_t low, uint64_t high) {
  return MultiplyFold(low ^ hash, high ^ kSecret1) + kSecret1;
}
inline uint64_t HashLast(uint64_t hash, uint64_t low, uint64_t high) {
  return MultiplyFold(low ^ hash, high ^ kSecret1);
}

// `size` bytes, 1 or more, with 16 readable ones behind them.
inline uint64_t HashBytes(const char* token, size_t size) {
  uint64_t hash = kSecret0;
  while (size > 16) {
    hash = HashStep(hash, Load64(token), Load64(token + 8));
    token += 16;
    size -= 16;
  }
  const Pair tail = LoadTail(token, size);
  return HashLast(hash, tail.low, tail.high);
}

// The same of up to 4 bytes in a register.
inline uint64_t HashShort(uint32_t bytes) { return HashLast(kSecret0, bytes, 0); }

}  // namespace
}  // namespace unecho

#endif  // UNECHO_SRC_KERNELS_WORD_HASH_H_
