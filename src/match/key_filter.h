// Which keys are surely not in a set: a split block Bloom filter (Putze, Sanders, Singler, WEA 2007), in the form that
// Apache Parquet gave it. A key sets one bit in each of the eight words of one block of 32 bytes.
//
// The upper half of a key, which is a hash, says which block: keys that are added in order fill one block behind the
// other.
//
// Memory:  10 bits a key. Of keys that are not there it lets pass about one in 90. Where there is no room for that a
//          filter may have fewer, down to none: a key sets fewer bits then, and more pass (PassPercent()).
// Cost:    one cache miss a look-up, prefetched by the caller. A binary fuse filter (Graf, Lemire, JEA 2022) is smaller
//          and lets fewer pass, but costs three misses, and has to be solved where this one is written.
// Threads: any number of readers, or one that adds.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_KEY_FILTER_H_
#define UNECHO_SRC_MATCH_KEY_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/prefetch.h"

namespace unecho {

class KeyFilter {
 public:
  static constexpr uint32_t kMostBits = 10;  // a key

  // No filter: any key may be there, and none is added.
  KeyFilter() = default;
  explicit KeyFilter(uint64_t num_keys, uint32_t bits = kMostBits) : num_set_(kSet[bits]) {
    if (bits > 0) blocks_.resize(num_keys * bits / (8 * sizeof(Block)) + 1);
  }
  bool is_there() const { return num_set_ > 0; }
  // Of keys that are not there so many of a hundred pass.
  static constexpr uint32_t PassPercent(uint32_t bits) {
    constexpr uint32_t kPass[kMostBits + 1] = {100, 64, 40, 24, 15, 9, 6, 4, 3, 2, 1};
    return kPass[bits];
  }

  void Add(uint64_t key) {
    const uint64_t hash = Mix(key);
    Block& block = blocks_[PlaceOf(key)];
    if (num_set_ == kWords) {
      for (size_t i = 0; i < kWords; ++i) block.words[i] |= Bit(hash, i);
    } else {
      for (size_t i = 0; i < num_set_; ++i) block.words[WordOf(hash, i)] |= Bit(hash, i);
    }
  }
  void Prefetch(uint64_t key) const { PrefetchLine(blocks_.data() + PlaceOf(key)); }
  bool MayHave(uint64_t key) const {
    const uint64_t hash = Mix(key);
    const Block* const block = blocks_.data() + PlaceOf(key);
    uint32_t missing = 0;
    if (num_set_ == kWords) [[likely]] {
      for (size_t i = 0; i < kWords; ++i) missing |= ~block->words[i] & Bit(hash, i);
    } else {
      for (size_t i = 0; i < num_set_; ++i) missing |= ~block->words[WordOf(hash, i)] & Bit(hash, i);
    }
    return missing == 0;
  }
  uint64_t memory_bytes() const { return blocks_.size() * sizeof(Block); }

 private:
  static constexpr size_t kWords = 8;
  // By bits a key: how many it sets, near ln 2 of them.
  static constexpr uint8_t kSet[kMostBits + 1] = {0, 1, 1, 2, 3, 3, 4, 5, 8, 8, 8};
  struct alignas(32) Block {
    uint32_t words[kWords] = {};
  };
  // Odd, with well mixed bits: what SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) gives from 0 on.
  static constexpr uint32_t kFactors[kWords] = {0xe220a839u, 0x7b1dcdafu, 0x6e789e6bu, 0xa1b965f5u,
                                                0x06c45d19u, 0x8009454fu, 0xf88bb8a9u, 0x724c81edu};

  static uint64_t Mix(uint64_t key) {
    key ^= key >> 32;
    key *= 0x9e3779b97f4a7c15u;
    return key ^ key >> 29;
  }
  uint64_t PlaceOf(uint64_t key) const { return (key >> 32) * blocks_.size() >> 32; }
  static uint32_t Bit(uint64_t hash, size_t word) {
    return uint32_t{1} << (static_cast<uint32_t>(hash) * kFactors[word] >> 27);
  }

  // Fewer than there are words: any of them.
  static size_t WordOf(uint64_t hash, size_t i) { return hash >> (32 + 3 * i) & (kWords - 1); }

  size_t num_set_ = 0;  // bits a key; 0: there is no filter
  std::vector<Block> blocks_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_FILTER_H_
