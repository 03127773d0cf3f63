#include "text/icu_text.h"

#include <algorithm>
#include <cstdint>
#include <new>

#include "base/memory.h"
#include "text/scan.h"

namespace unecho {

size_t IcuPartSize(std::string_view utf8) {
  constexpr size_t kUsual = size_t{64} << 10, kMost = size_t{64} << 20;
  constexpr std::string_view kBlanks = " \n";
  if (utf8.size() <= kUsual) return utf8.size();
  size_t blank = utf8.find_last_of(kBlanks, kUsual);
  if (blank == 0 || blank == utf8.npos) blank = utf8.find_first_of(kBlanks, kUsual);
  blank = std::min(blank, utf8.size());
  return blank <= kMost ? blank : Utf8Prefix(utf8, kMost).size();
}

icu::UnicodeString IcuText(std::string_view utf8) {
  NoteAllocation(utf8.size() * sizeof(char16_t));
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
  if (text.isBogus() != 0) throw std::bad_alloc();
  return text;
}

icu::UnicodeString Normalized(const icu::Normalizer2& normalizer, const icu::UnicodeString& text) {
  // As long as the text is, and another that is longer where that does not do.
  NoteAllocation(2 * sizeof(char16_t) * static_cast<uint64_t>(text.length()));
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString normal = normalizer.normalize(text, error);
  if (U_FAILURE(error) != 0 || normal.isBogus() != 0) throw std::bad_alloc();  // nothing else can fail there
  return normal;
}

}  // namespace unecho
