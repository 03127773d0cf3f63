// Drives a layout the way the reader does, and checks what must hold for any bytes. Shared by the unit tests and the
// fuzzers.
//
// In:   a source, and the sizes in which it arrives and in which batches are asked for.
// Out:  its records, fragments joined, and the first invariant that was broken:
//       the ledger balances over the whole source; the classes of bytes agree with the records; spans are in order,
//       disjoint and in bounds, and `raw` is what lies there; no more than a few times the limit waits in the buffer.
#ifndef UNECHO_TESTS_SUPPORT_SEGMENT_DRIVER_H_
#define UNECHO_TESTS_SUPPORT_SEGMENT_DRIVER_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "layouts/csv_head.h"
#include "layouts/cutter.h"
#include "layouts/profile.h"
#include "text/json.h"
#include "unecho/layouts.h"

namespace unecho {

struct OwnedRecord {
  uint64_t offset_bytes = 0, size_bytes = 0, line = 0;
  std::string raw, id, order_value, snapshot, title;
  std::vector<std::string> pieces;
  uint64_t invalid_utf8 = 0;
  Reason reason = Reason::kNone;
  friend bool operator==(const OwnedRecord&, const OwnedRecord&) = default;
};

struct Segmented {
  std::vector<OwnedRecord> records;
  Ledger ledger;
  uint64_t num_lines = 0;
  size_t num_batches = 0, largest_buffer = 0;
  std::string broken;  // the first invariant that does not hold, or empty
};

class SegmentDriver {
 public:
  SegmentDriver(const Layout& layout, const LayoutOptions& options) : layout_(layout), options_(options) {}

  // block_bytes arrive at a time; batches are asked for when batch_bytes are there, and at the end.
  Segmented Run(std::string_view source, size_t block_bytes, size_t batch_bytes) const {
    Segmented out;
    auto cutter = MakeCutter(layout_, options_);
    std::string buffer;
    uint64_t offset = 0;
    size_t seen = 0, arrived = 0;
    Batch batch;
    while (out.broken.empty()) {
      const size_t more = std::min(block_bytes, source.size() - arrived);
      buffer.append(source.substr(arrived, more));
      arrived += more;
      const bool is_all = arrived == source.size();
      out.largest_buffer = std::max(out.largest_buffer, buffer.size());
      if (!is_all && buffer.size() < batch_bytes) continue;
      for (bool at_end = false;; at_end = is_all) {
        batch.Clear();
        batch.offset_bytes = offset;
        // A copy of exactly this size: a sanitizer sees any look behind the end.
        const std::vector<char> view(buffer.begin(), buffer.end());
        const size_t n = cutter->Cut({view.data(), view.size()}, seen, at_end, batch);
        seen = n == 0 ? buffer.size() : 0;
        if (n > buffer.size()) out.broken = "a cut behind the end of the buffer";
        if (at_end && n != buffer.size()) out.broken = "bytes left over at the end";
        if (!out.broken.empty()) return out;
        if (n > 0) {
          Take(buffer.substr(0, n), at_end, batch, out);
          buffer.erase(0, n);
          offset += n;
          ++out.num_batches;
        }
        if (at_end) return Finish(source, std::move(out));
        if (n == 0 && !is_all) break;
      }
    }
    return out;
  }

 private:
  void Take(const std::string& bytes, bool at_end, Batch& batch, Segmented& out) const {
    // The padding holds what would complete a record, if it were read.
    static constexpr std::string_view kPadding = "\"}\n{\"title\":\"x\",\"text\":\"y\"}\n0123456789e.new\n\nWe ";
    batch.bytes.assign(bytes.size() + Batch::kPaddingBytes, ' ');
    std::memcpy(batch.bytes.data(), bytes.data(), bytes.size());
    for (size_t i = 0; i < Batch::kPaddingBytes; ++i) batch.bytes[bytes.size() + i] = kPadding[i % kPadding.size()];
    batch.size = bytes.size();
    batch.ends_source = at_end;
    Segment(layout_, options_, batch);
    for (const Record& record : batch.records) {
      if (record.is_first_fragment == IsOpen(out)) out.broken = "a fragment out of order";
      if (record.is_first_fragment) out.records.emplace_back();
      OwnedRecord& owned = out.records.back();
      if (record.is_first_fragment) {
        owned.line = out.num_lines + record.line_in_batch + 1;
        owned.offset_bytes = record.offset_bytes;
        owned.reason = record.reason;
      }
      if (owned.offset_bytes != record.offset_bytes || owned.reason != record.reason) out.broken = "fragments differ";
      if (!(record.is_first_fragment && record.is_last_fragment) && record.reason != Reason::kTooLong) {
        out.broken = "a fragment of a record that is not too long";
      }
      if (record.raw.empty()) out.broken = "an empty record or fragment";
      owned.size_bytes = record.size_bytes;
      owned.raw += record.raw;
      if (owned.raw.size() != owned.size_bytes) out.broken = "raw and size disagree";
      owned.id = record.id;
      owned.order_value = record.order_value;
      owned.snapshot = record.snapshot;
      owned.title = record.title;
      for (std::string_view piece : batch.PiecesOf(record)) owned.pieces.emplace_back(piece);
      owned.invalid_utf8 += record.invalid_utf8;
      open_fragment_size_ = record.is_last_fragment ? 0 : owned.raw.size();
    }
    out.num_lines += batch.num_lines;
    if (batch.ledger.bytes_read != bytes.size() || !batch.ledger.Balances()) out.broken = "a batch does not balance";
    out.ledger.Add(batch.ledger);
  }

