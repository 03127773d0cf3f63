#include "match/compared_tokens.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "match/short_form.h"
#include "text/characters.h"
#include "text/markup.h"

namespace unecho {
namespace {

bool IsWhiteSpace(char32_t c) {
  if (c < 0x80) return IsSpace(static_cast<char>(c));
  return c < kMalformedText && u_isUWhiteSpace(static_cast<UChar32>(c));
}
bool IsPunctuation(char32_t c) {
  return c < kMalformedText && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}
bool IsDecimal(char32_t c) {
  return IsProtected(c) || (c < kMalformedText && u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER);
}
bool IsLineEnd(char32_t c) { return c == '\n' || c == '\r'; }

void EndToken(size_t begin, TokenList& out) {
  if (out.bytes.size() > begin) out.ends.push_back(out.bytes.size());
}

}  // namespace

void ComparedTokens::Add(const Comparison& comparison, std::string_view piece, TokenList& out) {
  comparison_ = comparison;
  if (comparison.markup) {
    plain_.clear();
    AppendWithoutMarkup(piece, plain_);
    piece = plain_;
  }
  written_.clear();
  AppendAsWritten(piece, written_);
  normal_ = written_;
  Normalise(normal_);
  compared_ = normal_;
  if (comparison.numbers) HideNumbers(compared_);
  switch (comparison.by) {
    case CompareBy::kWords:
    case CompareBy::kWorks:
    case CompareBy::kCharacters: return AddWords(out);
    case CompareBy::kText: return AddRuns(out);
    case CompareBy::kCode: return AddCode(out);
  }
}

void ComparedTokens::Normalise(std::u32string& text) {
  if (comparison_.IsNormalised()) {
    text_.Normalise(text);
  } else if (comparison_.letter_case) {
    FoldCase(text);
  }
  if (comparison_.diacritics) DropDiacritics(text);
}

// Numbers: words of which all code points are digits. In what is compared as it is written, '_' belongs to words.
void ComparedTokens::HideNumbers(std::u32string& text) const {
  const auto goes_on = [this](char32_t c) {
    return !IsWordAlone(c) && (IsOfWord(c) || (c == '_' && !comparison_.IsNormalised()));
  };
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + 1;
    if (goes_on(text[begin])) {
      while (end < text.size() && goes_on(text[end])) ++end;
      const auto first = text.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = text.begin() + static_cast<std::ptrdiff_t>(end);
      if (std::all_of(first, last, IsDecimal)) std::fill(first, last, kIgnoredNumber);
    }
    begin = end;
  }
}

bool ComparedTokens::IsLeftOut(char32_t c) const {
  return c == kIgnoredNumber || (comparison_.punctuation && IsPunctuation(c));
}

void ComparedTokens::AddWords(TokenList& out) const {
  size_t begin = out.bytes.size();
  const auto end_word = [&] {
    EndToken(begin, out);
    begin = out.bytes.size();
  };
  for (const char32_t c : compared_) {
    const bool is_of_word = c != kIgnoredNumber && IsOfWord(c);
    const bool is_alone = is_of_word && (comparison_.by == CompareBy::kCharacters || IsWordAlone(c));
    if (!is_of_word || is_alone) end_word();
    if (!is_of_word) continue;
    AppendUtf8Of(c, out.bytes);
    if (is_alone) end_word();
  }
  end_word();
}

void ComparedTokens::AddRuns(TokenList& out) const {
  size_t begin = out.bytes.size();
  for (const char32_t c : compared_) {
    if (IsWhiteSpace(c)) {
      EndToken(begin, out);
      begin = out.bytes.size();
    } else if (!IsLeftOut(c)) {
      AppendUtf8Of(c, out.bytes);
    }
  }
  EndToken(begin, out);
}

void ComparedTokens::AddCode(TokenList& out) const {
  bool line_begins = true;
  std::u32string indentation;
  for (size_t i = 0; i < compared_.size();) {
    const char32_t c = compared_[i];
    if (IsLineEnd(c)) {
      line_begins = true;
      indentation.clear();
      ++i;
      continue;
    }
    if (IsWhiteSpace(c)) {
      if (line_begins) indentation += c;
      ++i;
      continue;
    }
    const auto is_of_name = [](char32_t each) { return each == '_' || (each != kIgnoredNumber && IsOfWord(each)); };
    size_t end = i + 1;
    if (is_of_name(c)) {
      while (end < compared_.size() && is_of_name(compared_[end])) ++end;
    } else if (IsLeftOut(c)) {
      i = end;
      continue;
    }
    size_t begin = out.bytes.size();
    if (line_begins) {
      out.bytes += '\n';
      for (const char32_t blank : indentation) AppendUtf8Of(blank, out.bytes);
      EndToken(begin, out);
      begin = out.bytes.size();
      line_begins = false;
    }
    for (; i < end; ++i) AppendUtf8Of(compared_[i], out.bytes);
    EndToken(begin, out);
  }
}

void ComparedTokens::AppendForShortForm(std::u32string& out) {
  std::u32string text = written_;
  ProtectPowers(text);
  Normalise(text);
  if (comparison_.numbers) HideNumbers(text);
  out += text;
}

void ComparedTokens::AppendSigns(std::string& out) const {
  for (const char32_t c : normal_) {
    const bool is_blank = comparison_.IsNormalised() ? IsBlankCharacter(c) : IsWhiteSpace(c);
    if (!is_blank) AppendUtf8Of(c, out);
  }
}

}  // namespace unecho
