// The flow of `tune`: one pass that decides at every threshold (match/tuner.h), for one size of shingles after the
// other.
//
// Threads: blocks the caller; TBB inside. Failure: as a run.
#ifndef UNECHO_SRC_FLOW_TUNE_H_
#define UNECHO_SRC_FLOW_TUNE_H_

#include <cstdint>
#include <span>

#include "base/status.h"
#include "flow/plan.h"
#include "match/tuner.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

struct TunedShingles {
  int tokens;
  Tuner* tuner;
};

// `plan` is made for the lowest threshold, as the tuners are; it has been checked. The first of the sizes is that of
// `answer`.
// `num_short`: of records that have fewer tokens than a shingle.
[[nodiscard]] absl::Status RunTunePass(const Plan& plan, const AnswerOptions& answer, const RunOptions& run,
                                       std::span<const TunedShingles> sizes, Progress& progress, uint64_t& num_short);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_TUNE_H_
