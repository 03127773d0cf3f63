// What a batch of a table knows of the rows in front of it: Batch::context of the engine csv.
//
// Threads: plain values. Failure: none; Of() reads what Text() has written.
#ifndef UNECHO_SRC_LAYOUTS_CSV_CONTEXT_H_
#define UNECHO_SRC_LAYOUTS_CSV_CONTEXT_H_

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace unecho {

struct CsvContext {
  char delimiter = ',';
  bool has_header = true;
  bool fits_names = true;      // as CsvShape
  size_t columns = 0;          // 0: any number
  std::vector<bool> is_prose;  // by column
  std::string_view header;     // the row; empty without a header

  std::string Text() const {
    std::string text{delimiter, has_header ? 'h' : '-', fits_names ? 'f' : '-'};
    absl::StrAppend(&text, columns, " ");
    for (const bool each : is_prose) text += each ? 'p' : '-';
    text += '\n';
    return text.append(header);
  }
  static CsvContext Of(std::string_view text) {
    CsvContext context;
    context.delimiter = text[0];
    context.has_header = text[1] == 'h';
    context.fits_names = text[2] == 'f';
    const size_t blank = text.find(' ', 3), line_end = text.find('\n', 3);
    std::from_chars(text.data() + 3, text.data() + blank, context.columns);
    for (const char each : text.substr(blank + 1, line_end - blank - 1)) context.is_prose.push_back(each == 'p');
    context.header = text.substr(line_end + 1);
    return context;
  }
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_CSV_CONTEXT_H_
