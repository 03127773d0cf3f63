// The parameters of a report. They are what an audit goes by, so most cannot be wrong: a run with others would claim
// something else. What is checked is what follows from them and from the inputs: the bands of the sketch, names, and
// that a strict run rejects nothing.
//
// Threads: a function without state. Failure: none; what is wrong is a difference.
#ifndef UNECHO_SRC_AUDIT_REPORT_PARAMETERS_H_
#define UNECHO_SRC_AUDIT_REPORT_PARAMETERS_H_

#include <simdjson.h>

#include <span>

#include "audit/differences.h"
#include "base/batch.h"
#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

// `total`: of all sources.
void CheckParameters(const simdjson::dom::object& root, std::span<const InputFile> sources,
                     std::span<const InputFile> sets, const AnswerOptions& answer, const Ledger& total,
                     Differences& compare);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_REPORT_PARAMETERS_H_
