// What the tokeniser must know of a code point, in 64 bits: the UTF-8 of its NFKC case folding, its kind, and whether
// neighbours matter. Computed from ICU one code point at a time, when a text first needs it: nothing to generate,
// nothing to wait for at the start, and the table is always that of the ICU in use.
//
// Threads: shared by all. An entry is computed by whoever needs it first, or by several, who all store the same.
// Failure: none.
#ifndef UNECHO_SRC_TEXT_UNICODE_TABLE_H_
#define UNECHO_SRC_TEXT_UNICODE_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "kernels/kernels.h"

namespace unecho {

// Of a script that is written without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
bool IsOfScriptWithoutSpaces(char32_t c);

// Highest bit: part of a word. Next bit: a token by itself. Lowest bit: no boundary.
enum class CharKind : uint8_t {
  kUnknown = 0,  // not computed yet
  // Boundaries: nothing before them can change them or be changed by them, so bytes() is what they fold to.
  kWord = 0x80,       // category L, M or N
  kSolo = 0x40,       // the same, of a script written without spaces; U+FFFD
  kSeparator = 0x20,  // bytes() does not matter
  kExpands = 0x10,    // folds to several code points: only ICU says
  // Not boundaries: they may join the code point before, or change places with it.
  kWordMark = 0x81,  // stays as it is where combining classes do not decrease: the quick check of UAX #15
  kSoloMark = 0x41,
  kRemoved = 0x21,    // folds to nothing (soft hyphen, joiners, variation selectors)
  kJoins = 0x11,      // composes backward
  kMalformed = 0x01,  // no code point
};

// The combining class of the last mark behind a boundary, less one, which makes the check below one comparison; 0
// without marks.
enum class MarkOrder : uint8_t {};

// Bits 0-31 bytes(), 32-39 size(), 40-47 combining class less one (255 for class 0), 48-55 order(), 56-63 kind().
class CharInfo {
 public:
  CharInfo() = default;
  CharInfo(CharKind kind, uint32_t bytes, size_t size, uint8_t combining_class = 0)
      : bits_(bytes | static_cast<uint64_t>(size) << 32 |
              static_cast<uint64_t>(static_cast<uint8_t>(combining_class - 1)) << 40 |
              static_cast<uint64_t>(combining_class == 0 ? 0 : combining_class - 1) << 48 |
              static_cast<uint64_t>(kind) << 56) {}

  // The folded code point in UTF-8, first byte lowest, and how many bytes: 1..4.
  uint32_t bytes() const { return static_cast<uint32_t>(bits_); }
  size_t size() const { return bits_ >> 32 & 0xff; }
  CharKind kind() const { return static_cast<CharKind>(bits_ >> 56); }
  bool IsWord() const { return static_cast<int64_t>(bits_) < 0; }
  bool IsSolo() const { return (bits_ >> 62 & 1) != 0; }
  bool IsBoundary() const { return (bits_ >> 56 & 1) == 0; }
  uint8_t combining_class() const { return static_cast<uint8_t>((bits_ >> 40) + 1); }
  MarkOrder order() const { return static_cast<MarkOrder>(bits_ >> 48 & 0xff); }
  // Whether it is a mark that belongs before one of `order`: of lower class, and not 0.
  bool IsOutOfOrder(MarkOrder order) const { return static_cast<uint8_t>(bits_ >> 40) < static_cast<uint8_t>(order); }

 private:
  friend class UnicodeTable;
  explicit CharInfo(uint64_t bits) : bits_(bits) {}
  uint64_t bits_ = 0;
};

class UnicodeTable {
 public:
  // code_point < 0x110000. Never kUnknown.
  static CharInfo Find(uint32_t code_point);

  // The code point written in these bytes, the first of which is 0xc0..0xdf or 0xe0..0xef and the others 0x80..0xbf.
  // kUnknown if nobody has asked Find() for it yet; always so if they are malformed (too long a form, surrogates).
  static CharInfo OfTwoBytes(uint32_t first, uint32_t second) {
    return CharInfo(two_bytes_[(first << 6) + second - ((0xc0u << 6) + 0x80)].load(std::memory_order_relaxed));
  }
  static CharInfo OfThreeBytes(uint32_t first, uint32_t second, uint32_t third) {
    return CharInfo(three_bytes_[(first << 12) + (second << 6) + third - ((0xe0u << 12) + (0x80u << 6) + 0x80)].load(
        std::memory_order_relaxed));
  }

  // The simple ones of two bytes, as far as Find() has been asked for them, for the kernels.
  static const Letters& letters() { return letters_; }

  // A code point of text that is normalised already: kWord, kSolo or kSeparator, and itself. Not from the table: slow.
  static CharInfo OfNormal(uint32_t code_point);

 private:
  using Entry = std::atomic<uint64_t>;
  static constexpr uint32_t kBlockSize = 256;
  static constexpr uint32_t kNumBlocks = 0x110000 / kBlockSize;

  static Entry& EntryBeyond(uint32_t code_point);

  // By code point. The basic plane lies flat, in pages that exist once touched; the others in blocks made when needed.
  static Entry ascii_[0x80];
  static Entry two_bytes_[0x800];      // the first 0x80 stay empty
  static Entry three_bytes_[0x10000];  // the first 0x800 stay empty
  static std::atomic<Entry*> blocks_[kNumBlocks];
  static Letters letters_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_UNICODE_TABLE_H_
