#include "layouts/page_rules.h"

#include <algorithm>
#include <array>
#include <string>

#include "layouts/date_lines.h"
#include "layouts/entry_facts.h"
#include "layouts/line_pattern.h"
#include "layouts/profile.h"
#include "layouts/separators.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

constexpr std::array<string_view, 5> kFurniture = {kHeadFirstLine, kHeadSecondLine, "Subscribe",
                                                   "byAK and the research community",
                                                   "by AK and the research community"};
constexpr size_t kLongestFurniture = 40;
static_assert(std::ranges::all_of(kFurniture, [](string_view line) { return line.size() <= kLongestFurniture; }));

// Below marks of headings, too.
constexpr std::array<string_view, 6> kFamily = {kHeadSecondLine,
                                                "Get trending papers in your email inbox once a day!",
                                                "byAK and the research community",
                                                "by AK and the research community",
                                                "Daily Papers",
                                                "Trending Papers"};
// Of the pages of the family alone.
constexpr std::array<string_view, 34> kFamilyWords = {
    "Hugging Face", "Models",     "Datasets",   "Spaces",       "Buckets",  "Community",
    "Docs",         "Enterprise", "Pricing",    "Website",      "Log In",   "Login",
    "Sign Up",      "Sign up",    "Daily",      "Weekly",       "Monthly",  "Trending",
    "Papers",       "by",         "By",         "AK",           "byAK",     "and the research community",
    "Previous",     "Next",       "Upvote",     "Submitted by", "View all", "Read more",
    "GitHub",       "arXiv",      "arXiv Page", "PDF"};
static_assert(!kFamily.back().empty() && !kFamilyWords.back().empty());

constexpr size_t kLongestNoText = 200;

// A link alone, with its markup or what a line end has left of it; marks between other things.
constexpr string_view kLinkPattern =
    "<?(?:https?://|www\\.)\\S+>?|\\]?\\((?:https?:|/)\\S*\\)|[\\[\\]\u00B7\u2022|]|"
    "\\[(?:link|pdf|html|abs|arxiv|github|code|project|page|demo|upvote)\\b[^\\]]*\\]\\([^)\\s]*\\)";

constexpr size_t kSureBodyCodePoints = 250;

// Costs of a step, in points of the score.
constexpr int kMissingBody = 6, kMissingBodyAgain = 3, kMoreBody = 5, kOrphanBody = 8, kCutOffTitle = 12;

// Lower-case words that make a sentence finite.
constexpr std::array<string_view, 36> kVerbs = {
    "is",         "are",         "was",         "were",        "has",      "have",    "had",      "can",
    "could",      "may",         "might",       "would",       "should",   "does",    "allows",   "show",
    "shows",      "propose",     "present",     "presents",    "find",     "achieve", "achieves", "remain",
    "remains",    "provides",    "enables",     "suggest",     "suggests", "reveal",  "reveals",  "introduce",
    "introduces", "outperforms", "demonstrate", "demonstrates"};

constexpr std::array<string_view, 16> kAbbreviations = {"vs.", "al.", "etc.", "cf.", "Dr.",  "Mr.",     "Ms.", "Prof.",
                                                        "St.", "No.", "Fig.", "Eq.", "Sec.", "approx.", "Jr.", "resp."};

// Openings that go on in lower case.
constexpr std::array<string_view, 16> kOpenings = {
    "We",       "Our",   "However,", "Moreover,", "Furthermore,", "Recently,", "Finally,", "Despite", "Additionally,",
    "Although", "Here,", "While",    "Recent",    "Existing",     "There",     "It"};
constexpr std::array<string_view, 12> kThisWhat = {"paper",  "work", "article",  "study",    "survey",    "report",
                                                   "thesis", "note", "position", "tutorial", "technical", "chapter"};
static_assert(!kVerbs.back().empty() && !kAbbreviations.back().empty() && !kOpenings.back().empty() &&
              !kThisWhat.back().empty());

// Called for every word against every table: the first letter settles nearly all of it.
template <size_t N>
bool IsOneOf(string_view word, const std::array<string_view, N>& words) {
  return !word.empty() && std::ranges::any_of(words, [word](string_view entry) {
    return entry[0] == word[0] && entry.size() == word.size() && entry == word;
  });
}

bool IsQuoteOrStar(char c) { return c == '"' || c == '\'' || c == '`' || c == '*' || c == '_'; }
bool IsOpening(char c) { return c == '(' || c == '[' || c == '{' || IsQuoteOrStar(c); }
bool IsClosing(char c) { return c == ')' || c == ']' || c == '}' || IsQuoteOrStar(c); }
bool IsMark(char c) { return c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '!' || c == '?'; }

string_view StripOpening(string_view word) {
  while (!word.empty() && IsOpening(word.front())) word.remove_prefix(1);
  return word;
}

string_view StripClosing(string_view word) {
  while (!word.empty() && IsClosing(word.back())) word.remove_suffix(1);
  return word;
}

bool IsUrl(string_view word) {
  constexpr size_t kShortest = 8;
  if (word.size() < kShortest) return false;
  return word.find("http://") != word.npos || word.find("https://") != word.npos || word.find("www.") != word.npos ||
         word.find("github.com") != word.npos;
}

