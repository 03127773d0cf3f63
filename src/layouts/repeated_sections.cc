#include "layouts/repeated_sections.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "layouts/listing_rules.h"
#include "layouts/profile.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

using std::string_view;

struct Heading {
  size_t level = 0;
  string_view name;
  size_t line = 0;  // in the head
};

std::vector<Heading> HeadingsIn(std::span<const Line> lines) {
  std::vector<Heading> headings;
  bool is_code = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const string_view text = lines[i].text;
    if (text.starts_with("```") || text.starts_with("~~~")) is_code = !is_code;
    if (is_code || !IsHeading(text) || lines[i].indent.size() > 3) continue;
    const size_t level = text.find_first_not_of('#');
    headings.push_back({level, TrimBlanks(text.substr(level)), i});
  }
  return headings;
}

// Is it a field of a record to the layouts of listings: "#### Abstract"?
bool IsField(string_view heading) {
  const std::vector<Pattern>& inside = GetLayout("markdown-headings").profile().pattern.inside;
  return std::ranges::any_of(inside, [heading](const Pattern& pattern) { return pattern.Matches(heading); });
}

// How many of these headings have one below that others have, too. 0: they are no records.
size_t CountRecords(std::span<const Line> lines, std::span<const Heading> headings, size_t level) {
  struct Section {
    size_t parents = 0, last_parent = 0, times = 0;
  };
  HashMap<string_view, Section> sections;
  size_t parents = 0, below = 0;
  for (const Heading& heading : headings) {
    if (heading.level == level) ++parents;
    if (heading.level <= level || parents == 0) continue;
    ++below;
    Section& section = sections[heading.name];
    section.parents += section.last_parent != parents ? 1 : 0;
    section.last_parent = parents;
    ++section.times;
  }
  const auto is_shared = [](const Section& section) {
    return section.parents > 1 && section.times == section.parents;  // it stands once in each
  };
  size_t shared = 0, records = 0, parent = 0;
  bool is_counted = false, has_other = false;
  for (const Heading& heading : headings) {
    if (heading.level == level) {
      ++parent;
      is_counted = false;
    }
    if (heading.level <= level || parent == 0 || !is_shared(sections.at(heading.name))) continue;
    ++shared;
    has_other |= !IsField(lines[heading.line].text);
    if (!std::exchange(is_counted, true)) ++records;
  }
  const bool are_records = parents > 1 && has_other && 3 * records >= 2 * parents && 3 * shared >= 2 * below;
  return are_records ? records : 0;
}

LayoutPtr LayoutOf(size_t level) {
  const std::string marks(level, '#');
  std::string toml =
      "name = \"sections\"\ndescription = \"a heading a record, with the headings below it\"\nengine = \"pattern\"\n\n"
      "[unescape]\ntitle = [\"html\", \"markdown\"]\n\n[pattern]\nfront_matter = true\nfences = true\n"
      "outside = \"reject\"\n";
  toml += absl::StrFormat("start = ['^ {0,3}%s +\\S']\n", marks);
  if (level > 1) toml += absl::StrFormat("section = ['^ {0,3}#{1,%d} +\\S']\n", level - 1);
  toml += absl::StrFormat("\n[[pattern.field]]\nname = \"title\"\nline = '^ {0,3}%s +(.*\\S)'\nstrip = ['\\s#+$']\n",
                          marks);
  toml += "\n[[pattern.field]]\nname = \"body\"\n";
  return std::make_shared<const Layout>(ParseProfile(toml, "sections").value());
}

}  // namespace

std::optional<Detected> ByRepeatedSections(const Head& head) {
  constexpr size_t kDeepest = 4;
  const std::vector<Heading> headings = HeadingsIn(head.lines);
  if (headings.size() < 4 || IsListOfChanges(head.lines)) return std::nullopt;
  // A title above all others is none of them; what else is above them says that they are parts of one text.
  size_t above = 0;
  for (size_t level = 1; level <= kDeepest && above < 2; ++level) {
    const auto of_level = static_cast<size_t>(std::ranges::count(headings, level, &Heading::level));
    if (of_level == 0) continue;
    if (const size_t records = CountRecords(head.lines, headings, level); records > 0) {
      const auto first = std::ranges::find(headings, level, &Heading::level);
      const size_t begin = above > 0 ? headings[0].line + 1 : 0;
      const auto intro = std::span(head.lines).subspan(begin, first->line - begin);
      if (std::ranges::any_of(intro, [](const Line& line) { return IsProseLine(line.text); })) return std::nullopt;
      return Detected{LayoutOf(level), absl::StrFormat("%d of its headings have the same headings below them, as %s",
                                                       records, Quoted(first->name))};
    }
    if (of_level > 1 || headings[0].level != level) return std::nullopt;
    ++above;
  }
  return std::nullopt;
}

}  // namespace unecho
