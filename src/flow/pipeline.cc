// The streaming flow: one pass, in order.
//
//   bytes -> segment -> tokens | exact | sketch, bands, against | near | format | write
//   in order \___ parallel ___/ in order       parallel          in order  parallel  in order
//
// Under `segment` nothing is compared; under --exact-join plain code takes the place of tokens, sketch and near.
#include "unecho/pipeline.h"

#include "base/batch.h"
#include "base/interrupt.h"
#include "flow/flow.h"
#include "write/format.h"

namespace unecho {

absl::StatusOr<std::string> RunPipeline(const Options& options, const std::string& command_line, Listener& listener) {
  Flow flow(options, command_line, listener);
  const bool deferred = options.answer.keep != KeepPolicy::kFirst || options.answer.annotate;
  return deferred ? flow.RunDeferred() : flow.RunStreaming();
}

absl::StatusOr<std::string> Flow::RunStreaming() {
  UNECHO_RETURN_IF_ERROR(Begin());
  InputSequence inputs(inputs_, threads_, plan_.input_bytes, &InterruptSignal());
  BatchReader reader(
      inputs_.size(), [&inputs](size_t i) { return inputs.Open(i); }, options_.answer, options_.run.batch_bytes,
      &progress_.bytes);
  FrontStages front(options_.answer, sources_);
  ExactTable exact;
  const Sketcher sketch(bands_, options_.answer.shingle_tokens, options_.answer.seed);
  Decide decide(options_, bands_, &fates_);
  const Format format(options_, sources_);
  const bool compare = options_.command != Command::kSegment;
  const bool sketched = compare && !options_.answer.exact_join;

  std::deque<Stage> stages;
  front.AddTo(stages);
  Stage& exact_stage = stages.emplace_back("exact", true, nullptr);
  exact_stage.work = [&](Batch& batch) -> absl::Status {
    UNECHO_RETURN_IF_ERROR(front.Number(batch));
    UNECHO_RETURN_IF_ERROR(compare ? exact.FindOrAdd(batch) : exact.NumberAll(batch));
    exact_stage.peak_bytes = exact.memory_bytes();
    return absl::OkStatus();
  };
  if (sketched) {
    stages.emplace_back("sketch", false, [&](Batch& batch) {
      sketch(batch);
      return absl::OkStatus();
    });
  }
  AddAgainstStage(stages);
  Stage& near_stage = stages.emplace_back("near", true, nullptr);
  near_stage.work = [&](Batch& batch) -> absl::Status {
    UNECHO_RETURN_IF_ERROR(decide(batch));
    progress_.records += batch.records.size();
    progress_.kept = fates_.num_kept();
    near_stage.peak_bytes = decide.memory_bytes();
    return CheckTables(near_stage.peak_bytes + exact_stage.peak_bytes + front.memory_bytes(), &inputs);
  };
  AddOutputStages(format, stages);
  UNECHO_RETURN_IF_ERROR(RunStages(ReadFrom(reader), stages, threads_, read_cost_));
  CountCosts(stages, "", &inputs);
  if (sketched) {
    facts_.planned_bytes = PlannedBytes(plan_, {.kept_records = fates_.num_kept(),
                                                .distinct_records = fates_.num_distinct(),
                                                .kept_tokens = decide.kept_tokens(),
                                                .largest_batch = read_cost_.largest_batch,
                                                .input_bytes = inputs.peak_bytes()});
  }
  return End(reader);
}

}  // namespace unecho
