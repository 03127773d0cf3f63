// Where works are compared: whether each removed record went for the best work that is kept, whether what people
// decided has been done, and, with `recall`, whether two kept ones are the same. By the rule in plain code
// (oracle/plain_works.h).
//
// Two records are looked at if they have a word of their titles, a page, a DOI, a PMID or an equal --key in common; the
// rule asks for one of these, but for titles in which every word is spelled or joined otherwise.
//
// In:      claims; proofs, with the works of kept ones and of those that are compared. Out: violations.
// Cost:    some 20 us a pair that is looked at, and of usual titles a large part of all pairs share a word: with
//          `recall` the square of what is kept, hours from 100,000 records on. Threads: one caller. Failure: none.
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
