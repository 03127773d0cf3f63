// Why records were removed: what each line says of its witness, held against the texts and fields of both.
//
// In:      claims, and proofs of the record and of its witness.
// Out:     violations; the similarities of near records, counted.
// Cost:    a pass over the shingles of a record and its witness.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_AUDIT_REMOVALS_H_
#define UNECHO_SRC_AUDIT_REMOVALS_H_

#include <cstddef>
#include <optional>

#include "audit/against.h"
#include "audit/evidence.h"
#include "audit/report.h"

namespace unecho {

// An exact or near record.
void CheckRemoval(Evidence& evidence, size_t i, AuditTally& tally);

// `shared`: with which evaluation record it shares most runs of tokens. Its shingles are taken: nobody
// needs them any more.
void CheckContaminated(Evidence& evidence, size_t i, const std::optional<AuditAgainst::Shared>& shared);

// Records that are equal share one fate: all go with one kept record, which is one of them or the witness of all.
void CheckEqualRecords(Evidence& evidence);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_REMOVALS_H_
