// Engine csv: a row a record, its columns named by a header, by --columns, or by their numbers.
//
// The first lines show which of these it is, and what parts the columns (csv_shape.h): the cutter waits for them. What
// it has found is in Batch::context (CsvContext), with the header row.
//
// A row whose number of columns is another one is malformed. A row whose quote is never closed is too: it is rejected
// up to the end of its first line, and reading goes on behind that. Between tabs and bars such a quote is a character.
//
// Which columns are compared: those of --match-fields; else the title, columns that are texts by their names, and
// others most of whose fields are prose. Without title and text, all columns that are no details, if one of them is
// prose or a remark; else all but those that only identify a row, so that no two rows are the same for less than all
// they say.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/batch.h"
#include "layouts/csv_context.h"
#include "layouts/csv_row.h"
#include "layouts/csv_shape.h"
#include "layouts/engines.h"
#include "layouts/field_names.h"
#include "layouts/span_batch.h"

namespace unecho {
namespace {

constexpr size_t kMaxHeaderBytes = size_t{64}
                                   << 10;  // a longer first row names no columns: it is read again for every batch

class CsvCutter final : public SpanCutter {
 public:
  CsvCutter(const LayoutOptions& options, const CsvProfile& profile)
      : SpanCutter(options), options_(options), profile_(profile) {
    is_context_fixed_ = true;
  }

 protected:
  void Scan() override {
    if (!has_shape_ && !TakeShape()) return;
    while (at_ < End()) {
      if (IsTooLong()) {
        if (!FindEndOfTooLong()) return;
        continue;
      }
      const char c = At(at_);
      if (c == '\n' || c == '\r') {
        ++at_;
        continue;
      }
      if (at_ < preface_end_) {  // no row, and so between records
        at_ = preface_end_;
        continue;
      }
      if (!AtEnd() && End() - at_ < wanted_) return;
      Open(at_);
      if (!TakeRow()) return;
    }
  }

 private:
  // False if more bytes are needed.
  bool TakeShape() {
    const std::optional<CsvShape> shape = ShapeOfCsv(Rest(at_), AtEnd(), profile_, options_);
    if (!shape) return false;
    has_shape_ = true;
    is_first_ = true;
    preface_end_ = at_ + shape->preface_bytes;
    shape_.delimiter = shape->delimiter;
    shape_.has_header = shape->has_header;
    more_headers_ = shape->more_headers;
    shape_.fits_names = shape->fits_names;
    shape_.is_prose = shape->is_prose;
    if (!shape->has_header) {
      shape_.columns = options_.columns.empty() ? shape->columns : options_.columns.size();
      if (!shape->fits_names) shape_.columns = shape->columns;
      context_ = shape_.Text();
    }
    return true;
  }

  // False if more bytes are needed.
  bool TakeRow() {
    // No further than the limit and the line end behind it: where a row is too long, the rest of it must not matter.
    const uint64_t stop = std::min(End(), at_ + max_record_bytes_ + 2);
    const std::string_view text = View(at_, stop);
    const bool at_end = AtEnd() && stop == End();
    const CsvSpan row = FindTableRow(text, shape_.delimiter, shape_.columns, at_end, is_plain_);
    if (row.state == CsvRow::kComplete && !PassesLimit(at_ + row.end)) {
      if (row.looked_at > row.next) NoteReadAgain(row.looked_at, row.next);
      TakeComplete(text.substr(0, row.end), row.columns);
      at_ += row.next;
      return true;
    }
    if (row.state != CsvRow::kBroken && stop == End() && !AtEnd()) {
      // What has been read of it is not read again before there is twice as much.
      open_ = kNone;
      wanted_ = std::max<uint64_t>(text.size() + 1, std::min<uint64_t>(2 * text.size(), max_record_bytes_ + 2));
      return false;
    }
    wanted_ = 0;
    if (IsLineFirst(shape_.delimiter) && row.state != CsvRow::kComplete) {
      // The quote is not closed within the limit: it is a character of the line.
      const CsvSpan line = FindTableRow(text, shape_.delimiter, shape_.columns, at_end, true);
      if (line.state == CsvRow::kComplete && !PassesLimit(at_ + line.end)) {
        NoteReadAgain(text.size(), line.next);
        TakeComplete(text.substr(0, line.end), line.columns);
        at_ += line.next;
        return true;
      }
    }
    const bool is_quote = row.state == CsvRow::kBroken || row.state == CsvRow::kOpenQuote;
    const uint64_t line_end = at_ + std::min(text.find_first_of("\r\n"), text.size());
    at_ += row.end;
    if (is_quote && !PassesLimit(line_end) && MayGoBack(line_end)) {
      at_ = line_end;
      Close(at_, SpanCut::kMalformed);
      return true;
    }
    at_ = open_;
    if (AtEnd() && !PassesLimit(End())) {
      at_ = End();
      Close(at_, SpanCut::kMalformed);
      return true;
    }
    SetTooLong();
    return true;
  }

