#include "audit/plain_check.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "audit/plain_records.h"
#include "layouts/cutter.h"
#include "layouts/profile.h"

namespace unecho {
namespace {

// A text without its white space, in which layouts may differ from what is written.
std::string Bare(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xc2\xa0"))
      ++i;
    else if (std::string_view(" \t\n\v\f\r").find(text[i]) == std::string_view::npos)
      out += text[i];
  }
  return out;
}

bool IsBlankText(std::string_view text) { return Bare(text).empty(); }

// What the cutter of csv has found out, as it hands it on in Batch::context.
struct CsvForm {
  char delimiter = ',';
  bool has_header = false;
  size_t columns = 0;  // 0: any number
};

class PlainChecker {
 public:
  PlainChecker(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
               std::span<const FoundAgain> found, std::string_view name, Violations& violations)
      : layout_(layout),
        grammar_(TraitsOf(layout).grammar),
        bytes_(bytes),
        options_(options),
        found_(found),
        name_(name),
        violations_(violations) {}

  void Check() {
    std::vector<std::pair<size_t, size_t>> spans;
    for (const FoundAgain& each : found_) {
      // Where it ends is a question of the limit.
      if (each.size_bytes > options_.max_record_bytes) return;
      spans.emplace_back(each.offset_bytes, each.offset_bytes + each.size_bytes);
    }
    // Where one of a list is a record all of it are, and what is rejected as none says nothing of those beside it.
    std::vector<std::pair<size_t, size_t>> records;
    for (size_t i = 0; i < found_.size(); ++i) {
      if (found_[i].reason != Reason::kOrphanBody) records.push_back(spans[i]);
    }
    const PlainRecords read = Read(records);
    if (!read) return;
    size_t next = 0;
    for (const PlainRecord& own : *read) {
      if (own.end - own.begin > options_.max_record_bytes) return;
      for (; next < found_.size() && spans[next].second <= own.key_begin; ++next) Missing(found_[next]);
      const bool is_there = next < found_.size() && spans[next].second == own.end &&
                            (spans[next].first == own.begin || spans[next].first == own.key_begin);
      if (is_there)
        CheckFields(found_[next++], own);
      else if (!IsPassedOver(own))
        Violation(own.begin, own.end, "holds a record that the layout %s does not find there");
      if (!is_there && next < found_.size() && spans[next].first < own.end) Missing(found_[next++]);
    }
    for (; next < found_.size(); ++next) Missing(found_[next]);
  }

 private:
  PlainRecords Read(FoundSpans spans) {
    switch (grammar_) {
      case Grammar::kCsv: return ReadCsv();
      case Grammar::kJson: return ReadPlainJson(bytes_, spans);
      case Grammar::kXml: return ReadPlainXml(bytes_, spans);
      case Grammar::kWarc: return ReadPlainWarc(bytes_);
      case Grammar::kNone: break;
    }
    return std::nullopt;
  }

  void Violation(size_t begin, size_t end, const absl::FormatSpec<std::string_view>& what) {
    violations_.Add(name_, absl::StrFormat("bytes %d to %d: ", begin, end) + absl::StrFormat(what, layout_.name()));
  }

  // What is no record by the standard may be one that is rejected: strings beside the records of a document.
  void Missing(const FoundAgain& record) {
    if (record.reason == Reason::kOrphanBody) return;
    Violation(record.offset_bytes, record.offset_bytes + record.size_bytes,
              "the layout %s finds a record where a plain reader finds none");
  }

  // --- CSV ---------------------------------------------------------------------------------------------------------

