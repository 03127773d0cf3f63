#include "oracle/reference.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "base/hash.h"
#include "base/memory.h"
#include "oracle/short_form.h"
#include "text/icu_text.h"
#include "text/markup.h"

namespace unecho {
namespace {

const icu::Normalizer2& NfkcCasefold() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) std::abort();  // ICU was built without its own normalisation data
  return *normalizer;
}

constexpr UChar32 kLostLetter = 0xfffd;

bool FormsTokens(UChar32 c) {
  return c == kLostLetter || (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

void AppendUtf8(UChar32 c, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<size_t>(size));
}

// `text` is well-formed.
void AppendTokensOfLetters(std::string_view text, std::vector<std::string>& out) {
  const icu::UnicodeString folded = Normalized(NfkcCasefold(), IcuText(text));
  std::string token;
  auto finish = [&] {
    if (!token.empty()) out.push_back(token);
    token.clear();
  };
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (!FormsTokens(c)) {
      finish();
    } else if (c == kLostLetter || ReferenceIsWithoutSpaces(static_cast<char32_t>(c))) {
      finish();
      AppendUtf8(c, token);
      finish();
    } else {
      AppendUtf8(c, token);
    }
  }
  finish();
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
// A malformed sequence is a token: its bytes are a letter that nobody knows. Nothing composes across it.
void AppendTokensOfPart(std::string_view text, std::vector<std::string>& out) {
  const auto size = static_cast<int32_t>(text.size());
  int32_t begin = 0;  // of what is well-formed
  for (int32_t at = 0; at < size;) {
    const int32_t before = at;
    UChar32 c;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0) continue;
    AppendTokensOfLetters(text.substr(static_cast<size_t>(begin), static_cast<size_t>(before - begin)), out);
    out.emplace_back(text.substr(static_cast<size_t>(before), static_cast<size_t>(at - before)));
    begin = at;
  }
  AppendTokensOfLetters(text.substr(static_cast<size_t>(begin)), out);
}
#pragma GCC diagnostic pop

std::string Join(std::span<const std::string> tokens) {
  std::string joined;
  for (const std::string& token : tokens) {
    if (!joined.empty()) joined += ' ';
    joined += token;
  }
  return joined;
}

// --- what is compared otherwise than by words of which nothing is ignored: as code points --------------------------
// A malformed sequence is one value: its bytes, first lowest, beyond Unicode.

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
std::u32string CodePoints(std::string_view text) {
  std::u32string out;
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < size;) {
    const int64_t before = at;
    UChar32 c;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0) {
      c = kReferenceMalformed;
      for (int64_t i = before; i < at; ++i) c |= static_cast<uint8_t>(text[static_cast<size_t>(i)]) << 8 * (i - before);
    }
    out += static_cast<char32_t>(c);
  }
  return out;
}
#pragma GCC diagnostic pop

std::string Utf8(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < kReferenceMalformed) {
      AppendUtf8(static_cast<UChar32>(c), out);
    } else if (c >= kReferencePower) {
      AppendUtf8(static_cast<UChar32>(c - kReferencePower), out);
    } else {
      for (char32_t rest = c - kReferenceMalformed; rest != 0; rest >>= 8) out += static_cast<char>(rest);
    }
  }
  return out;
}

icu::UnicodeString WithoutDiacritics(const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString decomposed = Normalized(*icu::Normalizer2::getNFKDInstance(error), text);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    const bool is_mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    const bool is_diacritic =
        u_hasBinaryProperty(c, UCHAR_DIACRITIC) || uscript_getScript(c, &error) == USCRIPT_INHERITED;
    if (!is_mark || !is_diacritic) kept.append(c);
  }
  return Normalized(*icu::Normalizer2::getNFCInstance(error), kept);
}

// Point 2 of the definition.
std::u32string NormalForm(const std::u32string& text, const Comparison& comparison) {
  constexpr int32_t kPart = 1 << 14;
  std::u32string out;
  icu::UnicodeString open;
  auto finish = [&] {
    if (comparison.IsNormalised()) open = Normalized(NfkcCasefold(), open);
    if (comparison.letter_case) open.foldCase();
    if (comparison.diacritics) open = WithoutDiacritics(open);
    for (int32_t i = 0; i < open.length(); i = open.moveIndex32(i, 1)) out += static_cast<char32_t>(open.char32At(i));
    open.remove();
  };
  for (const char32_t c : text) {
    if (c >= kReferenceMalformed) {  // nothing composes across it
      finish();
      out += c;
      continue;
    }
    if ((c == U' ' || c == U'\n') && open.length() > kPart) finish();  // nor across a blank
    if (open.length() % kPart == 0) NoteAllocation(2 * kPart * sizeof(char16_t));
    open.append(static_cast<UChar32>(c));
  }
  finish();
  return out;
}

