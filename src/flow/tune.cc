//   bytes -> prepare | exact | sketch | decide at every threshold | tokens | exact | sketch | decide | ...
//   in order parallel in order parallel in order                   parallel, and so on for other sizes of shingles
#include "flow/tune.h"

#include <deque>

#include "flow/front.h"
#include "flow/prepare.h"
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

class CountShort {
 public:
  CountShort(int shingle_tokens, uint64_t& count)
      : shingle_tokens_(static_cast<uint32_t>(shingle_tokens)), count_(count) {}
  void operator()(Batch& batch) {
    for (const Record& record : batch.records) count_ += record.num_words > 0 && record.num_words < shingle_tokens_;
  }

 private:
  uint32_t shingle_tokens_;
  uint64_t& count_;
};

// The same records for shingles of another size. What is short, and compared with its symbols, depends on it.
struct Again {
  Again(const Plan& plan, const AnswerOptions& answer)
      : prepare(answer), exact(true), sketch(plan.bands, answer.shingle_tokens, answer.seed) {}
  void operator()(Batch& batch) const {
    batch.num_words = 0;
    prepare.Tokens(batch);
  }
  Prepare prepare;
  FindRepeats exact;
  Sketcher sketch;
};

}  // namespace

absl::Status RunTunePass(const Plan& plan, const AnswerOptions& answer, const RunOptions& run,
                         std::span<const TunedShingles> sizes, Progress& progress, uint64_t& num_short) {
  Tuner& tuner = *sizes.front().tuner;
  InputSequence inputs(plan.inputs, plan.threads, plan.memory.input_bytes, run.stop);
  BatchReader reader(
      plan.inputs, [&inputs](size_t i) { return inputs.Open(i); }, answer, run.batch_bytes, &progress.bytes);
  Front front(answer, plan.sources);
  FindRepeats exact(true);
  const Sketcher sketch(plan.bands, answer.shingle_tokens, answer.seed);
  CountRead count_read(progress);
  CountShort count_short(answer.shingle_tokens, num_short);
  CountEntered count_entered(tuner, progress);

  Chain chain;
  front.AddTo(chain);
  chain.InOrder("exact", front.number(), exact);
  chain.Parallel("sketch", sketch);
  chain.InOrder("decide", tuner, count_read, count_short, count_entered);
  std::deque<Again> others;  // that stay where they are
  for (const TunedShingles& size : sizes.subspan(1)) {
    AnswerOptions other = answer;
    other.shingle_tokens = size.tokens;
    const Again& again = others.emplace_back(plan, other);
    chain.Parallel("tokens", again);
    chain.InOrder("exact", others.back().exact);
    chain.Parallel("sketch", again.sketch);
    chain.InOrder("decide", *size.tuner);
  }
  ReadCost cost;
  const auto need = [&] {
    return MemoryNeed{.tables_bytes = chain.table_bytes(),
                      .batch_bytes = cost.batch_bytes.load(std::memory_order_relaxed),
                      .input_bytes = inputs.peak_bytes()};
  };
  const RunTerms terms = {
      .threads = plan.threads,
      .stop = run.stop,
      .batch_bytes = run.batch_bytes,
      .check = [&] { return CheckMemory(plan.memory, need(), plan.memory_limit_bytes, progress.kept); },
      .memory_left = [&] { return LeftForBatches(plan.memory, need(), plan.memory_limit_bytes); },
      .beyond_memory = [&] { return BeyondMemory(plan.memory, need(), plan.memory_limit_bytes, progress.kept); }};
  return RunChain(reader, chain, terms, cost);
}

}  // namespace unecho
