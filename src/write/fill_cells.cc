// Tables: the empty cell of a column that is called so. A table gets no column that it does not have.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/csv_context.h"
#include "layouts/csv_row.h"
#include "text/scan.h"
#include "write/fill_forms.h"

namespace unecho {
namespace {

// Whether a cell is blank or stands for no value, in quotes or not.
bool IsSilentCell(std::string_view cell) {
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return IsBlankText(cell) || StandsForNoValue(TrimBlanks(cell));
}

// The column of a field, of several the one that counts first. Of pages no article's number.
std::optional<size_t> ColumnOf(std::span<const std::string_view> columns, std::span<const StandardName> names,
                               MergeField field) {
  std::optional<size_t> best;
  size_t best_rank = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto rank = RankOfName(columns[i], StandardNameOf(field), names);
    if (!rank || (field == MergeField::kPages && PageNameOf(columns[i], names) == PageName::kNone)) continue;
    if (!best || *rank < best_rank) best = i, best_rank = *rank;
  }
  return best;
}

// A row that is being filled.
class Row {
 public:
  Row(std::string& row, const CsvContext& context, size_t columns)
      : row_(row), delimiter_(context.delimiter), columns_(columns) {}

  // False: it has a value, or the value cannot be written there.
  bool Put(size_t column, std::string_view value) {
    std::vector<std::string_view> cells;
    bool are_quoted = false;
    CellsOfTableRow(row_, delimiter_, columns_, cells, are_quoted);
    if (column >= cells.size() || !IsSilentCell(cells[column])) return false;
    const bool is_special = value.find_first_of(std::string{delimiter_, '"'}) != value.npos;
    const bool was_quoted = cells[column].starts_with('"');
    std::string cell(value);
    if (IsLineFirst(delimiter_)) {  // where nobody knows whether quotes are text
      if (is_special) return false;
    } else if (is_special || was_quoted) {
      cell = '"';
      for (const char c : value) cell.append(c == '"' ? 2 : 1, c);
      cell += '"';
    }
    row_.replace(static_cast<size_t>(cells[column].data() - row_.data()), cells[column].size(), cell);
    return true;
  }

 private:
  std::string& row_;
  char delimiter_;
  size_t columns_;
};

}  // namespace

MergeMask FillCells(const LayoutOptions& options, std::span<const StandardName> names, std::string_view context,
                    std::span<const Filling> fillings, std::string& out) {
  if (context.empty()) return 0;
  const CsvContext table = CsvContext::Of(context);
  TextArena arena;
  std::vector<std::string_view> columns;
  size_t count = table.columns;
  if (table.has_header) {
    SplitTableRow(table.header, table.delimiter, table.columns, arena, columns);
    count = columns.size();
  } else {
    columns.assign(options.columns.begin(), options.columns.end());
  }
  Row row(out, table, count);
  MergeMask filled = 0;
  for (const auto& [field, value, tex] : fillings) {
    const auto column = ColumnOf(columns, names, field);
    if (!column) continue;
    const bool is_first = field == MergeField::kPages && PageNameOf(columns[*column], names) == PageName::kFirst;
    const FirstAndLastPage pages = SplitPages(value);
    if (!row.Put(*column, is_first ? pages.first : value)) continue;
    filled |= BitOf(field);
    if (!is_first || pages.last.empty()) continue;
    const auto last = std::ranges::find_if(
        columns, [names](std::string_view name) { return PageNameOf(name, names) == PageName::kLast; });
    if (last != columns.end()) row.Put(static_cast<size_t>(last - columns.begin()), pages.last);
  }
  return filled;
}

}  // namespace unecho
