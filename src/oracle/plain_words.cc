#include "oracle/plain_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <map>
#include <utility>

#include "oracle/short_form.h"
#include "text/html_entities.h"
#include "text/icu_text.h"

namespace unecho::plain {

const Set& StopWords() {
  static const Set* const kWords =
      new Set{"a",   "an",  "and", "as",  "at", "by", "for", "from", "in",  "of", "on", "or", "the", "to", "with",
              "der", "die", "das", "und", "le", "la", "les", "de",   "des", "du", "et", "el", "los", "y",  "en"};
  return *kWords;
}

const Set& FormWords() {
  static const Set* const kWords =
      new Set{"panel",      "tutorial", "abstract", "abstracts",     "extended", "only",        "paper",
              "experience", "session",  "poster",   "demonstration", "demo",     "description", "summary",
              "keynote",    "talk",     "invited",  "presentation",  "review",   "letter",      "editorial",
              "article",    "note",     "meeting",  "author",        "authors",  "transl",      "translation",
              "full",       "text",     "short",    "long",          "version",  "industrial"};
  return *kWords;
}

const Set& RecurringWords() {
  static const Set* const kWords =
      new Set{"editorial", "editorials", "letter",      "letters",      "correspondence", "introduction", "preface",
              "foreword",  "abstract",   "abstracts",   "review",       "reviews",        "book",         "books",
              "news",      "correction", "corrections", "erratum",      "errata",         "corrigendum",  "reply",
              "comment",   "comments",   "commentary",  "response",     "author",         "authors",      "editor",
              "editors",   "guest",      "message",     "chair",        "chairs",         "note",         "notes",
              "panel",     "index",      "contents",    "announcement", "announcements",  "untitled",     "meeting",
              "report",    "reports",    "obituary",    "interview",    "program",        "committee",    "special",
              "issue",     "column",     "section",     "poster",       "session",        "sessions",     "tutorial",
              "keynote",   "address",    "summary",     "highlights",   "conference",     "proceedings",  "annual"};
  return *kWords;
}

const Set& OtherWorkWords() {
  static const Set* const kWords =
      new Set{"vivo", "vitro", "protocol", "update", "updated", "revisited", "part", "supplement", "appendix"};
  return *kWords;
}

// A number behind one of these may be a single Roman letter.
const Set& CountedWords() {
  static const Set* const kWords = new Set{"part",   "type",  "phase", "chapter", "volume", "stage",  "class",
                                           "factor", "grade", "level", "session", "book",   "number", "no"};
  return *kWords;
}

// A letter is a byte that does not continue another, with those that continue it.
Strings LettersOf(const std::string& word) {
  Strings letters;
  for (const char c : word) {
    if (letters.empty() || !IsContinuing(c)) letters.emplace_back();
    letters.back() += c;
  }
  return letters;
}
size_t NumLetters(const std::string& word) { return LettersOf(word).size(); }

bool IsSignAlone(const std::string& word) {
  if (NumLetters(word) != 1) return false;
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(word);
  return text.countChar32() == 1 && text.char32At(0) != 0xfffd &&
         ReferenceIsWithoutSpaces(static_cast<char32_t>(text.char32At(0)));
}

std::string Trim(const std::string& text, const std::string& signs) {
  const size_t begin = text.find_first_not_of(signs);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(signs) - begin + 1);
}

std::string Join(const Strings& words, const std::string& between) {
  std::string joined;
  for (size_t i = 0; i < words.size(); ++i) joined += (i == 0 ? "" : between) + words[i];
  return joined;
}
std::string Join(const Set& words) { return Join(Strings(words.begin(), words.end())); }

std::string Replaced(const std::string& text, const std::string& what, const std::string& by) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const bool is_here = text.compare(at, what.size(), what) == 0;
    out += is_here ? by : text.substr(at, 1);
    at += is_here ? what.size() : 1;
  }
  return out;
}

Strings SplitAt(const std::string& text, const std::string& mark) {
  Strings parts;
  size_t begin = 0;
  for (size_t at; (at = text.find(mark, begin)) != std::string::npos; begin = at + mark.size())
    parts.push_back(text.substr(begin, at - begin));
  parts.push_back(text.substr(begin));
  return parts;
}

namespace {

// Bytes of the tag at the beginning; 0: there is none.
size_t TagBytes(const std::string& text) {
  constexpr size_t kMost = 40;  // behind the first letter
  const size_t name = text.size() > 1 && text[1] == '/' ? 2 : 1;
  if (name >= text.size() || text[0] != '<' || !IsLetter(text[name])) return 0;
  const size_t end = text.find_first_of("<>", name);
  return end == std::string::npos || text[end] == '<' || end - name - 1 > kMost ? 0 : end + 1;
}

// Bytes of a command of TeX at the beginning: a backslash, letters, and the blanks behind them.
size_t CommandBytes(const std::string& text) {
  size_t at = 1;
  while (at < text.size() && IsLetter(text[at])) ++at;
  while (at > 1 && at < text.size() && IsSpace(text[at]) && text[at] != '\f') ++at;
  return at;
}

std::string WithoutMarkup(const std::string& text) {
  const bool is_tex = text.find_first_of("\\{") != std::string::npos;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const std::string next = text.substr(at, 200);
    if (const size_t tag = TagBytes(next); tag > 0) {
      at += tag;
    } else if (is_tex && next[0] == '\\') {
      at += CommandBytes(text.substr(at));
    } else {
      if (!is_tex || std::string("{}$").find(next[0]) == std::string::npos) out += next[0];
      ++at;
    }
  }
  return out;
}

