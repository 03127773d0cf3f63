#include "layouts/line_rules.h"

#include <algorithm>
#include <string>

#include "layouts/page_rules.h"
#include "text/scan.h"

namespace unecho {

LineRules::LineRules(const PatternProfile& profile) : profile_(profile) {
  groups_ = {&profile.furniture, &profile.inside, &profile.snapshot, &profile.section, &profile.separator,
             &profile.end,       &profile.start,  &profile.maybe,    &profile.block,   &profile.above};
  for (size_t kind = 0; kind < groups_.size(); ++kind) {
    for (const Pattern& pattern : *groups_[kind]) {
      for (size_t byte = 0; byte < 256; ++byte) {
        if (pattern.MayBeginWith(static_cast<unsigned char>(byte))) {
          kinds_by_first_byte_[byte] = static_cast<uint16_t>(kinds_by_first_byte_[byte] | 1u << kind);
        }
      }
    }
  }
  // `inside` keeps lines from the kinds behind it; where none of those may match, it changes nothing.
  constexpr unsigned kInside = 1u << static_cast<unsigned>(LineKind::kInside);
  for (uint16_t& kinds : kinds_by_first_byte_) {
    if ((kinds & ~(2 * kInside - 1)) == 0) kinds = static_cast<uint16_t>(kinds & ~kInside);
  }
}

LineKind LineRules::Ask(std::string_view line, uint16_t kinds) const {
  for (size_t kind = 0; kind < groups_.size(); ++kind) {
    if ((kinds >> kind & 1) == 0) continue;
    // Blanks at the end of a separator are not seen, so the line needs no look-alike with them.
    const bool is_separator = static_cast<LineKind>(kind) == LineKind::kSeparator;
    const std::string_view text = is_separator ? line.substr(0, line.find_last_not_of(" \t") + 1) : line;
    for (const Pattern& pattern : *groups_[kind]) {
      if (pattern.Matches(text)) return static_cast<LineKind>(kind);
    }
  }
  return LineKind::kText;
}

std::string_view LineRules::SnapshotOf(std::string_view line) const {
  for (const Pattern& pattern : profile_.snapshot) {
    const std::string_view date = TrimBlanks(pattern.Extract(line));
    if (!date.empty()) return date;
  }
  return {};
}

bool IsDelimiterRow(std::string_view line) {
  line = TrimBlanks(line);
  if (line.find_first_not_of("|:- \t") != line.npos || line.find('|') == line.npos) return false;
  return line.find("--") != line.npos || line.find("-|") != line.npos || line.find("- |") != line.npos ||
         line.find(":-") != line.npos;
}

size_t BarsIn(std::string_view line) {
  size_t bars = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else
      bars += line[i] == '|';
  }
  return bars;
}

std::vector<std::string_view> RowCells(std::string_view line, size_t num_columns) {
  line = TrimBlanks(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|') && !line.ends_with("\\|")) line.remove_suffix(1);
  std::vector<std::string_view> cells;
  size_t begin = 0;
  for (size_t i = 0; i <= line.size(); ++i) {
    if (i < line.size() && line[i] == '\\') {
      ++i;
      continue;
    }
    if (i < line.size() && line[i] != '|') continue;
    cells.push_back(TrimBlanks(line.substr(begin, i - begin)));
    begin = i + 1;
  }
  // A bar in "**p(x|y) and more**": bold that does not end in its cell ends in one of the next.
  constexpr size_t kMostBars = 8;
  size_t more = num_columns > 0 && cells.size() > num_columns ? cells.size() - num_columns : 0;
  if (more == 0) return cells;
  size_t num_cells = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    std::string_view cell = cells[i];
    if (more > 0 && cell.starts_with("**") && (cell.size() < 4 || !cell.ends_with("**"))) {
      const size_t most = std::min({i + more, cells.size() - 1, i + kMostBars});
      for (size_t last = i + 1; last <= most; ++last) {
        if (!cells[last].ends_with("**")) continue;
        cell = {cell.data(), static_cast<size_t>(cells[last].data() + cells[last].size() - cell.data())};
        more -= last - i;
        i = last;
        break;
      }
    }
    cells[num_cells++] = cell;
  }
  cells.resize(num_cells);
  return cells;
}

Columns ColumnsOf(const TableProfile& profile, std::string_view header) {
  Columns columns;
  std::vector<std::string> names;
  for (const std::string_view cell : RowCells(header, 0)) {
    std::string name;
    for (const char c : cell) {
      const bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                        std::string_view(" ;/()_-.").find(c) != std::string_view::npos;
      if (keep) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    names.emplace_back(TrimBlanks(name));
  }
  columns.count = names.size();
  const auto find = [&](const std::vector<std::string>& wanted) -> std::optional<size_t> {
    for (const std::string& name : wanted) {
      const auto found = std::ranges::find(names, name);
      if (found != names.end()) return static_cast<size_t>(found - names.begin());
    }
    return std::nullopt;
  };
  columns.title = find(profile.title);
  columns.body = find(profile.body);
  columns.snapshot = find(profile.snapshot);
  return columns;
}

}  // namespace unecho
