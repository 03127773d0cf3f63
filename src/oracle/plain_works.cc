#include "oracle/plain_works.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "base/hash.h"
#include "oracle/short_form.h"
#include "text/html_entities.h"

namespace unecho {
namespace {

using Strings = std::vector<std::string>;
using Set = std::set<std::string>;

// --- bounds ----------------------------------------------------------------------------------------------------------

// Bytes of a value that are looked at, words of a title, persons, words of a name, containers, words of an abstract.
constexpr size_t kValueBytes = 1000, kTitleBytes = 4000, kAuthorBytes = 4000, kAbstractBytes = 10000;
constexpr size_t kTitleWords = 64, kPersons = 50, kNameWords = 10, kContainers = 4, kAbstractWords = 500;

// --- words of the rule -----------------------------------------------------------------------------------------------

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

// --- signs -----------------------------------------------------------------------------------------------------------

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool IsContinuing(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsOfWord(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || IsHigh(c); }
// Where the patterns of titles say "a word ends here".
bool IsOfAsciiWord(char c) { return IsDigit(c) || IsLetter(c) || c == '_'; }
bool AreDigits(const std::string& word) { return !word.empty() && std::all_of(word.begin(), word.end(), IsDigit); }

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

std::string Join(const Strings& words, const std::string& between = " ") {
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

// --- plain text ------------------------------------------------------------------------------------------------------

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
  icu::UnicodeString points = icu::UnicodeString::fromUTF8(text);
  points.findAndReplace(icu::UnicodeString(UChar32{U'´'}), icu::UnicodeString(UChar32{'\''}));
  points = icu::Normalizer2::getNFKCCasefoldInstance(error)->normalize(points, error);
  points = icu::Normalizer2::getNFKDInstance(error)->normalize(points, error);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < points.length(); i = points.moveIndex32(i, 1)) {
    const UChar32 c = points.char32At(i);
    UErrorCode ignored = U_ZERO_ERROR;
    const bool is_mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (is_mark && (u_hasBinaryProperty(c, UCHAR_DIACRITIC) || uscript_getScript(c, &ignored) == USCRIPT_INHERITED))
      continue;
    kept.append(c);
  }
  kept = icu::Normalizer2::getNFCInstance(error)->normalize(kept, error);
  std::string out;
  for (int32_t i = 0; i < kept.length(); i = kept.moveIndex32(i, 1)) out += PlainSignOf(kept.char32At(i));
  return out;
}

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

// --- titles ----------------------------------------------------------------------------------------------------------

bool AreFormWords(const std::string& plain) {
  const Strings words = WordsOf(plain);
  return std::all_of(words.begin(), words.end(), [](const std::string& word) { return FormWords().count(word) > 0; });
}

bool HasTwoWords(const std::string& text) {
  size_t words = 0;
  for (size_t i = 0; i < text.size() && words < 2; ++i)
    words += IsOfWord(text[i]) && (i == 0 || !IsOfWord(text[i - 1])) ? 1 : 0;
  return words == 2;
}

size_t OpeningBracket(const std::string& text) {
  if (text.empty() || (text.back() != ']' && text.back() != ')')) return std::string::npos;
  const char close = text.back(), open = close == ']' ? '[' : '(';
  int depth = 0;
  for (size_t at = text.size(); at-- > 0;) {
    if (text[at] == close) ++depth;
    if (text[at] == open) --depth;
    if (depth == 0) return at;
  }
  return std::string::npos;
}

bool WordBeginsAt(const std::string& text, size_t at) { return at == 0 || !IsOfAsciiWord(text[at - 1]); }
bool WordEndsAt(const std::string& text, size_t at) { return at >= text.size() || !IsOfAsciiWord(text[at]); }

// "vol 360, pg 542", "(2009)"
bool Cites(const std::string& remark) {
  for (size_t at = 0; (at = remark.find("vol", at)) != std::string::npos; ++at) {
    if (!WordBeginsAt(remark, at)) continue;
    size_t digit = at + 3;
    if (digit < remark.size() && remark[digit] == '.') ++digit;
    if (digit < remark.size() && remark[digit] == ' ') ++digit;
    if (digit >= remark.size() || !IsDigit(remark[digit])) continue;
    for (size_t word = digit + 1; word < remark.size(); ++word) {
      if (!WordBeginsAt(remark, word)) continue;
      for (const std::string page : {"p", "pp", "pg", "page"}) {
        if (remark.compare(word, page.size(), page) == 0 && WordEndsAt(remark, word + page.size())) return true;
      }
    }
    break;  // what is behind another "vol" is behind this one, too
  }
  for (size_t at = 0; (at = remark.find('(', at)) != std::string::npos; ++at) {
    const std::string year = remark.substr(at + 1, 4);
    if (AreDigits(year) && year >= "1800" && year <= "2099" && remark.substr(at + 5, 1) == ")") return true;
  }
  return false;
}

// Where "... J Med. 2009 Jan 29;360(5):544-6" begins behind a title, or its end.
size_t BeginOfCitation(const std::string& title) {
  for (size_t dots = 0; (dots = title.find("...", dots)) != std::string::npos; ++dots) {
    size_t at = dots + 3;
    if (at < title.size() && title[at] == ' ') ++at;
    if (at >= title.size() || title[at] == ' ') continue;
    size_t digits = 0;
    for (++at; at < title.size() && digits < 4; ++at) digits = IsDigit(title[at]) ? digits + 1 : 0;
    if (digits < 4) break;
    while (at + 1 < title.size() && !(title[at] == ';' && IsDigit(title[at + 1]))) ++at;
    if (at + 1 < title.size() && title.find(':', at + 2) != std::string::npos) return dots;
    break;
  }
  return title.size();
}

bool EndsInOneOf(const std::string& title, const Strings& ends) {
  return std::any_of(ends.begin(), ends.end(), [&title](const std::string& end) {
    return title.size() >= end.size() && title.compare(title.size() - end.size(), end.size(), end) == 0 &&
           WordBeginsAt(title, title.size() - end.size());
  });
}

// With a whole word, or, where it ends in '*', with more of it.
bool BeginsWithOneOf(const std::string& title, const Strings& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&title](const std::string& each) {
    const bool any_end = each.back() == '*';
    const std::string begin = any_end ? each.substr(0, each.size() - 1) : each;
    return title.compare(0, begin.size(), begin) == 0 && (any_end || WordEndsAt(title, begin.size()));
  });
}