  void TakeComplete(std::string_view row, size_t columns) {
    wanted_ = 0;
    if (is_first_ && row.find_first_not_of(" \t") == row.npos) {
      open_ = kNone;  // a blank line in front of the header
      return;
    }
    SpanCut kind = SpanCut::kRecord;
    const bool is_hint = is_first_ && DelimiterHint(row) != 0;
    is_first_ = false;
    if (is_hint) {
      kind = SpanCut::kContext;
    } else if (context_.empty()) {
      if (row.size() > kMaxHeaderBytes) return Close(at_ + row.size(), SpanCut::kMalformed);
      kind = SpanCut::kContext;
      shape_.columns = columns;
      header_ = row;
      shape_.header = row;
      context_ = shape_.Text();
      shape_.header = {};
    } else if (more_headers_ > 0) {
      --more_headers_;  // says what its column is, as the header does
      open_ = kNone;
      return;
    } else if (!header_.empty() && row == header_) {
      kind = SpanCut::kContext;  // of a file that was joined to the first
    }
    Close(at_ + row.size(), kind);
  }

  // Of the bytes that have been looked at only the first are taken. Where that has been too much, quotes are not tried
  // any more.
  void NoteReadAgain(size_t looked_at, size_t taken) {
    const uint64_t begin = at_;
    at_ += looked_at;
    is_plain_ = !MayGoBack(begin + taken);
    at_ = begin;
  }

  // A too long row ends at the first line end behind the limit, in quotes or not. False if more bytes are needed.
  bool FindEndOfTooLong() {
    const uint64_t from = std::max(at_, open_ + max_record_bytes_ + 1);
    if (from >= End()) return false;
    const size_t line_end = Rest(from).find_first_of("\r\n");
    at_ = line_end == std::string_view::npos ? End() : from + line_end;
    if (at_ == End()) return false;
    Close(at_, SpanCut::kRecord);
    return true;
  }

  const LayoutOptions options_;
  const CsvProfile& profile_;
  CsvContext shape_;  // without the header row
  bool has_shape_ = false;
  std::string header_;        // the row
  uint64_t preface_end_ = 0;  // of the lines above it
  size_t more_headers_ = 0;   // rows below it that are none
  bool is_first_ = true;      // no row has been taken
  bool is_plain_ = false;     // quotes between tabs and bars are not tried any more
  uint64_t wanted_ = 0;       // bytes from at_ on that the next look needs; 0: any
};

using ColumnIndices = std::vector<size_t>;

class CsvSegmenter {
 public:
  CsvSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options), profile_(profile), batch_(batch), reader_(batch) {
    if (!batch.context.empty()) UseContext(CsvContext::Of(batch.context));
  }

