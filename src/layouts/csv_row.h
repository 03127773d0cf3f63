// Rows of CSV and TSV: RFC 4180, and what is written instead of it.
//
// A field that begins with a quote ends at a quote with a delimiter or a line end behind it; any other quote in it must
// be doubled. A stray one is text as long as the field stays on its line: in a field that has crossed a line end, the
// quote that opened it is taken for one that was never closed, and the row for broken. In other fields quotes are text.
#ifndef UNECHO_SRC_LAYOUTS_CSV_ROW_H_
#define UNECHO_SRC_LAYOUTS_CSV_ROW_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"

namespace unecho {

inline constexpr std::string_view kCsvDelimiters = ",\t;|";

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
};

// The row that `text` begins with. `at_end`: nothing comes behind `text`. Cost: linear in the row.
CsvSpan FindCsvRow(std::string_view text, char delimiter, bool at_end);

// The fields of a row that is complete. Views of `row`, or of the arena where quotes were doubled.
void SplitCsvRow(std::string_view row, char delimiter, TextArena& arena, std::vector<std::string_view>& fields);

// The delimiter that the first rows agree on; a comma if there is none.
char DetectDelimiter(std::string_view text, bool at_end);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_ROW_H_
