//   bytes -> prepare | exact | sketch | decide at every threshold
//   in order parallel in order parallel in order
#include "flow/tune.h"

#include "base/interrupt.h"
#include "flow/front.h"
#include "flow/runner.h"
#include "flow/stages.h"
#include "match/sketch.h"
#include "read/batch_reader.h"

namespace unecho {
namespace {

class CountEntered {
 public:
  CountEntered(const Tuner& tuner, Progress& progress) : tuner_(tuner), progress_(progress) {}
  void operator()(Batch& /*batch*/) { progress_.kept = tuner_.index_size(); }

 private:
  const Tuner& tuner_;
  Progress& progress_;
};

}  // namespace

absl::Status RunTunePass(const Plan& plan, const AnswerOptions& answer, const RunOptions& run, Tuner& tuner,
                         Progress& progress) {
  InputSequence inputs(plan.inputs, plan.threads, plan.memory.input_bytes, &InterruptSignal());
  BatchReader reader(
      plan.inputs, [&inputs](size_t i) { return inputs.Open(i); }, answer, run.batch_bytes, &progress.bytes);
  Front front(answer, plan.sources);
  FindRepeats exact(true);
  const Sketcher sketch(plan.bands, answer.shingle_tokens, answer.seed);
  CountRead count_read(progress);
  CountEntered count_entered(tuner, progress);

  Chain chain;
  front.AddTo(chain);
  chain.InOrder("exact", front.number(), exact);
  chain.Parallel("sketch", sketch);
  chain.InOrder("decide", tuner, count_read, count_entered);
  ReadCost cost;
  return RunChain(reader, chain, plan.threads, cost, [&] {
    return CheckMemory(plan.memory,
                       {.tables_bytes = chain.table_bytes(),
                        .batch_bytes = cost.batch_bytes.load(std::memory_order_relaxed),
                        .input_bytes = inputs.peak_bytes()},
                       plan.memory_limit_bytes, tuner.index_size());
  });
}

}  // namespace unecho
