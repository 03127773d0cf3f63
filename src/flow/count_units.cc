#include "flow/count_units.h"

#include "flow/front.h"

namespace unecho {
namespace {

class Count {
 public:
  explicit Count(OftenUnits& units) : units_(units) {}
  absl::Status operator()(Batch& batch) { return units_.Count(batch); }
  uint64_t memory_bytes() const { return units_.memory_bytes(); }

 private:
  OftenUnits& units_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<OftenUnits>> CountUnits(Run& run, Readings& readings, Digest& digest) {
  const AnswerOptions& answer = run.options.answer;
  if (answer.clean.dedup_at_least == 0) return nullptr;
  const char* const phase = run.progress.phase.exchange("counting lines");
  auto units = std::make_unique<OftenUnits>(answer.clean.dedup_at_least);
  BatchReader reader = readings.Read();
  Front front(answer, run.plan.sources);
  Count count(*units);

  Chain chain;
  front.AddUnitsTo(chain);
  chain.InOrder("count", digest, count);
  UNECHO_RETURN_IF_ERROR(run.Drive("count.", reader, chain, 0, &*run.inputs));
  units->Finish();
  run.progress.phase = phase;
  return units;
}

}  // namespace unecho