bool BeginsAsErratum(std::string title) {
  for (const std::string who : {"publisher's ", "publisher' ", "publishers ", "publisher ", "author's ", "author' ",
                                "authors ", "author ", "published "}) {
    if (title.compare(0, who.size(), who) != 0) continue;
    title = title.substr(who.size());
    break;
  }
  size_t word = 0;  // behind the first one
  while (word < title.size() && IsOfAsciiWord(title[word])) ++word;
  const std::string first = title.substr(0, word), rest = title.substr(word);
  const auto has_more_than = [&first](const std::string& stem) {
    return first.size() > stem.size() && first.compare(0, stem.size(), stem) == 0;
  };
  if (first != "erratum" && first != "errata" && first != "correction" && first != "corrections" &&
      !has_more_than("corrigend") && !has_more_than("addend"))
    return false;
  if (rest.empty()) return true;
  for (const std::string next : {" to", " of", ":", ".", "-", " for", " in"}) {
    if (rest.compare(0, next.size(), next) == 0) return true;
  }
  return false;
}

std::string KindOf(const std::string& title) {
  if (BeginsAsErratum(title) || EndsInOneOf(title, {"erratum", "corrigendum"})) return "erratum";
  if (BeginsWithOneOf(title, {"retraction", "retracted", "withdrawn", "expression of concern"}) ||
      EndsInOneOf(title, {"retraction", "retracted article", "withdrawn"}))
    return "retraction";
  if (BeginsWithOneOf(title, {"reply",
                              "in reply",
                              "in response",
                              "response to",
                              "author reply",
                              "authors reply",
                              "author's reply",
                              "authors' reply",
                              "author's' reply",
                              "author' reply",
                              "author response",
                              "authors response",
                              "author's response",
                              "authors' response",
                              "author's' response",
                              "author' response",
                              "author reply*",
                              "authors reply*",
                              "the author reply*",
                              "the authors reply*",
                              "author respond*",
                              "authors respond*",
                              "the author respond*",
                              "the authors respond*"}) ||
      EndsInOneOf(title, {"reply", "author response", "authors response", "author's response", "authors' response",
                          "author's' response", "author' response", "the response"}))
    return "reply";
  if (BeginsWithOneOf(title, {"re:*", "re *", "comment on", "comment to", "comments on", "comments to", "commentary on",
                              "commentary to", "letter to", "letter re", "invited comment*"}) ||
      EndsInOneOf(title, {"comment", "commentary", "invited commentary"}))
    return "comment";
  if (BeginsWithOneOf(title, {"book review", "book reviews", "review of"}) ||
      EndsInOneOf(title, {"book review", "book reviews"}))
    return "book review";
  return "";
}

// Without what databases add to it; `kind` is what it says that it is.
std::string TitleAndKind(const std::string& plain, std::string& kind) {
  const std::string kEnds = " .";
  std::string title = Trim(plain, kEnds);
  bool cites = false;
  while (!title.empty()) {
    size_t begin = OpeningBracket(title);
    const size_t last = title.rfind('[');
    if (last != std::string::npos && last > 0 && title.find(']', last) == std::string::npos) begin = last;
    if (begin == std::string::npos || !HasTwoWords(title.substr(0, begin))) break;
    const std::string remark = title.substr(begin);
    if (remark[0] == '(' && !AreFormWords(remark)) {
      if (!Cites(remark.substr(1))) break;
      cites = true;
    }
    title = Trim(title.substr(0, begin), kEnds);
  }
  title = title.substr(0, BeginOfCitation(title));
  size_t head = 0;
  while (head < title.size() && ((title[head] >= 'a' && title[head] <= 'z') || title[head] == ' ')) ++head;
  if (head > 0 && title.substr(head, 2) == ": " && AreFormWords(title.substr(0, head))) title = title.substr(head + 1);
  std::string rest;
  for (size_t at = 0; at < title.size(); ++at) {
    const size_t next = title.find_first_of("()", at + 1);
    if (title[at] == '(' && next != std::string::npos && title[next] == ')' &&
        AreFormWords(title.substr(at, next - at))) {
      rest += ' ';
      at = next;
    } else {
      rest += title[at];
    }
  }
  title = Trim(rest, kEnds);
  if (title.size() > 1 && title.front() == '[' && title.back() == ']')
    title = Trim(title.substr(1, title.size() - 2), kEnds);
  kind = KindOf(title);
  if (kind.empty() && cites) kind = "erratum";
  return title;
}

