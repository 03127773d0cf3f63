// What the streaming and the deferred flow share: the plan, what is written and counted, and how a run begins and ends.
//
// Threads: one caller; the stages of a chain touch their own parts.
// Failure: the Status of what failed first, in input order.
#ifndef UNECHO_SRC_FLOW_RUN_H_
#define UNECHO_SRC_FLOW_RUN_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "flow/chain.h"
#include "flow/plan.h"
#include "flow/runner.h"
#include "match/against.h"
#include "match/fates.h"
#include "match/spill_terms.h"
#include "match/unsure_pairs.h"
#include "match/works.h"
#include "options/decisions.h"
#include "read/batch_reader.h"
#include "read/input.h"
#include "report/report.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "write/outputs.h"
#include "write/review.h"

namespace unecho {

class AskedFields;
class StoredIndex;

inline constexpr char kSetsPass[] = "against.";  // the one that reads the evaluation sets

struct Run {
  // `sources`: by NameSources(). `index`: of earlier runs, or null; it outlives the run.
  Run(const PipelineOptions& options, std::vector<InputFile> sources, StoredIndex* index, std::string command_line,
      Listener& listener);
  // However it has ended, nobody looks at `progress` any more.
  ~Run() { StopProgress(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // Before that: of the sources those from `first` on up to `end` are read and written, and the others only known.
  void SetWindow(size_t first, size_t end) { first_source_ = first, end_source_ = end; }
  // Before the first batch: checks the plan, reads the evaluation sets, creates the outputs, says what was chosen.
  [[nodiscard]] absl::Status Begin();
  // A pass over `source`. `pass`: what its stages are called in the report ("learn."); `held_bytes`: what earlier
  // passes hold; `inputs`: what `source` reads from, null if it reads no file ahead.
  [[nodiscard]] absl::Status Drive(const std::string& pass, BatchSource& source, Chain& chain, uint64_t held_bytes,
                                   const InputSequence* inputs);
  // What of the sources `asked` has seen, for warnings and the report.
  void Note(const AskedFields& asked);
  // When all passes are done: the outputs appear. The index is ready then, and to be published when all else is
  // written. Returns the table for people. `reader`: of the first pass.
  [[nodiscard]] absl::StatusOr<std::string> End(const BatchReader& reader);
  // Before that: the pairs of --review, if it is asked for.
  [[nodiscard]] absl::Status EndReview(const KeptFields& fields);

  // A reader of the inputs: BatchReader(inputs, open, ...) with what this run asks, over its window.
  BatchReader Read(BatchReader::Open open);
  bool sketches() const { return compares() && !options.answer.exact_join && !compares_works(); }
  bool compares_works() const { return options.answer.comparison.by == CompareBy::kWorks; }
  // Some output, or the index, says of each record in which group it is.
  bool tells_groups() const {
    return compares() && (!options.provenance.empty() || !options.removed.empty() || options.answer.mark || index);
  }
  // From where on tables of this run go to disk, as far as they can.
  SpillTerms spill_terms() const;
  // What people have decided, and are to decide.
  WorksPeople people() { return {decisions ? &*decisions : nullptr, unsure ? &*unsure : nullptr}; }
  bool compares() const { return options.command != Command::kSegment; }

  const PipelineOptions& options;
  StoredIndex* const index;  // --index, or null
  const Plan plan;
  Listener& listener;
  Progress progress;
  std::optional<InputSequence> inputs;  // from Begin() on
  std::unique_ptr<Against> against;     // null without evaluation sets
  uint64_t against_digest = 0;          // of what they say
  std::optional<Decisions> decisions;   // --decided: from Begin() on
  std::optional<UnsurePairs> unsure;    // --review
  Fates fates;
  Statistics statistics;
  Outputs outputs;
  RunFacts facts;
  ReadCost read_cost;

 private:
  void StopProgress();
  absl::Status BeginIndex();
  void SayWhatWasChosen() const;
  void DescribeSources(const BatchReader& reader);
  void DescribeCosts();
  size_t first_source_ = 0, end_source_;
  std::atomic<uint64_t> table_bytes_{0};  // behind the last batch
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool shows_progress_ = false;
};

// 2026-05-06T07:08:09Z
std::string UtcNow();
// Everything must be seen before anything is kept.
bool IsDeferred(const AnswerOptions& answer);
// How often the inputs are read.
uint64_t NumReadings(const AnswerOptions& answer);
// One pass, in order: a record is written as soon as it is decided (streaming.cc).
absl::StatusOr<std::string> RunStreaming(Run& run);
// Everything is seen before anything is kept (deferred.cc).
absl::StatusOr<std::string> RunDeferred(Run& run);
// The evaluation sets of --against: sets run.against and run.facts.against (evaluation.cc).
absl::Status ReadEvaluationSets(Run& run);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_RUN_H_
