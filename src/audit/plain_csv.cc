#include "audit/plain_records.h"

namespace unecho {
namespace {

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// Takes the field at bytes[at], and says whether it is one of RFC 4180. `at` is behind it then.
bool TakeField(std::string_view bytes, char delimiter, size_t& at, std::string& value) {
  value.clear();
  const bool is_quoted = at < bytes.size() && bytes[at] == '"';
  if (is_quoted) {
    for (++at;; ++at) {
      if (at == bytes.size()) return false;
      if (bytes[at] == '"') {
        ++at;
        if (at == bytes.size() || bytes[at] != '"') break;
      }
      value += bytes[at];
    }
    return at == bytes.size() || bytes[at] == delimiter || IsLineEnd(bytes[at]);
  }
  for (; at < bytes.size() && bytes[at] != delimiter && !IsLineEnd(bytes[at]); ++at) {
    if (bytes[at] == '"') return false;
    value += bytes[at];
  }
  return true;
}

}  // namespace

PlainRecords ReadPlainCsv(std::string_view bytes, char delimiter) {
  std::vector<PlainRecord> rows;
  std::string field;
  for (size_t at = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0; at < bytes.size();) {
    if (IsLineEnd(bytes[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    for (;; ++at) {
      if (!TakeField(bytes, delimiter, at, field)) return std::nullopt;
      if (at == bytes.size() || IsLineEnd(bytes[at])) break;
    }
    rows.push_back({begin, at, begin});
  }
  return rows;
}

std::vector<std::string> PlainCsvFields(std::string_view row, char delimiter) {
  std::vector<std::string> fields;
  for (size_t at = 0;; ++at) {
    if (!TakeField(row, delimiter, at, fields.emplace_back()) || at == row.size()) return fields;
  }
}

}  // namespace unecho
