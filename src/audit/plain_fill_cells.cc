// Rows of tables.
#include <algorithm>
#include <optional>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "audit/plain_fill_forms.h"

namespace unecho {

using std::string;
using std::string_view;

namespace {

// The cells of a row as they are written, if it is parted so and they say what the layout has found.
std::optional<std::vector<string>> CellsBy(char delimiter, string_view row, std::span<const NamedField> fields) {
  std::vector<string> cells(1);
  bool in_quotes = false;
  for (const char c : row) {
    if (c == '"' && (in_quotes || cells.back().empty()))
      in_quotes = !in_quotes;
    else if (c == '"' && cells.back().starts_with('"'))
      in_quotes = true;  // doubled
    if (c == delimiter && !in_quotes)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  if (cells.size() < fields.size()) return std::nullopt;
  for (size_t i = 0; i < fields.size(); ++i) {
    string text = cells[i];
    if (text.size() > 1 && text.starts_with('"') && text.ends_with('"'))
      text = absl::StrReplaceAll(text.substr(1, text.size() - 2), {{"\"\"", "\""}});
    if (text != fields[i].value) return std::nullopt;
  }
  return cells;
}

}  // namespace

string FilledRow(const AuditSpan& span, const Profile& profile, std::span<PlainFill> fills) {
  const std::span<const NamedField> fields = span.segmented->fields;
  std::optional<std::vector<string>> cells;
  char delimiter = 0;
  for (const char each : string_view(",\t;|^~\x01\x1e\x1f")) {
    if (cells = CellsBy(each, span.bytes, fields); cells) {
      delimiter = each;
      break;
    }
  }
  if (!cells) return string(span.bytes);
  const auto put = [&](size_t column, const string& value) {
    string& cell = cells->at(column);
    string inner = cell;
    if (inner.size() > 1 && inner.starts_with('"') && inner.ends_with('"')) inner = inner.substr(1, inner.size() - 2);
    if (!IsAllBlank(inner) && !StandsForNoValue(WithoutBlanksAround(inner))) return false;
    const bool is_plain = value.find(delimiter) == string::npos && value.find('"') == string::npos;
    if ((delimiter == '\t' || delimiter == '|') && !is_plain) return false;
    const bool wants_quotes = delimiter != '\t' && delimiter != '|' && (!is_plain || cell.starts_with('"'));
    cell = wants_quotes ? "\"" + absl::StrReplaceAll(value, {{"\"", "\"\""}}) + "\"" : value;
    return true;
  };
  for (PlainFill& fill : fills) {
    std::optional<std::pair<size_t, size_t>> best;  // rank and column
    for (size_t i = 0; i < fields.size(); ++i) {
      const auto rank = RankOfName(fields[i].name, StandardOf(fill.field), profile.names);
      if (!rank || (fill.field == "pages" && PageNameOf(fields[i].name, profile.names) == PageName::kNone)) continue;
      if (!best || std::pair(*rank, i) < *best) best = {*rank, i};
    }
    if (!best) continue;
    const bool is_first =
        fill.field == "pages" && PageNameOf(fields[best->second].name, profile.names) == PageName::kFirst;
    const auto [first, last] = FirstAndLastOf(fill.value);
    fill.is_written = put(best->second, is_first ? first : fill.value);
    if (!fill.is_written || !is_first || last.empty()) continue;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (PageNameOf(fields[i].name, profile.names) != PageName::kLast) continue;
      put(i, last);
      break;
    }
  }
  return absl::StrJoin(*cells, string(1, delimiter));
}

}  // namespace unecho