std::string InDigits(const std::string& word, const std::string& before) {
  static const auto* const kNames = new std::vector<Strings>{{"one", "first", "i"},
                                                             {"two", "second", "ii"},
                                                             {"three", "third", "iii"},
                                                             {"four", "fourth", "iv"},
                                                             {"five", "fifth", "v"},
                                                             {"six", "sixth", "vi"},
                                                             {"seven", "seventh", "vii"},
                                                             {"eight", "eighth", "viii"},
                                                             {"nine", "ninth", "ix"},
                                                             {"ten", "tenth", "x"},
                                                             {"xi"},
                                                             {"xii"}};
  for (size_t n = 0; n < kNames->size(); ++n) {
    for (const std::string& name : (*kNames)[n]) {
      if (name == word && (name.size() > 1 || CountedWords().count(before) > 0)) return std::to_string(n + 1);
    }
  }
  size_t digits = 0;
  while (digits < word.size() && IsDigit(word[digits])) ++digits;
  const std::string end = word.substr(digits);
  if (digits == 0 || !(end.empty() || end == "st" || end == "nd" || end == "rd" || end == "th")) return word;
  std::string number = word.substr(0, digits);
  while (number.size() > 1 && number[0] == '0') number.erase(0, 1);
  return number;
}

Strings TitleWords(const std::string& title) {
  Strings said;
  for (const std::string& each : WordsOf(title)) {
    if (said.size() >= kTitleWords) break;
    const std::string word = Replaced(Replaced(each, "ae", "e"), "oe", "e");
    if (word == "invivo" || word == "invitro") {
      said.push_back("in");
      said.push_back(word.substr(2));
    } else {
      said.push_back(InDigits(word, said.empty() ? "" : said.back()));
    }
  }
  Strings words;
  for (const std::string& word : said) {
    if (StopWords().count(word) == 0) words.push_back(word);
  }
  return words;
}

// --- the other fields ------------------------------------------------------------------------------------------------

std::string FoldedName(const std::string& word) {
  return Replaced(Replaced(Replaced(word, "ae", "e"), "oe", "e"), "ue", "e");
}

bool IsName(const std::string& word) { return NumLetters(word) > 1 || IsSignAlone(word); }

bool PersonOf(const std::string& text, PlainPerson& person) {
  std::string name = Trim(text, " ");
  for (const std::string others : {"et al", "et al."}) {
    if (name.size() >= others.size() && name.compare(name.size() - others.size(), others.size(), others) == 0 &&
        (name.size() == others.size() || !IsOfWord(name[name.size() - others.size() - 1]))) {
      name = Trim(name.substr(0, name.size() - others.size()), " ");
      break;
    }
  }
  Strings words = WordsOf(name);
  const std::string all = Join(words);
  if (words.empty() || words[0] == "anonymous" || all == "no author listed" || all == "no authors listed" ||
      all == "na" || all == "n a")
    return false;
  const auto bounded = [](Strings some) {
    some.resize(std::min(some.size(), kNameWords));
    return some;
  };
  const size_t comma = name.find(',');
  Strings family = bounded(WordsOf(name.substr(0, comma)));
  if (comma == std::string::npos) {
    while (family.size() > 1 && NumLetters(family.back()) <= 2) family.pop_back();
    if (family.size() > 1) family = {family.back()};
  }
  person = {};
  for (const std::string& word : family) {
    if (IsName(word)) person.family.insert(FoldedName(word));
  }
  for (const std::string& word : bounded(words)) {
    if (IsName(word)) person.every.insert(FoldedName(word));
  }
  if (person.every.empty()) return false;
  if (person.family.empty()) person.family = person.every;
  for (const std::string& word : bounded(comma == std::string::npos ? words : WordsOf(name.substr(comma + 1)))) {
    if (person.family.count(FoldedName(word)) == 0) person.initials.insert(LettersOf(word)[0]);
  }
  return true;
}

// "Zuber J,": a word, and one letter or two.
bool BeginsWithInitials(const std::string& names) {
  std::string text;
  for (const char c : names) {
    if (c != '.') text += c;
  }
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  const size_t blank = text.find(' ');
  if (blank == std::string::npos) return false;
  size_t at = blank + 1;
  while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
  const size_t letters = at - blank - 1;
  return letters >= 1 && letters <= 2 && at < text.size() && text[at] == ',';
}

// At ';', '|', and at "and" and "&" that stand alone.
Strings NamesIn(const std::string& plain) {
  Strings names = {""};
  for (const std::string& part : SplitAt(Replaced(plain, "|", ";"), ";")) {
    for (const std::string& word : SplitAt(part, " ")) {
      if (word == "and" || word == "&")
        names.emplace_back();
      else
        names.back() += word + " ";
    }
    names.emplace_back();
  }
  Strings single;
  for (const std::string& name : names) {
    const bool is_list = std::count(name.begin(), name.end(), ',') > 1 || BeginsWithInitials(name);
    const Strings parts = is_list ? SplitAt(name, ",") : Strings{name};
    single.insert(single.end(), parts.begin(), parts.end());
  }
  return single;
}

