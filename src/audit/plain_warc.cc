#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "audit/plain_records.h"
#include "base/status.h"

namespace unecho {
namespace {

std::string_view WithoutBlanks(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// The line at text[0], without its line end. False: it does not end.
bool TakeLine(std::string_view& text, std::string_view& line) {
  const size_t end = text.find('\n');
  if (end == text.npos) return false;
  line = text.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  text.remove_prefix(end + 1);
  return true;
}

// What follows the version line, and what follows the head.
bool TakeHead(std::string_view& text, std::vector<PlainField>& headers) {
  std::string_view line;
  if (!text.starts_with("WARC/") || !TakeLine(text, line)) return false;
  for (;;) {
    if (!TakeLine(text, line)) return false;
    if (line.empty()) return true;
    if (line[0] == ' ' || line[0] == '\t') {
      if (headers.empty()) return false;
      std::string& value = headers.back().value;
      if (!value.empty()) value += ' ';
      value += WithoutBlanks(line);
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == line.npos || colon == 0) return false;
    headers.push_back({std::string(line.substr(0, colon)), std::string(WithoutBlanks(line.substr(colon + 1)))});
  }
}

}  // namespace

PlainRecords ReadPlainWarc(std::string_view bytes) {
  std::vector<PlainRecord> records;
  for (std::string_view rest = bytes; !rest.empty();) {
    const auto begin = static_cast<size_t>(rest.data() - bytes.data());
    std::vector<PlainField> headers;
    if (!TakeHead(rest, headers)) return std::nullopt;
    size_t length = 0;
    const auto says_length = [](const PlainField& header) {
      return absl::EqualsIgnoreCase(Abs(header.name), "Content-Length");
    };
    const auto header = std::ranges::find_if(headers, says_length);
    const auto is_number = [](const std::string& text) { return text.find_first_not_of("0123456789") == text.npos; };
    if (header == headers.end() || !is_number(header->value) || !absl::SimpleAtoi(header->value, &length) ||
        length > rest.size())
      return std::nullopt;
    rest.remove_prefix(length);
    records.push_back({begin, static_cast<size_t>(rest.data() - bytes.data()), begin});
    // Two line ends; behind the last record perhaps fewer.
    for (int i = 0; i < 2 && !rest.empty(); ++i) {
      if (!rest.starts_with("\r\n")) return std::nullopt;
      rest.remove_prefix(2);
    }
  }
  return records;
}

std::vector<PlainField> PlainWarcHeaders(std::string_view record) {
  std::vector<PlainField> headers;
  TakeHead(record, headers);
  return headers;
}

}  // namespace unecho
