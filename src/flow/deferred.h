// Parts of the deferred flow (deferred.cc) for who drives its passes over something else than inputs.
//
// Threads: one caller, in order. Failure: as the flow's.
#ifndef UNECHO_SRC_FLOW_DEFERRED_H_
#define UNECHO_SRC_FLOW_DEFERRED_H_

#include "base/batch.h"
#include "base/status.h"
#include "flow/remembered.h"
#include "match/fates.h"

namespace unecho {

struct Run;
class CompareAsides;
class Groups;

// The second pass: decides what was learnt, in priority order. Kept records enter `groups` and `asides`.
[[nodiscard]] absl::Status DecideRemembered(Run& run, Remembered& remembered, Groups& groups, CompareAsides& asides);

// A stage of the third pass: every record takes the fate of its tokens.
class Recall {
 public:
  Recall(Remembered& remembered, const Fates& fates) : remembered_(remembered), fates_(fates) {}
  absl::Status operator()(Batch& batch);

 private:
  Remembered& remembered_;
  const Fates& fates_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_DEFERRED_H_
