#include "match/packed_words.h"

#include <algorithm>
#include <atomic>
#include <bit>

namespace unecho {
namespace {

// A slot may be given away while others unpack what does not need it.
uint32_t Owner(uint32_t& slot) { return std::atomic_ref<uint32_t>(slot).load(std::memory_order_relaxed); }

}  // namespace

void PackedWords::Learn(std::span<const uint32_t> words) {
  for (const uint32_t word : words) {
    const auto slot = static_cast<uint16_t>(word), upper = static_cast<uint16_t>(word >> 16);
    if (owners_[slot] != 0 || slot == 0) [[likely]]
      continue;
    if (last_[slot] == upper) std::atomic_ref<uint32_t>(owners_[slot]).store(word, std::memory_order_relaxed);
    last_[slot] = upper;
  }
}

uint8_t PackedWords::Pack(std::span<const uint32_t> words, std::vector<uint16_t>& out) const {
  const size_t count = words.size(), begin = out.size();
  out.resize(begin + (count + 15) / 16 + 2 * count);
  uint16_t* flags = out.data() + begin;
  uint16_t* const lowers = flags + (count + 15) / 16;
  uint16_t* const uppers = lowers + count;
  size_t num_uppers = 0;
  for (size_t i = 0; i < count; i += 16) {
    uint32_t others = 0;
    for (size_t j = 0; j < std::min<size_t>(16, count - i); ++j) {  // no branch: which is frequent is chance
      const uint32_t word = words[i + j];
      const bool is_other = owners_[static_cast<uint16_t>(word)] != word;
      lowers[i + j] = static_cast<uint16_t>(word);
      uppers[num_uppers] = static_cast<uint16_t>(word >> 16);
      num_uppers += is_other ? 1 : 0;
      others |= static_cast<uint32_t>(is_other) << j;
    }
    *flags++ = static_cast<uint16_t>(others);
  }
  const auto share = static_cast<uint8_t>(count == 0 ? 0 : (num_uppers * 255 + count - 1) / count);
  std::fill(uppers + num_uppers, uppers + Uppers(count, share), uint16_t{0});
  out.resize(begin + Size(count, share));
  return share;
}

void PackedWords::Unpack(const uint16_t* packed, size_t count, uint32_t* words) const {
  const uint16_t* const lowers = packed + (count + 15) / 16;
  const uint16_t* upper = lowers + count;
  for (size_t i = 0; i < count; ++i) words[i] = Owner(owners_[lowers[i]]);
  for (size_t i = 0; i < count; i += 16, ++packed) {
    for (uint32_t others = *packed; others != 0; others &= others - 1) {
      const size_t at = i + static_cast<size_t>(std::countr_zero(others));
      words[at] = lowers[at] | uint32_t{*upper++} << 16;
    }
  }
}

}  // namespace unecho
