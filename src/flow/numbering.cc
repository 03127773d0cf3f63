#include "flow/numbering.h"

#include "absl/strings/str_format.h"
#include "base/batch.h"

namespace unecho {
namespace {

// What --strict does not let pass. A record without tokens is well-formed, and one that a cleaning rule rejects.
bool IsMalformed(const Record& record) {
  const bool is_well_formed =
      record.reason == Reason::kNone || record.reason == Reason::kEmpty || IsCleaning(record.reason);
  return record.invalid_utf8 > 0 || !is_well_formed;
}

}  // namespace

absl::Status Numbering::operator()(Batch& batch) {
  const auto source_number = static_cast<size_t>(batch.source);
  Count& count = counts_[source_number];
  for (Record& record : batch.records) {
    record.ordinal = count.records + 1;
    record.is_reference = source_number < num_references_;
    if (record.is_first_fragment) count.first_line = count.lines + record.line_in_batch + 1;
    record.line = count.first_line;
    count.records += record.is_last_fragment;
    if (!strict_ || !IsMalformed(record)) continue;
    const std::string& source = sources_.name(batch.source);
    if (record.reason == Reason::kNone) {
      const uint64_t at = batch.bad_utf8.empty() ? record.offset_bytes : batch.bad_utf8.front().offset_bytes;
      return absl::DataLossError(
          absl::StrFormat("%s:%d: malformed UTF-8 at byte %d; without --strict it is replaced by U+FFFD and counted",
                          source, record.line, at));
    }
    return absl::DataLossError(
        absl::StrFormat("%s:%d: %s (%d bytes from byte %d); without --strict such records are rejected and counted",
                        source, record.line, Name(record.reason), record.size_bytes, record.offset_bytes));
  }
  count.lines += batch.num_lines;
  return check_(batch);
}

}  // namespace unecho