  PlainRecords ReadCsv() {
    if (found_.empty()) return std::nullopt;
    const std::string_view context = found_.back().batch->context;
    if (context.size() < 4) return std::nullopt;
    csv_.delimiter = context[0];
    csv_.has_header = context[1] == 'h';
    std::from_chars(context.data() + 3, context.data() + context.size(), csv_.columns);
    // Between tabs and bars a quote is a character as a rule, and no standard says when it is not.
    if (std::string_view("\t|").find(csv_.delimiter) != std::string_view::npos && bytes_.find('"') != bytes_.npos)
      return std::nullopt;
    PlainRecords rows = ReadPlainCsv(bytes_, csv_.delimiter);
    if (!rows || !csv_.has_header) return rows;
    // The header is the last row in front of the first record that is none; below it a survey has two that are none
    // either.
    const auto is_sound = [](const FoundAgain& each) { return each.reason != Reason::kMalformed; };
    const auto first = std::ranges::find_if(found_, is_sound);
    if (first == found_.end()) return std::nullopt;
    first_row_ = first->offset_bytes;
    std::vector<PlainRecord> above;
    for (const PlainRecord& row : *rows) {
      if (row.begin >= first_row_) break;
      const bool is_record =
          std::ranges::binary_search(found_, row.begin, {}, [](const FoundAgain& each) { return each.offset_bytes; });
      if (!is_record) above.push_back(row);
    }
    if (above.empty()) return std::nullopt;
    size_t header = above.size() - 1;
    constexpr size_t kOfSurveys = 2;
    const bool is_survey =
        header >= kOfSurveys &&
        bytes_.substr(above[header].begin, first_row_ - above[header].begin).find("ImportId") != std::string_view::npos;
    if (is_survey) header -= kOfSurveys;
    header_begin_ = above[header].begin;
    header_ = bytes_.substr(header_begin_, above[header].end - header_begin_);
    names_ = PlainCsvFields(header_, csv_.delimiter);
    csv_.columns = names_.size();
    return rows;
  }

  // Rows that are none: what stands above the first, and the header of a file that was joined to the first. What stands
  // above the header has other columns, or says little in them, or is a comment.
  bool IsPassedOver(const PlainRecord& row) const {
    if (grammar_ != Grammar::kCsv) return false;
    const std::string_view text = bytes_.substr(row.begin, row.end - row.begin);
    if (text.find_first_not_of(" \t") == text.npos || text.starts_with("sep="))
      return row.begin < found_[0].offset_bytes;
    if (row.begin < first_row_ && text.starts_with('#')) return true;
    if (!csv_.has_header) return false;
    if (text == header_ || (row.begin > header_begin_ && row.begin < first_row_)) return true;
    if (row.begin >= header_begin_) return false;
    const std::vector<std::string> fields = PlainCsvFields(text, csv_.delimiter);
    const auto filled = static_cast<size_t>(
        std::ranges::count_if(fields, [](const std::string& field) { return !IsBlankText(field); }));
    return fields.size() != csv_.columns || filled <= 1 || 4 * filled <= csv_.columns;
  }

  void CheckRow(const FoundAgain& record, std::string_view row) {
    std::vector<std::string> fields = PlainCsvFields(row, csv_.delimiter);
    while (csv_.columns > 0 && fields.size() > csv_.columns && IsBlankText(fields.back())) fields.pop_back();
    const bool fits = csv_.columns == 0 || fields.size() == csv_.columns;
    const bool is_below = record.offset_bytes >= first_row_;
    if (is_below && fits == (record.reason == Reason::kMalformed))
      return Differ(record, fits ? "has the columns of the table" : "has not the columns of the table");
    if (record.reason != Reason::kNone) return;
    const auto named = record.batch->FieldsOf(*record.record);
    if (named.size() != fields.size()) return Differ(record, "has other columns");
    std::string compared;
    size_t compared_bytes = 0;
    const std::string texts = BareTexts(record);
    for (size_t i = 0; i < fields.size(); ++i) {
      if (named[i].value != fields[i]) return Differ(record, "has other fields");
      if (i < names_.size() && !Bare(names_[i]).empty() && Bare(names_[i]) != Bare(named[i].name))
        return Differ(record, "has other names of columns");
      if (!named[i].is_compared || is_unescaped()) continue;
      const std::string bare = Bare(fields[i]);
      compared_bytes += bare.size();
      if (texts.find(bare) == texts.npos) return Differ(record, "has other texts");
    }
    if (!is_unescaped() && compared_bytes != texts.size()) Differ(record, "has more or less text");
  }

