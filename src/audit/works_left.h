// Where works are compared: whether each removed record went for the best work that is kept, whether what people
// decided has been done, and, with `recall`, whether two kept ones are the same. By the rule in plain code
// (oracle/plain_works.h).
//
// Two records are looked at if the rule may find them the same, as oracle/plain_candidates.h says of all, or if they
// have an equal --key.
//
// In:      claims; proofs, with the works of kept ones and of those that are compared. Out: violations.
// Cost:    some 20 us a pair that is looked at: of a bibliography some ten a record, more where titles are short.
// Threads: one caller; pairs are judged by all threads. Failure: none.
#ifndef UNECHO_SRC_AUDIT_WORKS_LEFT_H_
#define UNECHO_SRC_AUDIT_WORKS_LEFT_H_

#include <cstdint>

#include "audit/evidence.h"
#include "audit/witnesses.h"

namespace unecho {

// Of removed records those that `witnesses` has chosen. Gives how many pairs of kept ones are left; 0 without `recall`.
uint64_t CheckWorks(Evidence& evidence, const WitnessCheck& witnesses, bool recall);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_WORKS_LEFT_H_
