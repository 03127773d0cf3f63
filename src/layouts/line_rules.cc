#include "layouts/line_rules.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "layouts/date_lines.h"
#include "layouts/field_names.h"
#include "layouts/page_rules.h"
#include "layouts/prose.h"
#include "text/characters.h"
#include "text/code_points.h"
#include "text/scan.h"

namespace unecho {
namespace {

// The line without the marks of a heading or of bold type.
std::string_view DateOf(std::string_view line) {
  const auto trim = [&line](std::string_view mark) {
    while (line.starts_with(mark)) line.remove_prefix(mark.size());
    while (line.ends_with(mark)) line.remove_suffix(mark.size());
    line = TrimBlanks(line);
  };
  line = TrimBlanks(line);
  trim("#");
  trim("**");
  return line;
}

// Is a column called so no text of the rows? `cell`: its name as it stands; names in other scripts say nothing of it.
bool IsDetail(std::string_view name, std::string_view cell) {
  static constexpr std::string_view kDetails[] = {
      "code",         "codes",        "repo",         "repository",   "github",    "project",      "projects",
      "project page", "website",      "webpage",      "homepage",     "home page", "demo",         "arxiv",
      "arxiv id",     "paper",        "papers",       "conference",   "conf",      "conf.",        "venue/year",
      "publisher",    "read",         "translate",    "no",           "no.",       "nr",           "rank",
      "paper id",     "publish date", "publish_date", "release date", "submitted", "first author", "author(s)",
      "institute",    "pub.",         "pub",          "slides",       "poster"};
  if (name.empty()) {
    for (size_t at = 0; at < cell.size();) {
      const int32_t c = NextCodePoint(cell.data(), at, cell.size());
      if (c >= 0x80 && u_isalpha(c)) return false;
    }
    return true;
  }
  return IsNoText(name) || IsIdentity(name) || std::ranges::find(kDetails, name) != std::end(kDetails);
}

}  // namespace

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
      if (!pattern.Matches(text)) continue;
      // What begins like an item of a list ("14. M\u00E4rz 2025"), or is a heading, may be a date.
      const bool is_date = (static_cast<LineKind>(kind) == LineKind::kMaybe && IsDate(DateOf(line))) ||
                           (static_cast<LineKind>(kind) == LineKind::kSection && IsDated(line));
      return is_date ? LineKind::kSnapshot : static_cast<LineKind>(kind);
    }
  }
  return LineKind::kText;
}

bool LineRules::IsDated(std::string_view heading) {
  const std::string_view date = DateOf(heading);
  const bool is_year =
      date.size() == 4 && (date.starts_with("19") || date.starts_with("20")) && std::ranges::all_of(date, IsDigit);
  return is_year || IsDate(date) || IsPeriod(date);
}

std::string_view LineRules::SnapshotOf(std::string_view line) const {
  for (const Pattern& pattern : profile_.snapshot) {
    const std::string_view date = TrimBlanks(pattern.Extract(line));
    if (!date.empty()) return date;
  }
  return IsDated(line) ? DateOf(line) : std::string_view();
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

std::vector<std::string_view> RowCells(std::string_view line, size_t num_columns, std::optional<size_t> body) {
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
  while (cells.size() > num_columns && cells.back().empty()) cells.pop_back();
  if (cells.size() > num_columns) {
    const size_t wide = body.value_or(num_columns - 1), last = wide + cells.size() - num_columns;
    cells[wide] = {cells[wide].data(),
                   static_cast<size_t>(cells[last].data() + cells[last].size() - cells[wide].data())};
    cells.erase(cells.begin() + static_cast<ptrdiff_t>(wide) + 1, cells.begin() + static_cast<ptrdiff_t>(last) + 1);
  }
  return cells;
}

bool Fences::IsCode(std::string_view line) {
  constexpr size_t kMostCode = 1000;
  line = TrimBlanks(line);
  const bool is_fence = line.starts_with("```") || line.starts_with("~~~");
  if (fence_ == 0) {
    // ```code``` opens nothing.
    if (!is_fence || line.find("```", 3) != line.npos) return false;
    fence_ = line[0];
    lines_ = 0;
    return false;
  }
  if ((is_fence && line[0] == fence_) || ++lines_ > kMostCode) {
    fence_ = 0;
    return false;
  }
  return true;
}

Columns ColumnsOf(const TableProfile& profile, std::string_view header) {
  Columns columns;
  std::vector<std::string> names;
  const std::vector<std::string_view> cells = RowCells(header, 0);
  for (const std::string_view cell : cells) {
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
  for (size_t i = 0; i < names.size(); ++i) {
    if (columns.title == i || columns.body == i || columns.snapshot == i) continue;
    if (IsDetail(names[i], cells[i]) || (columns.body && IsRemark(names[i]))) continue;
    columns.others.push_back(i);
  }
  return columns;
}

bool SaysSomething(std::string_view cell, bool has_body) {
  static const Pattern kNothing = Pattern::Known(
      R"((?i)^[^\pL\pN]*(?:(?:[^\pL\pN\[<!]*(?:!?\[[^\]]*\]\([^)]*\)|<?https?://\S+>?|<a\s[^>]*>[^<]*</a>|<img[^>]*>))+|null|none|n/?a|nan|tba|tbd)?[^\pL\pN]*$)");
  return has_body ? IsProse(cell) && !kNothing.Matches(cell) : !kNothing.Matches(cell);
}

}  // namespace unecho