  // --- all ---------------------------------------------------------------------------------------------------------

  bool is_unescaped() const { return layout_.profile().unescape_title.any() || layout_.profile().unescape_body.any(); }

  static std::string BareTexts(const FoundAgain& record) {
    std::string texts;
    for (const std::string_view piece : record.batch->PiecesOf(*record.record)) texts += Bare(piece);
    return texts;
  }

  void Differ(const FoundAgain& record, std::string_view what) {
    violations_.Add(name_, absl::StrFormat("bytes %d to %d: by a plain reader it %s", record.offset_bytes,
                                           record.offset_bytes + record.size_bytes, what));
  }

  void CheckFields(const FoundAgain& record, const PlainRecord& own) {
    const std::string_view text = bytes_.substr(own.begin, own.end - own.begin);
    switch (grammar_) {
      case Grammar::kCsv: return CheckRow(record, text);
      case Grammar::kJson: return CheckObject(record, text);
      case Grammar::kWarc: return CheckHeaders(record, text);
      default: return;
    }
  }

  // All of it, in order, with other things between perhaps: the marks of a line that is made of several strings.
  static bool IsIn(std::string_view text, std::string_view all) {
    size_t at = 0;
    for (const char c : all) at += at < text.size() && text[at] == c;
    return at == text.size();
  }

  void CheckHeaders(const FoundAgain& record, std::string_view text) {
    if (record.reason != Reason::kNone) return;
    const auto named = record.batch->FieldsOf(*record.record);
    const auto is_same = [](const NamedField& a, const PlainField& b) {
      return a.name == b.name && a.value == b.value;
    };
    if (!std::ranges::equal(named, PlainWarcHeaders(text), is_same)) Differ(record, "has other headers");
  }

  void CheckObject(const FoundAgain& record, std::string_view text) {
    // Half a surrogate pair is no text: PlainJsonMembers() refuses it, too.
    if (record.reason == Reason::kMalformed || record.reason == Reason::kInvalidJson)
      return PlainJsonMembers(text) ? Differ(record, "is JSON") : void();
    if (record.reason != Reason::kNone) return;
    const auto members = PlainJsonMembers(text);
    if (members && record.record->offset_bytes == record.offset_bytes && text.starts_with('{')) {
      const auto is_same = [](const NamedField& a, const PlainField& b) {
        return a.name == b.name && a.is_json != b.is_text && (a.is_json || a.value == b.value);
      };
      const auto named = record.batch->FieldsOf(*record.record);
      if (!named.empty() && !std::ranges::equal(named, *members, is_same)) return Differ(record, "has other members");
    }
    const std::string all = Bare(PlainJsonText(bytes_.substr(record.offset_bytes, record.size_bytes)));
    if (is_unescaped() || all.find_first_of("<&\xef") != all.npos) return;  // HTML, or what may have been repaired
    for (const std::string_view piece : record.batch->PiecesOf(*record.record)) {
      for (size_t begin = 0; begin < piece.size();) {
        const size_t end = std::min(piece.find('\n', begin), piece.size());
        if (!IsIn(Bare(piece.substr(begin, end - begin)), all)) return Differ(record, "says something else");
        begin = end + 1;
      }
    }
  }

  const Layout& layout_;
  const Grammar grammar_;
  std::string_view bytes_;
  const LayoutOptions& options_;
  std::span<const FoundAgain> found_;
  std::string_view name_;
  Violations& violations_;
  CsvForm csv_;
  std::string_view header_;
  size_t header_begin_ = 0;
  uint64_t first_row_ = 0;
  std::vector<std::string> names_;
};

}  // namespace

void CheckPlainly(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                  std::span<const FoundAgain> found, std::string_view name, Violations& violations) {
  PlainChecker(layout, bytes, options, found, name, violations).Check();
}

}  // namespace unecho