// Puts kReferenceIgnored in place of each digit of a word that is all digits.
std::u32string WithoutNumbers(std::u32string text, const Comparison& comparison) {
  auto is_of_word = [&comparison](char32_t c) {
    return ReferenceIsOfWord(c) || (c == U'_' && !comparison.IsNormalised());
  };
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + 1;
    if (is_of_word(text[begin]) && !ReferenceIsWordAlone(text[begin])) {
      while (end < text.size() && is_of_word(text[end]) && !ReferenceIsWordAlone(text[end])) ++end;
    }
    bool all_digits = true;
    for (size_t i = begin; i < end; ++i) {
      const bool is_decimal =
          text[i] < kReferenceIgnored && u_charType(static_cast<UChar32>(text[i])) == U_DECIMAL_DIGIT_NUMBER;
      all_digits &= is_decimal || text[i] >= kReferencePower;
    }
    if (all_digits)
      std::fill(text.begin() + static_cast<ptrdiff_t>(begin), text.begin() + static_cast<ptrdiff_t>(end),
                kReferenceIgnored);
    begin = end;
  }
  return text;
}

bool IsPunctuation(char32_t c) {
  return c < kReferenceIgnored && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}
bool IsWhiteSpace(char32_t c) { return c < kReferenceIgnored && u_isUWhiteSpace(static_cast<UChar32>(c)); }

// Point 3. `text` is in normal form, and its numbers are replaced, if they are ignored.
std::vector<std::u32string> CutTokens(const std::u32string& text, const Comparison& comparison) {
  std::vector<std::u32string> tokens;
  std::u32string token;
  auto finish = [&] {
    if (!token.empty()) tokens.push_back(token);
    token.clear();
  };
  auto is_left_out = [&comparison](char32_t c) {
    return c == kReferenceIgnored || (comparison.punctuation && IsPunctuation(c));
  };
  if (comparison.by == CompareBy::kText) {
    for (const char32_t c : text) {
      if (IsWhiteSpace(c)) {
        finish();
      } else if (!is_left_out(c)) {
        token += c;
      }
    }
  } else if (comparison.by == CompareBy::kCode) {
    std::u32string indentation;
    bool begins_line = true, in_name = false;
    for (const char32_t c : text) {
      const bool is_of_name = c == U'_' || ReferenceIsOfWord(c);
      if (!is_of_name || !in_name) finish();
      in_name = is_of_name;
      if (c == U'\n' || c == U'\r') {
        begins_line = true;
        indentation.clear();
      } else if (IsWhiteSpace(c)) {
        if (begins_line) indentation += c;
      } else if (is_of_name || !is_left_out(c)) {
        if (begins_line) tokens.push_back(U"\n" + indentation);
        begins_line = false;
        token += c;
      }
    }
  } else {
    for (const char32_t c : text) {
      const bool is_alone = comparison.by == CompareBy::kCharacters || ReferenceIsWordAlone(c);
      if (!ReferenceIsOfWord(c) || is_alone) finish();
      if (!ReferenceIsOfWord(c)) continue;
      token += c;
      if (is_alone) finish();
    }
  }
  finish();
  return tokens;
}

std::string WithoutMarkup(std::string_view text) {
  std::string out;
  AppendWithoutMarkup(text, out);
  return out;
}

std::u32string Written(std::string_view text, const Comparison& comparison) {
  return CodePoints(comparison.markup ? WithoutMarkup(text) : std::string(text));
}

std::u32string Compared(const std::u32string& written, const Comparison& comparison) {
  std::u32string normal = NormalForm(written, comparison);
  return comparison.numbers ? WithoutNumbers(std::move(normal), comparison) : normal;
}

// Numbers above the line, and fractions behind a number, are kept as they are: normalisation takes 10\u00b2 for 102.
std::u32string WithPowers(const std::u32string& text) {
  std::u32string out;
  for (size_t i = 0; i < text.size(); ++i) {
    auto is_number = [&text](size_t at) {
      return text[at] < kReferenceIgnored && (U_GET_GC_MASK(static_cast<UChar32>(text[at])) & U_GC_N_MASK) != 0;
    };
    const int type =
        is_number(i) ? u_getIntPropertyValue(static_cast<UChar32>(text[i]), UCHAR_DECOMPOSITION_TYPE) : U_DT_NONE;
    const bool is_power = type == U_DT_SUPER || (type == U_DT_FRACTION && i > 0 && is_number(i - 1));
    out += is_power ? text[i] + kReferencePower : text[i];
  }
  return out;
}

