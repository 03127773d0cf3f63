// What a run may have missed: `audit --recall` joins all kept records exactly, with one another and with what stands in
// evaluation sets.
//
// In:      proofs of all records.
// Out:     a violation for each pair that is left; their number.
// Cost:    exact_join.h: 8 bytes a shingle of the kept records besides those of the proofs.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_AUDIT_RECALL_H_
#define UNECHO_SRC_AUDIT_RECALL_H_

#include <cstdint>

#include "audit/evidence.h"

namespace unecho {

// With evaluation sets all shingles are compared: before --ignore-common leaves some out.
uint64_t PairsLeftWithSets(Evidence& evidence);
// Of kept records.
uint64_t PairsLeft(Evidence& evidence);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_RECALL_H_
