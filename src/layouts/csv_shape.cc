#include "layouts/csv_shape.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "layouts/csv_field.h"
#include "layouts/csv_head.h"
#include "layouts/csv_row.h"
#include "layouts/field_names.h"
#include "layouts/line_rules.h"
#include "layouts/prose.h"
#include "text/characters.h"
#include "text/scan.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

using std::string_view;

// --- one field -----------------------------------------------------------------------------------------------------

bool IsIn(string_view field, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [field](const std::string& each) { return IsSameColumn(field, each); });
}

// --- columns ---------------------------------------------------------------------------------------------------------

// What the fields of a column that say something have in common.
struct ColumnKind {
  size_t filled = 0, typed = 0, prose = 0, shortest = SIZE_MAX;
  bool has_underscore = false;
  bool is_typed() const { return filled > 0 && typed == filled; }
};

ColumnKind ColumnKindOf(const std::vector<CsvHeadRow>& rows, size_t column) {
  ColumnKind kind;
  for (const CsvHeadRow& row : rows) {
    if (row.is_header_again) continue;
    const string_view field = column < row.fields.size() ? row.fields[column] : string_view();
    if (IsCsvNothing(field)) continue;
    ++kind.filled;
    kind.typed += IsCsvTyped(field);
    kind.prose += IsProse(field);
    kind.shortest = std::min(kind.shortest, field.size());
    kind.has_underscore |= field.find('_') != field.npos;
  }
  return kind;
}

// The whole first row again is the header of a file that was joined to the first.
bool ComesAgain(const CsvHeadTable& table, size_t column) {
  const string_view field = table.rows[0].fields[column];
  return std::ranges::any_of(
      table.below, [&](const CsvHeadRow& row) { return row.fields[column] == field && row.raw != table.rows[0].raw; });
}

// --- is the first row a header? ------------------------------------------------------------------------------------

// Names that come twice are an accident; where half of them do it is no row of names.
bool AreDistinct(std::vector<string_view> names) {
  const size_t count = names.size();
  std::ranges::sort(names);
  const auto distinct = static_cast<size_t>(std::unique(names.begin(), names.end()) - names.begin());
  return 2 * distinct > count;
}

struct Evidence {
  bool has_known = false;  // a title or a text by name, or most of the names
  bool are_names = false;  // all of it could be names
  bool has_types = false;  // ... and numbers or dates are below one of them
  bool is_unlike = false;  // ... or what is below is of another kind in another way
  bool IsHeader() const { return has_known || (are_names && (has_types || is_unlike)); }
};

