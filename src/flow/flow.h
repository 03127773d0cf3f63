// What the streaming and the deferred flow share: names, stages as objects, outputs, and the end of a run.
#ifndef UNECHO_SRC_FLOW_FLOW_H_
#define UNECHO_SRC_FLOW_FLOW_H_

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flow/front.h"
#include "flow/memory_plan.h"
#include "flow/numbering.h"
#include "flow/runner.h"
#include "match/against.h"
#include "match/decide.h"
#include "match/exact.h"
#include "match/fates.h"
#include "read/batch_reader.h"
#include "report/report.h"
#include "text/source_names.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "write/format.h"
#include "write/outputs.h"

namespace unecho {

class Flow {
 public:
  Flow(const Options& options, std::string command_line, Listener& listener);

  absl::StatusOr<std::string> RunStreaming();
  absl::StatusOr<std::string> RunDeferred();

 private:
  absl::Status Begin();
  absl::Status ReadAgainst();
  Fill ReadFrom(BatchReader& reader);
  // `inputs`: what is read from; null: what reads ahead of nothing.
  absl::Status CheckTables(uint64_t used_bytes, const InputSequence* inputs) const;
  // against, where it is asked for. Behind the stage sketch.
  void AddAgainstStage(std::deque<Stage>& stages);
  // format, write. `format` outlives the stages.
  void AddOutputStages(const Format& format, std::deque<Stage>& stages);
  // `inputs`: what was read from, whose memory counts with that of the batches; null: nothing was.
  void CountCosts(const std::deque<Stage>& stages, const std::string& prefix, const InputSequence* inputs);
  absl::StatusOr<std::string> End(const BatchReader& reader);

  const Options& options_;
  Listener& listener_;
  int threads_;
  std::vector<InputFile> inputs_;
  SourceNames sources_;  // the inputs, then the evaluation sets
  BandPlan bands_;
  MemoryPlan plan_;
  uint64_t memory_limit_;
  Progress progress_;
  Outputs outputs_;
  std::optional<Against> against_;
  Fates fates_;
  Statistics statistics_;
  RunFacts facts_;
  FillCost read_cost_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FLOW_H_
