#include "layouts/json_lines.h"

#include <algorithm>

#include "layouts/profile.h"

namespace unecho {

bool IsTemplate(std::string_view text) {
  return text.starts_with("{{") || text.starts_with("{|") || text.starts_with("{%") || text.starts_with("{#");
}

bool MayBeTable(std::string_view text) {
  const size_t next = text.find_first_not_of(" \t\r\n", 1);
  return text[0] == '{' || next == text.npos || text[next] != '{';
}

bool HasAssignedList(std::string_view line) {
  static const Pattern kAssigned = Pattern::Known(R"(^[\w.\[\]"' ]+ ?= ?\[ *(?:[{"].*)?$)");
  return kAssigned.Matches(line);
}

bool IsMostlyJson(std::span<const Line> lines) {
  constexpr size_t kLeast = 4;
  static const Pattern kLine = Pattern::Known(
      R"(^(?:[{}\[\]]+[,;]?|[{\[]+ *"[^"]*".*|(?:"[^"]*"|[\w$]+) *: *(?:["{\[\d-](?:.*[,{\["\d])?|true,?|false,?|null,?))$)");
  size_t like = 0, braces = 0;
  for (const Line& line : lines) {
    const bool is_like = kLine.Matches(line.text);
    like += is_like;
    braces += is_like && std::string_view("{[]}").find(line.text[0]) != std::string_view::npos;
  }
  return like >= kLeast && 10 * braces >= like && 10 * like >= 6 * lines.size();
}

bool IsJson5(std::span<const Line> lines) {
  static const Pattern kComment = Pattern::Known(R"(^(?://.*|/\*.*\*/|#.*)$)");
  static const Pattern kStrict = Pattern::Known(
      R"(^(?:[{}\[\]]+[,;]?|[{\[]* *"[^"]*"(?: *:.*)?[,}\]]* *(?://.*|/\*.*\*/)?.*|true,?|false,?|null,?|-?[\d.]+,?)$)");
  static const Pattern kLoose =
      Pattern::Known(R"(^[{\[]* *(?:[A-Za-z_$][\w$]*|'[^']*') *: *(?:["'{\[\d-].*|true.*|false.*|null.*)$)");
  size_t strange = 0, first = 0;
  while (first < lines.size() && kComment.Matches(lines[first].text)) ++first;
  if (first == lines.size() || (lines[first].text[0] != '{' && lines[first].text[0] != '[')) return false;
  for (const Line& line : lines.subspan(first)) {  // comments in front of JSON are furniture
    const bool is_strange = kComment.Matches(line.text) || kLoose.Matches(line.text);
    if (!is_strange && !kStrict.Matches(line.text)) return false;
    strange += is_strange;
  }
  return strange > 0 && lines.size() > 1;
}

}  // namespace unecho
