// What the streaming and the deferred flow share: names, stages as objects, outputs, and the end of a run.
#ifndef UNECHO_SRC_FLOW_H_
#define UNECHO_SRC_FLOW_H_

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "format.h"
#include "layout_check.h"
#include "prepare.h"
#include "reader.h"
#include "stage_runner.h"
#include "unecho/against.h"
#include "unecho/atomic_file.h"
#include "unecho/console.h"
#include "unecho/exact.h"
#include "unecho/exact_join.h"
#include "unecho/fates.h"
#include "unecho/memory.h"
#include "unecho/near.h"
#include "unecho/options.h"
#include "unecho/provenance.h"
#include "unecho/repeats.h"
#include "unecho/report.h"

namespace unecho {

// Gives records their ordinals and lines; says no to malformed input under --strict, and to a layout that does not fit.
// Serial, in input order.
class Numbering {
 public:
  // `layout`: of --layout; null for auto, and where nobody asked for one.
  Numbering(const SourceNames& sources, bool strict, LayoutPtr layout)
      : sources_(sources), strict_(strict), check_(sources, std::move(layout)), counts_(sources.size()) {}
  absl::Status operator()(Batch& batch);

 private:
  struct Count {
    uint64_t records = 0, lines = 0;
    uint64_t first_line = 0;      // of the record in hand: a long one comes in fragments
  };
  const SourceNames& sources_;
  bool strict_;
  LayoutCheck check_;
  std::vector<Count> counts_;     // by source
};

// From bytes to numbered records with tokens: prepare, and number; with --dedup-lines or --dedup-paragraphs prepare, lines (in order,
// numbering), tokens. Outlives its stages.
class FrontStages {
 public:
  FrontStages(const AnswerOptions& answer, const SourceNames& sources);
  // Adds the stages in front of an ordered one, which begins with Number().
  void AddTo(std::deque<Stage>& stages);
  absl::Status Number(Batch& batch) { return repeats_ ? absl::OkStatus() : number_(batch); }
  uint64_t memory_bytes() const { return repeats_bytes_; }

 private:
  Prepare prepare_;
  Numbering number_;
  std::optional<Repeats> repeats_;
  std::atomic<uint64_t> repeats_bytes_{0};
};

// Fates from the sketches and the index, or from the exact join; contaminated records have theirs. Serial.
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
  std::unique_ptr<OutputFile> corpus, provenance, rejects, report;   // each may be null
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
  Console& console_;
  int threads_;
  std::vector<InputFile> inputs_;
  SourceNames sources_;           // the inputs, then the evaluation sets
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

#endif  // UNECHO_SRC_FLOW_H_
