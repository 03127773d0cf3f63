#include "options/decisions.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/small_file.h"
#include "layouts/csv_row.h"
#include "text/json.h"
#include "text/scan.h"
#include "text/shown_text.h"

namespace unecho {
namespace {

constexpr size_t kShownTitle = 60;

enum class Answer : uint8_t { kNone, kSame, kDifferent };

// Nothing for a word that is neither an answer nor empty.
std::optional<Answer> AnswerOf(std::string_view word) {
  if (word.empty()) return Answer::kNone;
  for (const std::string_view same : {"same", "yes", "y"}) {
    if (absl::EqualsIgnoreCase(Abs(word), Abs(same))) return Answer::kSame;
  }
  for (const std::string_view different : {"different", "no", "n"}) {
    if (absl::EqualsIgnoreCase(Abs(word), Abs(different))) return Answer::kDifferent;
  }
  return std::nullopt;
}

// Behind apostrophes.
bool IsFormula(std::string_view value) {
  const size_t at = value.find_first_not_of('\'');
  return at != value.npos && std::string_view("=+-@\t\r").find(value[at]) != std::string_view::npos;
}

enum Column : uint8_t { kDecision, kRef1, kRef2, kId1, kId2, kTitle1, kTitle2, kNumColumns };
constexpr std::array<std::string_view, kNumColumns> kColumns = {"decision", "ref_1",   "ref_2",  "id_1",
                                                                "id_2",     "title_1", "title_2"};

// The rows of a file, one by one.
class Rows {
 public:
  Rows(std::string_view text, std::string path) : text_(text), path_(std::move(path)) {}

  // Behind the header.
  absl::Status Begin() {
    if (text_.starts_with("\xff\xfe") || text_.starts_with("\xfe\xff"))
      return Error("it is in UTF-16; save it as CSV in UTF-8");
    if (text_.starts_with("\xef\xbb\xbf")) Skip(3);
    if (absl::StartsWithIgnoreCase(Abs(text_), "sep=") && text_.size() > 4) {
      delimiter_ = text_[4];
      Skip(std::min(text_.find('\n'), text_.size() - 1) + 1);
    } else {
      delimiter_ = DetectDelimiter(text_, /*at_end=*/true);
    }
    UNECHO_ASSIGN_OR_RETURN(const bool has_header, Next());
    places_.fill(kNowhere);
    for (size_t i = 0; has_header && i < fields_.size(); ++i) {
      const std::string_view name = TrimBlanks(fields_[i]);
      const auto* const column = std::ranges::find_if(
          kColumns, [name](std::string_view each) { return absl::EqualsIgnoreCase(Abs(each), Abs(name)); });
      if (column != kColumns.end()) places_[static_cast<size_t>(column - kColumns.begin())] = i;
    }
    const auto has = [this](Column column) { return places_[column] != kNowhere; };
    if (has(kDecision) && ((has(kRef1) && has(kRef2)) || (has(kId1) && has(kId2)))) return absl::OkStatus();
    return Error(
        "it has no columns decision, ref_1 and ref_2 (or id_1 and id_2) in its first line; give a file that "
        "--review has written");
  }

  absl::StatusOr<bool> Next() {
    line_ = next_line_;
    if (text_.empty()) return false;
    const CsvSpan row = FindCsvRow(text_, delimiter_, /*at_end=*/true);
    if (row.state != CsvRow::kComplete) return Error("a quote is never closed");
    fields_.clear();
    arena_.Clear();
    SplitCsvRow(text_.substr(0, row.end), delimiter_, arena_, fields_);
    Skip(row.next);
    return true;
  }

  std::string_view operator[](Column column) const {
    const size_t place = places_[column];
    return place < fields_.size() ? ValueOfCell(TrimBlanks(fields_[place])) : std::string_view();
  }
  uint64_t line() const { return line_; }
  absl::Status Error(std::string_view what) const {
    return absl::InvalidArgumentError(absl::StrFormat("--decided %s:%d: %s", path_, line_, what));
  }

 private:
  static constexpr size_t kNowhere = SIZE_MAX;
  void Skip(size_t bytes) {
    const std::string_view skipped = text_.substr(0, bytes);
    const auto feeds = std::ranges::count(skipped, '\n');
    next_line_ += static_cast<uint64_t>(feeds > 0 ? feeds : std::ranges::count(skipped, '\r'));
    text_.remove_prefix(bytes);
  }

  std::string_view text_;
  std::string path_;
  char delimiter_ = ',';
  uint64_t line_ = 1, next_line_ = 1;
  std::array<size_t, kNumColumns> places_{};
  TextArena arena_;
  std::vector<std::string_view> fields_;
};

}  // namespace

std::string CellText(std::string_view value) { return (IsFormula(value) ? "'" : "") + std::string(value); }

std::string_view ValueOfCell(std::string_view cell) {
  return cell.starts_with('\'') && IsFormula(cell) ? cell.substr(1) : cell;
}

std::string TextOfId(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  std::string repaired;
  if (!IsValidUtf8(json)) {
    AppendRepairedUtf8(json, repaired);
    json = repaired;
  }
  std::string_view text;
  const bool is_string =
      json.starts_with('"') &&
      parser.parse(json.data(), json.size(), /*realloc_if_needed=*/true).get(text) == simdjson::SUCCESS;
  return std::string(is_string ? text : json);
}

std::string NameKey(std::string_view name) {
  std::string key;
  AppendRepairedUtf8(name, key);
  size_t size = 0;
  for (const char c : key) {
    const bool is_blank = static_cast<unsigned char>(c) <= ' ';
    if (!is_blank || size == 0 || key[size - 1] != ' ') key[size++] = is_blank ? ' ' : c;
  }
  key.resize(size);
  return std::string(TrimBlanks(key));
}

std::string TitleKey(std::string_view title) {
  std::string letters;
  for (const char c : title) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)))
      letters += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return letters;
}

