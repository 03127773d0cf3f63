#include "flow/runner.h"

#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "absl/strings/str_format.h"
#include "base/memory.h"
#include "base/thread_team.h"

namespace unecho {
namespace {

// As many batches as the pipeline has tokens: the last stage is ordered, so the oldest is always the next to be free.
class BatchRing {
 public:
  explicit BatchRing(size_t count) : batches_(count), sizes_(count) {}
  Batch& Next() {
    Batch& batch = batches_[next_++ % in_use_];
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
  // Uses so many of them from now on. When none is in flight.
  void Use(size_t count) {
    in_use_ = count;
    next_ = 0;
  }
  // When none is in flight, but `kept` perhaps.
  void FreeAllBut(const Batch* kept) {
    for (Batch& batch : batches_) {
      if (&batch != kept) batch = Batch();
    }
    std::ranges::fill(sizes_, 0);
    total_ = 0;
  }

 private:
  std::vector<Batch> batches_;
  std::vector<uint64_t> sizes_;
  uint64_t total_ = 0;
  size_t next_ = 0, in_use_ = 1;
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

// No memory: what ends the run, and what would let it go on.
absl::Status OutOfMemory(const Batch& batch, const BatchSource& source, const RunTerms& terms) {
  const bool is_beyond_limit = WasRefusedForLimit();
  // A batch that has no size yet is being read.
  const size_t bytes = batch.size > 0 ? batch.size : batch.bytes.size();
  const std::string name = source.NameOf(batch);
  if (bytes > std::max(2 * terms.batch_bytes, kMemoryStep) && !name.empty()) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "%s: out of memory for a record of %d MiB at byte %d%s; raise --memory, or lower --max-record-bytes, and such "
        "records are rejected as too_long",
        name, bytes >> 20, batch.offset_bytes, is_beyond_limit ? ": --memory does not leave enough" : ""));
  }
  if (is_beyond_limit && terms.beyond_memory) return terms.beyond_memory();
  return absl::ResourceExhaustedError("out of memory; set --memory to what this process may have, or split the input");
}

// One link, one batch.
absl::Status RunStages(Chain::Link& link, Batch& batch, const CheckTables& check) {
  UNECHO_RETURN_IF_ERROR(link.Run(batch));
  if (!link.in_order || link.tables.empty()) return absl::OkStatus();
  link.table_bytes.store(link.MeasureTables(), std::memory_order_relaxed);
  return check();
}

// Runs on a thread of its own, so that the scratch which the stages keep for each thread goes when it is done. Where no
// thread can be had, on this one.
template <typename Work>
void RunOnThreadOfItsOwn(const Work& work) {
  std::thread thread;
  try {
    thread = std::thread(work);
  } catch (const std::system_error&) {
    return work();
  } catch (const std::bad_alloc&) {
    return work();
  }
  thread.join();
}

class Runner {
 public:
  Runner(BatchSource& source, Chain& chain, const RunTerms& terms, ReadCost& cost)
      : source_(source), chain_(chain), terms_(terms), cost_(cost), ring_(NumBatches(terms.threads)) {}

  absl::Status Run() {
    ThreadTeam team(terms_.threads);
    do {
      left_ = terms_.memory_left();
      room_ = RoomForBatches(left_, NumBatches(terms_.threads), terms_.batch_bytes);
      source_.SetBatchBytes(room_.batch_bytes);
      ring_.Use(room_.num_batches);
      is_short_ = false;
      large_ = nullptr;
      team.Execute([this] { RunPipeline(); });
      if (is_short_ || large_ != nullptr) ring_.FreeAllBut(large_);
      if (IsStopped() && first_error_.ok()) first_error_ = absl::CancelledError("interrupted");
      if (large_ != nullptr && first_error_.ok()) {
        for (Chain::Link& link : chain_.links())
          RunOnThreadOfItsOwn([&] { team.Execute([&] { RunLink(link, *large_); }); });
        End(*large_);
        ring_.FreeAllBut(nullptr);
      }
    } while ((is_short_ || large_ != nullptr) && first_error_.ok());
    return first_error_;
  }

