#include "works/title.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "base/hash_map.h"
#include "base/status.h"
#include "text/characters.h"
#include "works/plain_text.h"

namespace unecho {
namespace {

using WordSet = HashSet<std::string>;

WordSet SetOf(const char* words) {
  const std::vector<std::string> list = absl::StrSplit(words, ' ', absl::SkipEmpty());
  return {list.begin(), list.end()};
}

// A remark in brackets of these words alone says how something was presented, not what it is.
bool IsForm(std::string_view text) {
  static const auto* const kForm = new WordSet(
      SetOf("panel tutorial abstract abstracts extended only paper experience session poster demonstration demo "
            "description summary keynote talk invited presentation review letter editorial article note meeting author "
            "authors transl translation full text short long version industrial"));
  thread_local std::string buffer;
  thread_local std::vector<std::string_view> words;
  words.clear();
  AppendPlainWords(text, buffer, words);
  return std::ranges::all_of(words, [](std::string_view word) { return kForm->contains(Abs(word)); });
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" .");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" .") + 1 - begin);
}

bool HasTwoWords(std::string_view text) {
  const auto first = std::ranges::find_if(text, IsOfPlainWord);
  const auto behind = std::find_if_not(first, text.end(), IsOfPlainWord);
  return std::find_if(behind, text.end(), IsOfPlainWord) != text.end();
}

// Where the bracket opens that closes at the end; npos: none closes there.
size_t OpeningOfLast(std::string_view text) {
  const char close = text.empty() ? '\0' : text.back();
  if (close != ']' && close != ')') return text.npos;
  const char open = close == ']' ? '[' : '(';
  int depth = 0;
  for (size_t at = text.size(); at-- > 0;) {
    depth += (text[at] == close ? 1 : 0) - (text[at] == open ? 1 : 0);
    if (depth == 0) return at;
  }
  return text.npos;
}

// Takes remarks off the end; whether one of them cites another record.
bool TakeRemarks(std::string_view& text) {
  static const auto* const kCited =
      new re2::RE2(R"(\bvol\.? ?\d+.*\b(?:pp?|pg|page)\b|\((?:1[89]|20)\d\d\))", re2::RE2::Latin1);
  bool is_about = false;
  while (!text.empty()) {
    size_t begin = OpeningOfLast(text);
    const size_t last = text.rfind('[');
    if (last != text.npos && last > 0 && text.find(']', last) == text.npos) begin = last;  // it was cut off
    if (begin == text.npos || !HasTwoWords(text.substr(0, begin))) break;
    const std::string_view remark = text.substr(begin);
    if (remark.front() == '(' && !IsForm(remark)) {
      if (!re2::RE2::PartialMatch(re2::StringPiece(remark.data() + 1, remark.size() - 1), *kCited)) break;
      is_about = true;
    }
    text = Trimmed(text.substr(0, begin));
  }
  return is_about;
}

