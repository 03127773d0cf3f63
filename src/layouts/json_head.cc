#include "layouts/json_head.h"

#include <algorithm>
#include <string>

#include "layouts/prose.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr size_t kMostLines = 20;
constexpr std::string_view kBlanks = " \t\r\n";

// Behind the string that begins at `at`; npos if it does not end or is none.
size_t SkipString(std::string_view text, size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\n') return std::string_view::npos;
    at += text[at] == '\\';
  }
  return text.size() + 1;
}

// Places where JSON may begin: in each line the first bracket that something of JSON follows.
template <typename Visit>
bool AnyBegin(std::string_view bytes, Visit&& visit) {
  size_t line = 0;
  for (size_t number = 0; number < kMostLines && line < bytes.size(); ++number) {
    const size_t end = std::min(bytes.find('\n', line), bytes.size());
    for (size_t open = bytes.find_first_of("{[", line); open < end; open = bytes.find_first_of("{[", open + 1)) {
      const size_t next = std::min(bytes.find_first_not_of(kBlanks, open + 1), bytes.size());
      if (next < bytes.size() && std::string_view("\"{[").find(bytes[next]) == std::string_view::npos) continue;
      if (visit(open)) return true;
      break;
    }
    line = end + 1;
  }
  return false;
}

// Behind the first value: another one, or nothing but what closes an assignment or a call. Not so in a line of a log,
// and in code.
bool GoesOnAsJson(std::string_view behind) {
  const size_t next = behind.find_first_not_of(" \t\r\n\x1E;)");
  return next == behind.npos || std::string_view("{[,").find(behind[next]) != std::string_view::npos;
}

// Lines that say something themselves, and are no comments and no lines of a log.
bool HasProse(std::string_view before) {
  for (size_t line = 0; line < before.size();) {
    const size_t end = std::min(before.find('\n', line), before.size());
    const std::string_view text = before.substr(line, end - line);
    const size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
    const char c = first == text.size() ? '#' : text[first];
    const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter && IsProse(text)) return true;
    line = end + 1;
  }
  return false;
}

}  // namespace

bool BeginsAsJson(std::string_view text, bool is_all, size_t* size) {
  constexpr std::string_view kScalar = "0123456789+-.eEtrufalsnNI";
  std::string open;
  char last = 0;  // 's': a value
  bool has_string = false, is_key = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (kBlanks.find(c) != kBlanks.npos) continue;
    const bool may_be_value = last == 0 || last == '[' || last == ':' || (last == ',' && open.back() == '[');
    if (c == '{' || c == '[') {
      if (!may_be_value) return false;
      open += c;
      last = c;
    } else if (open.empty()) {
      return false;
    } else if (c == '"') {
      is_key = !may_be_value;
      if (is_key && (open.back() != '{' || (last != '{' && last != ','))) return false;
      const size_t end = SkipString(text, i);
      if (end == text.npos) return false;
      if (end > text.size()) break;
      has_string = has_string || is_key || end - i > 2;
      i = end - 1;
      last = is_key ? 'k' : 's';
    } else if (c == ':') {
      if (last != 'k') return false;
      last = ':';
    } else if (c == ',') {
      if (last != 's') return false;
      last = ',';
    } else if (c == '}' || c == ']') {
      if ((open.back() == '{') != (c == '}') || last == ':' || last == 'k') return false;
      open.pop_back();
      last = 's';
      if (open.empty()) {
        if (size != nullptr) *size = i + 1;
        return has_string;
      }
    } else {
      if (!may_be_value || kScalar.find(c) == kScalar.npos) return false;
      i = std::min(text.find_first_not_of(kScalar, i), text.size()) - 1;
      last = 's';
    }
  }
  return !is_all && has_string;
}

size_t BytesBeforeJson(std::string_view bytes, bool is_all) {
  size_t begin = 0;
  const bool is_there = AnyBegin(bytes, [&](size_t open) {
    size_t size = bytes.size();
    if (!BeginsAsJson(bytes.substr(open), is_all, &size)) return false;
    // Lines that have an object each stay lines.
    if (size == bytes.size() || GoesOnAsJson(bytes.substr(open + size))) begin = open;
    return true;
  });
  if (!is_there || begin == 0) return 0;
  const std::string_view before = bytes.substr(0, begin);
  const size_t first = before.find_first_not_of(kBlanks);
  // An object or a list at the very beginning is for the cutter, broken or not.
  if (first == before.npos || before[first] == '{') return 0;
  const size_t next = std::min(bytes.find_first_not_of(kBlanks, first + 1), bytes.size());
  if (before[first] == '[' && (next == bytes.size() || std::string_view("{[\"").find(bytes[next]) != kBlanks.npos))
    return 0;
  return before.substr(first) == kBom || HasProse(before.substr(first)) ? 0 : begin;
}

bool MayBeginJsonLater(std::string_view first_lines) {
  return AnyBegin(first_lines, [](size_t open) { return open > 0; });
}

}  // namespace unecho