  bool IsOpen(const Segmented& out) const { return !out.records.empty() && open_fragment_size_ > 0; }

  Segmented Finish(std::string_view source, Segmented out) const {
    if (open_fragment_size_ > 0) out.broken = "a fragment without an end";
    open_fragment_size_ = 0;
    if (!out.broken.empty()) return out;
    uint64_t end = 0, rejected = 0, accepted = 0, invalid_utf8 = 0;
    for (const OwnedRecord& record : out.records) {
      if (record.offset_bytes < end) out.broken = "spans overlap, or are out of order";
      end = record.offset_bytes + record.size_bytes;
      if (end > source.size())
        out.broken = "a span behind the end";
      else if (source.substr(record.offset_bytes, record.size_bytes) != record.raw)
        out.broken = "raw is not the span";
      (record.reason == Reason::kNone ? accepted : rejected) += record.size_bytes;
      // What a record of WARC or a mail carries is converted; its own bytes may be in any encoding.
      const bool is_text = !TraitsOf(layout_).declares_encodings;
      if (is_text && record.invalid_utf8 != CountMalformedUtf8(record.raw)) out.broken = "malformed UTF-8 miscounted";
      invalid_utf8 += record.invalid_utf8;
      if ((record.reason == Reason::kTooLong) != (record.raw.size() > options_.max_record_bytes)) {
        out.broken = "the limit was not applied";
      }
    }
    if (out.ledger.bytes_read != source.size() || !out.ledger.Balances()) out.broken = "the ledger does not balance";
    if (out.ledger[ByteClass::kRejected] != rejected) out.broken = "rejected bytes are not those of rejected records";
    const uint64_t in_records = out.ledger[ByteClass::kRecord] + out.ledger[ByteClass::kLeftOut];
    if (in_records > accepted) out.broken = "more record bytes than in records";
    if (in_records + out.ledger[ByteClass::kFurniture] < accepted) {
      out.broken = "too few record bytes";
    }
    if (out.ledger.invalid_utf8 != invalid_utf8) out.broken = "malformed UTF-8 in the ledger";
    return out;
  }

  const Layout& layout_;
  const LayoutOptions options_;
  mutable size_t open_fragment_size_ = 0;
};

// Empty if the source gives the same records in any sizes, and no invariant breaks; else what went wrong.
inline std::string CheckAllSizes(const Layout& layout, const LayoutOptions& options, std::string_view source) {
  const auto run = [&](size_t block_bytes, size_t batch_bytes) {
    return SegmentDriver(layout, options).Run(source, block_bytes, batch_bytes);
  };
  const size_t all = source.size() + 1;
  const Segmented whole = run(all, all);
  if (!whole.broken.empty()) return whole.broken;
  static constexpr std::pair<size_t, size_t> kSizes[] = {{1, 1}, {3, 1}, {7, 64}, {64, 200}, {1000, 1}};
  for (const auto& [block_bytes, batch_bytes] : kSizes) {
    if (source.size() > 40'000 && block_bytes < 64) continue;  // every call copies what waits
    const Segmented parts = run(block_bytes, batch_bytes);
    const std::string sizes =
        " (blocks of " + std::to_string(block_bytes) + ", batches of " + std::to_string(batch_bytes) + ")";
    if (!parts.broken.empty()) return parts.broken + sizes;
    if (parts.records != whole.records) return "other records in other sizes" + sizes;
    if (parts.ledger.bytes != whole.ledger.bytes) return "another ledger in other sizes" + sizes;
    if (parts.num_lines != whole.num_lines) return "another number of lines in other sizes" + sizes;
    // Text of the limit, a gap of the limit, a line of the limit, and the undecided paragraphs; of a table the rows by
    // which its columns are known.
    const size_t undecided = layout.profile().engine == Engine::kCsv ? kCsvHeadBytes : 8192;
    if (parts.largest_buffer > 3 * options.max_record_bytes + block_bytes + batch_bytes + undecided) {
      return "too much waits" + sizes;
    }
  }
  return {};
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_SEGMENT_DRIVER_H_