std::vector<PlainPerson> PersonsOf(const Strings& authors) {
  std::vector<PlainPerson> persons;
  for (const std::string& each : authors) {
    if (persons.size() >= kPersons) break;
    for (const std::string& name : NamesIn(Plain(each.substr(0, kAuthorBytes)))) {
      PlainPerson person;
      if (persons.size() < kPersons && PersonOf(name, person)) persons.push_back(person);
    }
  }
  return persons;
}

std::vector<Strings> ContainersOf(const std::string& container) {
  std::string text = Plain(container.substr(0, kValueBytes)), outside;
  for (size_t at = 0; at < text.size(); ++at) {
    const char close = text[at] == '[' ? ']' : text[at] == '(' ? ')' : '\0';
    const size_t end = close == '\0' ? std::string::npos : text.find(close, at);
    outside += end == std::string::npos ? text[at] : ' ';
    if (end != std::string::npos) at = end;
  }
  std::vector<Strings> containers;
  for (const std::string& name : SplitAt(Replaced(outside, "conference:", "|"), "|")) {
    Strings words;
    for (const std::string& word : WordsOf(name)) {
      if (StopWords().count(word) == 0 && !AreDigits(word)) words.push_back(word);
    }
    if (!words.empty() && containers.size() < kContainers) containers.push_back(words);
  }
  return containers;
}

// The runs of digits of a value.
Strings NumbersIn(const std::string& value) {
  Strings numbers;
  for (size_t i = 0; i < value.size(); ++i) {
    if (!IsDigit(value[i])) continue;
    if (i == 0 || !IsDigit(value[i - 1])) numbers.emplace_back();
    numbers.back() += value[i];
  }
  return numbers;
}