 private:
  void RunPipeline() {
    tbb::filter<void, Batch*> filters =
        tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& control) {
          Batch* const batch = Read();
          if (batch == nullptr) control.stop();
          return batch;
        });
    for (Chain::Link& link : chain_.links()) {
      const auto mode = link.in_order ? tbb::filter_mode::serial_in_order : tbb::filter_mode::parallel;
      filters = filters & tbb::make_filter<Batch*, Batch*>(mode, [this, &link](Batch* batch) {
                  RunLink(link, *batch);
                  return batch;
                });
    }
    const auto last = [this](Batch* batch) { End(*batch); };
    tbb::parallel_pipeline(room_.num_batches,
                           filters & tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, last), context_);
  }

  // Runs `work`; memory that is not there is an error like any other.
  template <typename Work>
  absl::Status Guarded(const Batch& batch, const Work& work) const {
    try {
      return work();
    } catch (const std::bad_alloc&) {
      return OutOfMemory(batch, source_, terms_);
    } catch (const std::length_error&) {
      return OutOfMemory(batch, source_, terms_);
    }
  }

  bool IsStopped() const { return terms_.stop != nullptr && *terms_.stop != 0; }

  void RunLink(Chain::Link& link, Batch& batch) const {
    const Clock clock(link.busy_ns);
    // Nothing that comes after an error in input order passes an ordered link.
    if (link.failed) batch.status = absl::CancelledError("an earlier batch failed");
    if (batch.status.ok()) batch.status = Guarded(batch, [&] { return RunStages(link, batch, terms_.check); });
    if (link.in_order) link.failed = !batch.status.ok();
  }

  // Null: no batch that may go on beside those in flight.
  Batch* Read() {
    if (ended_) return nullptr;
    is_short_ = left_ > 0 && terms_.memory_left() < left_ / 2;
    if (is_short_) return nullptr;
    Batch& batch = ring_.Next();
    const Clock clock(cost_.busy_ns);
    bool filled = false;
    batch.status = Guarded(batch, [&] {
      if (IsStopped()) return absl::CancelledError("interrupted");
      const absl::StatusOr<bool> more = source_.Fill(batch);
      filled = more.ok() && *more;
      return more.status();
    });
    ended_ = !batch.status.ok() || !filled;  // what came before an error is written first
    if (batch.status.ok() && !filled) return nullptr;
    if (batch.status.ok() && batch.size > room_.beside_bytes) {
      cost_.largest_alone = std::max(cost_.largest_alone, uint64_t{batch.size});
      large_ = &batch;
      return nullptr;
    }
    cost_.largest_batch = std::max(cost_.largest_batch, uint64_t{batch.size});
    return &batch;
  }

  void End(Batch& batch) {
    cost_.batch_bytes.store(ring_.MeasureAtEnd(batch), std::memory_order_relaxed);
    if (!first_error_.ok() || batch.status.ok()) return;
    first_error_ = batch.status;
    context_.cancel_group_execution();
  }

  BatchSource& source_;
  Chain& chain_;
  const RunTerms& terms_;
  ReadCost& cost_;
  BatchRing ring_;
  tbb::task_group_context context_;
  absl::Status first_error_;  // touched by End() alone, which is in order

  // Touched in order, by the first filter and between pipelines.
  uint64_t left_ = 0;  // when the room was planned
  BatchRoom room_;
  bool ended_ = false;
  bool is_short_ = false;   // less is left by far: the room is planned anew
  Batch* large_ = nullptr;  // waits until it is alone
};

}  // namespace

absl::Status RunChain(BatchSource& source, Chain& chain, const RunTerms& terms, ReadCost& cost) {
  return Runner(source, chain, terms, cost).Run();
}

}  // namespace unecho
