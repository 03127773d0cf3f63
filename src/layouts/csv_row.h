// Rows of CSV and TSV: RFC 4180, and what is written instead of it.
//
// A field that begins with a quote ends at a quote with a delimiter or a line end behind it; any other quote in it must
// be doubled. A stray one is text as long as the field stays on its line: in a field that has crossed a line end, the
// quote that opened it is taken for one that was never closed, and the row for broken. In other fields quotes are text.
//
// Between tabs and bars most programs quote nothing, and a quote that begins a field is a character of it as a rule.
// There a row is its line, if that has the columns of the table; it is read with quotes only where it has them not, or
// where a quote is left open and the line below is no row.
//
// Cost:    linear in the row; with tabs and bars a look at the line below where a quote is left open.
// Threads: functions without state. Failure: CsvRow says how a row is broken.
#ifndef UNECHO_SRC_LAYOUTS_CSV_ROW_H_
#define UNECHO_SRC_LAYOUTS_CSV_ROW_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"

namespace unecho {

inline constexpr std::string_view kCsvDelimiters = ",\t;|";
inline constexpr std::string_view kRareDelimiters = "^~\x01\x1e\x1f";  // taken where all rows agree

enum class CsvRow : uint8_t {
  kComplete,
  kOpenQuote,   // the bytes end in a field whose quote has not been closed
  kIncomplete,  // the bytes end behind a quote, or a CR, or without a line end
  kBroken       // a quote that was never closed
};

struct CsvSpan {
  CsvRow state{};
  size_t end = 0;   // of the row, without its line end; broken: behind the quote that shows it
  size_t next = 0;  // behind the line end
  size_t columns = 0;
  size_t filled = 0;     // columns up to the last that is not empty
  size_t looked_at = 0;  // bytes that were read to decide, if these are more than the row

  // Empty columns behind the last one do no harm. A table of 0 columns has any number.
  bool Fits(size_t table_columns) const {
    return table_columns == 0 || (columns >= table_columns && filled <= table_columns);
  }
};

// The row that `text` begins with. `at_end`: nothing comes behind `text`. Cost: linear in the row.
CsvSpan FindCsvRow(std::string_view text, char delimiter, bool at_end);

// The same for a table of so many columns, by the rule for tabs and bars. 0: not known yet. `is_plain`: quotes are not
// even tried there.
CsvSpan FindTableRow(std::string_view text, char delimiter, size_t columns, bool at_end, bool is_plain = false);
// Is a row between these its line first of all?
constexpr bool IsLineFirst(char delimiter) { return delimiter == '\t' || delimiter == '|'; }

// The fields of a row that is complete. Views of `row`, or of the arena where quotes were doubled.
void SplitCsvRow(std::string_view row, char delimiter, TextArena& arena, std::vector<std::string_view>& fields);
// Those of a row that FindTableRow() has found.
void SplitTableRow(std::string_view row, char delimiter, size_t columns, TextArena& arena,
                   std::vector<std::string_view>& fields);

// The same as they are written, with their quotes. `are_quoted`: quotes around a cell are none of its text.
void CellsOfTableRow(std::string_view row, char delimiter, size_t columns, std::vector<std::string_view>& cells,
                     bool& are_quoted);

// The delimiter that the first rows agree on; a comma if there is none.
char DetectDelimiter(std::string_view text, bool at_end);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_ROW_H_
