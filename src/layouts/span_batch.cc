#include "layouts/span_batch.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "base/batch.h"
#include "layouts/asides.h"
#include "layouts/html_text.h"
#include "layouts/named_field.h"
#include "layouts/record_parts.h"
#include "layouts/unescape.h"
#include "text/characters.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Whoever reads it as a number and writes that gets the same text: not 007, 1e5, 1.50, nor what a double cannot hold.
bool IsPlainInteger(std::string_view text) {
  constexpr size_t kMostDigits = 15;
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits.size() > kMostDigits || !std::ranges::all_of(digits, IsDigit)) return false;
  return digits[0] != '0' || text == "0";
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

void AddField(Batch& batch, Record& record, const NamedField& field) {
  if (record.num_fields++ == 0) record.first_field = static_cast<uint32_t>(batch.fields.size());
  batch.fields.push_back(field);
}

bool TakeNamedFields(const LayoutOptions& options, Batch& batch, Record& record, RecordText& text) {
  const std::span<NamedField> fields(batch.fields.data() + record.first_field, record.num_fields);
  std::string body;
  bool is_there = false;
  const RecordText known = text;
  text.title = text.body = {};
  text.parts.clear();
  const auto take = [&](size_t field, std::string_view value) {
    const bool is_title =
        text.title.empty() && body.empty() && absl::EqualsIgnoreCase(Abs(options.match_fields[field]), "title");
    if (is_title)
      text.title = value, text.title_field = field;
    else if (!value.empty())
      text.AddPart(field, value, body);
  };
  std::vector<bool> was_compared;
  for (NamedField& field : fields) was_compared.push_back(std::exchange(field.is_compared, false));
  for (size_t i = 0; i < options.match_fields.size(); ++i) {
    const std::string& name = options.match_fields[i];
    bool is_field = false;
    const auto take_all = [&](const WrittenName& written) {
      for (NamedField& field : fields) {
        if (!written.Fits(field)) continue;
        is_field = true;
        if (!field.is_compared) take(i, field.value.substr(0, field.value.size() - written.ending.size()));
        field.is_compared = true;  // it may be named twice
      }
    };
    take_all(WrittenName::AsItIs(name));
    // What every layout has.
    const std::string_view own = is_field ? "" : name == "title" ? known.title : name == "text" ? known.body : "";
    if (!is_field && own.empty()) {
      for (const std::string& written : WrittenNames(batch, name)) {
        if (!is_field) take_all(WrittenName(written));
      }
    }
    if (!own.empty()) take(i, own);
    for (size_t j = 0; !own.empty() && j < fields.size(); ++j) {
      const bool is_title = fields[j].value == known.title;
      if (was_compared[j] && is_title == (name == "title")) fields[j].is_compared = true;
    }
    if (!is_field && own.empty()) continue;
    is_there = true;
    batch.NoteName(i);
  }
  text.body = batch.arena.Copy(body);
  uint64_t left_out = 0;
  for (const NamedField& field : fields) left_out += field.is_compared ? 0 : field.value.size();
  record.left_out_bytes = std::min(left_out, record.size_bytes);
  return is_there;
}

void TakeNamedValues(const LayoutOptions& options, Batch& batch, Record& record) {
  const auto value_of = [&](const std::string& name) -> std::string_view {
    if (name.empty()) return {};
    const FoundField found = FindField(batch, record, name);
    if (found.field == nullptr) return {};
    if (!found.field->is_json) return ScalarAsJson(batch, found.value);
    // The one in a list, if there is one, has been taken by whoever has parsed it; else nothing is meant.
    return found.value.starts_with('[') || found.value.starts_with('{') ? std::string_view() : found.value;
  };
  record.id = value_of(options.id_field);
  record.order_value = FieldAsJson(batch, record, options.order_field);
  if (record.order_value.empty()) record.order_value = value_of(options.order_field);
}

void AddRejected(Batch& batch, Record& record, Reason reason, bool is_text) {
  record.reason = reason;
  if (is_text) NoteBadUtf8(batch, record);
  batch.ledger[ByteClass::kRejected] += record.size_bytes;
  batch.records.push_back(record);
}

void AddPieces(const LayoutOptions& options, Batch& batch, Record& record, const RecordText& text) {
  record.first_piece = static_cast<uint32_t>(batch.pieces.size());
  batch.pieces.push_back(text.title);
  if (!options.fields_apart) {
    if (!text.body.empty()) batch.pieces.push_back(text.body);
  } else {
    batch.SetFieldOfLastPiece(text.title_field);
    for (const RecordText::Part& part : text.parts) {
      batch.pieces.push_back(text.body.substr(part.begin, part.end - part.begin));
      batch.SetFieldOfLastPiece(part.field);
    }
  }
  record.num_pieces = static_cast<uint32_t>(batch.pieces.size()) - record.first_piece;
}

void AddRecord(const LayoutOptions& options, Batch& batch, Record& record, const RecordText& given) {
  RecordText text = given;
  record.snapshot = text.snapshot;
  if (!options.match_fields.empty() && !given.is_named && !TakeNamedFields(options, batch, record, text))
    return AddRejected(batch, record, Reason::kNoMatchField, text.is_text);
  if (text.title.empty() && text.body.empty()) return AddRejected(batch, record, Reason::kNoMatchField, text.is_text);
  record.title = text.title;
  if (text.body.empty() && options.require_body)
    return AddRejected(batch, record, Reason::kTitleWithoutBody, text.is_text);
  AddPieces(options, batch, record, text);
  if (options.match_fields.empty()) {
    thread_local Asides asides;
    HashAsides(batch, record, asides, options.apart_fields);
  }
  TakeNamedValues(options, batch, record);
  if (!text.id.empty()) record.id = text.id;
  if (!text.order_value.empty()) record.order_value = text.order_value;
  if (const std::string_view own = FieldAsJson(batch, record, options.order_field); !own.empty())
    record.order_value = own;
  if (text.is_text) NoteBadUtf8(batch, record);
  CountAccepted(batch, record);
  batch.records.push_back(record);
}

std::string_view ScalarAsJson(Batch& batch, std::string_view text) {
  if (text.empty() || IsPlainInteger(text)) return text;
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
