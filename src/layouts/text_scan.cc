#include "layouts/text_scan.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <string>

#include "unecho/json.h"

namespace unecho {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Moves `at` behind one code point, or behind one malformed sequence (maximal subpart). False for the latter.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"   // inside the macro
bool NextCodePoint(std::string_view text, int64_t& at) {
  UChar32 code_point = 0;
  U8_NEXT(text.data(), at, static_cast<int64_t>(text.size()), code_point);
  return code_point >= 0;
}
#pragma GCC diagnostic pop

}  // namespace

LineCounter::LineCounter(std::string_view bytes) : bytes_(bytes), has_cr_(bytes.find('\r') != bytes.npos) {}

uint32_t LineCounter::LinesBefore(size_t position) {
  const std::string_view part = bytes_.substr(counted_, position - counted_);
  lines_ += static_cast<uint32_t>(std::count(part.begin(), part.end(), '\n'));
  if (has_cr_) {
    // The LF of a CRLF has been counted above, or will be: its CR must not be.
    for (size_t i = counted_; i < position; ++i) {
      if (bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n')) ++lines_;
    }
  }
  counted_ = position;
  return lines_;
}

size_t CodePoints(std::string_view utf8) {
  size_t continuations = 0;
  for (size_t begin = 0; begin < utf8.size(); begin += 255) {   // sums of bytes: 16 to a vector, where those of size_t are two
    uint8_t sum = 0;
    for (const char c : utf8.substr(begin, 255)) sum = static_cast<uint8_t>(sum + IsContinuation(c));
    continuations += sum;
  }
  return utf8.size() - continuations;
}

size_t SafeSplit(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  size_t at = bytes.size() - 1;
  // Only the last three bytes can belong to a sequence that is not complete; a lead byte always begins a new one.
  for (int back = 0; back < 3 && at > 0 && IsContinuation(bytes[at]); ++back) --at;
  if (IsContinuation(bytes[at])) at = bytes.size() - 1;
  if (at > 0 && bytes[at] == '\n' && bytes[at - 1] == '\r') --at;
  return at;
}

std::string_view Utf8Prefix(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  size_t end = limit;
  for (int back = 0; back < 3 && end > 0 && IsContinuation(text[end]); ++back) --end;
  return text.substr(0, IsContinuation(text[end]) ? limit : end);
}

void NoteBadUtf8(Batch& batch, Record& record) {
  if (record.raw.empty() || IsValidUtf8(record.raw)) return;
  const std::string_view raw = record.raw;
  const uint64_t raw_offset_bytes = batch.offset_bytes + static_cast<uint64_t>(raw.data() - batch.bytes.data());
  LineCounter lines(raw);
  for (int64_t at = 0; at < static_cast<int64_t>(raw.size());) {
    const int64_t begin = at;
    if (NextCodePoint(raw, at)) continue;
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
