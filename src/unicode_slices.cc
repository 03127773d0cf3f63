#include "unicode_slices.h"

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <string>

#include "code_points.h"
#include "word_hash.h"

namespace unecho {

void SliceNormalizer::AskIcu(std::string_view slice) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* fold = unorm2_getNFKCCasefoldInstance(&error);
  std::u16string source;
  for (size_t i = 0; i < slice.size();) {
    char16_t units[2];
    int32_t num_units = 0;
    const int32_t c = NextCodePoint(slice.data(), i, slice.size());
    U16_APPEND_UNSAFE(units, num_units, c);
    source.append(units, static_cast<size_t>(num_units));
  }
  std::u16string normal(source.size() * 18 + 32, u'\0');   // 18: the longest NFKC expansion (U+FDFA)
  const int32_t size = unorm2_normalize(fold, source.data(), static_cast<int32_t>(source.size()), normal.data(),
                                        static_cast<int32_t>(normal.size()), &error);
  parts_.clear();
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U16_NEXT(normal.data(), i, size, c);
    parts_.push_back(UnicodeTable::OfNormal(static_cast<uint32_t>(c)));
  }
}

std::span<const CharInfo> SliceNormalizer::Normalize(std::string_view slice) {
  if (slice.size() > kMaxSliceBytes) {
    AskIcu(slice);
    return parts_;
  }
  if (slots_.empty()) slots_.resize(kSlots);
  const Pair key = LoadTail(slice.data(), slice.size());
  Slot& slot = slots_[MultiplyFold(key.low ^ kSecret0, key.high ^ kSecret1) % kSlots];
  if (slot.num_parts == 0 || slot.low != key.low || slot.high != key.high) {
    AskIcu(slice);
    if (parts_.size() > kMaxParts) return parts_;
    slot.low = key.low;
    slot.high = key.high;
    slot.num_parts = parts_.size();
    std::ranges::copy(parts_, slot.parts.begin());
  }
  return {slot.parts.data(), slot.num_parts};
}

}  // namespace unecho