  void Accept(Record& record) {
    SplitTableRow(record.raw, delimiter_, num_columns_, batch_.arena, fields_);
    // A delimiter behind the last column does no harm, nor does a blank behind that.
    while (num_columns_ > 0 && fields_.size() > num_columns_ && TrimBlanks(fields_.back()).empty()) fields_.pop_back();
    if (num_columns_ > 0 && fields_.size() != num_columns_) return AddRejected(batch_, record, Reason::kMalformed);
    ListColumns(record);
    RecordText text;
    text.title = FirstOf(title_, profile_.unescape_title, Space::kOneLine);
    if (options_.fields_apart)
      JoinApart(text);
    else
      text.body = is_joined_ ? Joined() : FirstOf(body_, profile_.unescape_body, Space::kLines);
    text.is_named = true;
    text.snapshot = FirstOf(snapshot_, {}, Space::kOneLine);
    text.id = ScalarAsJson(batch_, FirstOf(id_, {}, Space::kOneLine));
    text.order_value = ScalarAsJson(batch_, FirstOf(order_, {}, Space::kOneLine));
    AddRecord(options_, batch_, record, text);
  }

 private:
  // The column that the title comes from.
  std::optional<size_t> TitleColumn() const {
    for (const size_t column : title_) {
      if (fields_[column].find_first_not_of(" \t\r\n") != std::string_view::npos) return column;
    }
    return std::nullopt;
  }

  void ListColumns(Record& record) {
    const auto title = TitleColumn();
    for (size_t i = 0; i < fields_.size(); ++i) {
      const bool is_compared = is_any_ || (i < is_body_.size() && is_body_[i]) || title == i;
      AddField(batch_, record, {.name = NameOf(i), .value = fields_[i], .is_compared = is_compared});
      if (!is_compared) record.left_out_bytes += fields_[i].size();
    }
  }

  // Rows may have more fields than there are names.
  std::string_view NameOf(size_t column) {
    if (column < shown_names_.size() && !shown_names_[column].empty()) return shown_names_[column];
    return batch_.arena.Copy(std::to_string(column + 1));
  }

  void UseContext(const CsvContext& context) {
    delimiter_ = context.delimiter;
    num_columns_ = context.columns;
    has_header_ = context.has_header;
    if (has_header_) {
      SplitTableRow(context.header, delimiter_, num_columns_, batch_.arena, names_);
      num_columns_ = names_.size();
    } else if (!options_.columns.empty()) {
      names_.assign(options_.columns.begin(), options_.columns.end());
      if (!context.fits_names) names_.resize(std::min(names_.size(), num_columns_));
    } else {
      for (size_t i = 0; i < num_columns_; ++i) names_.push_back(batch_.arena.Copy(std::to_string(i + 1)));
    }
    tidy_names_.resize(names_.size());
    for (size_t i = 0; i < names_.size(); ++i) AppendTidy(names_[i], Space::kOneLine, tidy_names_[i]);
    for (const std::string& name : tidy_names_) shown_names_.push_back(batch_.arena.Copy(name));
    title_ = ColumnsOf(profile_.csv.title);
    for (size_t i = 0; title_.empty() && i < tidy_names_.size(); ++i) {
      if (IsTitleName(tidy_names_[i])) title_.push_back(i);
    }
    body_ = ColumnsOf(profile_.csv.body);
    snapshot_ = ColumnsOf(profile_.csv.snapshot);
    id_ = ColumnsOf({options_.id_field});
    order_ = ColumnsOf({options_.order_field});
    if (!options_.match_fields.empty()) {
      UseMatchFields();
    } else {
      ChooseColumns(context.is_prose);
    }
    is_body_.assign(std::max(names_.size(), num_columns_), false);
    for (const size_t column : body_) is_body_[column] = true;
    CheckNames(context);
  }

