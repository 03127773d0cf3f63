// Normalises the slices of a text in which neighbours matter: a letter and the marks that compose with it or must
// change places, jamo, ligatures. ICU does it; short slices are remembered, for a text that has one decomposed letter
// has many.
//
// In:      the UTF-8 of a slice that begins at a boundary and ends before one (unicode_table.h), not malformed.
// Out:     the code points of its toNFKC_Casefold, as UnicodeTable::OfNormal describes them.
// Cost:    one cache line if it is remembered; else ICU, tens of times that. 64 KB, on first use. A long slice is put
//          into canonical order before ICU sees it, whose own way is quadratic in the number of marks (6.7 s for 320
//          KB).
// Threads: one object per thread.
// Failure: none. A slice of more than 2^29 code points is normalised in parts, as if boundaries were between them.
#ifndef UNECHO_SRC_TEXT_UNICODE_SLICES_H_
#define UNECHO_SRC_TEXT_UNICODE_SLICES_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/unicode_table.h"

namespace unecho {

class SliceNormalizer {
 public:
  // Valid until the next call. 16 bytes behind the slice must be readable.
  std::span<const CharInfo> Normalize(std::string_view slice);

 private:
  static constexpr size_t kMaxSliceBytes = 16;
  static constexpr size_t kMaxParts = 5;
  static constexpr size_t kSlots = 1024;
  // One slice, padded with zeros, and its parts: a cache line. Without parts: a free slot.
  struct alignas(64) Slot {
    uint64_t low = 0, high = 0;
    uint64_t num_parts = 0;
    std::array<CharInfo, kMaxParts> parts;
  };

  static constexpr size_t kLongSliceBytes = 256;

  void AskIcu(std::string_view slice);
  void AskIcuInOrder(std::string_view slice);

  std::vector<Slot> slots_;
  std::vector<CharInfo> parts_;

  // Of a long slice.
  struct Decomposed {
    int32_t c;
    uint8_t combining_class;
  };
  std::vector<Decomposed> decomposed_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_UNICODE_SLICES_H_
