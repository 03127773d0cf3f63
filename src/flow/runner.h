// Runs batches through a chain of stages: the only place that knows TBB's pipeline.
//
// The ring owns the batches, tokens are raw pointers (a cancelled pipeline leaks its tokens). An error travels in its
// batch, the ordered end takes the first: the reported error is the first in input order for any number of threads.
//
// Where memory is short, fewer batches are in flight; and one that is too large to be in flight beside others waits
// until they are through, goes through the links by itself, and gives back what it took (memory_plan.h). The links see
// the same batches in the same order.
//
// Threads: blocks the caller. A link that is in order has one caller at a time.
#ifndef UNECHO_SRC_FLOW_RUNNER_H_
#define UNECHO_SRC_FLOW_RUNNER_H_

#include <atomic>
#include <cstdint>
#include <functional>

#include "base/batch.h"
#include "base/status.h"
#include "flow/chain.h"
#include "flow/memory_plan.h"

namespace unecho {

// Batches in flight: enough that no thread waits for the ordered stages.
inline size_t NumBatches(int threads) { return static_cast<size_t>(threads) * 3; }

// What reading costs, and the batches in flight.
struct ReadCost {
  std::atomic<uint64_t> busy_ns{0};
  std::atomic<uint64_t> batch_bytes{0};  // what all batches in flight have grown to
  uint64_t largest_batch = 0;            // bytes of content
  uint64_t largest_alone = 0;            // of one that was alone in flight
};

// Asked behind every batch of an ordered link that keeps tables: an error ends the run. Links ask while others go on,
// so it reads what any thread may read.
using CheckTables = std::function<absl::Status()>;

struct RunTerms {
  int threads = 1;
  const std::atomic<int>* stop = nullptr;  // RunOptions::stop
  size_t batch_bytes = 0;                  // that the source fills, where memory is not short
  CheckTables check;
  std::function<uint64_t()> memory_left;  // for all batches; asked before each
  CheckTables beyond_memory;              // the error where something was refused for --memory; the same holds
};

// Batches of `source` through `chain`, until the source ends, a stage fails or `stop` is set (kCancelled).
absl::Status RunChain(BatchSource& source, Chain& chain, const RunTerms& terms, ReadCost& cost);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_RUNNER_H_
