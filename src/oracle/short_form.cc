#include "oracle/short_form.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace unecho {
namespace {

constexpr char32_t kNothing = 0;  // what stands before the first and behind the last code point of a chunk

bool IsPower(char32_t c) { return c >= kReferencePower; }
bool IsLost(char32_t c) { return (c >= kReferenceMalformed && !IsPower(c)) || c == 0xfffd; }
bool IsIn(char32_t c, uint32_t categories) {
  return c < kReferenceIgnored && (U_GET_GC_MASK(static_cast<UChar32>(c)) & categories) != 0;
}
bool Has(char32_t c, UProperty property) {
  return c < kReferenceIgnored && u_hasBinaryProperty(static_cast<UChar32>(c), property);
}

bool IsLetter(char32_t c) { return IsLost(c) || IsIn(c, U_GC_L_MASK | U_GC_M_MASK); }
bool IsNumber(char32_t c) { return c == kReferenceIgnored || IsPower(c) || IsIn(c, U_GC_N_MASK); }
bool IsDash(char32_t c) { return IsIn(c, U_GC_PD_MASK); }
bool IsQuote(char32_t c) {
  const bool opens_question = c == U'\u00bf' || c == U'\u00a1';
  return IsIn(c, U_GC_PI_MASK | U_GC_PF_MASK) || opens_question ||
         (IsIn(c, U_GC_P_MASK) && !IsDash(c) && Has(c, UCHAR_QUOTATION_MARK));
}
bool IsOpening(char32_t c) { return IsIn(c, U_GC_PS_MASK) && !IsQuote(c); }
bool IsClosing(char32_t c) { return IsIn(c, U_GC_PE_MASK) && !IsQuote(c); }
bool IsBracket(char32_t c) { return IsOpening(c) || IsClosing(c); }
bool IsEnclosing(char32_t c) { return IsQuote(c) || IsBracket(c); }
bool IsTerminal(char32_t c) {
  return IsIn(c, U_GC_P_MASK) && !IsDash(c) && !IsEnclosing(c) && Has(c, UCHAR_TERMINAL_PUNCTUATION);
}
bool IsSymbol(char32_t c) {
  if (IsLost(c)) return false;
  if (IsIn(c, U_GC_S_MASK | U_GC_CN_MASK | U_GC_CO_MASK)) return true;
  return IsIn(c, U_GC_P_MASK) && !IsDash(c) && !IsEnclosing(c) && !IsTerminal(c);
}
bool IsWord(char32_t c) { return IsLetter(c) || IsNumber(c); }
bool IsContent(char32_t c) { return IsWord(c) || IsSymbol(c); }
bool IsMath(char32_t c) { return IsIn(c, U_GC_SM_MASK); }
bool IsOperator(char32_t c) { return IsMath(c) || c == U'*' || c == U'/' || c == U'^'; }
bool IsEye(char32_t c) { return c == U':' || c == U';'; }

struct Chunk {
  std::u32string text;
  bool begins_line = false, ends_line = false;
  size_t content_end = 0;  // behind the last letter, number or symbol; 0: there is none
};

class ShortRecord {
 public:
  ShortRecord(const std::u32string& text, CompareBy by) : by_(by) {
    bool begins_line = true;
    for (size_t i = 0; i < text.size();) {
      if (ReferenceIsBlank(text[i])) {
        begins_line |= text[i] == U'\n';
        if (begins_line && !chunks_.empty()) chunks_.back().ends_line = true;
        ++i;
        continue;
      }
      Chunk chunk;
      for (; i < text.size() && !ReferenceIsBlank(text[i]); ++i) chunk.text += text[i];
      for (size_t at = 0; at < chunk.text.size(); ++at) {
        if (IsContent(chunk.text[at])) chunk.content_end = at + 1;
      }
      chunk.begins_line = begins_line;
      begins_line = false;
      chunks_.push_back(chunk);
    }
    if (!chunks_.empty()) chunks_.back().ends_line = true;
    has_math_ = std::any_of(text.begin(), text.end(), IsMath);
    has_operator_ = std::any_of(text.begin(), text.end(), IsOperator);
  }

