#include "flow/ignore_common.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <new>

namespace unecho {

absl::Status IgnoreCommon::Find(Run& run) {
  const uint64_t more_than = run.options.answer.ignore_common;
  if (more_than == 0) return absl::OkStatus();
  run.progress.phase = "counting shingles";
  const auto start = std::chrono::steady_clock::now();
  std::atomic<uint64_t> peak_bytes{0};
  try {
    const std::vector<uint32_t> texts = remembered_.DistinctTexts();
    uint64_t num_shingles = 0;
    for (const uint32_t text : texts) num_shingles += remembered_.NumShingles(text);
    const uint64_t held_bytes = remembered_.memory_bytes() + texts.size() * sizeof(uint32_t);
    const auto check = [&](uint64_t bytes) -> absl::Status {
      if (run.options.run.stop != nullptr && *run.options.run.stop != 0) return absl::CancelledError("interrupted");
      for (uint64_t peak = peak_bytes; bytes > peak && !peak_bytes.compare_exchange_weak(peak, bytes);) continue;
      return CheckMemory(run.plan.memory, {.tables_bytes = held_bytes + bytes}, run.plan.memory_limit_bytes,
                         run.fates.num_kept());
    };
    const auto shingles_of = [&](size_t record, std::vector<uint64_t>& scratch) {
      return remembered_.ShinglesOf(texts[record], scratch);
    };
    UNECHO_ASSIGN_OR_RETURN(
        shingles_, FindCommonShingles({texts.size(), num_shingles, shingles_of}, more_than, run.plan.threads, check));
    common_.resize(remembered_.num_unique());
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        "out of memory; set --memory to what this process may have, or split the input");
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  run.facts.stages.push_back({"common.count", seconds.count(), peak_bytes});
  return absl::OkStatus();
}

void IgnoreCommon::operator()(Batch& batch) {
  if (!shingles_) return;
  for (const Record& record : batch.records) common_[record.unique] = record.common;
}

void IgnoreCommon::Describe(RunFacts& facts) const {
  if (!shingles_) return;
  facts.common.shingles = shingles_->size();
  remembered_.ForEachRecord([&](uint32_t unique) {
    facts.common.records += common_[unique] == Record::Common::kSome;
    facts.common.whole += common_[unique] == Record::Common::kAll;
  });
}

}  // namespace unecho
