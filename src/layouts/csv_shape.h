// What the first rows of a table show: what parts its columns, whether the first row names them, and whether a file of
// which nothing else is known is a table at all.
//
// A table has the same number of columns, two at least, in nearly all rows that are looked at. That alone proves
// something only where tabs are between them: lines of prose may have a comma each. With the other delimiters it takes
// a first row that reads like names, fields in quotes, or columns of numbers and dates. What is uncertain is no table.
//
// The first row is a header if it has names that are known (those of languages and of two sides are), or if all of it
// could be names and the rows below are of another kind: numbers and dates, or texts where the name is short. A value
// that comes again in its column is no name.
//
// Lines above the header that have other columns, as the title of an export has, are no rows, nor are the settings in
// front of cards (#separator:tab), and what stands below the header of a survey: its questions and their ids. Two
// tables one below the other are refused.
//
// In:      the first bytes of a source. The answer depends on the first lines alone, and not on how many bytes behind
//          them are there.
// Cost:    once a source: its first lines, read with every delimiter.
// Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_CSV_SHAPE_H_
#define UNECHO_SRC_LAYOUTS_CSV_SHAPE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/profile.h"
#include "unecho/layouts.h"

namespace unecho {

struct CsvShape {
  bool is_table = false;  // there is evidence enough to read a file as one that nobody called CSV
  char delimiter = ',';
  bool has_header = true;
  size_t columns = 0;          // of most rows; 0: no row is complete
  bool fits_names = true;      // --columns: most rows have as many
  std::vector<bool> is_prose;  // by column: most of its fields are sentences
  size_t preface_bytes = 0;    // of lines above the header that are no rows: a title, comments, settings
  size_t more_headers = 0;     // rows below the header that are none either
  std::string refusal;         // not empty: it is no one table, and what to do
  std::string why;             // "12 columns; the first row names them"
};

// `bytes`: of a source, from behind its byte order mark. Nothing if more of them are needed. Whether it is a table does
// not depend on `options`.
std::optional<CsvShape> ShapeOfCsv(std::string_view bytes, bool at_end, const CsvProfile& profile,
                                   const LayoutOptions& options);

// The delimiter that a first line of some spreadsheets names: sep=; and nothing else. 0: it names none.
char DelimiterHint(std::string_view line);

// The same of the settings in front of exported cards, #separator:tab, and the lines of them.
struct CardSettings {
  char delimiter = '\0';
  size_t bytes = 0;  // to behind the last line that begins with #
};
CardSettings CardSettingsOf(std::string_view text);

// A name of a column is what it is without case and the blanks around it.
bool IsSameColumn(std::string_view column, std::string_view name);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_SHAPE_H_
