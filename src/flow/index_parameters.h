// What has to be the same in all runs of an index, and what hashes come to.
//
// Threads: functions without state. Failure: AnswerOf(): parameters that no run of this version could have written.
#ifndef UNECHO_SRC_FLOW_INDEX_PARAMETERS_H_
#define UNECHO_SRC_FLOW_INDEX_PARAMETERS_H_

#include <string>

#include "base/status.h"
#include "store/manifest.h"
#include "unecho/options.h"

namespace unecho {

IndexParameters IndexParametersOf(const AnswerOptions& answer);
// Options of which the parameters are these; all else as usual.
[[nodiscard]] absl::StatusOr<AnswerOptions> AnswerOf(const IndexParameters& parameters);
// Of a fixed text, by the tokens and words that such options make of it.
std::string IndexKnownAnswer(const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_INDEX_PARAMETERS_H_