  // Those that are named, in that order; the first that is known as a title is the title.
  void UseMatchFields() {
    is_joined_ = true;
    batch_.seen_names = ~uint64_t{0} >> 2;  // CheckNames() says which there are none of
    body_.clear();
    match_field_.assign(tidy_names_.size(), 0);
    for (size_t field = 0; field < options_.match_fields.size(); ++field) {
      for (const size_t column : ColumnsOf({options_.match_fields[field]})) {
        if (std::ranges::find(body_, column) != body_.end()) continue;
        body_.push_back(column);
        match_field_[column] = field;
      }
    }
    const auto title = std::ranges::find_first_of(title_, body_);
    if (title == title_.end()) return title_.clear();
    title_ = {*title};
    std::erase(body_, title_[0]);
  }

  enum class Kind : uint8_t { kTitle, kText, kRemark, kUnknown, kNoText, kIdentity };

  static bool IsIn(const ColumnIndices& columns, size_t column) {
    return std::ranges::find(columns, column) != columns.end();
  }

  // By its name.
  Kind KindOf(size_t column) const {
    const std::string_view name = column < tidy_names_.size() ? std::string_view(tidy_names_[column]) : "";
    if (IsIn(id_, column) || IsIn(order_, column) || IsIdentity(name)) return Kind::kIdentity;
    if (IsIn(title_, column)) return Kind::kTitle;
    if (IsIn(body_, column)) return Kind::kText;
    if (IsIn(snapshot_, column) || IsIn(ColumnsOf(profile_.csv.other), column) || IsNoText(name)) return Kind::kNoText;
    // Row numbers have no name. Beside a title nothing counts that has none.
    if (has_header_ && name.empty() && column == 0) return Kind::kIdentity;
    if (has_header_ && name.empty() && !title_.empty()) return Kind::kNoText;
    return IsRemark(name) ? Kind::kRemark : IsTextName(name) ? Kind::kText : Kind::kUnknown;
  }