Evidence FirstRowOf(const CsvHeadTable& table, const CsvProfile& profile) {
  Evidence evidence;
  const CsvHeadRow& first = table.rows[0];
  // "Authors, Primary" between tabs: a name has none in it.
  if (table.delimiter != '\t' && first.raw.find('\t') != string_view::npos) return evidence;
  size_t known = 0, names = 0, nameless = 0, again = 0, sides = 0, sides_or_known = 0;
  bool has_title = false, has_body = false;
  for (size_t i = 0; i < table.columns; ++i) {
    const string_view field = first.fields[i];
    if (!field.empty() && ComesAgain(table, i)) {
      ++again;
      continue;
    }
    // Of one word only: "A title" may be the beginning of a sentence.
    const bool is_word = field.find(' ') == field.npos;
    const bool is_title = IsIn(field, profile.title) || (is_word && IsTitleName(field));
    const bool is_body = IsIn(field, profile.body) || (is_word && IsTextName(field));
    has_title |= is_title;
    has_body |= is_body;
    const bool is_known = is_title || is_body || IsIn(field, profile.snapshot) || IsIn(field, profile.other) ||
                          (is_word && (IsIdentity(field) || IsNoText(field)));
    known += is_known;
    sides_or_known += is_known || IsCsvSide(field);
    names += IsCsvName(field);
    sides += IsCsvSide(field);
    // Row numbers have no name as a rule, nor has what is behind the last delimiter.
    nameless += field.empty() && (i == 0 || ColumnKindOf(table.below, i).filled == 0);
    const ColumnKind kind = ColumnKindOf(table.below, i);
    if (kind.filled == 0 || field.empty()) continue;
    evidence.has_types |= kind.is_typed() && !IsCsvTyped(field);
    // Several words are sooner the first of the texts than what all of them are called.
    const size_t times = CsvWords(field) > 1 ? 4 : 2;
    const bool is_longer = kind.filled >= 2 && kind.shortest >= std::max<size_t>(15, times * field.size());
    const bool is_identifier = field.find('_') != field.npos && !kind.has_underscore && kind.filled >= 2;
    evidence.is_unlike |= is_longer || is_identifier;
  }
  evidence.has_known = has_title || (has_body && 2 * known > table.columns && AreDistinct(first.fields));
  const bool are_sides = sides > 1 && sides_or_known == table.columns && !table.below.empty() &&
                         10 * table.misfits <= table.below.size() && AreDistinct(first.fields);
  evidence.has_known |= are_sides || table.is_survey;
  evidence.are_names = again == 0 && names > 0 && names + nameless == table.columns;
  if (evidence.are_names && known >= 2 && 2 * known >= table.columns) evidence.is_unlike = true;
  return evidence;
}

// A name that the options ask for.
bool NamesAsked(const CsvHeadTable& table, const LayoutOptions& options) {
  const auto is_asked = [&](string_view field) {
    if (field.empty() || std::ranges::all_of(field, IsDigit)) return false;
    return IsIn(field, options.match_fields) || IsSameColumn(field, options.id_field) ||
           IsSameColumn(field, options.order_field);
  };
  for (size_t i = 0; i < table.rows[0].fields.size(); ++i) {
    if (is_asked(table.rows[0].fields[i]) && !ComesAgain(table, i)) return true;
  }
  return false;
}

// --- is it a table? ------------------------------------------------------------------------------------------------

// Rows that are written in a way in which tables are not.
bool IsSomethingElse(const CsvHeadTable& table) {
  const auto begins = [&](const CsvHeadRow& row, char c) { return row.raw.starts_with(c); };
  size_t rules = 0, bars = 0, indented = 0, labelled = 0, opened = 0;
  for (const CsvHeadRow& row : table.rows) {
    bars += begins(row, '|');
    rules += IsDelimiterRow(row.raw);
    indented += begins(row, '\t');
    labelled += row.fields[0].ends_with(':');
    opened += !row.fields[0].empty() && string_view("{[(<").find(row.fields[0][0]) != string_view::npos;
  }
  const size_t rows = table.rows.size();
  if (table.delimiter == '|' && (bars > 0 || rules > 0)) return true;  // Markdown
  if (table.delimiter == '\t' && 2 * indented > rows && !ColumnKindOf(table.rows, 0).filled) return true;
  // key: value; and lists in code.
  return 2 * labelled > rows || (table.delimiter != '\t' && 2 * opened > rows);
}

