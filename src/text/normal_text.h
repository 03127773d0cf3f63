// Text as code points, in the form in which comparisons other than the fast one of match/tokens.h look at it: as it is
// written, or normalised, with case or without, with diacritics or without.
//
// In:      any bytes. Out: appended to a string of code points, in which a malformed sequence is one value beyond
//          Unicode (its bytes). What is beyond Unicode stays, and nothing composes across it.
// Cost:    linear: a look into a table for most code points (unicode_table.h); ICU where neighbours matter.
// Threads: one object per thread.
// Failure: none.
#ifndef UNECHO_SRC_TEXT_NORMAL_TEXT_H_
#define UNECHO_SRC_TEXT_NORMAL_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "text/unicode_slices.h"

namespace unecho {

// What stands for a malformed sequence of up to three bytes, the first lowest.
inline constexpr char32_t kMalformedText = 0x01000000;
constexpr bool IsMalformed(char32_t c) { return c >= kMalformedText && c < 2 * kMalformedText; }
// A code point that is to stay what it is.
inline constexpr char32_t kProtectedText = 0x04000000;
constexpr bool IsProtected(char32_t c) { return c >= kProtectedText; }

void AppendAsWritten(std::string_view text, std::u32string& out);
// Back to bytes.
void AppendUtf8Of(char32_t c, std::string& out);

class NormalText {
 public:
  // toNFKC_Casefold.
  void Normalise(std::u32string& text);

 private:
  std::string slice_;
  std::u32string folded_;
  SliceNormalizer slices_;
};

// Full case folding of each code point.
void FoldCase(std::u32string& text);

// NFKD without diacritics, composed again (NFC). A diacritic is a mark that is inherited by any script (accents,
// harakat), or has the property Diacritic (tone marks, points): vowel signs are letters of their scripts, and stay.
void DropDiacritics(std::u32string& text);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_NORMAL_TEXT_H_
