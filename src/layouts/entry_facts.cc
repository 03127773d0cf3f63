#include "layouts/entry_facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "layouts/date_lines.h"
#include "layouts/line_pattern.h"
#include "layouts/profile.h"
#include "text/characters.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kLongestFact = 200, kLongestAbout = 100;

constexpr string_view kCounted =
    "(?:co-?authors?|authors?|upvotes?|votes?|likes?|points?|comments?|replies|citations?|stars?|views?|downloads?)";

// "12 authors", "[3 authors](https://...)", "[-] 12", "\u25B2 12", "Upvotes: 12", "\u2605 100 (+1 today)"
std::string CountPattern() {
  return Joined(
      {"(?:\\[?", kCountPattern, "\\s+", kCounted, "\\**(?:\\]\\([^)\\s]*\\))?|", kCounted, "\\s*:\\s*", kCountPattern,
       "|upvotes?\\s+", kCountPattern, "|\\[[-+\u00B1~]?\\]\\s*", kCountPattern,
       "|\\**[\u25B2\u25B3\u2B06\u2191\u2605\u2606\u2B50\u2764\u2665\U0001F44D\U0001F525\U0001F4AC\U0001F31F]\uFE0F?"
       "\\s*",
       kCountPattern, "(?:\\s+", kCounted, ")?\\**)(?:\\s*\\([-+\u00B1]?", kCountPattern, "(?: +\\pL+){0,3}\\))?"});
}

// "2 days ago"
constexpr string_view kAgo =
    "(?:(?:an?|[0-9]+) +(?:second|minute|min|hour|day|week|month|year)s? ago|[0-9]+(?:s|m|min|h|d|w|mo|y) ago|"
    "vor +[0-9]+ +\\pL{2,8}|il y a +[0-9]+ "
    "+\\pL{2,8}|hace +[0-9]+ +\\pL{2,8}|[0-9]+ ?(?:\u5206\u949F|\u5C0F\u65F6|\u65E5|\u5929|\u5468)\u524D)";

// What was done with an entry on a day, or by someone.
constexpr string_view kDone =
    "(?:(?:first|last|originally|v[0-9]+) +)?(?:submitted|posted|published|updated|uploaded|added|created|revised|"
    "modified|edited|announced|released|shared|curated|accepted|received|asked|"
    "ver\u00F6ffentlicht|aktualisiert|eingereicht|erstellt|publi\u00E9e?|mise? \u00E0 jour|soumise?|publicad[oa]|"
    "actualizad[oa]|pubblicat[oa]|aggiornat[oa]|gepubliceerd|"
    "\u043E\u043F\u0443\u0431\u043B\u0438\u043A\u043E\u0432\u0430\u043D\u043E|"
    "\u043E\u0431\u043D\u043E\u0432\u043B\u0435\u043D\u043E)(?: date)?(?: *:)?(?: +(?:on|at|in|am|le|el|il|em|op))?";
constexpr string_view kWho = "by:? +[^\\s.!?,;|\u00B7\u2022]+\\.?(?: +[^\\s.!?,;|\u00B7\u2022]+\\.?){0,3}?";

// Of a line of facts, and of one without any: "PDF \u00B7 Code \u00B7 \u2605 3".
constexpr string_view kChip =
    "\\**(?:pdf|html|abs|abstract|arxiv|code|github|project(?: page)?|website|demo|video|data(?:set)?|models?|paper|"
    "links?|bib(?:tex)?|cite|slides|poster|supp(?:lement(?:ary)?)?|upvote|comments?|save|share|read more|hide|past|"
    "favou?rite|flag|discuss|report|reply|permalink|embed)\\**|\\[[^\\]]{1,20}\\]\\([^)\\s]*\\)";
constexpr string_view kMark = " *(?:\u00B7|\u2022|\\|) *";

// Facts with marks or blanks between them; group 1: one that is a fact wherever it stands.
std::string FactsPattern() {
  const std::string fact =
      Joined({"(", CountPattern(), "|(?:", kDone, " +)?(?:", DatePattern(), "|", kAgo, ")|", kDone,
              " +(?:", PeriodPattern(), "|", kWho, ")|[0-9]+[- ]min(?:ute)?s?(?: read| reading time)?)|", kWho,
              "|[ru]/\\w+|", kChip, "|\\(?(?:this version, *)?v[0-9]+\\)?"});
  return Joined({"(?:[-*+\u2022\u00B7] *)?[(\\[]?(?:(?:", fact,
                 ")(?:[)\\]]?(?: *[\u00B7\u2022|,;/\u2013\u2014-] *| +)[(\\[]?|[)\\].]{0,2}$))+"});
}

// Who sent it, in a few words; one of many authors; a number that only tells which it is.
constexpr string_view kAboutEntry =
    "(?:submitted|posted|shared|uploaded|curated) by:?(?: +[^\\s.!?]+\\.?){1,4}|"
    "by +\\pL[^!?]{0,60}(?: and|,| &| \\+) +\\d+ +(?:others?|more|co-?authors?|authors?)|"
    "\\pL[^!?:]{0,80}, *\\+ ?\\d+ +(?:authors?|others?|more)|"
    "arxiv(?: id)? *: *[\\w.-]+(?:/\\d+)?(?: *\\[[\\w. -]+\\])*|\\d{4}\\.\\d{4,5}(?:v\\d+)?(?: *\\[[\\w. -]+\\])*|"
    "doi *: *10\\.\\S+|pmid *: *\\d+";

bool Has(string_view line, string_view part) { return line.find(part) != line.npos; }

bool HasMark(string_view line) { return Has(line, "\u00B7") || Has(line, "\u2022") || Has(line, "|"); }

}  // namespace

bool IsCount(string_view line) {
  static const Pattern kFacts = WholeLine(FactsPattern());
  if (line.size() > kLongestFact || !(HasDigit(line) || Has(line, " ago"))) return false;
  std::array<string_view, 2> groups;
  return kFacts.Find(line, groups) && groups[1].data() != nullptr && !IsDate(line);
}

bool IsEntryFact(string_view line) {
  static const Pattern kAbout = WholeLine(kAboutEntry);
  static const Pattern kChips = WholeLine(Joined({"(?:[-*+] +)?(?:", kChip, ")(?:", kMark, "(?:", kChip, "))+"}));
  if (line.size() > kLongestFact) return false;
  if (HasMark(line) && kChips.Matches(line)) return true;
  const bool may_be_about = line.size() <= kLongestAbout && (HasDigit(line) || Has(line, " by"));
  return (may_be_about && kAbout.Matches(line)) || IsCount(line);
}

}  // namespace unecho