std::string WithoutZeros(const std::string& digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

int YearOf(const std::string& value) {
  for (const std::string& number : NumbersIn(value)) {
    if (number.size() == 4 && number >= "1500" && number <= "2099") return std::stoi(number);
  }
  return 0;
}

std::string VolumeOf(const std::string& value) {
  const Strings numbers = NumbersIn(value);
  const bool is_half = std::count(value.begin(), value.end(), '(') != std::count(value.begin(), value.end(), ')');
  return is_half || numbers.empty() || numbers[0].size() > 6 ? "" : WithoutZeros(numbers[0]);
}

std::string DoiOf(const std::string& value) {
  for (size_t begin = 0; (begin = value.find("10.", begin)) != std::string::npos; ++begin) {
    size_t slash = begin + 3;
    while (slash < value.size() && IsDigit(value[slash])) ++slash;
    if (slash - begin - 3 < 4 || slash - begin - 3 > 9 || slash >= value.size() || value[slash] != '/') continue;
    size_t end = slash + 1;
    while (end < value.size() && !IsSpace(value[end]) && value[end] != '"' && value[end] != '<' && value[end] != '>')
      ++end;
    if (end == slash + 1) continue;
    std::string doi = value.substr(begin, end - begin);
    for (char& c : doi) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return doi.substr(0, doi.find_last_not_of(".,;)") + 1);
  }
  return "";
}

std::string PmidOf(const std::string& value) {
  for (const std::string& number : NumbersIn(value)) {
    if (number.size() >= 4) return number;
  }
  return "";
}

std::string IsbnOf(const std::string& value) {
  std::string isbn;
  for (const char c : value) {
    if (IsDigit(c)) isbn += c;
    if (c == 'x' || c == 'X') isbn += 'x';
  }
  return isbn;
}

// "215 p"
bool IsCountOfPages(const std::string& text) {
  if (text.find('-') != std::string::npos) return false;
  std::string left = Trim(text, " ");
  if (!left.empty() && left.back() == '.') left.pop_back();
  for (const std::string word : {"p", "pp", "pages"}) {
    if (left.size() <= word.size() || left.compare(left.size() - word.size(), word.size(), word) != 0) continue;
    const std::string number = Trim(left.substr(0, left.size() - word.size()), " ");
    if (!number.empty() && IsDigit(number.back())) return true;
  }
  return false;
}

void SetPages(const std::string& value, PlainWork& work) {
  std::string text = Trim(Plain(value.substr(0, kValueBytes)), " ");
  if (IsCountOfPages(text)) return;
  for (const std::string head : {"pages", "page", "pp", "p"}) {
    if (text.compare(0, head.size(), head) != 0) continue;
    const size_t end = text.find_first_not_of(". ", head.size());
    if (end == head.size() || end == std::string::npos) continue;
    text = text.substr(end);
    break;
  }
  std::vector<PlainPage> found;
  size_t behind = 0;  // the last page that was found
  for (size_t at = 0; at < text.size();) {
    if (!IsDigit(text[at])) {
      ++at;
      continue;
    }
    size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    const std::string digits = text.substr(begin, at - begin);
    if (begin > behind && text[begin - 1] == ' ') --begin;
    if (begin > behind && text[begin - 1] == '.') --begin;
    const size_t end = begin;
    while (begin > behind && text[begin - 1] >= 'a' && text[begin - 1] <= 'z') --begin;
    found.push_back({text.substr(begin, end - begin), WithoutZeros(digits)});
    behind = at;
  }
  if (found.empty()) return;
  const size_t dash = text.find('-');
  const std::string before = text.substr(0, dash);
  const bool is_supplement = before.compare(0, 5, "suppl") == 0 &&
                             std::all_of(before.begin(), before.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_last =
      dash != std::string::npos && (before.empty() || before == "t" || before == "s" || before == "e" || is_supplement);
  if (found.size() == 1 && is_last) {
    work.last = found[0];
  } else {
    work.first = found[0];
    if (found.size() > 1) {
      work.last = found.back();
      const std::string& first = work.first->digits;
      if (work.last->digits.size() < first.size())
        work.last->digits = first.substr(0, first.size() - work.last->digits.size()) + work.last->digits;
    }
  }
  if (work.first && work.first->digits.empty()) work.first.reset();
  if (work.last && work.last->digits.empty()) work.last.reset();
}

// The low half of a 64-bit hash of the hashes of `size` words.
uint32_t HashOfRun(const Strings& words, size_t begin, size_t size) {
  std::vector<uint64_t> hashes;
  for (size_t i = begin; i < begin + size; ++i) hashes.push_back(Hash64(words[i]));
  return static_cast<uint32_t>(Hash128(hashes.data(), hashes.size() * sizeof(uint64_t)).low);
}

void SetAbstract(const std::string& abstract, PlainWork& work) {
  constexpr size_t kFewWords = 20, kShingle = 3, kRun = 8, kMostRuns = 8;
  Strings words = WordsOf(Plain(abstract.substr(0, kAbstractBytes)));
  if (words.size() < kFewWords) return;
  words.resize(std::min(words.size(), kAbstractWords));
  for (size_t i = 0; i + kShingle <= words.size(); ++i) work.shingles.insert(HashOfRun(words, i, kShingle));
  for (size_t i = 0; i + kRun <= words.size(); ++i) work.runs.insert(HashOfRun(words, i, kRun));
  while (work.runs.size() > kMostRuns) work.runs.erase(std::prev(work.runs.end()));
}

// --- two titles ------------------------------------------------------------------------------------------------------

bool AreSpelledAlike(const std::string& a, const std::string& b) {
  const Strings x = LettersOf(a), y = LettersOf(b);
  if (std::min(x.size(), y.size()) < 4 || x[0] != y[0]) return false;
  if (std::any_of(a.begin(), a.end(), IsDigit) || std::any_of(b.begin(), b.end(), IsDigit)) return false;
  if (x == y) return true;
  const auto without = [](const Strings& letters, size_t at) {
    Strings rest = letters;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    return rest;
  };
  if (x.size() == y.size() + 1 || y.size() == x.size() + 1) {
    const Strings& longer = x.size() > y.size() ? x : y;
    const Strings& shorter = x.size() > y.size() ? y : x;
    for (size_t i = 0; i < longer.size(); ++i) {
      if (without(longer, i) == shorter) return true;
    }
    return false;
  }
  if (x.size() != y.size()) return false;
  std::vector<size_t> differ;
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] != y[i]) differ.push_back(i);
  }
  if (differ.size() == 1) return true;
  return differ.size() == 2 && differ[1] == differ[0] + 1 && x[differ[0]] == y[differ[1]] &&
         x[differ[1]] == y[differ[0]];
}

size_t LettersIn(const Strings& words) {
  size_t letters = 0;
  for (const std::string& word : words) letters += NumLetters(word);
  return letters;
}

struct TitlesMatch {
  double likeness = 0;
  Strings only_record, only_kept;
  bool is_cut = false;
};

// Takes from `wholes` each word that is two neighbours of `parts` in one, and those.
size_t MatchJoinedWords(Strings& wholes, Strings& parts) {
  size_t letters = 0;
  Strings left;
  for (const std::string& whole : wholes) {
    size_t i = 0;
    while (i + 1 < parts.size() && parts[i] + parts[i + 1] != whole) ++i;
    if (i + 1 >= parts.size()) {
      left.push_back(whole);
      continue;
    }
    letters += 2 * NumLetters(whole);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i), parts.begin() + static_cast<std::ptrdiff_t>(i) + 2);
  }
  wholes = left;
  return letters;
}

TitlesMatch MatchTitles(const Strings& record, const Strings& kept) {
  TitlesMatch match;
  size_t common = 0;
  Strings left = record;
  match.only_kept = kept;
  const auto take = [&](auto is_like) {
    Strings over;
    for (const std::string& word : left) {
      const auto found = std::find_if(match.only_kept.begin(), match.only_kept.end(),
                                      [&](const std::string& other) { return is_like(word, other); });
      if (found == match.only_kept.end()) {
        over.push_back(word);
        continue;
      }
      common += NumLetters(word) + NumLetters(*found);
      match.only_kept.erase(found);
    }
    left = over;
  };
  take([](const std::string& a, const std::string& b) { return a == b; });
  take(AreSpelledAlike);
  match.only_record = left;
  common += MatchJoinedWords(match.only_record, match.only_kept);
  common += MatchJoinedWords(match.only_kept, match.only_record);
  const size_t all = LettersIn(record) + LettersIn(kept);
  if (all > 0) match.likeness = static_cast<double>(common) / static_cast<double>(all);
  const Strings& shorter = record.size() <= kept.size() ? record : kept;
  const Strings& longer = record.size() <= kept.size() ? kept : record;
  match.is_cut = shorter.size() >= 3 && std::equal(shorter.begin(), shorter.end(), longer.begin());
  return match;
}

