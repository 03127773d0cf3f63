// Normalises the slices of a text in which neighbours matter: a letter and the marks that compose with it or must
// change places, jamo, ligatures. ICU does it; short slices are remembered, for a text that has one decomposed letter
// has many.
//
// In:      the UTF-8 of a slice that begins at a boundary and ends before one (unicode_table.h), not malformed.
// Out:     the code points of its toNFKC_Casefold, as UnicodeTable::OfNormal describes them.
// Cost:    one cache line if it is remembered; else ICU, tens of times that. 64 KB, on first use.
// Threads: one object per thread.
// Failure: none.
#ifndef UNECHO_SRC_UNICODE_SLICES_H_
#define UNECHO_SRC_UNICODE_SLICES_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unicode_table.h"

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

  void AskIcu(std::string_view slice);

  std::vector<Slot> slots_;
  std::vector<CharInfo> parts_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_UNICODE_SLICES_H_
