// What every layout does for the records that it finds.
//
// Cost:    linear in the record. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_RECORD_PARTS_H_
#define UNECHO_SRC_LAYOUTS_RECORD_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/batch.h"

namespace unecho {

// Counts the malformed sequences of `record.raw` into the record and the ledger of `batch`, and notes where they are.
void NoteBadUtf8(Batch& batch, Record& record);

// A record of `batch` over bytes [begin, end); `line` as in Record::line_in_batch.
Record MakeRecord(const Batch& batch, size_t begin, size_t end, uint32_t line);

// --keep by a field, for layouts that have only title, text and snapshot: the field as JSON text.
std::string_view FieldAsJson(Batch& batch, const Record& record, std::string_view field);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_RECORD_PARTS_H_
