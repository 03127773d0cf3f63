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

}  // namespace

CsvSpan FindCsvRow(std::string_view text, char delimiter, bool at_end) {
  CsvSpan row;
  size_t at = 0;
  for (;;) {
    if (at < text.size() && text[at] == '"') {
      at = ClosingQuote(text, at, delimiter, at_end, row);
      if (at == text.npos) return row;
    }
    while (at < text.size() && text[at] != delimiter && !IsLineEnd(text[at])) ++at;
    if (at == text.size()) break;
    if (IsLineEnd(text[at])) break;
    ++at;
  }
  row.end = row.next = at;
  if (at == text.size()) {
    row.state = at_end ? CsvRow::kComplete : CsvRow::kIncomplete;
    return row;
  }
  if (text[at] == '\r') {
    if (at + 1 == text.size() && !at_end) {
      row.state = CsvRow::kIncomplete;
      return row;
    }
    ++row.next;
  }
  if (row.next < text.size() && text[row.next] == '\n') ++row.next;
  return row;
}

void SplitCsvRow(std::string_view row, char delimiter, TextArena& arena, std::vector<std::string_view>& fields) {
  fields.clear();
  for (size_t at = 0;;) {
    size_t end = at;
    if (at < row.size() && row[at] == '"') {
      CsvSpan span;
      end = std::min(ClosingQuote(row, at, delimiter, true, span), row.size());
      std::string_view inner = row.substr(at + 1, end - at - 1);
      if (inner.ends_with('"')) inner.remove_suffix(1);
      if (inner.find("\"\"") == inner.npos) {
        fields.push_back(inner);
      } else {
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
        fields.push_back(arena.Commit(size));
      }
    } else {
      end = std::min(row.find(delimiter, at), row.size());
      fields.push_back(row.substr(at, end - at));
    }
    if (end >= row.size()) return;
    at = end + 1;
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
