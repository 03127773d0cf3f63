#include "layouts/release_notes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "layouts/profile.h"

namespace unecho {
namespace {

using std::string_view;

// Group 1 is what stands in front of the number. A number with one dot alone may be a price.
bool IsHead(const Line& line, string_view* name) {
  constexpr size_t kLongest = 90;
  static const Pattern kVersion = Pattern::Known(
      R"((?i)^(?:[*=#]+ +)?(?:version |release )?((?:(?:noteworthy )?changes (?:in|for|with|between|since) |what'?s new in |release notes for )?(?:[\pL][\w.+-]{0,20} )?)(?:version |release )?\[?(?:v\d+\.\d+|(?:version|release) \d+\.\d+|\d+\.\d+\.\d+|\d+\.\d+(?: *[-,/(:\x{2013}\x{2014}] *|\s+)(?:\(|\[)?(?:\d{4}-\d\d|\d{1,2}[-. ]\pL|\pL{3,9}\.?,? \d))[^!?;]{0,60}$)");
  static const Pattern kDay = Pattern::Known(
      R"(^\* (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2},? \d{4} \S)");
  if (line.text.size() > kLongest || line.indent.size() > 1) return false;
  std::array<string_view, 2> groups;
  if (kDay.Find(line.text, groups)) {
    *name = "*";
    return true;
  }
  if (!kVersion.Find(line.text, groups)) return false;
  *name = groups[1];
  return true;
}

bool SaysWhatItIs(string_view title) {
  static const Pattern kTitle = Pattern::Known(
      R"((?i)^[*=# ]*(?:[\pL\d.+-]+ +){0,3}(?:change ?log|change history|release notes|release history|history of changes|(?:list of|noteworthy|recent) changes|news)\b[^.!?]{0,60}$)");
  return kTitle.Matches(title);
}

}  // namespace

bool IsReleaseNotes(std::span<const Line> lines) {
  size_t heads = 0;
  string_view first_name;
  for (size_t i = 0; i < lines.size(); ++i) {
    string_view name;
    if ((i > 0 && !lines[i].after_gap) || !IsHead(lines[i], &name)) continue;
    // Of several programs it would be a list of releases, or of prices.
    if (heads > 0 && name != first_name) return false;
    const bool is_alone = i + 1 < lines.size() && IsHead(lines[i + 1], &name);
    if (is_alone) return false;
    first_name = name;
    ++heads;
  }
  return heads > 1 || (heads > 0 && SaysWhatItIs(lines[0].text));
}

}  // namespace unecho