// All that is not blank, with nothing left out.
std::string Signs(const std::u32string& normal, const Comparison& comparison) {
  std::u32string signs;
  for (const char32_t c : normal) {
    if (!(comparison.IsNormalised() ? ReferenceIsBlank(c) : IsWhiteSpace(c))) signs += c;
  }
  return Utf8(signs);
}

template <typename Pieces>
ReferenceTokens TokensOf(const Pieces& pieces, const Comparison& comparison, int shingle_tokens) {
  ReferenceTokens record;
  for (const std::string_view piece : pieces) AppendReferenceTokens(piece, record.tokens, comparison);
  const bool is_short = record.tokens.size() < static_cast<size_t>(shingle_tokens);
  if (is_short && comparison.IsNormalised()) {
    std::u32string text;
    for (const std::string_view piece : pieces) {
      text += Compared(WithPowers(Written(piece, comparison)), comparison) + U'\n';
    }
    record.short_form = Utf8(ReferenceShortForm(text, comparison.by));
  }
  if (record.tokens.empty()) {
    std::string signs = std::move(record.short_form);
    record.short_form.clear();
    if (signs.empty()) {
      for (const std::string_view piece : pieces) {
        signs += Signs(NormalForm(Written(piece, comparison), comparison), comparison);
      }
    }
    record.is_only_signs = !signs.empty();
    if (record.is_only_signs) record.tokens.push_back(signs);
  }
  return record;
}

}  // namespace

void AppendReferenceTokens(std::string_view text, std::vector<std::string>& out, const Comparison& comparison) {
  if (comparison != Comparison{}) {
    for (const std::u32string& token : CutTokens(Compared(Written(text, comparison), comparison), comparison)) {
      out.push_back(Utf8(token));
    }
    return;
  }
  while (!text.empty()) {
    const size_t size = IcuPartSize(text);
    AppendTokensOfPart(text.substr(0, size), out);
    text.remove_prefix(size);
  }
}

ReferenceTokens ReferenceTokensOf(std::span<const std::string_view> pieces, const Comparison& comparison,
                                  int shingle_tokens) {
  return TokensOf(pieces, comparison, shingle_tokens);
}
ReferenceTokens ReferenceTokensOf(std::span<const std::string> pieces, const Comparison& comparison,
                                  int shingle_tokens) {
  return TokensOf(pieces, comparison, shingle_tokens);
}

std::string ReferenceText(const ReferenceTokens& record) {
  return record.short_form.empty() ? Join(record.tokens) : record.short_form;
}

std::vector<uint64_t> ReferenceShingles(std::span<const std::string> tokens, int shingle_tokens) {
  std::vector<uint64_t> shingles;
  if (tokens.empty()) return shingles;
  const size_t width = std::min(static_cast<size_t>(shingle_tokens), tokens.size());
  for (size_t first = 0; first + width <= tokens.size(); ++first) {
    const std::string joined = Join(tokens.subspan(first, width));
    shingles.push_back(Hash64(joined));
  }
  std::ranges::sort(shingles);
  // Not std::ranges::unique: clang 14 cannot use the subrange of libstdc++ 12.
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

std::vector<uint64_t> ShinglesOf(const ReferenceTokens& record, int shingle_tokens) {
  if (record.short_form.empty()) return ReferenceShingles(record.tokens, shingle_tokens);
  return {Hash64(record.short_form)};
}

std::vector<uint64_t> CommonShinglesOf(std::vector<uint64_t> all, uint64_t more_than) {
  std::ranges::sort(all);
  std::vector<uint64_t> common;
  for (size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end] == all[begin]) ++end;
    if (end - begin > more_than) common.push_back(all[begin]);
  }
  return common;
}

std::vector<uint64_t> WithoutCommon(const std::vector<uint64_t>& set, std::span<const uint64_t> common) {
  std::vector<uint64_t> left;
  std::ranges::set_difference(set, common, std::back_inserter(left));
  return left.empty() ? set : left;
}

double ReferenceSimilarity(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const size_t together = a.size() + b.size() - common;
  return together == 0 ? 0 : static_cast<double>(common) / static_cast<double>(together);
}

std::string ReferenceId(std::span<const std::string> tokens) { return Hex(Hash128(Join(tokens))); }

std::string IdOf(const ReferenceTokens& record) { return Hex(Hash128(ReferenceText(record))); }

}  // namespace unecho
