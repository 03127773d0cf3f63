// Layout `lines`: one record per line.
#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/line_batch.h"
#include "layouts/record_parts.h"

namespace unecho {

void RejectTooLong(Batch& batch, size_t begin, size_t end, uint32_t line, bool continues, bool goes_on) {
  Record record = MakeRecord(batch, begin, end, line);
  if (continues) {
    record.offset_bytes = batch.fragment_offset_bytes;
    record.size_bytes = batch.offset_bytes + end - record.offset_bytes;
  }
  record.is_first_fragment = !continues;
  record.is_last_fragment = !goes_on;
  record.reason = Reason::kTooLong;
  NoteBadUtf8(batch, record);
  batch.ledger[ByteClass::kRejected] += end - begin;
  batch.records.push_back(record);
}

void SegmentLines(const LayoutOptions& options, const Profile& /*profile*/, Batch& batch) {
  ForEachLine(options, batch, [&](std::string_view line, uint32_t number) {
    const size_t begin = static_cast<size_t>(line.data() - batch.bytes.data());
    Record record = MakeRecord(batch, begin, begin + line.size(), number);
    record.first_piece = static_cast<uint32_t>(batch.pieces.size());
    record.num_pieces = 2;
    batch.pieces.push_back({});
    batch.pieces.push_back(line);
    record.order_value = FieldAsJson(batch, record, options.order_field);
    NoteBadUtf8(batch, record);
    batch.ledger[ByteClass::kRecord] += line.size();
    batch.records.push_back(record);
  });
}

}  // namespace unecho
