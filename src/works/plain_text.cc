#include "works/plain_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/characters.h"
#include "text/html_entities.h"
#include "text/unicode_table.h"

namespace unecho {
namespace {

constexpr size_t kMostTagBytes = 40;

// Bytes of the tag that begins here, 0 if none does.
size_t TagSize(std::string_view text) {
  size_t at = 1;
  if (at < text.size() && text[at] == '/') ++at;
  if (at >= text.size() || !IsAlpha(text[at])) return 0;
  const size_t end = text.substr(0, at + 1 + kMostTagBytes + 1).find_first_of("<>", at);
  return end == text.npos || text[end] == '<' ? 0 : end + 1;
}

// Without tags and what TeX says beside letters.
void DropMarkup(std::string_view text, std::string& out) {
  const bool is_tex = text.find_first_of("\\{") != text.npos;
  out.clear();
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '<') {
      if (const size_t size = TagSize(text.substr(at)); size > 0) {
        at += size;
        continue;
      }
    }
    if (is_tex && (c == '{' || c == '}' || c == '$')) {
      ++at;
    } else if (is_tex && c == '\\') {
      ++at;
      if (at < text.size() && IsAlpha(text[at])) {
        while (at < text.size() && IsAlpha(text[at])) ++at;
        while (at < text.size() && IsBlank(text[at])) ++at;
      }
    } else {
      out += c;
      ++at;
    }
  }
}

// What stands for a letter that casefolding and NFKD leave as one.
std::string_view NameOf(char32_t c) {
  static constexpr std::pair<char32_t, std::string_view> kNames[] = {
      {U'æ', "ae"},      {U'ð', "d"},     {U'ø', "o"},     {U'þ', "th"},    {U'đ', "d"},       {U'ı', "i"},
      {U'ł', "l"},       {U'œ', "oe"},    {U'α', "alpha"}, {U'β', "beta"},  {U'γ', "gamma"},   {U'δ', "delta"},
      {U'ε', "epsilon"}, {U'ζ', "zeta"},  {U'η', "eta"},   {U'θ', "theta"}, {U'ι', "iota"},    {U'κ', "kappa"},
      {U'λ', "lambda"},  {U'μ', "mu"},    {U'ν', "nu"},    {U'ξ', "xi"},    {U'ο', "omicron"}, {U'π', "pi"},
      {U'ρ', "rho"},     {U'ς', "sigma"}, {U'σ', "sigma"}, {U'τ', "tau"},   {U'υ', "upsilon"}, {U'φ', "phi"},
      {U'χ', "chi"},     {U'ψ', "psi"},   {U'ω', "omega"}};
  const auto* const found = std::ranges::lower_bound(kNames, c, {}, &std::pair<char32_t, std::string_view>::first);
  return found != std::end(kNames) && found->first == c ? found->second : std::string_view();
}

char PlainAscii(char c) { return c < ' ' ? ' ' : c == '`' ? '\'' : IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

void AppendPoint(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += PlainAscii(static_cast<char>(c));
    return;
  }
  if (const std::string_view name = NameOf(c); !name.empty()) {
    out += name;
    return;
  }
  if (IsMalformed(c)) return AppendUtf8Of(c, out);  // a letter that nobody knows
  if (c == U'’' || c == U'‘' || c == U'ʼ') {
    out += '\'';
    return;
  }
  const auto point = static_cast<UChar32>(c);
  if (u_charType(point) == U_DECIMAL_DIGIT_NUMBER) {
    out += static_cast<char>('0' + u_charDigitValue(point));
    return;
  }
  const auto category = U_MASK(u_charType(point));
  if ((category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0) {
    const bool is_alone = IsOfScriptWithoutSpaces(c);
    if (is_alone) out += ' ';
    AppendUtf8Of(c, out);
    if (is_alone) out += ' ';
  } else {
    out += (category & U_GC_PD_MASK) != 0 || c == U'−' ? '-' : ' ';
  }
}

}  // namespace

void PlainText::Read(std::string_view text, std::string& out) {
  out.clear();
  if (text.find('&') != text.npos && DecodeHtmlEntities(text, decoded_) > 0) text = decoded_;
  if (text.find_first_of("<\\{") != text.npos) {
    DropMarkup(text, without_markup_);
    text = without_markup_;
  }
  // ASCII joins nothing before it, so only what is beyond it, and the character in front of that, has to be normalised.
  const auto is_ascii = [](char c) { return static_cast<signed char>(c) >= 0; };
  for (auto at = text.begin(); at != text.end();) {
    const auto high = std::find_if_not(at, text.end(), is_ascii);
    const auto begin = high == at || high == text.end() ? high : high - 1;
    std::transform(at, begin, std::back_inserter(out), PlainAscii);
    at = std::find_if(high, text.end(), is_ascii);
    if (begin != at) AppendNormal({begin, at}, out);
  }
}

void PlainText::AppendNormal(std::string_view text, std::string& out) {
  points_.clear();
  AppendAsWritten(text, points_);
  std::ranges::replace(points_, U'´', U'\'');  // which would be a blank with an accent
  normal_.Normalise(points_);
  DropDiacritics(points_);
  for (const char32_t c : points_) AppendPoint(c, out);
}

bool IsCharacterAlone(std::string_view word) {
  if (word.size() < 3 || static_cast<signed char>(word.front()) >= 0) return false;
  UChar32 c = 0;
  int32_t size = 0;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(word.data());
  U8_NEXT(bytes, size, static_cast<int32_t>(word.size()), c);
  return c > 0 && static_cast<size_t>(size) == word.size() && IsOfScriptWithoutSpaces(static_cast<char32_t>(c));
}

void AppendPlainWords(std::string_view plain, std::string& buffer, std::vector<std::string_view>& words) {
  if (plain.find('\'') != plain.npos) {
    buffer.clear();
    for (size_t at = 0; at < plain.size(); ++at) {
      const bool is_inside = plain[at] == '\'' && !buffer.empty() && IsOfPlainWord(buffer.back()) &&
                             at + 1 < plain.size() && IsOfPlainWord(plain[at + 1]);
      if (!is_inside) buffer += plain[at];
    }
    plain = buffer;
  }
  for (size_t at = 0; at < plain.size();) {
    if (!IsOfPlainWord(plain[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    while (at < plain.size() && IsOfPlainWord(plain[at])) ++at;
    words.push_back(plain.substr(begin, at - begin));
  }
}

bool IsAscii(std::string_view word) {
  unsigned char all = 0;
  for (const char c : word) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

size_t NumLetters(std::string_view word) {
  size_t letters = !word.empty() && IsContinuation(word.front()) ? 1 : 0;
  for (const char c : word) letters += IsContinuation(c) ? 0 : 1;
  return letters;
}

std::string_view FirstLetter(std::string_view word) {
  size_t size = 1;
  while (size < word.size() && IsContinuation(word[size])) ++size;
  return word.substr(0, size);
}

void SetLetters(std::string_view word, std::vector<std::string_view>& letters) {
  letters.clear();
  while (!word.empty()) {
    letters.push_back(FirstLetter(word));
    word.remove_prefix(letters.back().size());
  }
}

}  // namespace unecho