absl::StatusOr<Decisions> Decisions::Read(const std::string& path, bool has_ids) {
  UNECHO_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path));
  return Parse(text, path, has_ids);
}

absl::StatusOr<Decisions> Decisions::Parse(std::string_view text, const std::string& path, bool has_ids) {
  Decisions decisions;
  decisions.path_ = path;
  Rows rows(text, path);
  UNECHO_RETURN_IF_ERROR(rows.Begin());
  std::vector<Pair> pairs;
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(const bool is_row, rows.Next());
    if (!is_row) break;
    const std::optional<Answer> answer = AnswerOf(rows[kDecision]);
    if (!answer) {
      std::string word;
      AppendRepairedUtf8(rows[kDecision], word);
      return rows.Error(
          absl::StrFormat("'%s' is no decision; give same or different (or yes, no), or leave it empty", word));
    }
    if (*answer == Answer::kNone) continue;
    std::string one = NameKey(rows[kId1]), other = NameKey(rows[kId2]);
    const bool by_id = has_ids && !one.empty() && !other.empty() && one != other;
    if (!by_id) {
      one = NameKey(rows[kRef1]);
      other = NameKey(rows[kRef2]);
    }
    if (one.empty() || other.empty())
      return rows.Error(has_ids ? "it names no two records: ref_1 or ref_2 is empty"
                                : "it names no two records: ref_1 or ref_2 is empty (ids count with --id-field)");
    if (one == other) return rows.Error(absl::StrFormat("both records are %s", one));
    ++(*answer == Answer::kSame ? decisions.num_same_ : decisions.num_different_);
    UNECHO_ASSIGN_OR_RETURN(const uint32_t a, decisions.Add(one, rows[kTitle1], by_id, rows.line()));
    UNECHO_ASSIGN_OR_RETURN(const uint32_t b, decisions.Add(other, rows[kTitle2], by_id, rows.line()));
    pairs.push_back({a, b, rows.line(), *answer == Answer::kSame});
  }
  UNECHO_RETURN_IF_ERROR(decisions.Join(pairs));
  return decisions;
}

uint32_t Decisions::Find(const Places& places, std::string_view name) {
  if (places.empty()) return kNone;
  const auto found = places.find(NameKey(name));
  return found == places.end() ? kNone : found->second;
}

// Several records may have one id, and other titles.
absl::StatusOr<uint32_t> Decisions::Add(const std::string& text, std::string_view title, bool is_id, uint64_t line) {
  const auto [place, is_new] = (is_id ? ids_ : refs_).try_emplace(text, static_cast<uint32_t>(names_.size()));
  if (is_new) names_.push_back({text, "", line, line, 0, is_id});
  Name& name = names_[place->second];
  const std::string key = TitleKey(title), known = TitleKey(name.title);
  if (known.empty() && !key.empty()) {
    name.title = title;
    name.title_line = line;
  } else if (!is_id && !key.empty() && key != known) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--decided %s:%d: %s has the title '%s' here, and '%s' in line %d; a ref means one record: give lines of one "
        "table, or empty the decisions of those that are of other inputs",
        path_, line, text, ShownText(title, kShownTitle), ShownText(name.title, kShownTitle), name.title_line));
  }
  return place->second;
}

// Groups in the order of the lines; the different ones of each.
absl::Status Decisions::Join(std::span<const Pair> pairs) {
  std::vector<uint32_t> first(names_.size());
  std::iota(first.begin(), first.end(), 0U);
  const auto root = [&first](uint32_t place) {
    while (first[place] != place) place = first[place] = first[first[place]];
    return place;
  };
  for (const Pair& pair : pairs) {
    if (!pair.is_same) continue;
    const uint32_t a = root(pair.a), b = root(pair.b);
    first[std::max(a, b)] = std::min(a, b);
  }
  for (uint32_t place = 0; place < names_.size(); ++place) {
    const uint32_t at = root(place);
    if (at == place) {
      names_[place].group = static_cast<uint32_t>(different_.size());
      different_.emplace_back();
    } else {
      names_[place].group = names_[at].group;
    }
  }
  for (const Pair& pair : pairs) {
    if (pair.is_same) continue;
    const uint32_t a = names_[pair.a].group, b = names_[pair.b].group;
    if (a == b) {
      return absl::InvalidArgumentError(
          absl::StrFormat("--decided %s:%d: %s and %s are different here, and by other lines they are the same", path_,
                          pair.line, names_[pair.a].text, names_[pair.b].text));
    }
    different_[a].push_back(b);
    different_[b].push_back(a);
  }
  for (std::vector<uint32_t>& groups : different_) {
    std::ranges::sort(groups);
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  }
  return absl::OkStatus();
}

}  // namespace unecho