// The full stop behind "et al.", "e.g." or an initial.
bool IsAbbreviation(string_view word) {
  word = StripOpening(word);
  return word.size() <= 2 || IsOneOf(word, kAbbreviations) || word.substr(0, word.size() - 1).find('.') != word.npos;
}

// What one pass over the words of a short paragraph finds.
struct Words {
  int count = 0;
  int judged = 0, capitalised = 0;  // words of four letters and more behind the first
  int sentence_ends = 0;            // inside
  int line_ends = 0;
  bool has_url = false, has_we = false, has_verb = false;
  bool is_name_colon = false;  // one of the first five words ends in a colon, and a capital follows
  string_view first, second, third, last;
};

Words Survey(string_view text) {
  Words found;
  const bool has_dot = text.find('.') != text.npos;  // most titles have none, and so no URL
  string_view previous;
  for (size_t at = 0; at < text.size();) {
    for (; at < text.size() && IsSpace(text[at]); ++at) {
      if (text[at] == '\n' || (text[at] == '\r' && text.substr(at + 1, 1) != "\n")) ++found.line_ends;
    }
    size_t end = at;
    while (end < text.size() && !IsSpace(text[end])) ++end;
    if (end == at) break;
    const string_view word = text.substr(at, end - at);
    const string_view bare = StripOpening(word);
    const bool upper = !bare.empty() && IsUpper(bare[0]);
    const bool is_url = has_dot && IsUrl(word);
    ++found.count;
    if (found.count == 1) found.first = word;
    if (found.count == 2) found.second = word;
    if (found.count == 3) found.third = word;
    if (found.count > 1) {
      const string_view before = StripClosing(previous);
      if (upper && before.ends_with('.') && !IsAbbreviation(before)) ++found.sentence_ends;
      const bool begins_high = upper || (!bare.empty() && IsDigit(bare[0]));
      found.is_name_colon |= begins_high && found.count <= 6 && previous.ends_with(':');
      if (bare.size() >= 4 && (upper || IsLower(bare[0])) && !is_url) {
        ++found.judged;
        if (upper || std::ranges::any_of(bare, IsUpper)) ++found.capitalised;
      }
    }
    found.has_url |= is_url;
    if (!bare.empty() && IsLower(bare[0])) {
      string_view plain = bare;
      while (!plain.empty() && IsMark(plain.back())) plain.remove_suffix(1);
      found.has_we |= plain == "we" || plain == "our";
      found.has_verb |= IsOneOf(plain, kVerbs);
    }
    previous = word;
    at = end;
  }
  found.last = previous;
  return found;
}

int OpeningScore(const Words& words) {
  const auto is_lower = [](string_view word) { return !word.empty() && IsLower(word[0]); };
  if (IsOneOf(words.first, kOpenings) && is_lower(words.second)) return 3;
  if (words.first == "This" && IsOneOf(words.second, kThisWhat)) return 3;
  if (words.first == "In" && (words.second == "this" || words.second == "recent")) return 3;
  if (words.first == "To" && (words.second == "address" || words.second == "this")) return 3;
  return 0;
}

// Signs that end sentences in scripts that do not end them with those of ASCII.
constexpr std::array<string_view, 5> kFullStops = {"\u3002", "\uFF0E", "\u0964", "\u06D4", "\u1362"};

int EndScore(const Words& words) {
  if (IsUrl(words.last)) return 0;
  const auto ends_in = [&](string_view sign) { return words.last.ends_with(sign); };
  if (std::ranges::any_of(kFullStops, ends_in)) return 2;
  if (ends_in("\uFF1F") || ends_in("\u061F")) return -4;
  if (ends_in("\uFF01")) return -2;
  const string_view last = StripClosing(words.last);
  if (last.empty() || last.ends_with("...")) return 0;
  switch (last.back()) {
    case '.': return 2;
    case ',':
    case ';':
    case ':': return 2;
    case '?': return -4;
    case '!': return -2;
    default: return -3;
  }
}

// Sentences that end inside, of scripts with full stops of their own.
int OtherSentenceEnds(string_view text) {
  int ends = 0;
  for (const string_view stop : kFullStops) {
    for (size_t at = text.find(stop); at != text.npos; at = text.find(stop, at + 1))
      ends += static_cast<int>(at + stop.size() < text.size());
  }
  return ends;
}

// Letters that say about as much as two of the others: from U+3000 to U+D7FF. But for Korean, there are no blanks
// between their words.
size_t WideLetters(string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xED; }));
}

int CapitalScore(const Words& words) {
  if (words.judged < 2) return 0;
  if (words.capitalised * 10 >= words.judged * 6) return -5;
  if (words.capitalised * 10 >= words.judged * 4) return -2;
  return words.judged >= 4 && words.capitalised * 4 <= words.judged ? 1 : 0;
}

bool BeginsLower(string_view first) {
  return IsLower(first[0]) && !first.ends_with(':') && !std::ranges::any_of(first, IsUpper);
}

