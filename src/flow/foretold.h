// --resume: what a run that was killed has decided, record by record, so that the run which goes on need not decide it
// again.
//
//   foretell   in front of sketch: a record that comes next in the blocks of the killed run, by its key, has its fate
//   enter      in front of the decisions: one that was removed enters the fates, and is a repeat meanwhile: nothing
//              is sketched or compared for it. One that was kept is a reference text meanwhile: nobody looks whether it
//              is a copy
//   settle     behind the decisions: both are again what they were
//
// All else of a run is done again, so that it writes the same: the outputs come from the inputs as they are now. That
// they are those of the killed run is seen by the keys of all distinct records, in their order.
//
// Cost:    1 us a record. Memory: a block.
// Threads: each stage has one caller, in order; `foretell` has its own.
// Failure: records that are not those of the killed run: kFailedPrecondition. A block that is not as it should be:
//          kDataLoss.
#ifndef UNECHO_SRC_FLOW_FORETOLD_H_
#define UNECHO_SRC_FLOW_FORETOLD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "match/fates.h"
#include "store/index_folder.h"
#include "store/unfinished_run.h"
#include "unecho/options.h"

namespace unecho {

class Foretell {
 public:
  Foretell(const IndexFolder& folder, const AnswerOptions& answer);
  absl::Status operator()(Batch& batch);

 private:
  absl::StatusOr<bool> IsThereNext();
  absl::Status CheckBlock(const BlockHead& head) const;

  const IndexFolder& folder_;
  WholeBlocks blocks_;
  size_t num_keys_, num_fields_;  // of --key, of --match
  bool may_pass_;                 // records of evaluation sets are in no index
  bool has_ended_ = false;
  std::vector<char> payload_;
  std::string plain_;
  Batch block_;      // in hand
  size_t next_ = 0;  // in its records
};

class EnterForetold {
 public:
  EnterForetold(Fates& fates, size_t num_fields) : fates_(fates), num_fields_(num_fields) {}
  absl::Status operator()(Batch& batch);

 private:
  Fates& fates_;
  size_t num_fields_;
};

struct SettleForetold {
  void operator()(Batch& batch) const;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FORETOLD_H_
