// XXH3, the one hash of unecho, and its seed: 0 unless a caller says otherwise. The kernels' word and shingle hashes
// are their own (kernels/word_hash.h).
//
// Cost:    some GB/s; inlined. Threads: functions without state; a Digest has one user. Failure: none.
#ifndef UNECHO_SRC_BASE_HASH_H_
#define UNECHO_SRC_BASE_HASH_H_

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

inline uint64_t Hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

struct Key128 {
  uint64_t low = 0, high = 0;
};
inline Key128 Hash128(const void* bytes, size_t size, uint64_t seed = 0) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes, size, seed);
  return {hash.low64, hash.high64};
}
inline Key128 Hash128(std::string_view bytes) { return Hash128(bytes.data(), bytes.size()); }

// 32 lower-case hex digits, the most significant first.
inline std::string Hex(Key128 key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex(32, '0');
  for (size_t i = 0; i < 16; ++i) {
    hex[15 - i] = kDigits[key.high >> (4 * i) & 15];
    hex[31 - i] = kDigits[key.low >> (4 * i) & 15];
  }
  return hex;
}

// Of bytes that come in pieces.
class Digest64 {
 public:
  Digest64() { XXH3_64bits_reset(&state_); }
  void Add(std::string_view bytes) { XXH3_64bits_update(&state_, bytes.data(), bytes.size()); }
  uint64_t value() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
};

inline constexpr std::array<int, 3> kXxHashVersion = {XXH_VERSION_MAJOR, XXH_VERSION_MINOR, XXH_VERSION_RELEASE};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_HASH_H_
