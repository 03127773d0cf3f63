// What the tokeniser must know of a code point, in 32 bits: its NFKC case folding, its class, and when the table is not
// enough. Computed from ICU, 256 code points at a time, when a text first needs them (about 50 us a block; Chinese touches 82
// blocks): nothing to generate, and the table is always that of the ICU in use.
//
// Threads: shared by all. A block is published once, by compare-and-swap.
// Failure: none.
#ifndef UNECHO_SRC_UNICODE_TABLE_H_
#define UNECHO_SRC_UNICODE_TABLE_H_

#include <atomic>
#include <cstdint>

namespace unecho {

enum class CharClass : uint8_t {
  kSeparator,
  kWord,      // category L, M or N
  kSolo,      // the same, of a script written without spaces: a token of its own
  kRemoved,   // folds to nothing (soft hyphen, joiners, variation selectors)
};

// bits 0-20 folded code point; 21-22 class; 23 slow; 24-31 canonical combining class.
class CharInfo {
 public:
  explicit CharInfo(uint32_t bits) : bits_(bits) {}
  static uint32_t Pack(uint32_t folded, CharClass char_class, bool slow, uint8_t combining_class) {
    return folded | static_cast<uint32_t>(char_class) << 21 | static_cast<uint32_t>(slow) << 23 |
           static_cast<uint32_t>(combining_class) << 24;
  }
  uint32_t folded() const { return bits_ & 0x1fffff; }
  CharClass char_class() const { return static_cast<CharClass>(bits_ >> 21 & 3); }
  // Folds to several code points, or may join with the one before: only ICU knows.
  bool slow() const { return (bits_ >> 23 & 1) != 0; }
  uint8_t combining_class() const { return static_cast<uint8_t>(bits_ >> 24); }

 private:
  uint32_t bits_;
};

class UnicodeTable {
 public:
  static constexpr uint32_t kBlockSize = 256;
  static constexpr uint32_t kNumBlocks = 0x110000 / kBlockSize;

  // code_point < 0x110000.
  static CharInfo Find(uint32_t code_point) {
    const uint32_t* block = blocks_[code_point / kBlockSize].load(std::memory_order_acquire);
    if (block == nullptr) [[unlikely]] block = MakeBlock(code_point / kBlockSize);
    return CharInfo(block[code_point % kBlockSize]);
  }

 private:
  static const uint32_t* MakeBlock(uint32_t number);
  static std::atomic<const uint32_t*> blocks_[kNumBlocks];
};

}  // namespace unecho

#endif  // UNECHO_SRC_UNICODE_TABLE_H_
