#include "layouts/csv_head.h"

#include <algorithm>
#include <utility>

#include "layouts/csv_row.h"
#include "layouts/line_rules.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {

using std::string_view;

namespace {

// Rows of quoted fields may have any number of lines.
bool HasQuotedFields(string_view lines) {
  const auto is_delimiter = [](char c) { return kCsvDelimiters.find(c) != kCsvDelimiters.npos; };
  const string_view first = lines.substr(0, lines.find_first_of("\r\n"));
  if (std::ranges::none_of(first, is_delimiter)) return false;
  for (size_t at = 0; at < lines.size(); ++at) {
    if (lines[at] == '"' && (at == 0 || lines[at - 1] == '\n' || is_delimiter(lines[at - 1]))) return true;
  }
  return false;
}

}  // namespace

std::optional<CsvHead> CsvHeadOf(string_view bytes, bool at_end) {
  const bool is_full = bytes.size() >= kCsvHeadBytes;
  bytes = bytes.substr(0, kCsvHeadBytes);
  LineEnds ends(bytes);
  size_t lines = 0;
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t end = ends.Find(begin);
    // Of a CR alone it is not known whether it is half of a line end.
    if (end == LineEnds::kNone || end + 1 == bytes.size()) break;
    lines += !TrimBlanks(bytes.substr(begin, end - begin)).empty();
    begin = end + ends.Size(end);
    if (lines < kCsvHeadLines) continue;
    if (HasQuotedFields(bytes.substr(0, begin))) break;
    return CsvHead{bytes.substr(0, begin), false};
  }
  if (!is_full && !at_end) return std::nullopt;
  return CsvHead{bytes, !is_full};
}

bool HasColumns(const CsvHeadRow& row, size_t columns) {
  if (row.fields.size() < columns) return false;
  return std::all_of(row.fields.begin() + static_cast<ptrdiff_t>(columns), row.fields.end(),
                     [](string_view field) { return field.empty(); });
}

void ReadHeadTable(const CsvHead& head, char delimiter, CsvHeadTable& table) {
  table.delimiter = delimiter;
  string_view rest = head.text;
  while (!rest.empty()) {
    if (IsBlank(rest[0]) && rest[0] != '\t' && rest[0] != ' ') {
      rest.remove_prefix(1);
      continue;
    }
    const CsvSpan span = FindTableRow(rest, delimiter, table.columns, head.is_all);
    CsvHeadRow row;
    row.is_complete = span.state == CsvRow::kComplete;
    if (row.is_complete || table.rows.empty()) {
      // Of one that goes on behind the head, or whose quote is never closed, the first line.
      row.raw = rest.substr(0, row.is_complete ? span.end : std::min(rest.find_first_of("\r\n"), rest.size()));
      SplitTableRow(row.raw, delimiter, table.columns == 0 ? span.columns : table.columns, table.arena, row.fields);
      for (string_view& field : row.fields) {
        ++table.fields;
        table.spaced += field.starts_with(' ') && field.data() > row.raw.data();
        field = TrimBlanks(field);
      }
      const bool is_blank = std::ranges::all_of(row.fields, [](string_view field) { return field.empty(); });
      if (!is_blank) {
        if (table.columns == 0) table.columns = row.fields.size();
        table.rows.push_back(std::move(row));
      }
    }
    if (span.state != CsvRow::kComplete) break;
    rest.remove_prefix(span.next);
  }
  for (size_t i = 1; i < table.rows.size(); ++i) {
    table.rows[i].is_header_again = table.rows[i].raw == table.rows[0].raw;
    if (HasColumns(table.rows[i], table.columns))
      table.below.push_back(table.rows[i]);
    else
      ++table.misfits;
  }
  if (table.rows.size() > 2) {
    const auto ids = static_cast<size_t>(std::ranges::count_if(
        table.rows[2].fields, [](string_view field) { return field.starts_with("{\"ImportId\":"); }));
    table.is_survey = table.columns > 1 && 2 * ids > table.columns;
  }
  for (const CsvHeadRow& row : table.rows) {
    const size_t before = table.quoted;
    for (size_t at = 0; at < row.raw.size(); ++at)
      table.quoted += row.raw[at] == '"' && (at == 0 || row.raw[at - 1] == delimiter);
    table.quoted_rows += table.quoted > before;
  }
}

}  // namespace unecho