// --- two values ------------------------------------------------------------------------------------------------------

int CompareValues(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? 0 : a == b ? 1 : -1; }

bool HaveCommon(const Set& a, const Set& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& each) { return b.count(each) > 0; });
}

bool IsSamePerson(const PlainPerson& x, const PlainPerson& y) {
  if (x.family == y.family) return x.initials.empty() || y.initials.empty() || HaveCommon(x.initials, y.initials);
  if (HaveCommon(x.family, y.every) || HaveCommon(y.family, x.every)) return true;
  for (const std::string& a : x.family) {
    for (const std::string& b : y.family) {
      if (AreSpelledAlike(a, b)) return true;
    }
  }
  return false;
}

// 2: the same first author.
int CompareAuthors(const PlainWork& a, const PlainWork& b) {
  if (a.authors.empty() || b.authors.empty()) return 0;
  if (IsSamePerson(a.authors[0], b.authors[0])) return 2;
  const auto& fewer = a.authors.size() <= b.authors.size() ? a.authors : b.authors;
  const auto& more = a.authors.size() <= b.authors.size() ? b.authors : a.authors;
  size_t common = 0;
  for (const PlainPerson& x : fewer) {
    for (const PlainPerson& y : more) {
      if (!IsSamePerson(x, y)) continue;
      ++common;
      break;
    }
  }
  return common == 0 ? -1 : 2 * common >= fewer.size() ? 1 : 0;
}

bool IsShortFor(const std::string& a, const std::string& b) {
  Strings shorter = LettersOf(a), longer = LettersOf(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter[0] != longer[0]) return false;
  size_t at = 0;
  for (const std::string& letter : longer) {
    if (at < shorter.size() && shorter[at] == letter) ++at;
  }
  return at == shorter.size();
}

// "cmaj" of "canadian medical association journal"
bool IsOfInitials(const std::string& word, const Strings& name) {
  if (NumLetters(word) < 3 || name.size() < 3) return false;
  Strings initials;
  for (const std::string& each : name) initials.push_back(LettersOf(each)[0]);
  const Strings letters = LettersOf(word);
  return std::search(initials.begin(), initials.end(), letters.begin(), letters.end()) != initials.end();
}

bool IsSameContainer(const Strings& a, const Strings& b) {
  const Strings& fewer = a.size() <= b.size() ? a : b;
  const Strings& more = a.size() <= b.size() ? b : a;
  size_t at = 0;
  for (const std::string& word : more) {
    if (at < fewer.size() && IsShortFor(fewer[at], word)) ++at;
  }
  return at == fewer.size() || IsOfInitials(a[0], b) || IsOfInitials(b[0], a);
}

int CompareContainers(const PlainWork& a, const PlainWork& b) {
  if (a.containers.empty() || b.containers.empty()) return 0;
  for (const Strings& x : a.containers) {
    for (const Strings& y : b.containers) {
      if (IsSameContainer(x, y)) return 1;
    }
  }
  return -1;
}

int CompareVolumes(const PlainWork& a, const PlainWork& b) {
  if (a.volume.empty() || b.volume.empty()) return 0;
  if (a.volume == b.volume) return 1;
  return a.volume == b.number || b.volume == a.number ? 0 : -1;
}

bool IsSamePage(const std::optional<PlainPage>& a, const std::optional<PlainPage>& b) {
  return a && b && a->digits == b->digits && (a->letters == b->letters || a->letters.empty() || b->letters.empty());
}

// Is the last page two or more behind the first? Numbers may have any length.
bool AreThreePages(const PlainPage& first, const PlainPage& last) {
  std::string next = first.digits;  // and one
  size_t at = next.size();
  while (at > 0 && next[at - 1] == '9') next[--at] = '0';
  if (at > 0)
    ++next[at - 1];
  else
    next = "1" + next;
  return last.digits.size() != next.size() ? last.digits.size() > next.size() : last.digits > next;
}

// 2: first and last page of three or more.
int ComparePages(const PlainWork& a, const PlainWork& b) {
  const bool first = IsSamePage(a.first, b.first), last = IsSamePage(a.last, b.last);
  if (first && last && AreThreePages(*a.first, *a.last)) return 2;
  const auto is_one = [](const PlainWork& work) { return work.first && work.first->digits == "1"; };
  if (is_one(a) || is_one(b)) return first && last ? 1 : 0;
  if (first || last) return 1;
  if (!a.first || !b.first) return 0;
  if (a.first->digits == b.number || b.first->digits == a.number) return 0;
  return a.first->letters.empty() != b.first->letters.empty() ? 0 : -1;
}

bool IsOnePage(const PlainWork& work) { return work.first && work.last && *work.first == *work.last; }

