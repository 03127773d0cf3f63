#include "layouts/csv_row.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/batch.h"

namespace unecho {
namespace {

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// Behind the quote that closes the field that begins at text[at] with one. npos: it is not closed, as row.state says.
size_t ClosingQuote(std::string_view text, size_t at, char delimiter, bool at_end, CsvSpan& row) {
  bool crossed_line = false;
  size_t from = at + 1;
  for (;;) {
    const size_t quote = text.find('"', from);
    if (!crossed_line)
      crossed_line = text.substr(from, quote == text.npos ? quote : quote - from).find('\n') != text.npos;
    if (quote == text.npos) {
      row = {CsvRow::kOpenQuote, text.size(), text.size()};
      return text.npos;
    }
    if (quote + 1 == text.size()) {
      if (at_end) return quote + 1;
      row.state = CsvRow::kIncomplete;
      return text.npos;
    }
    const char behind = text[quote + 1];
    if (behind == '"') {
      from = quote + 2;
      continue;
    }
    if (behind == delimiter || IsLineEnd(behind)) return quote + 1;
    if (crossed_line) {
      row = {CsvRow::kBroken, quote + 1, quote + 1};
      return text.npos;
    }
    from = quote + 1;
  }
}

// Where the row that ends at text[at] ends, with its line end.
void EndRow(std::string_view text, size_t at, bool at_end, CsvSpan& row) {
  row.end = row.next = at;
  row.state = CsvRow::kComplete;
  if (at == text.size()) {
    if (!at_end) row.state = CsvRow::kIncomplete;
    return;
  }
  if (text[at] == '\r') {
    if (at + 1 == text.size() && !at_end) {
      row.state = CsvRow::kIncomplete;
      return;
    }
    ++row.next;
  }
  if (row.next < text.size() && text[row.next] == '\n') ++row.next;
}

void CountField(bool is_empty, CsvSpan& row) {
  ++row.columns;
  if (!is_empty) row.filled = row.columns;
}

// In quotes from end to end, and every quote inside is doubled.
bool IsQuoted(std::string_view field) {
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return false;
  field = field.substr(1, field.size() - 2);
  for (size_t at = field.find('"'); at != field.npos; at = field.find('"', at + 2)) {
    if (at + 1 == field.size() || field[at + 1] != '"') return false;
  }
  return true;
}

// The line as a row without quotes. `has_open_quote`: a field begins with a quote that does not end it.
CsvSpan FindPlainRow(std::string_view text, char delimiter, bool at_end, bool& has_open_quote) {
  CsvSpan row;
  has_open_quote = false;
  for (size_t at = 0;; ++at) {
    const size_t begin = at;
    while (at < text.size() && text[at] != delimiter && !IsLineEnd(text[at])) ++at;
    CountField(at == begin, row);
    if (at > begin && text[begin] == '"' && !has_open_quote) has_open_quote = !IsQuoted(text.substr(begin, at - begin));
    if (at == text.size() || IsLineEnd(text[at])) {
      EndRow(text, at, at_end, row);
      return row;
    }
  }
}

// The field in quotes, without them.
std::string_view Unquoted(std::string_view field, TextArena& arena) {
  std::string_view inner = field.substr(1);
  if (inner.ends_with('"')) inner.remove_suffix(1);
  if (inner.find("\"\"") == inner.npos) return inner;
  char* const to = arena.Reserve(inner.size());
  size_t size = 0;
  while (!inner.empty()) {
    // Up to and with the first quote of a pair; a stray one stays.
    const size_t quote = std::min(inner.find('"'), inner.size() - 1);
    std::memcpy(to + size, inner.data(), quote + 1);
    size += quote + 1;
    inner.remove_prefix(quote + 1);
    if (to[size - 1] == '"' && inner.starts_with('"')) inner.remove_prefix(1);
  }
  return arena.Commit(size);
}

}  // namespace

CsvSpan FindCsvRow(std::string_view text, char delimiter, bool at_end) {
  CsvSpan row;
  for (size_t at = 0;; ++at) {
    const size_t begin = at;
    if (at < text.size() && text[at] == '"') {
      at = ClosingQuote(text, at, delimiter, at_end, row);
      if (at == text.npos) return row;
    }
    while (at < text.size() && text[at] != delimiter && !IsLineEnd(text[at])) ++at;
    CountField(at == begin || text.substr(begin, at - begin) == "\"\"", row);
    if (at == text.size() || IsLineEnd(text[at])) {
      EndRow(text, at, at_end, row);
      return row;
    }
  }
}

CsvSpan FindTableRow(std::string_view text, char delimiter, size_t columns, bool at_end, bool is_plain) {
  if (!IsLineFirst(delimiter)) return FindCsvRow(text, delimiter, at_end);
  bool has_open_quote = false;
  CsvSpan line = FindPlainRow(text, delimiter, at_end, has_open_quote);
  if (line.state != CsvRow::kComplete || !has_open_quote || is_plain) return line;
  if (columns == 0 || line.Fits(columns)) {
    if (line.next == text.size() && at_end) return line;
    bool ignored = false;
    const CsvSpan below = FindPlainRow(text.substr(line.next), delimiter, at_end, ignored);
    if (below.state != CsvRow::kComplete) {
      line.state = CsvRow::kIncomplete;
      line.end = line.next = text.size();
      return line;
    }
    const size_t wanted = columns == 0 ? line.columns : columns;
    if (wanted > 1 && below.Fits(wanted)) return line;
  }
  const CsvSpan quoted = FindCsvRow(text, delimiter, at_end);
  if (quoted.state == CsvRow::kComplete && quoted.Fits(columns)) return quoted;
  if (quoted.state == CsvRow::kComplete || quoted.state == CsvRow::kBroken || at_end) {
    line.looked_at = quoted.end;
    return line;
  }
  return quoted;
}

namespace {

void CellsOfCsvRow(std::string_view row, char delimiter, std::vector<std::string_view>& cells) {
  cells.clear();
  for (size_t at = 0;;) {
    size_t end = at;
    if (at < row.size() && row[at] == '"') {
      CsvSpan span;
      end = std::min(ClosingQuote(row, at, delimiter, true, span), row.size());
    } else {
      end = std::min(row.find(delimiter, at), row.size());
    }
    cells.push_back(row.substr(at, end - at));
    if (end >= row.size()) return;
    at = end + 1;
  }
}

}  // namespace

void SplitCsvRow(std::string_view row, char delimiter, TextArena& arena, std::vector<std::string_view>& fields) {
  CellsOfCsvRow(row, delimiter, fields);
  for (std::string_view& field : fields) {
    if (field.starts_with('"')) field = Unquoted(field, arena);
  }
}

void CellsOfTableRow(std::string_view row, char delimiter, size_t columns, std::vector<std::string_view>& cells,
                     bool& are_quoted) {
  bool has_open_quote = false;
  const bool is_line = IsLineFirst(delimiter) && [&] {
    const CsvSpan line = FindPlainRow(row, delimiter, true, has_open_quote);
    return line.end == row.size() && (!has_open_quote || line.Fits(columns));
  }();
  are_quoted = !is_line;
  if (!is_line) return CellsOfCsvRow(row, delimiter, cells);
  cells.clear();
  for (size_t at = 0;;) {
    const size_t end = std::min(row.find(delimiter, at), row.size());
    cells.push_back(row.substr(at, end - at));
    if (end == row.size()) return;
    at = end + 1;
  }
}

void SplitTableRow(std::string_view row, char delimiter, size_t columns, TextArena& arena,
                   std::vector<std::string_view>& fields) {
  bool are_quoted = false;
  CellsOfTableRow(row, delimiter, columns, fields, are_quoted);
  for (std::string_view& field : fields) {
    if (are_quoted ? field.starts_with('"') : IsQuoted(field)) field = Unquoted(field, arena);
  }
}

char DetectDelimiter(std::string_view text, bool at_end) {
  constexpr size_t kRows = 10;
  char best = ',';
  size_t best_rows = 0, best_columns = 1;
  for (const char delimiter : kCsvDelimiters) {
    size_t columns = 0, rows = 0;
    std::string_view rest = text;
    while (!rest.empty() && rows < kRows) {
      const CsvSpan row = FindCsvRow(rest, delimiter, at_end);
      if (row.state != CsvRow::kComplete) break;
      TextArena arena;
      std::vector<std::string_view> fields;
      SplitCsvRow(rest.substr(0, row.end), delimiter, arena, fields);
      if (row.end > 0) {
        if (columns == 0) columns = fields.size();
        if (fields.size() != columns) break;
        ++rows;
      }
      rest.remove_prefix(row.next);
    }
    if (columns < 2) continue;
    if (rows > best_rows || (rows == best_rows && columns > best_columns)) {
      best = delimiter;
      best_rows = rows;
      best_columns = columns;
    }
  }
  if (best_rows > 0) return best;
  // Not one whole row: the delimiter that is seen most often.
  for (const char delimiter : kCsvDelimiters) {
    if (std::ranges::count(text, delimiter) > std::ranges::count(text, best)) best = delimiter;
  }
  return best;
}

}  // namespace unecho
