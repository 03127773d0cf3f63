// What lines of provenance, marks and rejects should be, written anew from claims and what has been recomputed.
//
// What a claim says of its witness and its similarities stands there as it is claimed: CheckRemoval() looks at it.
//
// Cost:    a line. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_AUDIT_CLAIMED_TEXT_H_
#define UNECHO_SRC_AUDIT_CLAIMED_TEXT_H_

#include <optional>
#include <string>

#include "audit/evidence.h"
#include "audit/records.h"
#include "audit/spans.h"

namespace unecho {

// The line of provenance of record i. Nothing if its witness is not known, which is said elsewhere.
std::optional<std::string> ProvenanceLine(const Evidence& evidence, size_t i, const AuditSpan& span,
                                          const RecordFacts& facts);

// Of the object that --mark and --removed add: what says what became of the record.
std::string MarkText(const Evidence& evidence, size_t i);

// The line of a rejected record in the file of --rejects.
std::string RejectsLine(const Evidence& evidence, size_t i, const AuditSpan& span);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_CLAIMED_TEXT_H_
