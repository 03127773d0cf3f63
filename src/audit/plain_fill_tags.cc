// Lines with tags.
#include <algorithm>

#include "absl/strings/str_join.h"
#include "audit/plain_fill_forms.h"

namespace unecho {

using std::string;
using std::string_view;

// Lines with their line ends.
std::vector<string> LinesWithEnds(string_view text) {
  std::vector<string> lines;
  bool is_new = true;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_new) lines.emplace_back();
    lines.back() += text[i];
    is_new = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }
  return lines;
}
string BodyOf(const string& line) { return line.substr(0, std::min(line.find_first_of("\r\n"), line.size())); }
string EndOf(const string& line) { return line.substr(BodyOf(line).size()); }

string FilledTags(string_view record, const Profile& profile, std::span<PlainFill> fills) {
  std::vector<string> lines = LinesWithEnds(record), added;
  std::array<string_view, 3> groups;
  const auto find_tag = [&](const string& line) {
    return std::ranges::any_of(profile.pattern.tag, [&](const Pattern& tag) {
      groups = {};
      return tag.Find(line, groups) && groups[1].data() != nullptr && groups[2].data() != nullptr;
    });
  };
  const auto first = std::ranges::find_if(lines, [&](const string& line) { return find_tag(BodyOf(line)); });
  if (first == lines.end()) return string(record);
  const string shape = BodyOf(*first);
  find_tag(shape);
  const auto name_at = static_cast<size_t>(groups[1].data() - shape.data());
  const auto value_at = static_cast<size_t>(groups[2].data() - shape.data());
  const size_t name_end = name_at + groups[1].size();
  const string line_end = EndOf(lines.front()).empty() ? "\n" : EndOf(lines.front());
  // As wide as that line has it.
  const auto line_of = [&](const string& name, const string& value) {
    const string between = shape.substr(name_end, value_at - name_end);
    const size_t blanks = std::min(between.find_first_not_of(' '), between.size());
    string line = shape.substr(0, name_at) + name;
    while (line.size() < name_end + blanks) line += ' ';
    return line + between.substr(blanks) + value;
  };
  // A line that begins or ends a record cannot be in the midst of one.
  const auto is_border = [&profile](const string& line) {
    const PatternProfile& p = profile.pattern;
    for (const std::vector<Pattern>& border : {p.start, p.maybe, p.end, p.separator, p.section, p.snapshot}) {
      if (std::ranges::any_of(border, [&line](const Pattern& each) { return each.Matches(line); })) return true;
    }
    return false;
  };
  for (PlainFill& fill : fills) {
    for (const auto& [name, value] : NamesAndValues(profile, fill)) {
      const auto silent = std::ranges::find_if(lines, [&, &tag = name](const string& line) {
        const string body = BodyOf(line);
        return find_tag(body) && groups[1] == tag &&
               (IsAllBlank(groups[2]) || StandsForNoValue(WithoutBlanksAround(groups[2])));
      });
      const string line = line_of(name, value);
      if (silent != lines.begin() && is_border(line)) continue;
      fill.is_written = true;
      if (silent != lines.end())
        *silent = line + EndOf(*silent);
      else
        added.push_back(line + line_end);
    }
  }
  // In front of the last line that ends a record, or else behind the last one that is not blank.
  size_t at = lines.size();
  while (at > 0 && std::ranges::none_of(profile.pattern.end,
                                        [&](const Pattern& end) { return end.Matches(BodyOf(lines[at - 1])); }))
    --at;
  if (at > 0) {
    --at;
  } else {
    at = lines.size();
    while (at > 0 && IsAllBlank(lines[at - 1])) --at;
    if (!added.empty() && EndOf(lines[at - 1]).empty()) {
      lines[at - 1] += line_end;
      added.back().resize(added.back().size() - line_end.size());
    }
  }
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), added.begin(), added.end());
  return absl::StrJoin(lines, "");
}

}  // namespace unecho
