#include "layouts/span_batch.h"

#include <algorithm>
#include <charconv>

#include "base/batch.h"
#include "layouts/html_text.h"
#include "layouts/record_parts.h"
#include "layouts/unescape.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool IsJsonNumber(std::string_view text) {
  if (text.empty() || text.size() > 32) return false;
  const std::string_view digits = text.substr(text[0] == '-' ? 1 : 0);
  if (digits.empty() || digits[0] < '0' || digits[0] > '9' || digits.back() == '.') return false;
  if (digits[0] == '0' && digits.size() > 1 && digits[1] != '.') return false;
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

}  // namespace

void CountBetween(Batch& batch, size_t begin, size_t end, std::string_view more_separators) {
  if (begin >= end) return;
  const std::string_view text = batch.content().substr(begin, end - begin);
  size_t separators = 0;
  for (const char c : text) separators += static_cast<size_t>(c == ' ' || c == '\n' || c == '\t' || c == '\r');
  for (const char each : more_separators) separators += static_cast<size_t>(std::count(text.begin(), text.end(), each));
  batch.ledger[ByteClass::kSeparator] += separators;
  batch.ledger[ByteClass::kFurniture] += text.size() - separators;
}

void AddRejected(Batch& batch, Record& record, Reason reason, bool is_text) {
  record.reason = reason;
  if (is_text) NoteBadUtf8(batch, record);
  batch.ledger[ByteClass::kRejected] += record.size_bytes;
  batch.records.push_back(record);
}

void AddRecord(const LayoutOptions& options, Batch& batch, Record& record, const RecordText& text) {
  record.snapshot = text.snapshot;
  if (text.title.empty() && text.body.empty()) return AddRejected(batch, record, Reason::kNoMatchField, text.is_text);
  record.title = text.title;
  if (text.body.empty() && options.require_body)
    return AddRejected(batch, record, Reason::kTitleWithoutBody, text.is_text);
  record.first_piece = static_cast<uint32_t>(batch.pieces.size());
  record.num_pieces = text.body.empty() ? 1 : 2;
  batch.pieces.push_back(text.title);
  if (!text.body.empty()) batch.pieces.push_back(text.body);
  record.id = text.id;
  record.order_value = FieldAsJson(batch, record, options.order_field);
  if (record.order_value.empty()) record.order_value = text.order_value;
  if (text.is_text) NoteBadUtf8(batch, record);
  CountAccepted(batch, record);
  batch.records.push_back(record);
}

std::string_view ScalarAsJson(Batch& batch, std::string_view text) {
  if (text.empty() || IsJsonNumber(text)) return text;
  std::string json;
  AppendJsonString(text, json);
  return batch.arena.Copy(json);
}

void AppendTidy(std::string_view text, Space space, std::string& out) {
  const size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos) return;
  text = text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
  LineEnds ends(text);
  for (size_t begin = 0;;) {
    const size_t line_end = ends.Find(begin);
    if (line_end == LineEnds::kNone) {
      out += text.substr(begin);
      return;
    }
    // All white space around the line end: it has at least this one.
    const size_t last = text.find_last_not_of(kSpace, line_end);
    const size_t next = text.find_first_not_of(kSpace, line_end);
    out += text.substr(begin, last + 1 - begin);
    size_t line_ends = 0;
    for (size_t i = line_end; i < next; ++i) {
      line_ends += static_cast<size_t>(text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'));
    }
    if (space == Space::kOneLine || (space == Space::kJoined && line_ends == 1))
      out += ' ';
    else
      out += line_ends == 1 ? "\n" : "\n\n";
    begin = next;
  }
}

std::string_view FieldReader::Read(std::string_view text, const Unescape& unescape, Space space) {
  bool is_view = true;
  if (unescape.html && (text.find('<') != text.npos || text.find('&') != text.npos)) {
    html_.clear();
    AppendHtmlText(text, html_);
    text = html_;
    is_view = false;
  }
  const Unescape rest{.html = false, .markdown = unescape.markdown, .latex = unescape.latex};
  if (NeedsUnescape(rest, text)) {
    unescaped_.clear();
    AppendUnescaped(rest, text, unescaped_);
    text = unescaped_;
    is_view = false;
  }
  const size_t first = std::min(text.find_first_not_of(kSpace), text.size());
  text = text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
  if (text.find('\n') != text.npos || text.find('\r') != text.npos) {
    tidy_.clear();
    AppendTidy(text, space, tidy_);
    text = tidy_;
    is_view = false;
  }
  return is_view ? text : batch_.arena.Copy(text);
}

}  // namespace unecho
