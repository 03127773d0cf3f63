#include "write/source_form.h"

#include <algorithm>
#include <utility>

#include "read/declared_encoding.h"
#include "text/scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Where `"key": ` begins that `text` ends with; its end: with none.
size_t BeginOfKey(std::string_view text) {
  const size_t colon = text.find_last_not_of(kBlanks);
  if (colon == text.npos || text[colon] != ':' || colon == 0) return text.size();
  const size_t quote = text.find_last_not_of(kBlanks, colon - 1);
  if (quote == text.npos || quote == 0 || text[quote] != '"') return text.size();
  for (size_t at = quote; at > 0;) {
    at = text.rfind('"', at - 1);
    if (at == text.npos) break;
    size_t backslashes = 0;
    while (backslashes < at && text[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
  return text.size();
}

// A source that was converted is written as UTF-8: <?xml ... encoding="koi8-r"?> has to say so, and so has
// "% Encoding: koi8-r".
void DeclareUtf8(std::string& header) {
  if (const std::string_view name = NameInHead(header); !name.empty()) {
    header.replace(static_cast<size_t>(name.data() - header.data()), name.size(), "UTF-8");
    return;
  }
  const size_t begin = header.find("<?xml"), end = header.find("?>");
  if (begin == header.npos || end == header.npos || begin > end) return;
  constexpr std::string_view kName = "encoding=";
  const size_t name = header.find(kName, begin);
  if (name == header.npos || name > end) return;
  const size_t quote = name + kName.size();
  const size_t close = header.find(header[quote], quote + 1);
  if (close != header.npos && close < end) header.replace(quote + 1, close - quote - 1, "UTF-8");
}

}  // namespace

std::vector<iovec> SourceForm::Append(const Batch& batch, bool is_first, bool has_header) {
  out_.clear();
  copies_.clear();
  is_first_ = is_first;
  has_header_ = has_header;
  has_commas_ = batch.traits->has_commas;
  rulers_ = &batch.layout->profile().pattern.separator;
  is_converted_ = batch.source_widths != nullptr;
  const std::string_view content = batch.content();
  size_t taken = 0;
  for (const Record& record : batch.records) {
    const auto begin = static_cast<size_t>(record.raw.data() - batch.bytes.data());
    gap_ += content.substr(taken, begin - taken);
    taken = begin + record.raw.size();
    TakeRecord(record.filled.empty() ? record.raw : record.filled, record.fate == Fate::kKept);
  }
  gap_ += content.substr(taken);
  if (batch.ends_source) Finish();
  return std::exchange(out_, {});
}

// The end of `text` that is a separator: blanks, rulers, and commas where these are.
size_t SourceForm::BeginOfSeparator(std::string_view text) {
  ends_in_ruler_ = false;
  for (size_t end = text.size();;) {
    const size_t last = text.substr(0, end).find_last_not_of(has_commas_ ? " \t\r\n," : kBlanks);
    if (last == text.npos) return 0;
    if (rulers_->empty()) return last + 1;
    const size_t line_end = text.find_last_of("\r\n", last);
    const size_t begin = line_end == text.npos ? 0 : line_end + 1;
    const std::string_view line = text.substr(begin, last + 1 - begin);
    if (std::ranges::none_of(*rulers_, [line](const Pattern& ruler) { return ruler.Matches(line); })) return last + 1;
    if (ruler_.empty()) ruler_ = std::string(line) + '\n';
    ends_in_ruler_ = true;
    end = begin;
  }
}

void SourceForm::TakeRecord(std::string_view text, bool is_kept) {
  // In an object of objects the key goes with its record.
  const std::string key = has_commas_ ? gap_.substr(BeginOfKey(gap_)) : std::string();
  gap_.resize(gap_.size() - key.size());
  size_t begin = BeginOfSeparator(gap_);
  if (!has_record_) {
    TakeHeader();
    begin = has_commas_ ? BeginOfSeparator(gap_) : gap_.size();  // a blank line below a header belongs to it
  }
  if (begin > 0) {  // furniture: what is held stood in front of a record that has gone
    std::string furniture = gap_.substr(0, begin);
    if (has_commas_ && (last_ == '[' || last_ == '{' || last_ == ',')) {
      const size_t first = furniture.find_first_not_of(kBlanks);
      if (first != furniture.npos && furniture[first] == ',') furniture.erase(first, 1);
    }
    has_separator_ = false;
    EmitCopy(std::move(furniture));
  }
  if (!has_separator_) separator_ = gap_.substr(begin);
  has_separator_ = true;
  gap_.clear();
  if (!is_kept) return;
  if (has_commas_ && (last_ == '[' || last_ == '{' || last_ == ',' || last_ == 0)) std::erase(separator_, ',');
  EmitCopy(std::move(separator_));
  separator_.clear();
  has_separator_ = false;
  EmitCopy(key);
  Emit(text);
  has_kept_ = true;
}

// gap_ is what stands in front of the first record.
void SourceForm::TakeHeader() {
  has_record_ = true;
  header_ = gap_;
  if (is_converted_) DeclareUtf8(gap_);
  if (!is_first_ && gap_.starts_with(kBom)) gap_.erase(0, kBom.size());
  if (!is_first_ && has_header_) gap_.clear();
}

// What is behind the last record.
void SourceForm::Finish() {
  const bool is_all_header = !has_record_;
  if (is_all_header) TakeHeader();
  if (has_commas_ && (last_ == '[' || last_ == '{')) {
    const size_t first = gap_.find_first_not_of(kBlanks);
    if (first != gap_.npos && gap_[first] == ',') gap_.erase(first, 1);
  }
  BeginOfSeparator(gap_);
  // The line end of a last record that has gone, below a header that ends its own line.
  const bool is_of_none = !is_all_header && !has_kept_ && gap_.find_first_not_of(kBlanks) == gap_.npos;
  if (is_of_none) gap_.clear();
  EmitCopy(std::exchange(gap_, {}));
  separator_.clear();
  has_record_ = has_separator_ = has_kept_ = false;
  last_ = 0;
}

void SourceForm::Emit(std::string_view text) {
  if (text.empty()) return;
  out_.push_back({const_cast<char*>(text.data()), text.size()});  // writev does not write to it
  if (const size_t last = text.find_last_not_of(kBlanks); last != text.npos) last_ = text[last];
}

void SourceForm::EmitCopy(std::string text) {
  if (text.empty()) return;
  copies_.push_back(std::move(text));
  Emit(copies_.back());
}

}  // namespace unecho
