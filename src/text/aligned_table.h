// Rows of cells as columns for a terminal, two blanks between them.
//
// Threads: pure. Failure: none.
#ifndef UNECHO_SRC_TEXT_ALIGNED_TABLE_H_
#define UNECHO_SRC_TEXT_ALIGNED_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace unecho {

using TableRow = std::vector<std::string>;

enum class FirstColumn : uint8_t { kLeft, kRight };

// All rows have as many cells as the first. Columns are aligned to the right, as numbers are; the first as
// `first_column` says. Every row ends with a line feed.
std::string AlignedTable(const std::vector<TableRow>& rows, FirstColumn first_column);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_ALIGNED_TABLE_H_
