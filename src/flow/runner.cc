#include "flow/runner.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <new>

#include "base/interrupt.h"

namespace unecho {
namespace {

// As many batches as the pipeline has tokens: the last stage is ordered, so the oldest is always the next to be free.
class BatchRing {
 public:
  explicit BatchRing(size_t count) : batches_(count), sizes_(count) {}
  Batch& Next() {
    Batch& batch = batches_[next_++ % batches_.size()];
    batch.Clear();
    return batch;
  }
  // What all batches took when each was last at the end. For the last stage alone.
  uint64_t MeasureAtEnd(const Batch& batch) {
    uint64_t& size = sizes_[static_cast<size_t>(&batch - batches_.data())];
    total_ -= size;
    size = batch.memory_bytes();
    return total_ += size;
  }

 private:
  std::vector<Batch> batches_;
  std::vector<uint64_t> sizes_;
  uint64_t total_ = 0;
  size_t next_ = 0;
};

class Clock {
 public:
  explicit Clock(std::atomic<uint64_t>& total) : total_(total), start_(std::chrono::steady_clock::now()) {}
  ~Clock() {
    const auto spent = std::chrono::steady_clock::now() - start_;
    total_.fetch_add(static_cast<uint64_t>(std::chrono::nanoseconds(spent).count()), std::memory_order_relaxed);
  }
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

 private:
  std::atomic<uint64_t>& total_;
  std::chrono::steady_clock::time_point start_;
};

// Runs `work`; memory that is not there is an error like any other.
template <typename Work>
absl::Status Guarded(Work&& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        "out of memory; set --memory to what this process may have, or split the input");
  }
}

// One link, one batch.
absl::Status RunLink(Chain::Link& link, Batch& batch, const CheckTables& check) {
  UNECHO_RETURN_IF_ERROR(link.Run(batch));
  if (!link.in_order || link.tables.empty()) return absl::OkStatus();
  link.table_bytes.store(link.MeasureTables(), std::memory_order_relaxed);
  return check();
}

}  // namespace

absl::Status RunChain(BatchSource& source, Chain& chain, int threads, ReadCost& cost, const CheckTables& check) {
  BatchRing ring(NumBatches(threads));
  absl::Status first_error;  // touched by the last filter alone
  tbb::task_group_context context;

  bool ended = false;  // touched by the first filter alone
  const auto first = [&](tbb::flow_control& control) -> Batch* {
    if (ended) {
      control.stop();
      return nullptr;
    }
    Batch& batch = ring.Next();
    const Clock clock(cost.busy_ns);
    bool filled = false;
    batch.status = Guarded([&] {
      if (InterruptSignal() != 0) return absl::CancelledError("interrupted");
      const absl::StatusOr<bool> more = source.Fill(batch);
      filled = more.ok() && *more;
      return more.status();
    });
    if (batch.status.ok() && !filled) {
      control.stop();
      return nullptr;
    }
    cost.largest_batch = std::max(cost.largest_batch, uint64_t{batch.size});
    ended = !batch.status.ok();  // what came before the error is written first
    return &batch;
  };
  tbb::filter<void, Batch*> filters = tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, first);
  for (Chain::Link& link : chain.links()) {
    const auto mode = link.in_order ? tbb::filter_mode::serial_in_order : tbb::filter_mode::parallel;
    filters = filters & tbb::make_filter<Batch*, Batch*>(mode, [&link, &check](Batch* batch) {
                const Clock clock(link.busy_ns);
                // Nothing that comes after an error in input order passes an ordered link.
                if (link.failed) batch->status = absl::CancelledError("an earlier batch failed");
                if (batch->status.ok()) batch->status = Guarded([&] { return RunLink(link, *batch, check); });
                if (link.in_order) link.failed = !batch->status.ok();
                return batch;
              });
  }
  const auto last = [&](Batch* batch) {
    cost.batch_bytes.store(ring.MeasureAtEnd(*batch), std::memory_order_relaxed);
    if (first_error.ok() && !batch->status.ok()) {
      first_error = batch->status;
      context.cancel_group_execution();
    }
  };
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads));
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_pipeline(NumBatches(threads),
                           filters & tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, last), context);
  });
  return first_error;
}

}  // namespace unecho
