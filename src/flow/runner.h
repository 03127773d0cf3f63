// Runs batches through a list of stages: the only place that knows TBB's pipeline.
//
// The ring owns the batches, tokens are raw pointers (a cancelled pipeline leaks its tokens). An error travels in its
// batch, the ordered end takes the first: the reported error is the first in input order for any number of threads.
//
// Threads: blocks the caller. A stage that is in_order has one caller at a time.
#ifndef UNECHO_SRC_FLOW_RUNNER_H_
#define UNECHO_SRC_FLOW_RUNNER_H_

#include <atomic>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "base/batch.h"
#include "unecho/status.h"

namespace unecho {

struct Stage {
  std::string name;
  bool in_order;
  std::function<absl::Status(Batch&)> work;  // once a batch, not once a record
  std::atomic<uint64_t> busy_ns{0};
  std::atomic<uint64_t> peak_bytes{0};  // tables of its own, as the stage itself says
  bool failed = false;                  // an ordered stage has seen an error; touched by that stage alone

  Stage(std::string stage_name, bool ordered, std::function<absl::Status(Batch&)> stage_work)
      : name(std::move(stage_name)), in_order(ordered), work(std::move(stage_work)) {}
};

// Batches in flight: enough that no thread waits for the ordered stages.
inline size_t NumBatches(int threads) { return static_cast<size_t>(threads) * 3; }

// `fill` makes the next batch; false at the end. It is the first ordered stage.
using Fill = std::function<absl::StatusOr<bool>(Batch&)>;
struct FillCost {
  std::atomic<uint64_t> busy_ns{0};
  std::atomic<uint64_t> batch_bytes{0};  // what all batches in flight have grown to
  uint64_t largest_batch = 0;            // bytes of content
};
absl::Status RunStages(const Fill& fill, std::deque<Stage>& stages, int threads, FillCost& cost);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_RUNNER_H_