  // Beside the title: what is known as text, and what is prose, but a remark only where nothing is known; beside one
  // alone also the unknown columns, for a title is not all that a row says. Where neither is known, all that is no
  // detail, if there is prose in it; else all but what only identifies a row.
  void ChooseColumns(const std::vector<bool>& is_prose) {
    is_joined_ = true;
    std::vector<Kind> kinds(std::max(names_.size(), num_columns_));
    for (size_t i = 0; i < kinds.size(); ++i) kinds[i] = KindOf(i);
    const bool has_text = std::ranges::count(kinds, Kind::kText) > 0;
    body_.clear();
    bool has_prose = false;
    for (size_t i = 0; i < kinds.size(); ++i) {
      const bool may_be_text = kinds[i] == Kind::kUnknown || (kinds[i] == Kind::kRemark && !has_text);
      const bool counts = (i < is_prose.size() && is_prose[i]) || !has_text;
      if (kinds[i] == Kind::kText || (may_be_text && counts)) body_.push_back(i);
      has_prose = has_prose || kinds[i] == Kind::kText ||
                  (may_be_text && (kinds[i] == Kind::kRemark || (i < is_prose.size() && is_prose[i])));
    }
    if (title_.empty() && !has_prose) {
      const bool is_only_identity = std::ranges::count(kinds, Kind::kIdentity) == std::ssize(kinds);
      body_.clear();
      for (size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] != Kind::kIdentity || (is_only_identity && !IsIn(id_, i) && !IsIn(order_, i))) body_.push_back(i);
      }
    }
    is_any_ = title_.empty() && num_columns_ == 0;
  }

  // What the options name, and the source does not have.
  void CheckNames(const CsvContext& context) {
    std::string& misfit = batch_.misfit;
    if (!context.fits_names) {
      misfit =
          absl::StrFormat("--columns names %d columns, and its rows have %d", options_.columns.size(), context.columns);
      return;
    }
    const auto ask = [&](std::string_view option, const std::string& name) {
      if (name.empty() || !misfit.empty() || !ColumnsOf({name}).empty()) return;
      misfit = absl::StrFormat("%s: no column is called '%s'; %s", option, name, ListOfNames());
    };
    for (const std::string& name : options_.match_fields)
      ask(options_.fields_apart ? "--match" : "--match-fields", name);
    ask("--id-field", options_.id_field);
    // What every layout has (FieldAsJson).
    const std::string& order = options_.order_field;
    if (order != "title" && order != "text" && order != "snapshot") ask("--keep", order);
  }

  std::string ListOfNames() const {
    constexpr size_t kMostNames = 30;
    if (!has_header_ && options_.columns.empty()) {
      return absl::StrFormat("there is no header, and the columns are called 1 to %d (--columns gives them names)",
                             num_columns_);
    }
    const size_t shown = std::min(names_.size(), kMostNames);
    const auto end = tidy_names_.begin() + static_cast<ptrdiff_t>(shown);
    std::string list = "there are " + absl::StrJoin(tidy_names_.begin(), end, ", ");
    if (shown < names_.size()) absl::StrAppendFormat(&list, ", ... (%d columns)", names_.size());
    return list;
  }

  // The columns that have one of these names, in the order of the names.
  ColumnIndices ColumnsOf(const std::vector<std::string>& wanted) const {
    ColumnIndices columns;
    for (const std::string& each : wanted) {
      for (size_t i = 0; i < tidy_names_.size(); ++i) {
        if (IsSameColumn(tidy_names_[i], each)) columns.push_back(i);
      }
    }
    return columns;
  }

  std::string_view FirstOf(const ColumnIndices& columns, const Unescape& unescape, Space space) {
    for (const size_t column : columns) {
      const std::string_view text = reader_.Read(fields_[column], unescape, space);
      if (!text.empty()) return text;
    }
    return {};
  }

  // All of the body's fields that say something, each on lines of its own.
  std::string_view Joined() {
    std::string_view only;
    size_t filled = 0;
    joined_.clear();
    const size_t count = is_any_ ? fields_.size() : body_.size();
    for (size_t i = 0; i < count; ++i) {
      const std::string_view text =
          reader_.Read(fields_[is_any_ ? i : body_[i]], profile_.unescape_body, Space::kLines);
      if (text.empty()) continue;
      if (++filled == 1) {
        only = text;
        continue;
      }
      if (filled == 2) joined_ = only;
      joined_ += '\n';
      joined_ += text;
    }
    return filled < 2 ? only : batch_.arena.Copy(joined_);
  }

  // --match: the same, and which column says what.
  void JoinApart(RecordText& text) {
    joined_.clear();
    for (const size_t column : body_) {
      const std::string_view part = reader_.Read(fields_[column], profile_.unescape_body, Space::kLines);
      if (!part.empty()) text.AddPart(match_field_[column], part, joined_);
    }
    if (!title_.empty()) text.title_field = match_field_[title_.front()];
    text.body = batch_.arena.Copy(joined_);
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  char delimiter_ = ',';
  bool has_header_ = false;
  size_t num_columns_ = 0;  // 0: any number
  std::vector<std::string> tidy_names_;
  std::vector<std::string_view> shown_names_;  // the same, for as long as the batch
  std::vector<std::string_view> names_;        // by column
  ColumnIndices title_, body_, snapshot_, id_, order_;
  std::vector<bool> is_body_;
  std::vector<size_t> match_field_;  // by column: its place among the match fields
  bool is_joined_ = false;           // all columns of the body are; else the first that is not empty
  bool is_any_ = false;              // ... all columns there are
  std::vector<std::string_view> fields_;
  std::string joined_;
};

}  // namespace

std::unique_ptr<Cutter> MakeCsvCutter(const LayoutOptions& options, const Profile& profile) {
  return std::make_unique<CsvCutter>(options, profile.csv);
}

void SegmentCsv(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  CsvSegmenter segmenter(options, profile, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); }, [](std::string_view) {});
}

}  // namespace unecho
