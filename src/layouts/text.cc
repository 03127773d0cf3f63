// Layout `text`: one record per source.
//
// The record runs from behind the byte order mark to the last byte that is not white space; what follows, or a source
// of white space alone, is separators. A source longer than the limit, white space included, is rejected whole: it
// leaves in fragments before its end is seen, so its last blanks cannot be told from inner ones.
#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/line_batch.h"
#include "layouts/record_parts.h"
#include "layouts/whole_source.h"
#include "text/scan.h"

namespace unecho {
namespace {

class TextCutter final : public Cutter {
 public:
  explicit TextCutter(const LayoutOptions& options) : max_bytes_(options.max_record_bytes) {}

  size_t Cut(std::string_view bytes, size_t /*seen*/, bool at_end, Batch& batch) override {
    batch.open_fragment = too_long_;
    batch.fragment_offset_bytes = begin_offset_bytes_;
    if (at_end) return bytes.size();
    const size_t begin = BomBytes(batch.offset_bytes, bytes);
    if (!too_long_ && bytes.size() - begin <= max_bytes_) return 0;
    const size_t split = SafeSplit(bytes);
    if (split <= begin) return 0;
    if (!too_long_) begin_offset_bytes_ = begin;
    too_long_ = true;
    batch.cuts.push_back({.begin = static_cast<uint32_t>(begin),
                          .end = static_cast<uint32_t>(split),
                          .kind = static_cast<uint8_t>(LineCut::kGoesOn)});
    return split;
  }

 private:
  size_t max_bytes_;
  bool too_long_ = false;
  uint64_t begin_offset_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Cutter> MakeTextCutter(const LayoutOptions& options, const Profile& /*profile*/) {
  return std::make_unique<TextCutter>(options);
}

bool TakeWhole(const LayoutOptions& options, Batch& batch, Record& record) {
  const std::string_view content = batch.content();
  const size_t begin = BomBytes(batch.offset_bytes, content);
  const bool goes_on = !batch.cuts.empty();
  batch.num_lines = LineCounter(content).Total();
  batch.ledger.bytes_read = content.size();
  if (batch.open_fragment || goes_on || content.size() - begin > options.max_record_bytes) {
    RejectTooLong(batch, begin, content.size(), 0, batch.open_fragment, goes_on);
    batch.ledger[ByteClass::kSeparator] = begin;
    return false;
  }
  const size_t last = content.find_last_not_of(" \t\r\n\v\f");
  const size_t end = last == content.npos || last + 1 < begin ? begin : last + 1;
  batch.ledger[ByteClass::kSeparator] = content.size() - (end - begin);
  if (end == begin) return false;
  record = MakeRecord(batch, begin, end, 0);
  return true;
}

void SegmentText(const LayoutOptions& options, const Profile& /*profile*/, Batch& batch) {
  Record record;
  if (!TakeWhole(options, batch, record)) return;
  record.first_piece = static_cast<uint32_t>(batch.pieces.size());
  record.num_pieces = 2;
  batch.pieces.push_back({});
  batch.pieces.push_back(record.raw);
  record.order_value = FieldAsJson(batch, record, options.order_field);
  NoteBadUtf8(batch, record);
  batch.ledger[ByteClass::kRecord] = record.raw.size();
  batch.records.push_back(record);
}

}  // namespace unecho
