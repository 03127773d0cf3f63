// BibTeX: `name = {value}` behind the last field of an entry.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "base/status.h"
#include "text/characters.h"
#include "write/fill_forms.h"

namespace unecho {
namespace {

struct EntryField {
  size_t name_begin, name_end, value_begin, value_end;
};

size_t SkipBlanksAt(std::string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// Behind the value that begins at `at`: groups, strings, numbers and macros, joined by #.
size_t EndOfValue(std::string_view entry, size_t at) {
  for (;;) {
    at = SkipBlanksAt(entry, at);
    if (at < entry.size() && (entry[at] == '{' || entry[at] == '"')) {
      const char close = entry[at] == '{' ? '}' : '"';
      int depth = 0;
      for (++at; at < entry.size() && (depth > 0 || entry[at] != close); ++at) {
        if (entry[at] == '{') ++depth;
        if (entry[at] == '}') --depth;
      }
      at = std::min(at + 1, entry.size());
    } else {
      while (at < entry.size() && !IsBlank(entry[at]) &&
             std::string_view(",#{}\"=").find(entry[at]) == std::string_view::npos)
        ++at;
    }
    const size_t behind = SkipBlanksAt(entry, at);
    if (behind == entry.size() || entry[behind] != '#') return at;
    at = behind + 1;
  }
}

// `close`: where the bracket is that ends the entry.
std::vector<EntryField> FieldsOfEntry(std::string_view entry, size_t close) {
  std::vector<EntryField> fields;
  entry = entry.substr(0, close);
  size_t at = entry.find_first_of(",=");
  if (at == entry.npos) return fields;
  if (entry[at] == '=') at = entry.find_first_of("{(");  // it has no key
  for (++at;;) {
    while (at < entry.size() && (IsBlank(entry[at]) || entry[at] == ',')) ++at;
    const size_t equals = entry.find_first_of("={}\",", at);
    if (equals == entry.npos || entry[equals] != '=') return fields;
    size_t name_end = equals;
    while (name_end > at && IsBlank(entry[name_end - 1])) --name_end;
    const size_t value_begin = SkipBlanksAt(entry, equals + 1);
    const size_t value_end = EndOfValue(entry, value_begin);
    if (value_end == value_begin) return fields;
    fields.push_back({at, name_end, value_begin, value_end});
    at = value_end;
  }
}

bool IsId(MergeField field) {
  return field == MergeField::kDoi || field == MergeField::kPmid || field == MergeField::kIsbn;
}

// BibTeX counts a brace behind a backslash as any other.
bool HasPairedBraces(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth == 0;
}

// What TeX prints as `value`, and what the layout reads as it.
std::string TexOf(std::string_view value) {
  const bool are_paired = HasPairedBraces(value);
  std::string tex;
  for (const char c : value) {
    switch (c) {
      case '\\': tex += "\\textbackslash{}"; break;
      case '~': tex += "\\textasciitilde{}"; break;
      case '^': tex += "\\textasciicircum{}"; break;
      case '{':
      case '}':
        if (are_paired)
          tex.append(1, '\\').append(1, c);
        else
          tex += c == '{' ? "\\textbraceleft{}" : "\\textbraceright{}";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_': tex.append(1, '\\').append(1, c); break;
      case '-':
      case '`':
      case '\'':  // two of them would be another sign
        if (tex.ends_with(c)) tex += "{}";
        tex += c;
        break;
      default: tex += c;
    }
  }
  return tex;
}

// Empty: it cannot be written.
std::string EntryValue(const Filling& filling) {
  // Ids are not typeset, and are copied from here as they stand.
  if (IsId(filling.field))
    return filling.value.find_first_of("{}\\~%\"") == filling.value.npos ? std::string(filling.value) : std::string();
  if (!filling.tex.empty() && HasPairedBraces(filling.tex)) return std::string(filling.tex);
  if (filling.field != MergeField::kPages) return TexOf(filling.value);
  const auto [first, last] = SplitPages(filling.value);
  return last.empty() ? TexOf(filling.value) : TexOf(first) + "--" + TexOf(last);
}

std::string_view NameInEntry(MergeField field, std::string_view type) {
  const bool is_part =
      absl::StartsWithIgnoreCase(Abs(type), "@in") || absl::StartsWithIgnoreCase(Abs(type), "@conference");
  switch (field) {
    case MergeField::kContainer: return is_part ? "booktitle" : "journal";
    case MergeField::kNumber: return "number";
    default: return StandardNameOf(field);
  }
}

// Whether `entry` has the fields that the layout has read in it, behind its type and its key.
bool IsReadSo(std::string_view entry, std::span<const EntryField> fields, std::span<const NamedField> read) {
  return std::ranges::equal(fields, read, [entry](const EntryField& field, const NamedField& each) {
    return entry.substr(field.name_begin, field.name_end - field.name_begin) == each.name;
  });
}

}  // namespace

MergeMask FillEntry(std::span<const StandardName> names, std::span<const NamedField> read,
                    std::span<const Filling> fillings, std::string& out) {
  MergeMask filled = 0;
  const size_t last = out.find_last_of("})");
  const size_t open = out.find_first_of("{(");
  if (last == out.npos || open == out.npos || open > last) return 0;
  const std::string type = out.substr(0, open);
  constexpr size_t kTypeAndKey = 2;
  read = read.subspan(std::min(kTypeAndKey, read.size()));
  if (!IsReadSo(out, FieldsOfEntry(out, last), read)) return 0;
  std::vector<FillCandidate> candidates;
  for (const NamedField& field : read) candidates.push_back({field.name, IsSilentField(field)});
  for (const Filling& filling : fillings) {
    const std::string value = EntryValue(filling);
    if (value.empty()) continue;
    const std::string_view name = NameInEntry(filling.field, type);
    const FillPlace place = FindFillPlace(candidates, names, filling.field, name);
    if (!place.silent && place.is_taken) continue;
    filled |= BitOf(filling.field);
    const size_t close = out.find_last_of("})");
    const std::vector<EntryField> fields = FieldsOfEntry(out, close);
    if (place.silent) {  // new ones stand behind those that were read
      const EntryField& silent = fields[*place.silent];
      out.replace(silent.value_begin, silent.value_end - silent.value_begin, "{" + value + "}");
      continue;
    }
    // A field a line, indented as the last one is, if that has its line.
    size_t end = close;
    while (end > 0 && IsBlank(out[end - 1])) --end;
    const bool has_comma = end > 0 && out[end - 1] == ',';
    std::string before = " ";
    if (!fields.empty()) {
      const size_t begin = fields.back().name_begin;
      size_t blanks = begin;
      while (blanks > 0 && (out[blanks - 1] == ' ' || out[blanks - 1] == '\t')) --blanks;
      if (blanks > 0 && (out[blanks - 1] == '\n' || out[blanks - 1] == '\r'))
        before = std::string(LineEndOf(out)) + out.substr(blanks, begin - blanks);
    }
    std::string added = has_comma ? before : "," + before;
    added.append(name).append(" = {").append(value).append("}");
    if (has_comma) added += ',';
    out.insert(end, added);
  }
  return filled;
}

}  // namespace unecho
