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

// Where the fields of an entry are: from the name to behind the value. As far as it reads as one field behind the
// other, with commas between them or without.
struct PlainEntryField {
  size_t begin = 0, equals = 0, end = 0;
};

// Behind a group, a string, or a number or the name of a macro; where there is none, behind the blanks.
size_t EndOfPart(const string& text, size_t at) {
  at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  if (at == text.size() || (text[at] != '{' && text[at] != '"'))
    return std::min(text.find_first_of(" \t\r\n,#{}\"=", at), text.size());
  const bool is_group = text[at] == '{';
  int depth = 0;
  for (++at; at < text.size(); ++at) {
    if (depth == 0 && text[at] == (is_group ? '}' : '"')) return at + 1;
    depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
  }
  return at;
}

std::vector<PlainEntryField> FieldsInEntry(const string& entry, size_t close) {
  const string text = entry.substr(0, close);
  std::vector<PlainEntryField> fields;
  size_t at = text.find_first_of(",=");  // behind the key
  if (at == string::npos) return fields;
  if (text[at] == '=') at = text.find_first_of("{(");  // there is no key
  for (at = text.find_first_not_of(" \t\r\n,", at + 1); at != string::npos;
       at = text.find_first_not_of(" \t\r\n,", at)) {
    PlainEntryField field{at, text.find_first_of("={}\",", at), 0};
    if (field.equals == string::npos || text[field.equals] != '=') break;
    const size_t value = text.find_first_not_of(" \t\r\n", field.equals + 1);
    if (value == string::npos) break;
    field.end = EndOfPart(text, value);
    for (;;) {  // parts are joined by #
      const size_t next = text.find_first_not_of(" \t\r\n", field.end);
      if (next == string::npos || text[next] != '#') break;
      field.end = EndOfPart(text, next + 1);
    }
    if (field.end == value) break;
    fields.push_back(field);
    at = field.end;
  }
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
  // An entry that reads otherwise than the layout has read it takes nothing.
  const auto as_it_came = FieldsInEntry(entry, std::min(entry.find_last_of(")}"), entry.size()));
  const auto is_called = [&entry](const PlainEntryField& each, const NamedField& field) {
    return WithoutBlanksAround(entry.substr(each.begin, each.equals - each.begin)) == field.name;
  };
  if (!std::ranges::equal(as_it_came, read, is_called)) return entry;
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