bool IsTable(const CsvHeadTable& table, const Evidence& first) {
  if (table.rows.empty() || table.columns < 2 || IsSomethingElse(table)) return false;
  const size_t rows = table.below.size();  // without the first
  // One row in ten may be broken; where most are not, each of those is named by its reason.
  if (10 * table.misfits > rows) return false;
  size_t filled = 0, typed = 0, all_typed = 0;
  for (size_t i = 0; i < table.columns; ++i) {
    const ColumnKind kind = ColumnKindOf(table.below, i);
    filled += kind.filled > 0;
    typed += kind.is_typed();
    all_typed += ColumnKindOf(table.rows, i).is_typed();
  }
  if (filled < 2) return false;  // a comma at the end of each line
  if (table.delimiter == '\t') return rows >= 2 || (first.are_names && first.has_types);
  const bool is_spaced = 4 * table.spaced > table.fields;
  if (first.are_names && (first.has_types || first.is_unlike) && AreDistinct(table.rows[0].fields)) {
    if (is_spaced) return typed > 0 && rows >= 3;
    return rows >= 2 || table.columns >= 3 || table.quoted_rows > 0;
  }
  if (is_spaced) return false;
  if (table.quoted_rows == table.rows.size()) return rows >= 2 || (rows == 1 && table.quoted == table.fields);
  // Numbers alone: those of code, such as the operands of an instruction, come behind a word.
  if (table.misfits > 0 || table.columns < 3) return false;
  if (all_typed == table.columns) return rows >= 2;
  return rows >= 4 && (ColumnKindOf(table.rows, 0).is_typed() || 2 * all_typed >= table.columns);
}

std::string WhyOf(const CsvShape& shape, const Evidence& first, const LayoutOptions& options) {
  if (!options.columns.empty()) return absl::StrFormat("%d columns, named by --columns", options.columns.size());
  if (shape.has_header) return absl::StrFormat("%d columns; the first row names them", shape.columns);
  return absl::StrFormat("no header: %d columns, and the first row %s", shape.columns,
                         first.are_names ? "is like those below it" : "does not read like their names");
}

// The tables that each delimiter makes, and which of them is one; `chosen` is their number if none is.
struct Choice {
  std::vector<CsvHeadTable> tables;
  std::vector<Evidence> evidence;
  size_t chosen = 0;
};