  std::u32string Form() const {
    std::u32string form;
    bool any = false, behind_word = false;
    for (size_t k = 0; k < chunks_.size(); ++k) {
      const std::u32string& text = chunks_[k].text;
      const std::vector<bool> counts = Counts(k);
      for (size_t i = 0; i < text.size(); ++i) {
        const char32_t c = text[i];
        if (c != kReferenceIgnored && IsWord(c)) {
          const bool begins = i == 0 || !IsWord(text[i - 1]) || text[i - 1] == kReferenceIgnored ||
                              by_ == CompareBy::kCharacters || ReferenceIsWordAlone(c) ||
                              ReferenceIsWordAlone(text[i - 1]);
          if (behind_word && begins) form += U' ';
          form += c;
          any |= IsPower(c);
          behind_word = true;
        } else if (counts[i]) {
          form += Plain(c);
          behind_word = false;
          any = true;
        }
      }
    }
    return any ? form : std::u32string();
  }

 private:
  static char32_t Plain(char32_t c) {
    if (IsDash(c) || c == U'\u2212') return U'-';
    return c == U'\u2044' || c == U'\u2215' ? U'/' : c;
  }

  static char32_t At(const std::u32string& text, size_t i) { return i < text.size() ? text[i] : kNothing; }
  static char32_t Before(const std::u32string& text, size_t i) { return i > 0 ? text[i - 1] : kNothing; }

  static size_t Behind(const std::u32string& text, size_t i, bool (*is)(char32_t)) {
    while (i < text.size() && is(text[i]) && !IsOfFace(text, i)) ++i;
    return i;
  }

  // Which signs of the chunk count. Runs of terminal marks and of dashes count as one.
  std::vector<bool> Counts(size_t k) const {
    const std::u32string& text = chunks_[k].text;
    std::vector<bool> counts(text.size(), false);
    const bool alone = chunks_[k].content_end == 0 && CountsAlone(k);
    bool opened = false;  // a bracket behind a word
    for (size_t i = 0; i < text.size();) {
      const char32_t c = text[i];
      size_t end = i + 1;
      bool does = false;
      if (chunks_[k].content_end == 0) {
        does = alone;
      } else if (IsOfFace(text, i)) {
        does = true;
      } else if (IsSymbol(c)) {
        does = !IsBullet(k);
      } else if (IsTerminal(c)) {
        end = Behind(text, i, IsTerminal);
        does = CountsTerminal(chunks_[k], i, end);
      } else if (IsDash(c)) {
        end = Behind(text, i, IsDash);
        does = CountsDash(text, i, end);
      } else if (IsOpening(c)) {
        const bool behind_word = IsWord(Before(text, i));
        opened |= behind_word;
        does = has_operator_ || behind_word;
      } else if (IsClosing(c)) {
        does = has_operator_ || opened;
      } else if (c == U'\'' || c == U'"') {
        does = IsNumber(Before(text, i)) && !IsLetter(At(text, i + 1)) && NumEarlier(k, i, c) % 2 == 0;
      }
      for (; i < end; ++i) {
        const bool beside_ignored = Before(text, i) == kReferenceIgnored || At(text, i + 1) == kReferenceIgnored;
        const bool is_punctuation = IsIn(text[i], U_GC_P_MASK) || text[i] == U'\u2212';
        counts[i] = does && !(beside_ignored && is_punctuation);
      }
    }
    return counts;
  }

  // A chunk of punctuation alone: a face, or a minus between two numbers.
  bool CountsAlone(size_t k) const {
    const std::u32string& text = chunks_[k].text;
    if (std::any_of(text.begin(), text.end(), IsBracket) && std::any_of(text.begin(), text.end(), IsEye)) return true;
    return std::all_of(text.begin(), text.end(), IsDash) && k > 0 && k + 1 < chunks_.size() &&
           IsNumber(chunks_[k - 1].text.back()) && IsNumber(chunks_[k + 1].text.front());
  }

  bool IsBullet(size_t k) const {
    const Chunk& chunk = chunks_[k];
    const bool is_mark = chunk.text == U"*" || chunk.text == U"\u2022" || chunk.text == U"\u2023";
    return is_mark && chunk.begins_line && !chunk.ends_line;
  }

