// The flow of `tune`: one pass that decides at every threshold (match/tuner.h).
//
// Threads: blocks the caller; TBB inside. Failure: as a run.
#ifndef UNECHO_SRC_FLOW_TUNE_H_
#define UNECHO_SRC_FLOW_TUNE_H_

#include "flow/plan.h"
#include "match/tuner.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

// `plan` is made for the lowest threshold, as the tuner is; it has been checked.
[[nodiscard]] absl::Status RunTunePass(const Plan& plan, const AnswerOptions& answer, const RunOptions& run,
                                       Tuner& tuner, Progress& progress);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_TUNE_H_
