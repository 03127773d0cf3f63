// A second opinion of a source that is read by a standard: the records and fields that an engine finds, held against
// those of a plain reader (plain_records.h).
//
// Of CSV: where rows are, which of them have the columns of the table, names and values of the columns, and that the
// texts are those of the columns that are said to be compared. Of JSON: where the records are, names and values of
// members that are strings, and that every line of a text is in a string or number of its record. Of WARC: where the
// records are, and their headers. Of XML: where the records are. The rest is the engine's: what is meant to be a record
// or a text, and how HTML, mark-up and entities read.
//
// In:      all bytes of a source, and what its layout finds in them.
// Out:     violations where the two differ.
// Cost:    the source is read once more; its records are kept.
// Threads: functions without state. Failure: none; what is not as its standard says is not looked at.
#ifndef UNECHO_SRC_AUDIT_PLAIN_CHECK_H_
#define UNECHO_SRC_AUDIT_PLAIN_CHECK_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "audit/claims.h"
#include "base/batch.h"
#include "unecho/layouts.h"

namespace unecho {

// A record as the layout finds it; of a too long one, all its fragments.
struct FoundAgain {
  uint64_t offset_bytes = 0, size_bytes = 0, line = 0;
  uint64_t invalid_utf8 = 0;
  Reason reason = Reason::kNone;
  const Batch* batch = nullptr;
  const Record* record = nullptr;  // its last fragment
};

// `name`: of the source, for what is violated.
void CheckPlainly(const Layout& layout, std::string_view bytes, const LayoutOptions& options,
                  std::span<const FoundAgain> found, std::string_view name, Violations& violations);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_PLAIN_CHECK_H_
