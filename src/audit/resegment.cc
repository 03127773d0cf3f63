#include "audit/resegment.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_format.h"
#include "audit/plain_check.h"
#include "base/batch.h"
#include "layouts/cutter.h"

namespace unecho {
namespace {

// Offered to the cutter at a time; more, if no record ends in it.
constexpr size_t kWindowBytes = size_t{4} << 20;

class Resegmenter {
 public:
  Resegmenter(const Layout& layout, std::string_view bytes, const LayoutOptions& options)
      : layout_(layout), bytes_(bytes), options_(options) {}

  void Run() {
    const auto cutter = MakeCutter(layout_, options_);
    size_t begin = 0, seen = 0;
    for (size_t want = kWindowBytes;;) {
      const std::string_view window = bytes_.substr(begin, want);
      const bool at_end = begin + window.size() == bytes_.size();
      auto batch = std::make_unique<Batch>();
      batch->layout = &layout_;
      batch->offset_bytes = begin;
      const size_t taken = cutter->Cut(window, seen, at_end, *batch);
      seen = window.size();
      if (taken == 0 && !at_end) {
        want += kWindowBytes;
        continue;
      }
      batch->bytes.assign(taken + Batch::kPaddingBytes, '\0');
      if (taken > 0) std::memcpy(batch->bytes.data(), window.data(), taken);
      batch->size = taken;
      batch->ends_source = at_end;
      Segment(layout_, options_, *batch);
      Take(*batch);
      batches.push_back(std::move(batch));
      begin += taken;
      seen = 0;
      want = kWindowBytes;
      if (at_end) return;
    }
  }

  std::vector<FoundAgain> found;
  std::vector<std::shared_ptr<const Batch>> batches;
  uint64_t furniture_bytes = 0, separator_bytes = 0;

 private:
  void Take(const Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.is_first_fragment) {
        found.push_back(
            {.offset_bytes = record.offset_bytes, .line = lines_ + record.line_in_batch + 1, .reason = record.reason});
      }
      FoundAgain& last = found.back();
      last.size_bytes = record.size_bytes;
      last.invalid_utf8 += record.invalid_utf8;
      last.batch = &batch;
      last.record = &record;
    }
    lines_ += batch.num_lines;
    furniture_bytes += batch.ledger[ByteClass::kFurniture];
    separator_bytes += batch.ledger[ByteClass::kSeparator];
  }

  const Layout& layout_;
  std::string_view bytes_;
  const LayoutOptions& options_;
  uint64_t lines_ = 0;
};

}  // namespace

AuditSource ResegmentSpans(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                           std::span<const Claim> claims, std::span<const InputFile> sources, uint32_t source,
                           Violations& violations) {
  Resegmenter own(layout, bytes, options);
  own.Run();
  const std::string& name = sources[source].name;
  CheckPlainly(layout, bytes, options, own.found, name, violations);
  AuditSource out;
  size_t next = 0;
  const auto leave_out = [&](const FoundAgain& record) {
    violations.Add(name, absl::StrFormat("the record at bytes %d to %d is not in the provenance", record.offset_bytes,
                                         record.offset_bytes + record.size_bytes));
  };
  for (const Claim& claim : claims) {
    AuditSpan span;
    if (claim.understood) {
      for (; next < own.found.size() && own.found[next].offset_bytes < claim.offset_bytes; ++next)
        leave_out(own.found[next]);
      const bool is_there = next < own.found.size() && own.found[next].offset_bytes == claim.offset_bytes &&
                            own.found[next].size_bytes == claim.size_bytes;
      if (is_there) {
        const FoundAgain& record = own.found[next++];
        const auto pieces = record.batch->PiecesOf(*record.record);
        span.sound = true;
        span.bytes = bytes.substr(static_cast<size_t>(record.offset_bytes), static_cast<size_t>(record.size_bytes));
        span.line = record.line;
        span.snapshot = record.record->snapshot;
        span.pieces.assign(pieces.begin(), pieces.end());
        span.furniture_bytes = record.record->furniture_bytes;
        span.segmented = Resegmented{.reason = record.reason,
                                     .id_json = record.record->id,
                                     .order_json = record.record->order_value,
                                     .invalid_utf8 = record.invalid_utf8,
                                     .left_out_bytes = record.record->left_out_bytes,
                                     .fields = record.batch->FieldsOf(*record.record),
                                     .piece_fields = {},
                                     .begins_with_title = record.record->begins_with_title};
        for (size_t i = 0; options.fields_apart && i < pieces.size(); ++i) {
          const size_t field = record.batch->FieldOfPiece(record.record->first_piece + i);
          span.segmented->piece_fields.push_back(static_cast<uint8_t>(field));
        }
      } else {
        violations.Add(ClaimRef(sources, claim),
                       absl::StrFormat("the layout %s finds no record at bytes %d to %d", layout.name(),
                                       claim.offset_bytes, claim.offset_bytes + claim.size_bytes));
      }
    }
    out.spans.push_back(std::move(span));
  }
  for (; next < own.found.size(); ++next) leave_out(own.found[next]);

  // The sums, made from the spans: in order, apart, inside the source; what they leave is furniture and separators.
  uint64_t end = 0, in_spans = 0, furniture_inside = 0;
  for (const FoundAgain& record : own.found) {
    if (record.offset_bytes < end)
      violations.Add(name, absl::StrFormat("records overlap at byte %d", record.offset_bytes));
    end = record.offset_bytes + record.size_bytes;
    in_spans += record.size_bytes;
    furniture_inside += record.record->furniture_bytes;
  }
  out.furniture_bytes = own.furniture_bytes - std::min(furniture_inside, own.furniture_bytes);
  out.separator_bytes = own.separator_bytes;
  if (end > bytes.size() || in_spans + out.furniture_bytes + out.separator_bytes != bytes.size()) {
    violations.Add(name, "records, furniture and separators do not add up to its bytes");
  }
  out.batches = std::move(own.batches);
  return out;
}

}  // namespace unecho
