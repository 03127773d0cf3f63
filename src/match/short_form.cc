#include "match/short_form.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "text/characters.h"
#include "text/normal_text.h"
#include "text/unicode_table.h"

namespace unecho {
namespace {

enum class SignKind : uint8_t {
  kBlank,
  kLetter,   // and marks
  kDigit,    // all numbers
  kIgnored,  // kIgnoredNumber
  kSymbol,   // counts wherever it stands
  kTerminal,
  kDash,
  kQuote,
  kOpening,
  kClosing,
};

SignKind KindOf(char32_t c) {
  if (c == kIgnoredNumber) return SignKind::kIgnored;
  if (IsProtected(c)) return SignKind::kDigit;
  if (IsMalformed(c) || c == 0xfffd) return SignKind::kLetter;
  const auto code = static_cast<UChar32>(c);
  const uint32_t category = U_GET_GC_MASK(code);
  if ((category & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return SignKind::kLetter;
  if ((category & U_GC_N_MASK) != 0) return SignKind::kDigit;
  if ((category & (U_GC_S_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) != 0) return SignKind::kSymbol;
  if ((category & U_GC_P_MASK) == 0) return SignKind::kBlank;
  if (category == U_GC_PD_MASK) return SignKind::kDash;
  if ((category & (U_GC_PI_MASK | U_GC_PF_MASK)) != 0 || c == 0xbf || c == 0xa1 ||
      u_hasBinaryProperty(code, UCHAR_QUOTATION_MARK)) {
    return SignKind::kQuote;
  }
  if (category == U_GC_PS_MASK) return SignKind::kOpening;
  if (category == U_GC_PE_MASK) return SignKind::kClosing;
  return u_hasBinaryProperty(code, UCHAR_TERMINAL_PUNCTUATION) ? SignKind::kTerminal : SignKind::kSymbol;
}

constexpr bool IsBracket(SignKind kind) { return kind == SignKind::kOpening || kind == SignKind::kClosing; }
constexpr bool IsNumber(SignKind kind) { return kind == SignKind::kDigit || kind == SignKind::kIgnored; }
constexpr bool IsWord(SignKind kind) { return kind == SignKind::kLetter || IsNumber(kind); }
constexpr bool IsContent(SignKind kind) { return IsWord(kind) || kind == SignKind::kSymbol; }
constexpr bool IsHyphen(char32_t c) { return c == '-' || c == 0x2010; }
constexpr bool IsBullet(char32_t c) { return c == '*' || c == 0x2022 || c == 0x2023; }
constexpr char32_t kMinus = 0x2212, kFractionSlash = 0x2044, kDivisionSlash = 0x2215;

// An operator: what makes a formula of a text, and brackets count.
bool IsOperator(char32_t c) {
  return c == '*' || c == '/' || c == '^' || u_charType(static_cast<UChar32>(c)) == U_MATH_SYMBOL;
}

class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text), kinds_(text.size()), counts_(text.size(), false) {
    for (size_t i = 0; i < text.size(); ++i) {
      kinds_[i] = KindOf(text[i]);
      if (kinds_[i] == SignKind::kSymbol) has_operator_ |= IsOperator(text[i]), has_math_ |= IsMath(text[i]);
      if (kinds_[i] != SignKind::kBlank && (i == 0 || kinds_[i - 1] == SignKind::kBlank)) ++num_chunks_;
    }
  }

  // Decides which signs count. False if none does.
  bool Decide() {
    for (size_t begin = 0; begin < text_.size();) {
      if (kinds_[begin] == SignKind::kBlank) {
        line_begins_ |= text_[begin++] == '\n';
        continue;
      }
      size_t end = begin;
      while (end < text_.size() && kinds_[end] != SignKind::kBlank) ++end;
      DecideChunk(begin, end);
      for (size_t i = begin; i < end; ++i) {
        if (text_[i] == '\'') ++num_single_;
        if (text_[i] == '"') ++num_double_;
      }
      line_begins_ = false;
      before_ = kinds_[end - 1];
      begin = end;
    }
    for (size_t i = 0; i < text_.size(); ++i) {
      const bool beside = (i > 0 && kinds_[i - 1] == SignKind::kIgnored) ||
                          (i + 1 < text_.size() && kinds_[i + 1] == SignKind::kIgnored);
      if (beside && IsPunctuation(i)) counts_[i] = false;
    }
    return std::ranges::find(counts_, true) != counts_.end() || std::ranges::any_of(text_, IsProtected);
  }

  std::string Form(CompareBy by) const {
    std::string form;
    bool behind_word = false;  // what was appended last is a word
    for (size_t i = 0; i < text_.size(); ++i) {
      if (counts_[i]) {
        AppendUtf8Of(Plain(i), form);
        behind_word = false;
      } else if (kinds_[i] == SignKind::kLetter || kinds_[i] == SignKind::kDigit) {
        const bool goes_on = i > 0 && (kinds_[i - 1] == SignKind::kLetter || kinds_[i - 1] == SignKind::kDigit) &&
                             by != CompareBy::kCharacters && !IsWordAlone(text_[i]) && !IsWordAlone(text_[i - 1]);
        if (behind_word && !goes_on) form += ' ';
        AppendUtf8Of(text_[i], form);
        behind_word = true;
      }
    }
    return form;
  }

 private:
  static bool IsMath(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_MATH_SYMBOL; }

  bool IsPunctuation(size_t i) const {
    if (kinds_[i] == SignKind::kSymbol) {
      return text_[i] == kMinus || (U_GET_GC_MASK(static_cast<UChar32>(text_[i])) & U_GC_P_MASK) != 0;
    }
    return kinds_[i] > SignKind::kSymbol;
  }

  // Dashes and slashes of one meaning are one.
  char32_t Plain(size_t i) const {
    if (kinds_[i] == SignKind::kDash || text_[i] == kMinus) return '-';
    return text_[i] == kFractionSlash || text_[i] == kDivisionSlash ? U'/' : text_[i];
  }

  bool All(size_t begin, size_t end, char32_t c) const {
    return std::all_of(text_.begin() + static_cast<ptrdiff_t>(begin), text_.begin() + static_cast<ptrdiff_t>(end),
                       [c](char32_t each) { return each == c; });
  }
  void Count(size_t begin, size_t end) {
    std::fill(counts_.begin() + static_cast<ptrdiff_t>(begin), counts_.begin() + static_cast<ptrdiff_t>(end), true);
  }

  void DecideChunk(size_t begin, size_t end) {
    size_t last_content = end;
    for (size_t i = end; i-- > begin && last_content == end;) {
      if (IsContent(kinds_[i])) last_content = i;
    }
    if (last_content == end) return DecideSignsAlone(begin, end);
    if (end - begin == 1 && IsBullet(text_[begin]) && line_begins_ && GoesOn(end)) return;
    last_content_ = last_content;
    bool opened = false;  // a bracket that counts
    size_t single = num_single_, both = num_double_;
    for (size_t i = begin; i < end;) {
      if (const size_t face = FaceEnd(i, end); face > i) {
        Count(i, face);
        for (; i < face; ++i) single += text_[i] == '\'', both += text_[i] == '"';
        continue;
      }
      size_t behind = i + 1;
      switch (kinds_[i]) {
        case SignKind::kTerminal:
          while (behind < end && kinds_[behind] == SignKind::kTerminal && FaceEnd(behind, end) == behind) ++behind;
          if (CountsTerminal(begin, i, behind, end)) Count(i, behind);
          break;
        case SignKind::kDash:
          while (behind < end && kinds_[behind] == SignKind::kDash) ++behind;
          if (CountsDash(begin, i, behind, end)) Count(i, behind);
          break;
        case SignKind::kQuote: {
          size_t& earlier = text_[i] == '"' ? both : single;
          const bool is_plain = text_[i] == '"' || text_[i] == '\'';
          const bool before_letter = behind < end && kinds_[behind] == SignKind::kLetter;
          counts_[i] = is_plain && i > begin && IsNumber(kinds_[i - 1]) && !before_letter && earlier % 2 == 0;
          earlier += is_plain;
          break;
        }
        case SignKind::kOpening:
          counts_[i] = has_operator_ || (i > begin && IsWord(kinds_[i - 1]));
          opened |= counts_[i];
          break;
        case SignKind::kClosing: counts_[i] = has_operator_ || opened; break;
        default: counts_[i] = kinds_[i] == SignKind::kSymbol; break;
      }
      i = behind;
    }
  }

  // Punctuation between blanks: a face, a minus between numbers, or nothing that counts.
  void DecideSignsAlone(size_t begin, size_t end) {
    bool has_bracket = false, has_eyes = false, all_dashes = true;
    for (size_t i = begin; i < end; ++i) {
      has_bracket |= IsBracket(kinds_[i]);
      has_eyes |= text_[i] == ':' || text_[i] == ';';
      all_dashes &= kinds_[i] == SignKind::kDash;
    }
    size_t next = end;
    while (next < text_.size() && kinds_[next] == SignKind::kBlank) ++next;
    const bool is_minus = all_dashes && IsNumber(before_) && next < text_.size() && IsNumber(kinds_[next]);
    if ((has_bracket && has_eyes) || is_minus) Count(begin, end);
  }

  // Does the line have more behind `at`?
  bool GoesOn(size_t at) const {
    while (at < text_.size() && kinds_[at] == SignKind::kBlank && text_[at] != '\n') ++at;
    return at < text_.size() && kinds_[at] != SignKind::kBlank;
  }

  // Behind the face that begins here, as :) or ;-( do; `i` if none does.
  size_t FaceEnd(size_t i, size_t end) const {
    if (text_[i] != ':' && text_[i] != ';') return i;
    size_t mouth = i + 1;
    if (mouth < end && (kinds_[mouth] == SignKind::kDash || kinds_[mouth] == SignKind::kQuote)) ++mouth;
    return mouth < end && IsBracket(kinds_[mouth]) ? mouth + 1 : i;
  }

  bool CountsTerminal(size_t begin, size_t i, size_t behind, size_t end) const {
    if (behind > last_content_) {  // the end of a sentence
      const bool loud =
          std::all_of(text_.begin() + static_cast<ptrdiff_t>(i), text_.begin() + static_cast<ptrdiff_t>(behind),
                      [](char32_t c) { return c == '!' || c == '?'; });
      if (!loud || i == begin || !IsNumber(kinds_[i - 1])) return false;
      if (has_math_) return true;
      return num_chunks_ == 1 && behind == end &&
             std::all_of(kinds_.begin() + static_cast<ptrdiff_t>(begin), kinds_.begin() + static_cast<ptrdiff_t>(i),
                         IsWord);
    }
    size_t before = i, after = behind;  // without quotes and brackets
    while (before > begin && IsQuoteOrBracket(kinds_[before - 1])) --before;
    while (after < end && IsQuoteOrBracket(kinds_[after])) ++after;
    const bool letter_after = kinds_[after] == SignKind::kLetter;
    if (before == begin) return !(letter_after && behind - i > 1 && All(i, behind, '.'));
    if (!letter_after || kinds_[before - 1] != SignKind::kLetter) return true;
    if (before != i || after != behind || IsWordAlone(text_[i - 1]) || IsWordAlone(text_[after])) return false;
    return (behind - i == 1 && text_[i] == '.') || All(i, behind, ':');
  }

  bool CountsDash(size_t begin, size_t i, size_t behind, size_t end) const {
    const SignKind before = i > begin ? kinds_[i - 1] : SignKind::kBlank;
    const SignKind after = behind < end ? kinds_[behind] : SignKind::kBlank;
    if (after == SignKind::kSymbol) return true;
    if (IsNumber(after)) return before != SignKind::kLetter;
    if (after == SignKind::kLetter) {
      if (IsWord(before)) return false;
      if (before == SignKind::kSymbol || before == SignKind::kTerminal) return true;
      const bool is_short = behind + 1 == end || !IsWord(kinds_[behind + 1]);
      return is_short || (behind - i == 2 && All(i, behind, '-'));
    }
    if (before == SignKind::kSymbol || before == SignKind::kDigit || before == SignKind::kIgnored) {
      return before == SignKind::kSymbol || IsHyphen(text_[i]);
    }
    if (before != SignKind::kLetter || !IsHyphen(text_[i])) return false;
    size_t word = i;
    while (word > begin && i - word < 3 && IsWord(kinds_[word - 1])) --word;
    return i - word <= 2;
  }

  static constexpr bool IsQuoteOrBracket(SignKind kind) { return kind == SignKind::kQuote || IsBracket(kind); }

  std::u32string_view text_;
  std::vector<SignKind> kinds_;
  std::vector<bool> counts_;
  bool has_operator_ = false, has_math_ = false;
  size_t num_chunks_ = 0;
  // Of what is before the chunk in hand.
  bool line_begins_ = true;
  SignKind before_ = SignKind::kBlank;
  size_t num_single_ = 0, num_double_ = 0;
  // Of the chunk in hand.
  size_t last_content_ = 0;
};

}  // namespace

bool IsOfWord(char32_t c) {
  if (c < 0x80) return IsAlnum(static_cast<char>(c));
  if (IsMalformed(c) || IsProtected(c)) return true;
  const CharKind kind = UnicodeTable::OfNormal(c).kind();
  return kind == CharKind::kWord || kind == CharKind::kSolo;
}

bool IsWordAlone(char32_t c) {
  return IsMalformed(c) || (c >= 0x80 && !IsProtected(c) && UnicodeTable::OfNormal(c).kind() == CharKind::kSolo);
}

bool IsBlankCharacter(char32_t c) { return KindOf(c) == SignKind::kBlank; }

void ProtectPowers(std::u32string& text) {
  bool behind_number = false;
  for (char32_t& c : text) {
    const auto code = static_cast<UChar32>(c);
    const bool is_number = !IsMalformed(c) && (U_GET_GC_MASK(code) & U_GC_N_MASK) != 0;
    const int type = is_number && c >= 0x80 ? u_getIntPropertyValue(code, UCHAR_DECOMPOSITION_TYPE) : U_DT_NONE;
    if (type == U_DT_SUPER || (type == U_DT_FRACTION && behind_number)) c += kProtectedText;
    behind_number = is_number;
  }
}

std::string ShortForm(std::u32string_view normal, CompareBy by) {
  Reader reader(normal);
  return reader.Decide() ? reader.Form(by) : std::string();
}

bool HasNoSymbols(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsAlnum(c) || IsSpace(c)) continue;
    const bool ends_word = (c == '.' || c == ',' || c == '!' || c == '?') && i > 0 && IsAlpha(text[i - 1]) &&
                           (i + 1 == text.size() || IsSpace(text[i + 1]));
    if (!ends_word) return false;
  }
  return true;
}

}  // namespace unecho
