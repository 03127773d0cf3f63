// Engine csv: a row a record, its columns named by a header.
//
// Batch::context: the delimiter, and the first row of the source behind it (for its number of columns, and its names).
// A row whose number of columns is another one is malformed. A row whose quote is never closed is too: it is rejected
// up to the end of its first line, and reading goes on behind that.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "base/batch.h"
#include "layouts/csv_row.h"
#include "layouts/engines.h"
#include "layouts/span_batch.h"

namespace unecho {
namespace {

constexpr size_t kDetectBytes = 4096;  // that the delimiter is detected by
constexpr size_t kMaxHeaderBytes = size_t{64}
                                   << 10;  // a longer first row names no columns: it is read again for every batch

class CsvCutter final : public SpanCutter {
 public:
  CsvCutter(const LayoutOptions& options, const CsvProfile& profile)
      : SpanCutter(options), has_header_(profile.header), delimiter_(profile.delimiter) {
    is_context_fixed_ = true;
  }

 protected:
  void Scan() override {
    if (delimiter_ == 0) {
      if (!AtEnd() && End() - at_ < kDetectBytes) return;
      const std::string_view head = Rest(at_).substr(0, kDetectBytes);
      delimiter_ = DetectDelimiter(head, AtEnd() && head.size() == End() - at_);
    }
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
      if (!AtEnd() && End() - at_ < wanted_) return;
      Open(at_);
      if (!TakeRow()) return;
    }
  }

 private:
  // False if more bytes are needed.
  bool TakeRow() {
    // No further than the limit and the line end behind it: where a row is too long, the rest of it must not matter.
    const uint64_t stop = std::min(End(), at_ + max_record_bytes_ + 2);
    const std::string_view text = View(at_, stop);
    const CsvSpan row = FindCsvRow(text, delimiter_, AtEnd() && stop == End());
    if (row.state == CsvRow::kComplete && !PassesLimit(at_ + row.end)) {
      TakeComplete(text.substr(0, row.end));
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

  void TakeComplete(std::string_view row) {
    wanted_ = 0;
    SpanCut kind = SpanCut::kRecord;
    if (context_.empty()) {
      // The first line of some spreadsheets' files: sep=;
      if (row.size() > kMaxHeaderBytes) return Close(at_ + row.size(), SpanCut::kMalformed);
      const bool is_hint = row.size() == 5 && row.starts_with("sep=");
      if (is_hint) delimiter_ = row[4];
      if (has_header_ || is_hint) kind = SpanCut::kContext;
      if (!is_hint) context_ = delimiter_ + std::string(row);
    }
    Close(at_ + row.size(), kind);
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

  const bool has_header_;
  char delimiter_;
  uint64_t wanted_ = 0;  // bytes from at_ on that the next look needs; 0: any
};

class CsvSegmenter {
 public:
  CsvSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options), profile_(profile), batch_(batch), reader_(batch) {
    if (!batch.context.empty()) UseFirstRow(batch.context[0], std::string_view(batch.context).substr(1));
  }

  void UseFirstRow(char delimiter, std::string_view row) {
    delimiter_ = delimiter;
    std::vector<std::string_view> names;
    SplitCsvRow(row, delimiter, batch_.arena, names);
    num_columns_ = names.size();
    std::vector<std::string> numbers;
    if (!profile_.csv.header) {
      for (size_t i = 0; i < num_columns_; ++i) numbers.push_back(std::to_string(i + 1));
      names.assign(numbers.begin(), numbers.end());
    }
    title_ = ColumnsOf(names, profile_.csv.title);
    body_ = ColumnsOf(names, profile_.csv.body);
    snapshot_ = ColumnsOf(names, profile_.csv.snapshot);
    if (body_.empty()) body_ = OnlyUnknown(names);
    id_ = ColumnsOf(names, {options_.id_field});
    order_ = ColumnsOf(names, {options_.order_field});
  }

  void Accept(Record& record) {
    SplitCsvRow(record.raw, delimiter_, batch_.arena, fields_);
    // A delimiter behind the last column does no harm.
    while (fields_.size() > num_columns_ && fields_.back().empty()) fields_.pop_back();
    if (fields_.size() != num_columns_) return AddRejected(batch_, record, Reason::kMalformed);
    RecordText text;
    text.title = FirstOf(title_, profile_.unescape_title, Space::kOneLine);
    text.body = FirstOf(body_, profile_.unescape_body, Space::kLines);
    text.snapshot = FirstOf(snapshot_, {}, Space::kOneLine);
    text.id = ScalarAsJson(batch_, FirstOf(id_, {}, Space::kOneLine));
    text.order_value = ScalarAsJson(batch_, FirstOf(order_, {}, Space::kOneLine));
    AddRecord(options_, batch_, record, text);
  }

 private:
  // The columns that have one of these names, in the order of the names.
  static std::vector<size_t> ColumnsOf(const std::vector<std::string_view>& names,
                                       const std::vector<std::string>& wanted) {
    std::vector<size_t> columns;
    for (const std::string& each : wanted) {
      for (size_t i = 0; i < names.size(); ++i) {
        std::string name;
        AppendTidy(names[i], Space::kOneLine, name);
        if (!name.empty() && absl::EqualsIgnoreCase(name, each)) columns.push_back(i);
      }
    }
    return columns;
  }

  // The only column that is called nothing that the profile knows.
  std::vector<size_t> OnlyUnknown(const std::vector<std::string_view>& names) const {
    std::vector<bool> is_known(names.size(), false);
    for (const auto& known : {title_, snapshot_, ColumnsOf(names, profile_.csv.other),
                              ColumnsOf(names, {options_.id_field, options_.order_field})}) {
      for (const size_t column : known) is_known[column] = true;
    }
    for (size_t i = 0; i < names.size(); ++i) {
      if (names[i].find_first_not_of(" \t") == std::string_view::npos) is_known[i] = true;
    }
    if (std::ranges::count(is_known, false) != 1) return {};
    return {static_cast<size_t>(std::ranges::find(is_known, false) - is_known.begin())};
  }

  std::string_view FirstOf(const std::vector<size_t>& columns, const Unescape& unescape, Space space) {
    for (const size_t column : columns) {
      const std::string_view text = reader_.Read(fields_[column], unescape, space);
      if (!text.empty()) return text;
    }
    return {};
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  char delimiter_ = ',';
  size_t num_columns_ = 0;
  std::vector<size_t> title_, body_, snapshot_, id_, order_;
  std::vector<std::string_view> fields_;
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
