#include "text/aligned_table.h"

#include <algorithm>

#include "text/shown_text.h"

namespace unecho {

std::string AlignedTable(const std::vector<TableRow>& rows, FirstColumn first_column) {
  std::vector<size_t> widths(rows.empty() ? 0 : rows.front().size());
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  std::string out;
  for (const TableRow& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const size_t padding = widths[i] - Width(row[i]);
      const bool to_the_left = i == 0 && first_column == FirstColumn::kLeft;
      if (i > 0) out += "  ";
      if (!to_the_left) out.append(padding, ' ');
      out += row[i];
      if (to_the_left) out.append(padding, ' ');
    }
    out += '\n';
  }
  return out;
}

}  // namespace unecho