int CompareAbstracts(const PlainWork& a, const PlainWork& b) {
  if (a.shingles.empty() || b.shingles.empty()) return 0;
  size_t common = 0;
  for (const uint32_t each : a.shingles) common += b.shingles.count(each);
  const double share =
      static_cast<double>(common) / static_cast<double>(std::min(a.shingles.size(), b.shingles.size()));
  return share >= .75 ? 1 : share < .5 ? -1 : 0;
}

double LengthOf(const Strings& title) {
  double length = 0;
  for (const std::string& word : title) length += IsSignAlone(word) ? .5 : 1;
  return length;
}

bool IsRecurring(const Strings& title) {
  return std::all_of(title.begin(), title.end(),
                     [](const std::string& word) { return RecurringWords().count(word) > 0 || AreDigits(word); });
}

std::string TextOf(const std::optional<PlainPage>& page) { return page ? page->letters + page->digits : ""; }

std::string TextOf(const std::vector<PlainPerson>& authors) {
  Strings names;
  for (const PlainPerson& each : authors) names.push_back(Join(each.family) + ", " + Join(each.initials));
  return Join(names, "; ");
}

std::string TextOf(const std::vector<Strings>& containers) {
  Strings names;
  for (const Strings& each : containers) names.push_back(Join(each));
  return Join(names, "; ");
}

template <typename Is>
Strings Those(const Strings& words, Is is) {
  Strings out;
  std::copy_if(words.begin(), words.end(), std::back_inserter(out), is);
  return out;
}

}  // namespace

std::string PlainWork::Text() const {
  std::string text;
  const auto add = [&text](const std::string& name, const std::string& value) {
    if (!value.empty()) text += name + " " + value + "\n";
  };
  add("kind", kind);
  add("title", Join(title));
  add("edition", edition);
  add("chapter", chapter);
  for (const PlainPerson& each : authors)
    add("author", Join(each.family) + "|" + Join(each.every) + "|" + Join(each.initials));
  if (year != 0) add("year", std::to_string(year));
  for (const Strings& each : containers) add("container", Join(each));
  add("volume", volume);
  add("number", number);
  if (first) add("first page", first->letters + "|" + first->digits);
  if (last) add("last page", last->letters + "|" + last->digits);
  add("doi", doi);
  add("pmid", pmid);
  add("isbn", isbn);
  for (const uint32_t each : shingles) add("shingle", std::to_string(each));
  for (const uint32_t each : runs) add("run", std::to_string(each));
  return text;
}

PlainWork PlainWorkOf(const WorkFields& fields) {
  const auto bounded = [](const std::string& value) { return value.substr(0, kValueBytes); };
  PlainWork work;
  work.title = TitleWords(TitleAndKind(Plain(fields.title.substr(0, kTitleBytes)), work.kind));
  const Strings edition = NumbersIn(bounded(fields.edition));
  if (!edition.empty()) work.edition = edition[0];
  const Strings chapter = NumbersIn(bounded(fields.chapter));
  if (!chapter.empty()) work.chapter = chapter[0];
  work.authors = PersonsOf(fields.authors);
  work.year = YearOf(bounded(fields.year));
  work.containers = ContainersOf(fields.container);
  work.volume = VolumeOf(bounded(fields.volume));
  if (work.volume == std::to_string(work.year)) work.volume.clear();
  work.number = VolumeOf(bounded(fields.number));
  SetPages(fields.pages, work);
  work.doi = DoiOf(bounded(fields.doi));
  work.pmid = PmidOf(bounded(fields.pmid));
  work.isbn = IsbnOf(bounded(fields.isbn));
  SetAbstract(fields.abstract, work);
  return work;
}

std::vector<std::string_view> PlainVerdict::Agreeing() const {
  std::vector<std::string_view> names;
  for (const PlainSign& sign : signs) {
    if (sign.value > 0) names.push_back(sign.name);
  }
  return names;
}