std::string NameOfLetter(UChar32 c) {
  static const auto* const kNames = new std::map<UChar32, std::string>{
      {U'α', "alpha"}, {U'β', "beta"},  {U'γ', "gamma"},   {U'δ', "delta"}, {U'ε', "epsilon"}, {U'ζ', "zeta"},
      {U'η', "eta"},   {U'θ', "theta"}, {U'ι', "iota"},    {U'κ', "kappa"}, {U'λ', "lambda"},  {U'μ', "mu"},
      {U'ν', "nu"},    {U'ξ', "xi"},    {U'ο', "omicron"}, {U'π', "pi"},    {U'ρ', "rho"},     {U'σ', "sigma"},
      {U'ς', "sigma"}, {U'τ', "tau"},   {U'υ', "upsilon"}, {U'φ', "phi"},   {U'χ', "chi"},     {U'ψ', "psi"},
      {U'ω', "omega"}, {U'æ', "ae"},    {U'œ', "oe"},      {U'ø', "o"},     {U'ł', "l"},       {U'đ', "d"},
      {U'ı', "i"},     {U'þ', "th"},    {U'ð', "d"}};
  const auto found = kNames->find(c);
  return found == kNames->end() ? "" : found->second;
}

// A code point that is normalised and has lost its accents.
std::string PlainSignOf(UChar32 c) {
  std::string utf8;
  icu::UnicodeString(c).toUTF8String(utf8);
  if (c < 0x20) return " ";
  if (c == '`') return "'";
  if (c < 0x80) return utf8;
  if (const std::string name = NameOfLetter(c); !name.empty()) return name;
  if (c == U'’' || c == U'‘' || c == U'ʼ') return "'";
  const uint32_t category = U_GET_GC_MASK(c);
  if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) return std::string(1, static_cast<char>('0' + u_charDigitValue(c)));
  if ((category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0)
    return ReferenceIsWithoutSpaces(static_cast<char32_t>(c)) ? " " + utf8 + " " : utf8;
  return (category & U_GC_PD_MASK) != 0 || c == U'−' ? "-" : " ";
}

// Of well-formed text.
std::string PlainOfStretch(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString points = IcuText(text);
  points.findAndReplace(icu::UnicodeString(UChar32{U'´'}), icu::UnicodeString(UChar32{'\''}));
  points = Normalized(*icu::Normalizer2::getNFKCCasefoldInstance(error), points);
  points = Normalized(*icu::Normalizer2::getNFKDInstance(error), points);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < points.length(); i = points.moveIndex32(i, 1)) {
    const UChar32 c = points.char32At(i);
    UErrorCode ignored = U_ZERO_ERROR;
    const bool is_mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (is_mark && (u_hasBinaryProperty(c, UCHAR_DIACRITIC) || uscript_getScript(c, &ignored) == USCRIPT_INHERITED))
      continue;
    kept.append(c);
  }
  kept = Normalized(*icu::Normalizer2::getNFCInstance(error), kept);
  std::string out;
  for (int32_t i = 0; i < kept.length(); i = kept.moveIndex32(i, 1)) out += PlainSignOf(kept.char32At(i));
  return out;
}

}  // namespace

// Lower case, no accents, no mark-up. A malformed sequence of bytes is a letter that nobody knows.
std::string Plain(const std::string& value) {
  std::string text = value;
  if (std::string decoded; DecodeHtmlEntities(value, decoded) > 0) text = decoded;
  text = WithoutMarkup(text);
  std::string out, stretch;
  const auto* const bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    const std::string sequence = text.substr(static_cast<size_t>(begin), static_cast<size_t>(at - begin));
    if (c >= 0) {
      stretch += sequence;
      continue;
    }
    out += PlainOfStretch(stretch) + sequence;
    stretch.clear();
  }
  return out + PlainOfStretch(stretch);
}

Strings WordsOf(const std::string& plain) {
  Strings words;
  bool is_open = false;
  for (size_t at = 0; at < plain.size(); ++at) {
    if (IsOfWord(plain[at])) {
      if (!is_open) words.emplace_back();
      words.back() += plain[at];
      is_open = true;
    } else if (!(is_open && plain[at] == '\'' && at + 1 < plain.size() && IsOfWord(plain[at + 1]))) {
      is_open = false;
    }
  }
  return words;
}

}  // namespace unecho::plain
