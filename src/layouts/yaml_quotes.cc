#include "layouts/yaml_quotes.h"

#include <algorithm>

#include "text/characters.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

size_t IndentOf(string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

// "|", ">-", "|2+"
bool BeginsBlock(string_view value) {
  return (value[0] == '|' || value[0] == '>') && value.find_first_not_of("+-0123456789 ", 1) == value.npos;
}

bool NeedsQuotes(string_view value) {
  const char first = value[0];
  if (first == '"' || first == '\'') {
    const size_t end = value.find(first, 1);
    return end != value.npos && end + 1 < value.size() && value.back() != first;
  }
  if (first == '[' || first == '{') return value.back() != (first == '[' ? ']' : '}');
  return string_view("*&!%@`|>").find(first) != value.npos || value.find(": ") != value.npos || value.back() == ':' ||
         value.starts_with("- ") || value.starts_with("? ");
}

// The key of a line: where its value begins, or npos. `column`: where the key does.
size_t ValueOf(string_view line, size_t& column) {
  column = IndentOf(line);
  while (line.substr(column).starts_with("- ")) column += 2 + IndentOf(line.substr(column + 2));
  size_t end = column;
  while (end < line.size() && (IsAlpha(line[end]) || IsDigit(line[end]) || line[end] == '_' || line[end] == '-' ||
                               line[end] == '.' || line[end] == ' '))
    ++end;
  if (end == column || !line.substr(end).starts_with(": ")) return line.npos;
  return std::min(line.find_first_not_of(' ', end + 1), line.size());
}

// A line of `text`, and behind it.
string_view TakeLine(string_view text, size_t& at) {
  const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  const string_view line = text.substr(at, end - at);
  at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  return line;
}

}  // namespace

bool QuotePlainValues(string_view text, std::string& out) {
  constexpr size_t kNone = SIZE_MAX;
  size_t block_column = kNone;  // what is indented deeper is text as it stands
  bool has_quoted = false;
  std::string value;
  out.clear();
  for (size_t at = 0; at < text.size();) {
    const string_view line = TakeLine(text, at);
    const size_t indent = IndentOf(line);
    if (block_column != kNone && (indent == line.size() || indent > block_column)) {
      out += line;
      out += '\n';
      continue;
    }
    block_column = kNone;
    size_t column = 0;
    const size_t begin = ValueOf(line, column);
    const string_view first = begin == line.npos ? string_view() : TrimBlanks(line.substr(begin));
    if (!first.empty() && BeginsBlock(first)) block_column = column;
    if (first.empty() || block_column != kNone || !NeedsQuotes(first)) {
      out += line;
      out += '\n';
      continue;
    }
    value = first;
    // The lines that it goes on with.
    for (size_t next = at; next < text.size(); at = next) {
      const string_view more = TakeLine(text, next);
      size_t key_column = 0;
      if (IndentOf(more) == more.size() || IndentOf(more) <= column || ValueOf(more, key_column) != more.npos) break;
      value += ' ';
      value += TrimBlanks(more);
    }
    out += line.substr(0, begin);
    AppendJsonString(value, out);
    out += '\n';
    has_quoted = true;
  }
  return has_quoted;
}

}  // namespace unecho
