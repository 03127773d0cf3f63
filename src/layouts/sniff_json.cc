#include "layouts/sniff_json.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "layouts/json_head.h"
#include "layouts/json_lines.h"
#include "layouts/json_place.h"
#include "layouts/json_shape.h"
#include "layouts/json_table.h"
#include "layouts/json_tree.h"
#include "layouts/sniff_trial.h"
#include "text/python_literal.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kShownBytes = 40;  // of a document, in a reason
constexpr size_t kJsonLines = 8;    // that agree, before lines are read as documents

// Records with a title and a text.
size_t WholeRecords(const Layout& layout, std::string_view bytes) { return Try(layout, bytes).whole; }

// Objects a line whose texts are not where lines have them are read as a document is: {"paper": {"title": ...,
// "abstract": ...}}. Lines that stay lines lose nothing, so one that can be used as such, or says less, decides for
// them.
std::optional<Detected> ByJsonLines(std::string_view bytes, bool at_end, bool has_match_fields) {
  Detected lines = Found("jsonl", "the first line is a JSON object");
  if (has_match_fields) return lines;
  const Layout& json = GetLayout("json");
  size_t num_lines = 0, end = 0;
  bool have_lists = false;  // pages of results, a page a line
  for (size_t begin = std::min(bytes.find('{'), bytes.size()); begin < bytes.size() && num_lines < kJsonLines;) {
    end = std::min(bytes.find_first_of("\r\n", begin), bytes.size());
    if (end == bytes.size() && !at_end) return std::nullopt;
    const std::string_view line = bytes.substr(begin, end - begin);
    const size_t records = HasTextsDeeper(line) ? WholeRecords(json, line) : 0;
    const bool is_bare = records == 0 && num_lines > 0 && TextBytes(ReadJsonTree(line).root) == 0;  // the last page
    if (records == 0 && !is_bare) return lines;
    num_lines += static_cast<size_t>(!is_bare);
    have_lists = have_lists || records > 1;
    begin = std::min(bytes.find_first_not_of(" \t\r\n", end), bytes.size());
  }
  if (num_lines < kJsonLines && !at_end) return std::nullopt;
  const std::string_view all = bytes.substr(0, end);
  if (have_lists) {
    if (FindPlace(all, json.profile().json).kind == JsonPlace::Kind::kRoot) return lines;
    return Found("json", "its lines are JSON objects with lists of records in them");
  }
  if (WholeRecords(json, all) != num_lines) return lines;
  return Found("json", "its lines are JSON objects with their texts inside others");
}

std::optional<Detected> ByJsonTable(std::string_view text) {
  const JsonPlace place = FindPlace(text, GetLayout("json").profile().json);
  if (place.table.empty()) return std::nullopt;
  return Detected{nullptr, std::string(place.table)};
}

// A list that goes on behind its first line.
bool IsOpenList(std::string_view line) {
  return line == "[" || (line.starts_with("[[") && !line.ends_with(']') && !line.ends_with("],"));
}

// What Python prints of a dictionary: {'title': "It's", 'score': None}.
bool LooksLikePython(std::string_view text) {
  for (std::string_view brackets = "[{"; !brackets.empty(); brackets.remove_prefix(1)) {
    if (text.starts_with(brackets[0])) text = TrimBlanks(text.substr(1));
  }
  if (!text.empty() && std::string_view("uUb").find(text[0]) != std::string_view::npos) text.remove_prefix(1);
  return text.starts_with('\'');
}

Detected ByPythonLine(std::string_view line) {
  std::string json;
  if (line[0] == '{' && AppendPythonLiteralAsJson(line, json))
    return Found("jsonl", "its first line is a dictionary as Python prints it");
  return {nullptr,
          "it is a Python literal, and not one a line: turn it into JSON first (python3 -c 'import ast, json, sys; "
          "json.dump(ast.literal_eval(sys.stdin.read()), sys.stdout)'), or read it as one text (--layout text)"};
}

}  // namespace

JsonAnswer ByJson(const Head& head, std::string_view bytes, std::string_view text, bool at_end, bool has_match_fields) {
  const JsonAnswer kOpen = {.is_open = true, .found = {}};
  const auto answer = [](std::optional<Detected> found) { return JsonAnswer{!found, std::move(found)}; };
  if (LooksLikePython(text)) return head.lines.empty() ? kOpen : answer(ByPythonLine(head.lines[0].text));
  const std::string_view inside = TrimBlanks(text.substr(1));
  if (inside.size() < 2 && !at_end) return kOpen;
  if (inside.starts_with("//") || inside.starts_with("/*")) return answer(ByJson5());
  switch (ShapeOfJson(bytes, at_end)) {
    case JsonShape::kUnknownYet: return kOpen;
    case JsonShape::kLines: return answer(ByJsonLines(bytes, at_end, has_match_fields));
    case JsonShape::kDocument:
      if (text.size() < kShownBytes && !at_end) return kOpen;
      if (MayBeTable(text)) {
        if (!at_end) return kOpen;
        if (auto table = ByJsonTable(text)) return answer(std::move(table));
      }
      return answer(Found("json", absl::StrFormat("it begins with %s", Quoted(text.substr(0, kShownBytes)))));
    case JsonShape::kNone: break;
  }
  // A list with nothing in it.
  if (text.find_first_not_of("[] \t\r\n") == text.npos && (!at_end || text.ends_with(']')))
    return at_end ? answer(Found("json", "it is an empty list")) : kOpen;
  if (!head.is_all && head.lines.size() < kHintLines) return kOpen;
  if (IsJson5(FirstLinesOf(head))) return answer(ByJson5());
  if (head.lines.empty() || !IsOpenList(head.lines[0].text)) return {};
  return answer(Detected{
      nullptr,
      "it is a list of JSON in which no objects or texts are found: write a value a line (jq -c '.[]'), or read it "
      "all as one text (--layout text)"});
}

std::optional<Detected> ByJsonLater(std::string_view bytes, bool source_ends) {
  const size_t begin = BytesBeforeJson(bytes, source_ends);
  if (begin == 0) return std::nullopt;
  if (auto table = ByJsonTable(bytes.substr(begin))) return table;
  return Found("json", absl::StrFormat("it is JSON behind %s", Quoted(bytes.substr(0, begin))));
}

Detected ByJson5() {
  return {nullptr,
          "it is JSON with comments or with keys without quotes (JSON5, JSONC), which is not read: turn it into JSON "
          "first (npx json5 FILE), or read it as one text (--layout text)"};
}

Detected ByLinesOfJson(const Head& head) {
  return {nullptr,
          absl::StrFormat("its lines look like JSON, but it does not begin with it: take away what stands before (line "
                          "%d is %s), or read it as one text (--layout text), or line by line (--layout lines)",
                          head.lines[0].number, Quoted(head.lines[0].text))};
}

}  // namespace unecho
