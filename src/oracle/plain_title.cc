#include "oracle/plain_title.h"

#include <algorithm>
#include <utility>

namespace unecho::plain {
namespace {

constexpr size_t kTitleWords = 64;  // that are looked at

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

}  // namespace

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

}  // namespace unecho::plain
