#include "read/source_places.h"

#include <string_view>

#include "base/batch.h"
#include "read/utf8_reader.h"

namespace unecho {

void PointIntoSource(Batch& batch) {
  const std::string_view content = batch.content();
  size_t at = 0;
  uint64_t source_at = batch.source_offset_bytes;
  const auto source_offset = [&](uint64_t offset_bytes) {
    const auto to = static_cast<size_t>(offset_bytes - batch.offset_bytes);
    source_at += SourceBytes(batch.source_widths, content.substr(at, to - at));
    at = to;
    return source_at;
  };
  for (Record& record : batch.records) {
    const uint64_t end = record.offset_bytes + record.size_bytes;
    const uint64_t begin = record.offset_bytes < batch.offset_bytes ? batch.fragment_source_offset_bytes
                                                                    : source_offset(record.offset_bytes);
    record.offset_bytes = begin;
    record.size_bytes = source_offset(end) - begin;
  }
}

}  // namespace unecho
