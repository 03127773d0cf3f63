// What the streaming and the deferred flow share: names, stages as objects, outputs, and the end of a run.
#ifndef UNECHO_SRC_FLOW_H_
#define UNECHO_SRC_FLOW_H_

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "format.h"
#include "reader.h"
#include "stage_runner.h"
#include "unecho/atomic_file.h"
#include "unecho/console.h"
#include "unecho/exact.h"
#include "unecho/exact_join.h"
#include "unecho/fates.h"
#include "unecho/memory.h"
#include "unecho/near.h"
#include "unecho/options.h"
#include "unecho/provenance.h"
#include "unecho/report.h"

namespace unecho {

// Gives records their ordinals and lines, and says no to malformed input under --strict. Serial, in input order.
class Numbering {
 public:
  Numbering(const SourceNames& sources, bool strict) : sources_(sources), strict_(strict), counts_(sources.size()) {}
  absl::Status operator()(Batch& batch);

 private:
  struct Count {
    uint64_t records = 0, lines = 0;
    uint64_t first_line = 0;      // of the record in hand: a long one comes in fragments
  };
  const SourceNames& sources_;
  bool strict_;
  std::vector<Count> counts_;     // by source
};

// Fates from the sketches and the index, or from the exact join. Serial.
class Decide {
 public:
  Decide(const Options& options, const BandPlan& bands, Fates* fates);
  absl::Status operator()(Batch& batch);
  uint64_t memory_bytes() const;
  // 0 with the exact join, which has no index.
  uint64_t kept_tokens() const { return near_ ? near_->index().token_bytes() / sizeof(uint32_t) : 0; }

 private:
  Fates* fates_;
  std::optional<NearStage> near_;
  std::optional<ExactJoin> join_;
};

// The outputs of a run. Commit() makes them appear, the report last.
struct Outputs {
  std::unique_ptr<OutputFile> corpus, provenance, rejects, report;   // all but corpus may be null
  [[nodiscard]] absl::Status Create(const Options& options);
  [[nodiscard]] absl::Status Write(Batch& batch);
  [[nodiscard]] absl::Status Commit(const std::string& report_json);
};

class Flow {
 public:
  Flow(const Options& options, std::string command_line, Console& console);

  absl::StatusOr<std::string> RunStreaming();
  absl::StatusOr<std::string> RunDeferred();

 private:
  absl::Status Begin();
  Fill ReadFrom(BatchReader& reader);
  absl::Status CheckTables(uint64_t used_bytes) const;
  // format, write. `format` outlives the stages.
  void AddOutputStages(const Format& format, std::deque<Stage>& stages);
  void CountCosts(const std::deque<Stage>& stages, const std::string& prefix);
  absl::StatusOr<std::string> End(const BatchReader& reader);

  const Options& options_;
  Console& console_;
  int threads_;
  std::vector<InputFile> inputs_;
  SourceNames sources_;
  BandPlan bands_;
  MemoryPlan plan_;
  uint64_t memory_limit_;
  Progress progress_;
  Outputs outputs_;
  Fates fates_;
  Statistics statistics_;
  RunFacts facts_;
  FillCost read_cost_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_H_