  // How long the face is that begins at `at`; 0: none does. Faces do not overlap: eyes are no mouth.
  static size_t FaceSize(const std::u32string& text, size_t at) {
    if (!IsEye(text[at])) return 0;
    const bool has_nose = IsDash(At(text, at + 1)) || IsQuote(At(text, at + 1));
    const size_t mouth = at + (has_nose ? 2 : 1);
    return IsBracket(At(text, mouth)) ? mouth + 1 - at : 0;
  }
  static bool IsOfFace(const std::u32string& text, size_t i) {
    for (size_t back = 0; back < 3 && back <= i; ++back) {
      if (FaceSize(text, i - back) > back) return true;
    }
    return false;
  }

  // The run of terminal marks from `begin` to `end`.
  bool CountsTerminal(const Chunk& chunk, size_t begin, size_t end) const {
    const std::u32string& text = chunk.text;
    const std::u32string run = text.substr(begin, end - begin);
    if (end >= chunk.content_end) {
      // A sentence ends here, unless it is 5! or e4?
      if (run.find_first_not_of(U"!?") != run.npos || !IsNumber(Before(text, begin))) return false;
      if (has_math_) return true;
      return chunks_.size() == 1 && end == text.size() &&
             std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), IsWord);
    }
    size_t before = begin, after = end;
    while (before > 0 && IsEnclosing(text[before - 1])) --before;
    while (IsEnclosing(text[after])) ++after;
    const bool only_dots = run.find_first_not_of(U'.') == run.npos;
    if (before == 0) return !(only_dots && run.size() > 1 && IsLetter(text[after]));
    if (!IsLetter(text[before - 1]) || !IsLetter(text[after])) return true;
    if (before != begin || after != end) return false;
    if (ReferenceIsWordAlone(text[begin - 1]) || ReferenceIsWordAlone(text[end])) return false;
    return run == U"." || run.find_first_not_of(U':') == run.npos;
  }

  static bool CountsDash(const std::u32string& text, size_t begin, size_t end) {
    const char32_t before = Before(text, begin), after = At(text, end);
    if (IsSymbol(after)) return true;
    if (IsNumber(after)) return !IsLetter(before);
    if (IsLetter(after)) {
      if (IsWord(before)) return false;
      if (IsSymbol(before) || IsTerminal(before)) return true;
      return !IsWord(At(text, end + 1)) || text.substr(begin, end - begin) == U"--";
    }
    if (IsSymbol(before)) return true;
    const bool is_hyphen = text[begin] == U'-' || text[begin] == U'\u2010';
    if (!IsWord(before) || !is_hyphen) return false;
    if (IsNumber(before)) return true;
    size_t word = 0;
    while (word < begin && word <= 2 && IsWord(text[begin - 1 - word])) ++word;
    return word <= 2;
  }

  size_t NumEarlier(size_t k, size_t i, char32_t quote) const {
    size_t num = 0;
    for (size_t before = 0; before < k; ++before) {
      const std::u32string& text = chunks_[before].text;
      num += static_cast<size_t>(std::count(text.begin(), text.end(), quote));
    }
    const std::u32string& text = chunks_[k].text;
    return num + static_cast<size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i), quote));
  }

  CompareBy by_;
  std::vector<Chunk> chunks_;
  bool has_math_ = false, has_operator_ = false;
};

}  // namespace

bool ReferenceIsOfWord(char32_t c) { return c != kReferenceIgnored && IsWord(c); }

// By the Script property, not by Script_Extensions.
bool ReferenceIsWithoutSpaces(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
  }
}

bool ReferenceIsWordAlone(char32_t c) {
  return IsLost(c) || (ReferenceIsOfWord(c) && !IsPower(c) && ReferenceIsWithoutSpaces(c));
}

bool ReferenceIsBlank(char32_t c) {
  return !IsWord(c) && IsIn(c, ~(U_GC_P_MASK | U_GC_S_MASK | U_GC_CN_MASK | U_GC_CO_MASK));
}

std::u32string ReferenceShortForm(const std::u32string& normal, CompareBy by) { return ShortRecord(normal, by).Form(); }

}  // namespace unecho