Choice Choose(const CsvHead& head, const std::vector<char>& delimiters, const CsvProfile& profile) {
  Choice choice{.tables = std::vector<CsvHeadTable>(delimiters.size()),
                .evidence = std::vector<Evidence>(delimiters.size()),
                .chosen = delimiters.size()};
  size_t best = 0;
  for (size_t i = 0; i < delimiters.size(); ++i) {
    CsvHeadTable& table = choice.tables[i];
    ReadHeadTable(head, delimiters[i], table);
    if (table.rows.empty()) continue;
    choice.evidence[i] = FirstRowOf(table, profile);
    // Names that are known decide; then what is a table; of several the one with most in common.
    const bool is_markdown = table.rows.size() > 1 && IsDelimiterRow(table.rows[1].raw);
    const bool is_known = choice.evidence[i].has_known && table.columns > 1 && !is_markdown;
    if (!is_known && !IsTable(table, choice.evidence[i])) continue;
    // Few files have such delimiters: all rows agree, and the first has names.
    const bool is_rare = kRareDelimiters.find(delimiters[i]) != string_view::npos;
    if (is_rare && (table.columns < 3 || table.misfits > 0 || table.below.size() < 2 || !choice.evidence[i].IsHeader()))
      continue;
    size_t typed = 0;
    for (size_t k = 0; k < table.columns; ++k) typed += ColumnKindOf(table.below, k).is_typed();
    const size_t score = (is_known ? 1'000'000'000 : 0) + 1'000'000 * (1 + 100 * typed / table.columns) +
                         std::min<size_t>(table.columns, 999'999);
    if (score <= best) continue;
    best = score;
    choice.chosen = i;
  }
  return choice;
}

bool AreNames(const CsvHeadRow& row) { return row.fields.size() > 1 && std::ranges::all_of(row.fields, IsCsvName); }

// Fields in single quotes, which few programs write and none reads unasked: most of them may be told, as Python's.
bool HasSingleQuotes(string_view lines) {
  constexpr size_t kLeast = 2, kMost = 8;
  size_t rows = 0;
  while (!lines.empty() && rows < kMost) {
    const size_t end = lines.find_first_of("\r\n");
    const string_view line = TrimBlanks(lines.substr(0, end));
    lines.remove_prefix(end == lines.npos ? lines.size()
                                          : std::min(lines.find_first_not_of("\r\n", end), lines.size()));
    if (line.empty() || end == lines.npos) continue;
    const bool has_several = std::ranges::any_of(
        kCsvDelimiters, [line](char c) { return line.find(std::string("'") + c + "'") != line.npos; });
    if (line[0] != '\'' || line.back() != '\'' || !has_several) return false;
    ++rows;
  }
  return rows >= kLeast;
}

// Databases write records so, too: "RECORD 1", then a field a line, "TITLE","...".
bool HasAFieldALine(string_view lines) {
  constexpr size_t kLeast = 3;
  size_t fields = 0;
  bool has_record = false, has_title = false;
  while (!lines.empty()) {
    const size_t end = lines.find_first_of("\r\n");
    const string_view line = TrimBlanks(lines.substr(0, end));
    lines.remove_prefix(end == lines.npos ? lines.size()
                                          : std::min(lines.find_first_not_of("\r\n", end), lines.size()));
    const size_t close = line.find('"', 1);
    if (line.empty() || line[0] != '"' || close == line.npos) continue;
    const string_view name = line.substr(1, close - 1);
    const bool is_name = !name.empty() && std::ranges::none_of(name, IsLower);
    has_record |= is_name && close + 1 == line.size() && name.starts_with("RECORD ") && IsDigit(name.back());
    if (!has_record || !is_name || !line.substr(close + 1).starts_with(",\"")) continue;
    has_title |= name == "TITLE";
    if (++fields >= kLeast && has_title) return true;
  }
  return false;
}

// What to do with two tables of different columns one below the other, each with its header; empty: it is no such file.
std::string JoinedTables(const Choice& choice) {
  constexpr size_t kLeastRows = 3;  // of each, with its header
  for (size_t i = 0; i < choice.tables.size(); ++i) {
    if (choice.chosen < choice.tables.size() && i != choice.chosen) continue;
    const CsvHeadTable& table = choice.tables[i];
    const std::vector<CsvHeadRow>& rows = table.rows;
    size_t second = 1;
    while (second < rows.size() && rows[second].fields.size() == table.columns) ++second;
    if (table.columns < 2 || second < kLeastRows || second + kLeastRows > rows.size()) continue;
    const size_t columns = rows[second].fields.size();
    const bool agree = std::all_of(rows.begin() + static_cast<ptrdiff_t>(second), rows.end(),
                                   [columns](const CsvHeadRow& row) { return row.fields.size() == columns; });
    if (!agree || !AreNames(rows[0]) || !AreNames(rows[second])) continue;
    return absl::StrFormat(
        "it is two tables, one below the other: %d columns, and from the row '%s' on %d; give them as two files",
        table.columns, ShownText(rows[second].raw, 40), columns);
  }
  return {};
}

// The bytes of lines above the header of a table: a title, a date, comments. 0: there is no table behind the first
// lines either. Then `choice` is as it was.
size_t SkipPreface(const CsvHead& head, const std::vector<char>& delimiters, const CsvProfile& profile,
                   Choice& choice) {
  constexpr size_t kMostLines = 12, kLeastRows = 3;
  string_view rest = head.text;
  std::vector<string_view> above;
  while (above.size() < kMostLines) {
    const size_t end = rest.find_first_of("\r\n");
    if (end == rest.npos) return 0;
    above.push_back(rest.substr(0, end));
    if (above.back().starts_with('[') && TrimBlanks(above.back()).ends_with(']')) return 0;  // sections of settings
    rest.remove_prefix(std::min(rest.find_first_not_of("\r\n", end), rest.size()));
    const string_view line = rest.substr(0, rest.find_first_of("\r\n"));
    const bool may_be_header = std::ranges::any_of(delimiters, [&](char delimiter) {
      TextArena arena;
      CsvHeadRow row;
      SplitCsvRow(line, delimiter, arena, row.fields);
      for (string_view& field : row.fields) field = TrimBlanks(field);
      return AreNames(row);
    });
    if (!may_be_header) continue;
    Choice behind = Choose({rest, head.is_all}, delimiters, profile);
    if (behind.chosen == delimiters.size() || !behind.evidence[behind.chosen].IsHeader()) continue;
    const CsvHeadTable& table = behind.tables[behind.chosen];
    const bool is_alone = std::ranges::all_of(above, [&](string_view each) {
      TextArena arena;
      CsvHeadRow row;
      SplitCsvRow(each, table.delimiter, arena, row.fields);
      const auto filled =
          std::ranges::count_if(row.fields, [](string_view field) { return !TrimBlanks(field).empty(); });
      // A spreadsheet gives each line as many columns.
      const bool is_sparse = filled <= 1 || 4 * static_cast<size_t>(filled) <= table.columns;
      return each.starts_with('#') || is_sparse || !HasColumns(row, table.columns);
    });
    constexpr size_t kSureColumns = 5;  // of known names, above one row
    const bool is_sure = behind.evidence[behind.chosen].has_known && table.columns >= kSureColumns;
    if (!is_alone || table.rows.size() < (is_sure ? 2 : kLeastRows) || 20 * table.misfits > table.rows.size()) continue;
    choice = std::move(behind);
    return static_cast<size_t>(rest.data() - head.text.data());
  }
  return 0;
}

size_t CommonColumns(const CsvHeadTable& table) {
  std::vector<size_t> counts;
  for (const CsvHeadRow& row : table.rows) {
    if (row.is_complete) counts.push_back(row.fields.size());
  }
  size_t best = 0, times = 0;
  for (const size_t count : counts) {
    const auto found = static_cast<size_t>(std::ranges::count(counts, count));
    if (found > times) best = count, times = found;
  }
  return best;
}

}  // namespace

char DelimiterHint(string_view line) {
  if (line.size() == 7 && line.front() == '"' && line.back() == '"') line = line.substr(1, 5);
  return line.size() == 5 && absl::StartsWithIgnoreCase(Abs(line), "sep=") ? line[4] : '\0';
}

CardSettings CardSettingsOf(string_view text) {
  constexpr string_view kKey = "#separator:";
  static constexpr std::pair<string_view, char> kNames[] = {
      {"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"pipe", '|'}};
  if (!absl::StartsWithIgnoreCase(Abs(text), Abs(kKey))) return {};
  const string_view name = TrimBlanks(text.substr(kKey.size(), text.find_first_of("\r\n") - kKey.size()));
  CardSettings settings;
  for (const auto& [each, delimiter] : kNames) {
    if (absl::EqualsIgnoreCase(Abs(name), Abs(each)) || name == string_view(&delimiter, 1))
      settings.delimiter = delimiter;
  }
  if (settings.delimiter == 0) return {};
  while (text.substr(settings.bytes).starts_with('#')) {
    const size_t end = text.find_first_of("\r\n", settings.bytes);
    if (end == text.npos) break;
    settings.bytes = std::min(text.find_first_not_of("\r\n", end), text.size());
  }
  return settings;
}

bool IsSameColumn(string_view column, string_view name) {
  return !name.empty() && absl::EqualsIgnoreCase(Abs(TrimBlanks(column)), Abs(TrimBlanks(name)));
}

std::optional<CsvShape> ShapeOfCsv(string_view bytes, bool at_end, const CsvProfile& profile,
                                   const LayoutOptions& options) {
  std::optional<CsvHead> head = CsvHeadOf(bytes, at_end);
  if (!head) return std::nullopt;
  CsvShape shape;
  head->text.remove_prefix(std::min(head->text.find_first_not_of("\r\n"), head->text.size()));
  const string_view first_line = head->text.substr(0, head->text.find_first_of("\r\n"));
  const char hint = DelimiterHint(first_line);
  if (hint != 0) head->text.remove_prefix(first_line.size());
  const CardSettings cards = CardSettingsOf(head->text);
  head->text.remove_prefix(cards.bytes);
  const char given = hint != 0 ? hint : cards.delimiter != 0 ? cards.delimiter : profile.delimiter;

  std::vector<char> delimiters(kCsvDelimiters.begin(), kCsvDelimiters.end());
  delimiters.insert(delimiters.end(), kRareDelimiters.begin(), kRareDelimiters.end());
  if (given != 0) delimiters = {given};
  shape.preface_bytes = static_cast<size_t>(head->text.data() - bytes.data()) * (cards.bytes > 0 ? 1 : 0);
  Choice choice = Choose(*head, delimiters, profile);
  if (hint == 0) shape.refusal = JoinedTables(choice);
  if (HasSingleQuotes(head->text)) {
    shape.refusal =
        "its fields are in single quotes, which are not those of CSV: write them with double ones (python3 -c 'import "
        "csv, sys; csv.writer(sys.stdout).writerows(csv.reader(sys.stdin, quotechar=chr(39)))'; add delimiter=... if "
        "it is no comma), or read it line by line (--layout lines)";
  }
  if (HasAFieldALine(head->text)) {
    shape.refusal =
        "its records have a field a line (\"TITLE\",\"...\"), and no columns: export them with a record a row, or as "
        "RIS; "
        "or read it line by line (--layout lines)";
  }
  if (choice.chosen == delimiters.size() && hint == 0 && cards.bytes == 0) {
    if (shape.refusal.empty()) shape.preface_bytes = SkipPreface(*head, delimiters, profile, choice);
    if (shape.preface_bytes > 0) shape.preface_bytes += static_cast<size_t>(head->text.data() - bytes.data());
  }
  std::vector<CsvHeadTable>& tables = choice.tables;
  std::vector<Evidence>& evidence = choice.evidence;
  size_t chosen = choice.chosen;
  shape.is_table = chosen < delimiters.size() || hint != 0 || cards.bytes > 0;
  if (chosen == delimiters.size()) {
    const char detected = given != 0 ? given : DetectDelimiter(head->text, head->is_all);
    chosen = static_cast<size_t>(std::ranges::find(delimiters, detected) - delimiters.begin());
  }
  const CsvHeadTable& table = tables[chosen];
  shape.delimiter = table.delimiter != 0 ? table.delimiter : delimiters[chosen];
  if (table.rows.empty()) {
    shape.has_header = profile.header.value_or(true) && options.columns.empty();
    return shape;
  }
  const Evidence& first = evidence[chosen];
  shape.columns = CommonColumns(table);
  shape.has_header = first.IsHeader() || NamesAsked(table, options);
  if (cards.bytes > 0) shape.has_header = false;
  if (shape.has_header && table.is_survey) shape.more_headers = 2;
  if (profile.header) shape.has_header = *profile.header;
  if (!options.columns.empty()) {
    shape.has_header = false;
    const auto fits = static_cast<size_t>(std::ranges::count_if(
        table.rows, [&](const CsvHeadRow& row) { return HasColumns(row, options.columns.size()); }));
    shape.fits_names = 2 * fits >= table.rows.size() || shape.columns == 0;
  }
  if (shape.has_header) shape.columns = table.columns;
  std::vector<CsvHeadRow> texts = table.rows;
  if (shape.has_header) texts.erase(texts.begin(), texts.begin() + 1 + static_cast<std::ptrdiff_t>(shape.more_headers));
  for (size_t i = 0; i < shape.columns; ++i) {
    const ColumnKind kind = ColumnKindOf(texts, i);
    shape.is_prose.push_back(kind.prose > 0 && 2 * kind.prose >= kind.filled);
  }
  shape.why = WhyOf(shape, first, options);
  if (shape.preface_bytes > 0) shape.why += ", and the lines above it belong to no row";
  return shape;
}

}  // namespace unecho