// (panel) anywhere.
std::string WithoutForms(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '(') {
      const size_t end = text.find_first_of("()", at + 1);
      if (end != text.npos && text[end] == ')' && IsForm(text.substr(at, end - at))) {
        out += ' ';
        at = end + 1;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

// The patterns of kinds begin or end with one of these words.
bool MayBeAKind(std::string_view title) {
  static const auto* const kFirst = new WordSet(
      SetOf("publisher publishers author authors published erratum errata correction corrections retraction retracted "
            "withdrawn expression reply in response the re comment comments commentary letter invited book review"));
  static const auto* const kLast = new WordSet(
      SetOf("erratum corrigendum retraction article withdrawn reply response comment commentary review reviews"));
  const auto first = title.substr(0, static_cast<size_t>(std::ranges::find_if_not(title, IsLower) - title.begin()));
  const auto behind = static_cast<size_t>(std::find_if_not(title.rbegin(), title.rend(), IsLower) - title.rbegin());
  return kFirst->contains(Abs(first)) || first.starts_with("corrigend") || first.starts_with("addend") ||
         first.starts_with("comment") || kLast->contains(Abs(title.substr(title.size() - behind)));
}

WorkKind KindOf(const std::string& title) {
  if (!MayBeAKind(title)) return WorkKind::kItself;
  using Kind = std::pair<WorkKind, re2::RE2>;
  static const auto* const kKinds = new std::array<Kind, 5>{
      Kind{
          WorkKind::kErratum,
          R"(^(?:publisher'?s? |author'?s? |published )?(?:erratum|errata|corrigend\w+|addend\w+|corrections?)(?: to| of|:|\.|-| for| in|$)|\b(?:erratum|corrigendum)$)"},
      Kind{
          WorkKind::kRetraction,
          R"(^(?:retraction|retracted|withdrawn|expression of concern)\b|\b(?:retraction|retracted article|withdrawn)$)"},
      Kind{
          WorkKind::kReply,
          R"(^(?:reply|in reply|in response|author'?s'? (?:reply|response)|(?:the )?authors? (?:reply|respond)\w*|response to)\b|\b(?:reply|(?:author'?s'?|the) response)$)"},
      Kind{
          WorkKind::kComment,
          R"(^(?:re:|re |comments? (?:on|to)\b|commentary (?:on|to)\b|letter (?:to|re)\b|invited comment\w*)|\b(?:comment|commentary|invited commentary)$)"},
      Kind{WorkKind::kBookReview, R"(^book reviews?\b|^review of\b|\bbook reviews?$)"}};
  for (const auto& [kind, pattern] : *kKinds) {
    if (re2::RE2::PartialMatch(title, pattern)) return kind;
  }
  return WorkKind::kItself;
}

}  // namespace

TitleParts PartsOfTitle(std::string_view plain) {
  // "Title... J Med. 2009 Jan 29;360(5):544-6"
  static const auto* const kCitation = new re2::RE2(R"((\.\.\. ?\S.*\d{4}.*;\d+.*:))", re2::RE2::Latin1);
  std::string_view title = Trimmed(plain);
  const bool is_about = TakeRemarks(title);
  re2::StringPiece found;
  if (title.find("...") != title.npos &&
      re2::RE2::PartialMatch(re2::StringPiece(title.data(), title.size()), *kCitation, &found))
    title = title.substr(0, static_cast<size_t>(found.data() - title.data()));
  // "Tutorial: title"
  const size_t head = title.find_first_not_of("abcdefghijklmnopqrstuvwxyz ");
  if (head != title.npos && head > 0 && title.substr(head).starts_with(": ") && IsForm(title.substr(0, head)))
    title.remove_prefix(head + 1);
  TitleParts parts;
  const std::string without_forms = WithoutForms(title);
  title = Trimmed(without_forms);
  if (title.size() > 1 && title.front() == '[' && title.back() == ']')
    title = Trimmed(title.substr(1, title.size() - 2));
  parts.text = title;
  parts.kind = KindOf(parts.text);
  if (parts.kind == WorkKind::kItself && is_about) parts.kind = WorkKind::kErratum;
  return parts;
}

bool IsStopWord(std::string_view word) {
  static const auto* const kStop = new WordSet(
      SetOf("a an and as at by for from in of on or the to with der die das und le la les de des du et el los y en"));
  return kStop->contains(Abs(word));
}

bool IsRecurringWord(std::string_view word) {
  static const auto* const kRecurring = new WordSet(SetOf(
      "editorial editorials letter letters correspondence introduction preface foreword abstract abstracts review "
      "reviews book books news correction corrections erratum errata corrigendum reply comment comments commentary "
      "response author authors editor editors guest message chair chairs note notes panel index contents announcement "
      "announcements untitled meeting report reports obituary interview program committee special issue column section "
      "poster session sessions tutorial keynote address summary highlights conference proceedings annual"));
  return kRecurring->contains(Abs(word)) || std::ranges::all_of(word, IsDigit);
}

bool MakesAnother(std::string_view word) {
  static const auto* const kAnother =
      new WordSet(SetOf("vivo vitro protocol update updated revisited part supplement appendix"));
  return kAnother->contains(Abs(word));
}

std::string NumberOf(std::string_view word, std::string_view before) {
  static const auto* const kCounted =
      new WordSet(SetOf("part type phase chapter volume stage class factor grade level session book number no"));
  static const auto* const kNumbers = [] {
    auto* const numbers = new HashMap<std::string, int>;
    for (const char* const list : {"one two three four five six seven eight nine ten",
                                   "first second third fourth fifth sixth seventh eighth ninth tenth",
                                   "i ii iii iv v vi vii viii ix x xi xii"}) {
      int number = 0;
      for (const std::string& each : std::vector<std::string>(absl::StrSplit(list, ' ')))
        numbers->emplace(each, ++number);
    }
    return numbers;
  }();
  if (const auto found = kNumbers->find(Abs(word)); found != kNumbers->end()) {
    const bool is_letter = word.size() == 1;
    if (!is_letter || kCounted->contains(Abs(before))) return std::to_string(found->second);
  }
  const size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
  const std::string_view end = word.substr(digits);
  if (digits == 0 || !(end.empty() || end == "st" || end == "nd" || end == "rd" || end == "th"))
    return std::string(word);
  const std::string_view number = word.substr(std::min(word.find_first_not_of('0'), digits - 1), digits);
  return std::string(number.substr(0, number.find_first_not_of("0123456789")));
}

}  // namespace unecho
