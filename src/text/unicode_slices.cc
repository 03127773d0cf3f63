#include "text/unicode_slices.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <string>

#include "kernels/word_hash.h"
#include "text/code_points.h"

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
  std::u16string normal(source.size() * 18 + 32, u'\0');  // 18: the longest NFKC expansion (U+FDFA)
  const int32_t size = unorm2_normalize(fold, source.data(), static_cast<int32_t>(source.size()), normal.data(),
                                        static_cast<int32_t>(normal.size()), &error);
  parts_.clear();
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U16_NEXT(normal.data(), i, size, c);
    parts_.push_back(UnicodeTable::OfNormal(static_cast<uint32_t>(c)));
  }
}

// The same, in linear time: the mapping of each code point by itself, decomposed; runs of marks in canonical order;
// then only composition is left, which finds nothing to move.
void SliceNormalizer::AskIcuInOrder(std::string_view slice) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* fold = unorm2_getNFKCCasefoldInstance(&error);
  const UNormalizer2* decompose = unorm2_getNFDInstance(&error);
  const UNormalizer2* compose = unorm2_getNFCInstance(&error);
  constexpr size_t kAtOnce = size_t{1} << 29;  // UTF-16 units of two of them, and ICU's sizes are 32 bits
  parts_.clear();
  size_t i = 0;
  const auto in_order = [](const Decomposed& a, const Decomposed& b) { return a.combining_class < b.combining_class; };
  while (i < slice.size()) {
    decomposed_.clear();
    size_t run = 0;  // where the marks begin that are not in order yet
    while (i < slice.size() && decomposed_.size() < kAtOnce) {
      char16_t units[2], folded[32], whole[64];  // 18: the longest NFKC expansion (U+FDFA); 2.5 times by decomposition
      int32_t num_units = 0;
      const int32_t c = NextCodePoint(slice.data(), i, slice.size());
      U16_APPEND_UNSAFE(units, num_units, c);
      const int32_t num_folded = unorm2_normalize(fold, units, num_units, folded, 32, &error);
      const int32_t num_whole = unorm2_normalize(decompose, folded, num_folded, whole, 64, &error);
      for (int32_t at = 0; at < num_whole;) {
        UChar32 part;
        U16_NEXT(whole, at, num_whole, part);
        const uint8_t combining_class = u_getCombiningClass(part);
        if (combining_class == 0) {
          std::stable_sort(decomposed_.begin() + static_cast<ptrdiff_t>(run), decomposed_.end(), in_order);
          run = decomposed_.size() + 1;
        }
        decomposed_.push_back({part, combining_class});
      }
    }
    std::stable_sort(decomposed_.begin() + static_cast<ptrdiff_t>(std::min(run, decomposed_.size())), decomposed_.end(),
                     in_order);
    std::u16string source, normal;
    for (const Decomposed& part : decomposed_) {
      char16_t units[2];
      int32_t num_units = 0;
      U16_APPEND_UNSAFE(units, num_units, part.c);
      source.append(units, static_cast<size_t>(num_units));
    }
    normal.resize(source.size() + 1);  // composition makes nothing longer
    const int32_t size = unorm2_normalize(compose, source.data(), static_cast<int32_t>(source.size()), normal.data(),
                                          static_cast<int32_t>(normal.size()), &error);
    for (int32_t at = 0; at < size;) {
      UChar32 part;
      U16_NEXT(normal, at, size, part);
      parts_.push_back(UnicodeTable::OfNormal(static_cast<uint32_t>(part)));
    }
  }
}

std::span<const CharInfo> SliceNormalizer::Normalize(std::string_view slice) {
  if (slice.size() > kMaxSliceBytes) {
    if (slice.size() > kLongSliceBytes)
      AskIcuInOrder(slice);
    else
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
