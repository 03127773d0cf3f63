// Batches -> fates, in priority order: the near stage, the exact join, the rule of works, or nothing to compare.
#ifndef UNECHO_SRC_MATCH_DECIDE_H_
#define UNECHO_SRC_MATCH_DECIDE_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/batch.h"
#include "base/status.h"
#include "match/fates.h"
#include "match/kept_marks.h"
#include "match/near.h"
#include "match/sketch.h"
#include "match/spill_terms.h"
#include "match/works.h"
#include "oracle/exact_join.h"
#include "unecho/options.h"

namespace unecho {

// Fates from the sketches and the index, from the exact join, or from what the works are; contaminated records have
// theirs. Serial.
class Decide {
 public:
  // `common`: shingles that the near stage leaves out, or null; with the exact join the sets come without them.
  Decide(const PipelineOptions& options, const BandPlan& bands, Fates* fates, const WorksPeople& people = {},
         const CommonShingles* common = nullptr);
  absl::Status operator()(Batch& batch);
  // Stage, for several batches at once, behind the sketches: what near finds on disk.
  class SearchDisk {
   public:
    explicit SearchDisk(const Decide& decide) : decide_(decide) {}
    void operator()(Batch& batch) const {
      if (decide_.near_) decide_.near_->SearchDisk(batch);
    }

   private:
    const Decide& decide_;
  };
  // Batches come without sketches: what fields do not settle is sketched here.
  bool sketches() const { return sketches_; }
  uint64_t memory_bytes() const;
  // Where memory is short, what can goes to files in a folder.
  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  // Memory is short, and of the index nothing more can go to disk: so do what is an array by records. From any thread.
  bool is_still_short() const { return is_still_short_.load(std::memory_order_relaxed); }
  // The terms of such arrays. This outlives them.
  SpillTerms last_terms() const {
    SpillTerms terms = spill_;
    terms.is_short = [this] { return is_still_short(); };
    return terms;
  }
  uint64_t spilled_bytes() const { return fates_->disk_bytes() + (near_ ? near_->index().disk_bytes() : 0); }
  uint32_t num_frozen() const { return near_ ? near_->index().num_frozen() : 0; }
  // In memory; 0 with the exact join, which has no index.
  uint64_t token_bytes() const { return near_ ? near_->index().tokens().memory_bytes() : 0; }

 private:
  absl::Status Spill();
  void Join(const Batch& batch, const Record& record);

  Fates* fates_;
  SpillTerms spill_;
  std::atomic<bool> is_still_short_{false};
  std::optional<Sketcher> sketcher_;  // of the near stage, which takes it if sketches_, or to put records on disk
  bool sketches_ = false;
  std::optional<NearStage> near_;
  std::optional<ExactJoin> join_;
  std::optional<WorksStage> works_;
  std::optional<KeptMarks> marks_;  // of the exact join's records; the near stage has its own
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_DECIDE_H_