int StepCost(PageState state, bool is_body) {
  switch (state) {
    case PageState::kStart: return is_body ? kOrphanBody : 0;
    case PageState::kTitle: return is_body ? 0 : kMissingBody;
    case PageState::kTitleAfterTitle: return is_body ? 0 : kMissingBodyAgain;
    case PageState::kBody: return is_body ? kMoreBody : 0;
  }
  return 0;
}

struct Path {
  int cost = 0;
  uint32_t labels = 0;
};

Path BestPath(PageState state, std::span<const int> scores, bool cut_off) {
  if (scores.empty()) return {};
  Path body = BestPath(Next(state, true), scores.subspan(1), cut_off);
  body.cost += StepCost(state, true) - scores[0];
  body.labels = (body.labels << 1) | 1;
  if (scores[0] >= kSureBody) return body;
  Path title = BestPath(Next(state, false), scores.subspan(1), cut_off);
  title.cost += StepCost(state, false) + scores[0];
  title.labels <<= 1;
  if (cut_off && scores.size() == 1 && state == PageState::kTitle) title.cost += kCutOffTitle;
  const bool body_is_due = state == PageState::kTitle || state == PageState::kTitleAfterTitle;
  return body.cost < title.cost || (body.cost == title.cost && body_is_due) ? body : title;
}

}  // namespace

bool IsFurniture(string_view line) { return line.size() <= kLongestFurniture && IsOneOf(line, kFurniture); }

bool MayBeFrontMatter(string_view line) {
  constexpr size_t kLongestKey = 40;
  if (line.empty() || IsSpace(line[0]) || string_view("-#]}").find(line[0]) != line.npos) return true;
  const size_t colon = line.find(':');
  if (colon == line.npos || colon > kLongestKey || (colon + 1 < line.size() && !IsSpace(line[colon + 1]))) return false;
  return std::ranges::all_of(line.substr(0, colon), [](char c) {
    return IsAlpha(c) || IsDigit(c) || c == '_' || c == '-' || c == '.' || c == '"' || c == '\'';
  });
}

bool NamesFamily(string_view line) {
  if (line.size() > kLongestNoText) return false;
  while (line.starts_with('#')) line.remove_prefix(1);
  return IsOneOf(TrimBlanks(line), kFamily);
}

NoText NoTextOf(string_view paragraph, bool in_family, bool behind_entry) {
  if (paragraph.size() > kLongestNoText) return NoText::kNone;
  if (IsFurniture(paragraph) || NamesFamily(paragraph) || (!paragraph.empty() && IsRuler(paragraph)))
    return NoText::kFurniture;
  if (IsDate(paragraph) || IsPeriod(paragraph)) return behind_entry ? NoText::kEntryFurniture : NoText::kDate;
  static const Pattern kLink = WholeLine(kLinkPattern);
  static const Pattern kNumberAlone = WholeLine(kCountPattern);
  const bool may_be_link = paragraph.starts_with('[') || paragraph.find(' ') == paragraph.npos;
  if (may_be_link && kLink.Matches(paragraph)) {
    const bool is_mark = paragraph.size() <= 3;  // it stands between what is said of an entry
    return is_mark || behind_entry ? NoText::kEntryFurniture : NoText::kFurniture;
  }
  if (IsEntryFact(paragraph)) return NoText::kEntryFurniture;
  if (in_family && (IsOneOf(paragraph, kFamilyWords) || kNumberAlone.Matches(paragraph))) return NoText::kFurniture;
  return NoText::kNone;
}

int BodyScore(string_view paragraph) {
  if (paragraph.size() > kSureBodyBytes) return kSureBody;
  const size_t wide = WideLetters(paragraph);
  const size_t code_points = CodePoints(paragraph) + wide;
  if (code_points > kSureBodyCodePoints) return kSureBody;
  const Words words = Survey(paragraph);
  if (words.count == 0) return 0;
  const int end = EndScore(words);
  int score = end + OpeningScore(words) + CapitalScore(words);
  const int sentence_ends = words.sentence_ends + (wide > 0 || end == 2 ? OtherSentenceEnds(paragraph) : 0);
  if (sentence_ends > 0) score += sentence_ends > 1 ? 6 : 4;
  if (words.has_url) score += 7;
  if (words.has_we) score += end == -4 ? 1 : 4;
  if (words.has_verb) score += 2;
  if (words.is_name_colon) score -= 2;
  if (BeginsLower(words.first)) score += 2;
  if (words.count <= 6 && wide <= 12) score -= 1;
  if (code_points > 100) score += code_points > 160 ? 2 : 1;
  if (words.line_ends >= 3) score += 2;
  return score;
}

PageState Next(PageState state, bool is_body) {
  if (is_body) return state == PageState::kStart ? PageState::kStart : PageState::kBody;
  const bool after_title = state == PageState::kTitle || state == PageState::kTitleAfterTitle;
  return after_title ? PageState::kTitleAfterTitle : PageState::kTitle;
}

uint32_t BestLabels(PageState state, std::span<const int> scores, bool cut_off) {
  return BestPath(state, scores, cut_off).labels;
}

}  // namespace unecho
