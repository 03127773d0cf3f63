#include "text/normal_text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <utility>

#include "text/code_points.h"
#include "text/unicode_table.h"
#include "text/utf8.h"

namespace unecho {
namespace {

bool IsBeyondUnicode(char32_t c) { return c >= kMalformedText; }

// The value of the malformed sequence bytes[begin, end).
char32_t Malformed(std::string_view bytes, size_t begin, size_t end) {
  char32_t value = 0;
  for (size_t i = begin; i < end; ++i) {
    value |= static_cast<char32_t>(static_cast<uint8_t>(bytes[i])) << (8 * (i - begin));
  }
  return kMalformedText | value;
}

void AppendFolded(CharInfo info, std::u32string& out) {
  const uint32_t bytes = info.bytes();
  char utf8[4];
  for (size_t i = 0; i < 4; ++i) utf8[i] = static_cast<char>(bytes >> (8 * i));
  for (size_t i = 0; i < info.size();) out += static_cast<char32_t>(NextCodePoint(utf8, i, info.size()));
}

bool IsSimple(CharInfo info) { return info.kind() == CharKind::kWord || info.kind() == CharKind::kSolo; }

bool IsDiacritic(UChar32 c) {
  if ((U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) return false;
  UErrorCode error = U_ZERO_ERROR;
  return u_hasBinaryProperty(c, UCHAR_DIACRITIC) || uscript_getScript(c, &error) == USCRIPT_INHERITED;
}

// Canonical composition of text that is decomposed and in order.
void AppendStretchComposed(std::u32string_view text, std::u32string& out) {
  constexpr size_t kAtOnce = size_t{1} << 28;  // ICU's sizes are 32 bits
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* compose = unorm2_getNFCInstance(&error);
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kAtOnce))) {
    std::u16string units;
    for (const char32_t c : text.substr(0, kAtOnce)) {
      char16_t pair[2];
      int32_t size = 0;
      U16_APPEND_UNSAFE(pair, size, c);
      units.append(pair, static_cast<size_t>(size));
    }
    std::u16string composed(units.size() + 16, u'\0');
    const int32_t size = unorm2_normalize(compose, units.data(), static_cast<int32_t>(units.size()), composed.data(),
                                          static_cast<int32_t>(composed.size()), &error);
    for (int32_t i = 0; i < size;) {
      UChar32 c;
      U16_NEXT(composed.data(), i, size, c);
      out += static_cast<char32_t>(c);
    }
  }
}

// The same. ASCII joins nothing before it, so only other text and the character in front of it have to go through ICU.
void AppendComposed(std::u32string_view text, std::u32string& out) {
  const auto is_ascii = [](char32_t c) { return c < 0x80; };
  while (!text.empty()) {
    const auto other = std::find_if_not(text.begin(), text.end(), is_ascii);
    const auto begin = other == text.begin() || other == text.end() ? other : other - 1;
    out.append(text.begin(), begin);
    const auto end = std::find_if(other, text.end(), is_ascii);
    if (begin != end) AppendStretchComposed({begin, end}, out);
    text.remove_prefix(static_cast<size_t>(end - text.begin()));
  }
}

}  // namespace

void AppendAsWritten(std::string_view text, std::u32string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const int32_t c = NextCodePoint(text.data(), i, text.size());
    out += c >= 0 ? static_cast<char32_t>(c) : Malformed(text, begin, i);
  }
}

void AppendUtf8Of(char32_t c, std::string& out) {
  if (!IsMalformed(c)) return AppendUtf8(IsProtected(c) ? c - kProtectedText : c, out);
  for (char32_t rest = c - kMalformedText; rest != 0; rest >>= 8) out += static_cast<char>(rest & 0xff);
}

void NormalText::Normalise(std::u32string& text) {
  folded_.clear();
  size_t next = 0;  // behind what is done
  for (size_t begin = 0; begin < text.size(); begin = next) {
    const char32_t c = text[begin];
    next = begin + 1;
    if (IsBeyondUnicode(c)) {
      folded_ += c;
      continue;
    }
    // Up to the next boundary: nothing joins across it.
    while (next < text.size() && !IsBeyondUnicode(text[next]) && !UnicodeTable::Find(text[next]).IsBoundary()) ++next;
    const CharInfo info = UnicodeTable::Find(c);
    if (next == begin + 1 && IsSimple(info)) {
      AppendFolded(info, folded_);
    } else if (next == begin + 1 && c < 0x80) {
      folded_ += c;
    } else {
      slice_.clear();
      for (size_t i = begin; i < next; ++i) AppendUtf8(text[i], slice_);
      const size_t size = slice_.size();
      slice_.append(16, '\0');  // the normaliser reads behind its slice
      for (const CharInfo part : slices_.Normalize(std::string_view(slice_).substr(0, size)))
        AppendFolded(part, folded_);
    }
  }
  text.swap(folded_);
}

void FoldCase(std::u32string& text) {
  std::u32string folded;
  for (const char32_t c : text) {
    if (c < 0x80 || IsBeyondUnicode(c)) {
      folded += c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
      continue;
    }
    char16_t source[2], units[16];
    int32_t source_size = 0;
    U16_APPEND_UNSAFE(source, source_size, c);
    UErrorCode error = U_ZERO_ERROR;
    const int32_t size = u_strFoldCase(units, 16, source, source_size, U_FOLD_CASE_DEFAULT, &error);
    for (int32_t i = 0; i < size;) {
      UChar32 part;
      U16_NEXT(units, i, size, part);
      folded += static_cast<char32_t>(part);
    }
  }
  text = std::move(folded);
}

void DropDiacritics(std::u32string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* decompose = unorm2_getNFKDInstance(&error);
  std::u32string out, decomposed;
  size_t run = 0;  // where the marks begin that are not in order yet
  const auto order = [&] {
    if (decomposed.size() < run + 2) return;
    // By code point and not by ICU, whose own way is quadratic in the number of marks.
    std::stable_sort(decomposed.begin() + static_cast<ptrdiff_t>(run), decomposed.end(), [](char32_t a, char32_t b) {
      return u_getCombiningClass(static_cast<UChar32>(a)) < u_getCombiningClass(static_cast<UChar32>(b));
    });
  };
  const auto finish = [&] {
    order();
    AppendComposed(decomposed, out);
    decomposed.clear();
    run = 0;
  };
  const auto add = [&](UChar32 c) {
    if (c >= 0x80 && IsDiacritic(c)) return;
    if (c < 0x80 || u_getCombiningClass(c) == 0) {
      order();
      run = decomposed.size() + 1;
    }
    decomposed += static_cast<char32_t>(c);
  };
  for (const char32_t c : text) {
    if (IsBeyondUnicode(c)) {
      finish();
      out += c;
      continue;
    }
    char16_t units[32];  // 18: the longest decomposition (U+FDFA)
    const int32_t size = c < 0x80 ? -1 : unorm2_getDecomposition(decompose, static_cast<UChar32>(c), units, 32, &error);
    if (size < 0) add(static_cast<UChar32>(c));
    for (int32_t i = 0; i < size;) {
      UChar32 part;
      U16_NEXT(units, i, size, part);
      add(part);
    }
  }
  finish();
  text = std::move(out);
}

}  // namespace unecho
