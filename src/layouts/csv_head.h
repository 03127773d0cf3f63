// The first rows of a source, read with one delimiter: what csv_shape.h judges.
//
// Views borrow from the bytes and from the table's own arena.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_CSV_HEAD_H_
#define UNECHO_SRC_LAYOUTS_CSV_HEAD_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/batch.h"

namespace unecho {

inline constexpr size_t kCsvHeadLines = 50;     // that are not blank; where fields are in quotes, kCsvHeadBytes
inline constexpr size_t kCsvHeadBytes = 60000;  // less than what a layout is known by, whatever stands before it

// The first lines; behind them more may come.
struct CsvHead {
  std::string_view text;
  bool is_all = false;
};

// Nothing if more bytes are needed to tell.
std::optional<CsvHead> CsvHeadOf(std::string_view bytes, bool at_end);

struct CsvHeadRow {
  std::string_view raw;
  std::vector<std::string_view> fields;  // without quotes and the blanks around them
  bool is_complete = true;
  bool is_header_again = false;  // the same as the first
};

struct CsvHeadTable {
  char delimiter = 0;
  size_t columns = 0;                  // of the first row
  std::vector<CsvHeadRow> rows;        // all, complete or not
  std::vector<CsvHeadRow> below;       // those behind the first that have as many columns
  size_t misfits = 0;                  // those that have not
  size_t fields = 0;                   // in all of them
  size_t spaced = 0;                   // ... that begin with a blank behind a delimiter
  size_t quoted = 0, quoted_rows = 0;  // ... in quotes, and rows with such fields
  bool is_survey = false;              // the third row has the ids under which Qualtrics reads the columns again
  TextArena arena;
};

// At least `columns`, and nothing in those behind them.
bool HasColumns(const CsvHeadRow& row, size_t columns);

// `table` is empty.
void ReadHeadTable(const CsvHead& head, char delimiter, CsvHeadTable& table);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_HEAD_H_
