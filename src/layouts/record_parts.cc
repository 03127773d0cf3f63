#include "layouts/record_parts.h"

#include <unicode/utf8.h>

#include <string>

#include "base/batch.h"
#include "text/json.h"
#include "text/scan.h"

namespace unecho {
namespace {

// Moves `at` behind one code point, or behind one malformed sequence (maximal subpart). False for the latter.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside the macro
bool TakeCodePoint(std::string_view text, int64_t& at) {
  UChar32 code_point = 0;
  U8_NEXT(text.data(), at, static_cast<int64_t>(text.size()), code_point);
  return code_point >= 0;
}
#pragma GCC diagnostic pop

}  // namespace

void NoteBadUtf8(Batch& batch, Record& record) {
  if (record.raw.empty() || IsValidUtf8(record.raw)) return;
  const std::string_view raw = record.raw;
  const uint64_t raw_offset_bytes = batch.offset_bytes + static_cast<uint64_t>(raw.data() - batch.bytes.data());
  LineCounter lines(raw);
  for (int64_t at = 0; at < static_cast<int64_t>(raw.size());) {
    const int64_t begin = at;
    if (TakeCodePoint(raw, at)) continue;
    ++record.invalid_utf8;
    if (batch.bad_utf8.size() < Batch::kMaxBadUtf8) {
      batch.bad_utf8.push_back({.offset_bytes = raw_offset_bytes + static_cast<uint64_t>(begin),
                                .line_in_batch = record.line_in_batch + lines.LinesBefore(static_cast<size_t>(begin))});
    }
  }
  batch.ledger.invalid_utf8 += record.invalid_utf8;
}

Record MakeRecord(const Batch& batch, size_t begin, size_t end, uint32_t line) {
  Record record;
  record.offset_bytes = batch.offset_bytes + begin;
  record.size_bytes = end - begin;
  record.raw = batch.content().substr(begin, end - begin);
  record.line_in_batch = line;
  return record;
}

std::string_view FieldAsJson(Batch& batch, const Record& record, std::string_view field) {
  if (field.empty() || record.num_pieces == 0) return {};
  const auto pieces = batch.PiecesOf(record);
  std::string text;
  if (field == "title") {
    text = pieces[0];
  } else if (field == "text") {
    for (size_t i = 1; i < pieces.size(); ++i) {
      if (i > 1) text += "\n\n";
      text += pieces[i];
    }
  } else if (field == "snapshot") {
    text = record.snapshot;
  }
  if (text.empty()) return {};
  std::string json;
  AppendJsonString(text, json);
  return batch.arena.Copy(json);
}

}  // namespace unecho
