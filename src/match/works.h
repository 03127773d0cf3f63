// The stage that decides where works are compared: candidates -> the rule -> fate and witness, greedy in priority
// order, as match/near.h does for texts.
//
// Two steps a batch. (1) In parallel over its new records: the best match among the kept works, which nobody changes
// meanwhile. (2) In order: the best among those kept from this batch, and then the fate. Who meets whom depends on the
// candidate keys alone, so batch boundaries and threads change nothing (promise P4).
//
// The best match is the one that --decided names, if there is any (options/decisions.h), then one of equal --key, then
// the one with the highest likeness of titles, then the one with which most signs agree, less those that are against,
// then the one that was kept first. So of two papers with one title a copy goes to the one whose pages it has. A record
// that --decided names is looked at in the second step alone.
//
// Cost:    a work 1 to 20 us. Memory: that of works/works_index.h, and of the marks.
// Threads: one caller, in order; parallel inside. Failure: that of Fates.
#ifndef UNECHO_SRC_MATCH_WORKS_H_
#define UNECHO_SRC_MATCH_WORKS_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "base/batch.h"
#include "base/status.h"
#include "match/decided_kept.h"
#include "match/fates.h"
#include "match/kept_marks.h"
#include "match/unsure_pairs.h"
#include "options/decisions.h"
#include "works/works_index.h"

namespace unecho {

// What a run has beside the rule; each may be null.
struct WorksPeople {
  const Decisions* decisions = nullptr;  // what people have decided
  UnsurePairs* unsure = nullptr;         // what they are to decide goes there
};

class WorksStage {
 public:
  // Decisions go to `fates`, which outlives the stage.
  explicit WorksStage(Fates* fates, const MarkPlaces& marks = {}, const WorksPeople& people = {});
  ~WorksStage();

  // Decides the first appearances in the batch, and gives every record that is not rejected its fate.
  [[nodiscard]] absl::Status operator()(Batch& batch);

  uint64_t memory_bytes() const {
    return index_.memory_bytes() + (unsure_ ? unsure_->memory_bytes() : 0) + (marks_ ? marks_->memory_bytes() : 0) +
           (decided_ ? decided_->memory_bytes() : 0);
  }

 private:
  struct Match;
  struct Search;
  struct Inside;

  void Look(const Batch& batch, size_t place, WorksIndex::Mark from, uint32_t first_id, Search& search);
  void LookAlone(const Batch& batch, size_t place);
  void Keep(const Batch& batch, size_t place);

  Fates* fates_;
  WorksIndex index_;
  std::optional<DecidedKept> decided_;
  UnsurePairs* unsure_;
  std::optional<KeptMarks> marks_;
  std::unique_ptr<Inside> inside_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_WORKS_H_