PlainVerdict JudgePlainly(const PlainWork& record, const PlainWork& kept) {
  using enum PlainVerdict::Answer;
  const PlainWork &a = record, &b = kept;
  const TitlesMatch titles = MatchTitles(a.title, b.title);
  const double like = titles.likeness;
  const bool is_untitled = a.title.empty() || b.title.empty();
  const auto is_other = [](const std::string& word) { return OtherWorkWords().count(word) > 0; };
  const Strings numbers_a = Those(titles.only_record, AreDigits), numbers_b = Those(titles.only_kept, AreDigits);
  const Strings other_a = Those(titles.only_record, is_other), other_b = Those(titles.only_kept, is_other);

  PlainVerdict verdict;
  verdict.likeness = like;
  const auto add = [&verdict](std::string_view name, int value, const std::string& of_a, const std::string& of_b) {
    verdict.signs.push_back({name, value, of_a, of_b});
    return value;
  };
  const auto year = [](int value) { return value == 0 ? std::string() : std::to_string(value); };
  const auto pages = [](const PlainWork& work) {
    return TextOf(work.first) + (work.last ? "-" + TextOf(work.last) : "");
  };
  const auto size = [](const std::set<uint32_t>& shingles) {
    return shingles.empty() ? std::string() : std::to_string(shingles.size()) + " shingles";
  };
  const int years = a.year != 0 && b.year != 0 ? std::abs(a.year - b.year) : 0;
  add("title", is_untitled ? 0 : like >= .7 || titles.is_cut ? 1 : -1, Join(a.title), Join(b.title));
  const int doi = add("doi", CompareValues(a.doi, b.doi), a.doi, b.doi);
  const int pmid = add("pmid", CompareValues(a.pmid, b.pmid), a.pmid, b.pmid);
  const int isbn = add("isbn", CompareValues(a.isbn, b.isbn), a.isbn, b.isbn);
  add("year", a.year == 0 || b.year == 0 ? 0 : years <= 1 ? 1 : -1, year(a.year), year(b.year));
  const int volume = add("volume", CompareVolumes(a, b), a.volume, b.volume);
  add("number", CompareValues(a.number, b.number), a.number, b.number);
  const int page = add("pages", ComparePages(a, b), pages(a), pages(b));
  const int person = add("authors", CompareAuthors(a, b), TextOf(a.authors), TextOf(b.authors));
  int where = add("container", CompareContainers(a, b), TextOf(a.containers), TextOf(b.containers));
  const int text = add("abstract", CompareAbstracts(a, b), size(a.shingles), size(b.shingles));
  const int kind = add("kind", a.kind == b.kind ? 0 : -1, a.kind, b.kind);
  // A chapter is neither another one nor its book, unless the pages say so.
  const bool both_are_chapters = !a.chapter.empty() && !b.chapter.empty();
  const bool is_other_chapter = a.chapter != b.chapter && (both_are_chapters || page <= 0);
  const auto edition_of = [](const PlainWork& work) {
    return work.chapter.empty() ? work.edition : work.edition + " chapter " + work.chapter;
  };
  const int edition = add("edition", is_other_chapter ? -1 : std::min(0, CompareValues(a.edition, b.edition)),
                          edition_of(a), edition_of(b));
  const int numbers = add("numbers", !is_untitled && numbers_a.size() + numbers_b.size() > 0 ? -1 : 0, Join(numbers_a),
                          Join(numbers_b));
  const int words = add("words", other_a.size() + other_b.size() > 0 ? -1 : 0, Join(other_a), Join(other_b));

  // An equal ISBN is an equal container. Where neither record has a place in one, equal titles outweigh its name.
  if (where == 0 && isbn > 0) where = 1;
  const bool neither_placed = a.volume.empty() && b.volume.empty() && !a.first && !b.first;
  if (where < 0 && neither_placed && like >= 1) where = 0;
  const bool is_place = page > 0 && (volume > 0 || (volume == 0 && years == 0 && where > 0));
  const bool is_whole_place = page > 1 && where > 0 && person > 1;
  const bool both_have_own = !titles.only_record.empty() && !titles.only_kept.empty();
  const auto answer = [&]() {
    // 1. Never.
    const auto if_placed = is_place && like >= .7 ? kUnsure : kDifferent;
    if (kind < 0 || edition < 0) return if_placed;
    const bool same_id = doi > 0 || pmid > 0, other_id = doi < 0 || pmid < 0;
    if (is_untitled) return same_id || (is_place && person > 0) ? kUnsure : kDifferent;
    // 2. An id.
    if (same_id && other_id) return kUnsure;
    if (same_id) {
      const bool is_against = page < 0 || years > 1;
      return like >= (is_against ? .9 : .4) || (page > 1 && person > 0) ? kSame : kUnsure;
    }
    if (other_id || years > 1) return if_placed;
    // 3. The same place.
    if (is_place) {
      if (is_whole_place) return kSame;
      if ((numbers == 0 && words == 0) || titles.is_cut) {
        if (person > 0 && (like >= .7 || titles.is_cut)) return kSame;
        if (person >= 0 && where >= 0 && like >= .9) return kSame;
        if (person < 0 && where >= 0 && like >= 1 && !IsRecurring(a.title)) return kSame;
      }
    }
    // 4. Otherwise.
    if (person < 0 || words < 0 || (numbers < 0 && !(titles.is_cut && text > 0))) return kDifferent;
    const auto close = like >= .9 || (is_place && (like >= .4 || page > 1)) ? kUnsure : kDifferent;
    if (text < 0 || where < 0 || (years == 1 && where == 0)) return close;
    const bool overrules_page = volume > 0 && where > 0 && person > 1 && like >= 1 && IsOnePage(a) == IsOnePage(b);
    if (page < 0 && !overrules_page) return close;
    const bool overrules_volume = page > 0 && where > 0 && like >= 1;
    if (volume < 0 && !overrules_volume) return close;
    if (text > 0 && (like >= .7 || titles.is_cut)) return kSame;
    if (like < .9 || IsRecurring(a.title) || (both_have_own && like < 1)) return close;
    if (person > 0) return kSame;
    const bool has_authors = !a.authors.empty() && !b.authors.empty();
    const bool has_abstracts = !a.shingles.empty() && !b.shingles.empty();
    const double length = std::min(LengthOf(a.title), LengthOf(b.title));
    return !has_authors && !has_abstracts && length >= 4 && !both_have_own ? kSame : kUnsure;
  };
  verdict.answer = answer();
  return verdict;
}

}  // namespace unecho
