#include "flow/runner.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <new>

#include "base/batch.h"

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

absl::Status Guarded(const std::function<absl::Status(Batch&)>& work, Batch& batch) {
  try {
    return work(batch);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        "out of memory; set --memory to what this process may have, or split the input");
  }
}

}  // namespace

absl::Status RunStages(const Fill& fill, std::deque<Stage>& stages, int threads, FillCost& cost) {
  BatchRing ring(NumBatches(threads));
  absl::Status first_error;  // touched by the last stage alone
  tbb::task_group_context context;

  bool ended = false;  // touched by the first stage alone
  const auto first = [&](tbb::flow_control& control) -> Batch* {
    if (ended) {
      control.stop();
      return nullptr;
    }
    Batch& batch = ring.Next();
    const Clock clock(cost.busy_ns);
    bool filled = false;
    batch.status = Guarded(
        [&](Batch& b) {
          const absl::StatusOr<bool> more = fill(b);
          filled = more.ok() && *more;
          return more.status();
        },
        batch);
    if (batch.status.ok() && !filled) {
      control.stop();
      return nullptr;
    }
    cost.largest_batch = std::max(cost.largest_batch, uint64_t{batch.size});
    ended = !batch.status.ok();  // what came before the error is written first
    return &batch;
  };
  tbb::filter<void, Batch*> chain = tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, first);
  for (Stage& stage : stages) {
    const auto mode = stage.in_order ? tbb::filter_mode::serial_in_order : tbb::filter_mode::parallel;
    chain = chain & tbb::make_filter<Batch*, Batch*>(mode, [&stage](Batch* batch) {
              const Clock clock(stage.busy_ns);
              // Nothing that comes after an error in input order passes an ordered stage.
              if (stage.failed) batch->status = absl::CancelledError("an earlier batch failed");
              if (batch->status.ok()) batch->status = Guarded(stage.work, *batch);
              if (stage.in_order) stage.failed = !batch->status.ok();
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
                           chain & tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, last), context);
  });
  return first_error;
}

}  // namespace unecho
