// Runs batches through a chain of stages: the only place that knows TBB's pipeline.
//
// The ring owns the batches, tokens are raw pointers (a cancelled pipeline leaks its tokens). An error travels in its
// batch, the ordered end takes the first: the reported error is the first in input order for any number of threads.
//
// Threads: blocks the caller. A link that is in order has one caller at a time.
#ifndef UNECHO_SRC_FLOW_RUNNER_H_
#define UNECHO_SRC_FLOW_RUNNER_H_

#include <atomic>
#include <cstdint>
#include <functional>

#include "base/batch.h"
#include "flow/chain.h"
#include "unecho/status.h"

namespace unecho {

// Batches in flight: enough that no thread waits for the ordered stages.
inline size_t NumBatches(int threads) { return static_cast<size_t>(threads) * 3; }

// What reading costs, and the batches in flight.
struct ReadCost {
  std::atomic<uint64_t> busy_ns{0};
  std::atomic<uint64_t> batch_bytes{0};  // what all batches in flight have grown to
  uint64_t largest_batch = 0;            // bytes of content
};

// Asked behind every batch of an ordered link that keeps tables: an error ends the run.
using CheckTables = std::function<absl::Status()>;

// Batches of `source` through `chain`, until the source ends, a stage fails or a signal comes (kCancelled).
absl::Status RunChain(BatchSource& source, Chain& chain, int threads, ReadCost& cost, const CheckTables& check);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_RUNNER_H_
