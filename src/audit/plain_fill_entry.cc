// BibTeX.
#include <algorithm>
#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "audit/plain_fill_forms.h"

namespace unecho {

using std::string;
using std::string_view;

namespace {

// Where the fields of an entry are: from the name to behind the value. At depth 1 a field ends at a comma.
struct PlainEntryField {
  size_t begin = 0, equals = 0, end = 0;
};
std::vector<PlainEntryField> FieldsInEntry(const string& entry, size_t close) {
  std::vector<PlainEntryField> fields;
  const size_t open = entry.find_first_of("{(");
  int depth = 0;
  bool in_quotes = false;
  PlainEntryField field{open + 1, 0, 0};
  const auto finish = [&](size_t end) {
    if (field.equals > 0) {
      field.end = end;
      while (std::isspace(static_cast<unsigned char>(entry[field.end - 1])) != 0) --field.end;
      while (std::isspace(static_cast<unsigned char>(entry[field.begin])) != 0) ++field.begin;
      fields.push_back(field);
    }
    field = {end + 1, 0, 0};
  };
  for (size_t i = open + 1; i < close; ++i) {
    const char c = entry[i];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == '"' && depth == 0) in_quotes = !in_quotes;
    if (depth > 0 || in_quotes) continue;
    if (c == '=' && field.equals == 0) field.equals = i;
    if (c == ',') finish(i);
  }
  finish(close);
  return fields;
}

// Whether every brace has its other one, a backslash before it or not.
bool Balances(string_view text) {
  string open;
  for (const char c : text) {
    if (c == '{') open += c;
    if (c == '}') {
      if (open.empty()) return false;
      open.pop_back();
    }
  }
  return open.empty();
}

string TextInTex(const string& value) {
  const bool has_pairs = Balances(value);
  std::vector<std::pair<string, string>> signs = {
      {"\\", "\\textbackslash{}"}, {"~", "\\textasciitilde{}"}, {"^", "\\textasciicircum{}"}};
  for (const char* const sign : {"&", "%", "$", "#", "_"}) signs.emplace_back(sign, string("\\") + sign);
  signs.emplace_back("{", has_pairs ? "\\{" : "\\textbraceleft{}");
  signs.emplace_back("}", has_pairs ? "\\}" : "\\textbraceright{}");
  string tex = absl::StrReplaceAll(value, signs);
  // A ligature of TeX is held apart; of three signs, each from the next.
  for (const string sign : {"-", "`", "'"}) {
    while (tex.find(sign + sign) != string::npos) tex = absl::StrReplaceAll(tex, {{sign + sign, sign + "{}" + sign}});
  }
  return tex;
}

string InTex(const PlainFill& fill) {
  const string& value = fill.value;
  if (fill.field == "doi" || fill.field == "pmid" || fill.field == "isbn")
    return value.find_first_of("\\{}~%\"") == string::npos ? value : string();
  if (!fill.tex.empty() && Balances(fill.tex)) return fill.tex;
  if (fill.field == "pages" && !FirstAndLastOf(value).second.empty())
    return TextInTex(FirstAndLastOf(value).first) + "--" + TextInTex(FirstAndLastOf(value).second);
  return TextInTex(value);
}

// Where the field is that the layout has read as number `i`: of those of its name the same, counted from the first.
PlainEntryField FieldCalled(const string& entry, const std::vector<PlainEntryField>& fields,
                            std::span<const NamedField> read, size_t i) {
  auto before = std::ranges::count(read.first(i), read[i].name, &NamedField::name);
  for (const PlainEntryField& each : fields) {
    if (WithoutBlanksAround(entry.substr(each.begin, each.equals - each.begin)) != read[i].name) continue;
    if (before-- == 0) return each;
  }
  const size_t close = entry.find_last_of(")}");  // not understood: what comes out is no record that was written
  return {close, close, close};
}

}  // namespace

string FilledEntry(const AuditSpan& span, const Profile& profile, std::span<PlainFill> fills) {
  string entry(span.bytes);
  const string type = absl::AsciiStrToLower(entry.substr(0, std::min(entry.find_first_of("{("), entry.size())));
  // What the layout has read, behind the type and the key.
  std::span<const NamedField> read = span.segmented ? span.segmented->fields : std::span<const NamedField>();
  read = read.subspan(std::min<size_t>(read.size(), 2));
  PlainPlaces places(profile.names);
  for (const NamedField& field : read) places.Add(string(field.name), IsSilentField(field));
  for (PlainFill& fill : fills) {
    const string value = InTex(fill);
    if (value.empty()) continue;
    string name(fill.field);
    if (fill.field == "container")
      name = type.starts_with("@in") || type.starts_with("@conference") ? "booktitle" : "journal";
    const size_t close = entry.find_last_of(")}");
    const auto fields = FieldsInEntry(entry, close);
    const auto silent = places.Silent(fill.field, name);
    fill.is_written = silent || places.IsFree(fill.field, name);
    if (!fill.is_written) continue;
    if (silent) {
      const PlainEntryField there = FieldCalled(entry, fields, read, *silent);
      size_t at = there.equals + 1;
      while (IsAllBlank(entry.substr(at, 1))) ++at;
      entry = entry.substr(0, at) + "{" + value + "}" + entry.substr(there.end);
      continue;
    }
    string body = entry.substr(0, close);
    body.resize(body.find_last_not_of(" \t\r\n") + 1);
    const string behind = entry.substr(body.size());
    string in_front = " ";
    if (!fields.empty()) {
      const string before = entry.substr(0, fields.back().begin);
      const size_t line = before.find_last_of("\r\n");
      if (line != string::npos && before.find_first_not_of(" \t", line + 1) == string::npos)
        in_front =
            (LinesWithEnds(entry).size() > 1 ? EndOf(LinesWithEnds(entry).front()) : "\n") + before.substr(line + 1);
    }
    const bool ends_in_comma = body.ends_with(',');
    entry = body + (ends_in_comma ? "" : ",") + in_front + name + " = {" + value + "}" + (ends_in_comma ? "," : "") +
            behind;
  }
  return entry;
}

}  // namespace unecho
