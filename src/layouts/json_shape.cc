#include "layouts/json_shape.h"

#include <algorithm>
#include <string>
#include <vector>

#include "layouts/json_head.h"
#include "layouts/json_place.h"
#include "layouts/page_rules.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kEnough = 4096;  // bytes of an array of strings

size_t SkipSpace(std::string_view text, size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

// What the members of an object show, as far as its text goes.
struct Members {
  bool has_match_field = false;    // "title", "text"...: a string, at depth 1
  bool has_inner_records = false;  // a title at depth 2 or 3, inside an object or an array of objects
  bool is_whole = false;           // "messages", "question"...: at depth 1
  bool has_list = false;           // of objects: at depth 1
  bool is_closed = false;
  size_t size = 0;                          // up to there
  bool ends_behind_comma_or_brace = false;  // the text stops between members
};

bool IsNamed(std::string_view key, const std::vector<std::string>& names) {
  return std::ranges::find(names, key) != names.end();
}

Members ReadMembers(std::string_view text) {
  const JsonlProfile& jsonl = GetLayout("jsonl").profile().jsonl;
  const std::vector<std::string>& titles = GetLayout("json").profile().json.title;
  Members out;
  int depth = 0;
  std::string_view key;   // the string before the colon
  bool is_value = false;  // behind a colon
  bool in_list = false;   // at depth 2
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      size_t end = i + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      if (end >= text.size()) return out;
      const std::string_view string = text.substr(i + 1, end - i - 1);
      if (!is_value) {
        key = string;
        out.is_whole = out.is_whole || (depth == 1 && IsNamed(key, jsonl.whole));
      } else if (depth == 1 && (IsNamed(key, jsonl.title) || IsNamed(key, jsonl.body)))
        out.has_match_field = true;
      else if (depth >= 2 && depth <= 3 && IsNamed(key, titles))
        out.has_inner_records = true;
      is_value = false;
      i = end;
    } else if (c == ':') {
      is_value = true;
    } else if (c == ',') {
      is_value = false;
    } else if (c == '{' || c == '[') {
      out.has_list = out.has_list || (depth == 2 && c == '{' && in_list);
      if (depth == 1) in_list = c == '[';
      if (is_value && c == '{' && depth >= 1 && IsNamed(key, titles))
        out.has_inner_records = true;  // {"title": {"value": ...}}
      ++depth;
      is_value = false;
    } else if (c == '}' || c == ']') {
      if (--depth == 0) {
        out.is_closed = true;
        out.size = i + 1;
        return out;
      }
      is_value = false;
    }
  }
  return out;
}

// The first line, which ends at `line_end`, closes less than it opens, and what follows goes on with its value.
bool GoesOnBehind(std::string_view bytes, size_t line_end, size_t next) {
  // No line of JSON begins like that. All that is looked at may be broken further on.
  if (std::string_view("\"}]").find(bytes[next]) != std::string_view::npos)
    return BeginsAsJson(bytes.substr(0, next + 1), false);
  // A line that was cut off, and the next one, are no value together.
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), line_end + kEnough));
  return BeginsAsJson(head, head.size() < line_end + kEnough);
}

}  // namespace

JsonShape ShapeOfJson(std::string_view bytes, bool is_all) {
  const size_t begin = SkipSpace(bytes, 0);
  if (bytes[begin] == '[') {
    const size_t next = SkipSpace(bytes, begin + 1);
    if (next == bytes.size()) return is_all ? JsonShape::kNone : JsonShape::kUnknownYet;
    if (bytes[next] == '{') return JsonShape::kDocument;
    if (std::string_view("\"[-0123456789ntf").find(bytes[next]) == std::string_view::npos) return JsonShape::kNone;
    // Texts, rows, lists of objects. The same bytes decide however many there are.
    const std::string_view head = bytes.substr(begin, kEnough);
    if (head.size() < kEnough && !is_all) return JsonShape::kUnknownYet;
    if (!BeginsAsJson(head, head.size() < kEnough)) return JsonShape::kNone;
    const JsonPlace place = FindPlace(head, GetLayout("json").profile().json);
    const bool has_place = place.kind != JsonPlace::Kind::kRoot || place.of_arrays || !place.table.empty();
    return has_place ? JsonShape::kDocument : JsonShape::kNone;
  }
  const size_t line_end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
  if (line_end == bytes.size() && !is_all) return JsonShape::kUnknownYet;
  const std::string_view line = TrimBlanksAtEnd(bytes.substr(begin, line_end - begin));
  const size_t next = SkipSpace(bytes, line_end);
  const Members members = ReadMembers(line);
  // Several on one line, with nothing between them.
  const size_t behind = members.is_closed ? SkipSpace(line, members.size) : line.size();
  if (behind < line.size() && line[behind] == '{') return JsonShape::kDocument;
  // What stands between them is no part of a line of JSON.
  if (behind < line.size() && line.substr(behind) == ",") return JsonShape::kDocument;
  if (next == bytes.size() && !is_all) {
    // More lines may come, but the members of this one may say enough.
    const bool is_enough = members.has_match_field && members.is_closed && !members.has_list;
    return is_enough ? JsonShape::kLines : JsonShape::kUnknownYet;
  }
  if (next == bytes.size() && !FindPlace(line, GetLayout("json").profile().json).table.empty())
    return JsonShape::kDocument;
  if (next < bytes.size() && !members.is_closed) {
    if (bytes.size() < line_end + kEnough && !is_all) return JsonShape::kUnknownYet;
    if (GoesOnBehind(bytes.substr(begin), line_end - begin, next - begin)) return JsonShape::kDocument;
  }
  const bool may_be_list = next == bytes.size() && members.has_list;  // a feed, a channel, all on one line
  const bool is_known = members.has_match_field || (members.is_closed && members.is_whole);
  if (is_known && !may_be_list) return JsonShape::kLines;
  if (next < bytes.size()) {
    const bool goes_on = !members.is_closed && (line.ends_with('[') || line.ends_with('{'));
    if (!goes_on && (members.is_closed || bytes[next] == '{')) return JsonShape::kLines;
    if (goes_on) return JsonShape::kDocument;
    return bytes[next] == '"' || bytes[next] == '}' || bytes[next] == ']' ? JsonShape::kDocument : JsonShape::kLines;
  }
  if (members.has_inner_records) return JsonShape::kDocument;
  // One line: a document, if there are objects in it that are records.
  const JsonPlace place = FindPlace(line, GetLayout("json").profile().json);
  return place.kind == JsonPlace::Kind::kRoot ? JsonShape::kLines : JsonShape::kDocument;
}

bool HasTextsDeeper(std::string_view object) {
  const Members members = ReadMembers(object);
  return members.has_inner_records && !members.has_match_field && !members.is_whole;
}

}  // namespace unecho
