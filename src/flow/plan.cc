#include "flow/plan.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/memory.h"
#include "flow/runner.h"
#include "match/fates.h"
#include "options/match_fields.h"
#include "read/evaluation_sets.h"
#include "read/sources.h"

namespace unecho {

int NumThreads(const RunOptions& run) {
  return run.threads > 0 ? run.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Plan MakePlan(std::vector<InputFile> files, std::string_view stdin_name, const AnswerOptions& answer,
              const RunOptions& run, bool reviews, std::span<const std::string> earlier) {
  std::vector<InputFile> sets = NameAgainst(files, answer.against, stdin_name);
  std::vector<std::string> names;
  for (const InputFile& file : files) names.push_back(file.name);
  for (const InputFile& set : sets) names.push_back(set.name);
  names.insert(names.end(), earlier.begin(), earlier.end());
  const int threads = NumThreads(run);
  const BandPlan bands = PlanBands(answer.threshold, FieldThresholds(answer));
  const uint64_t limit = run.memory_bytes > 0 ? run.memory_bytes : DefaultMemoryLimit();
  const PlannedTables tables = {.dedup_lines = answer.clean.dedups() && !answer.clean.dedup_inside,
                                .counts_lines = answer.clean.dedup_at_least > 0,
                                .ignore_common = answer.ignore_common > 0,
                                .works = answer.comparison.by == CompareBy::kWorks,
                                .review = reviews,
                                .marks = MarkPlaces(SamenessOf(answer))};
  MemoryPlan memory = PlanMemory(bands, run, tables, threads, NumBatches(threads));
  memory.input_bytes = AheadBytes(files, threads, limit);
  memory.fixed_bytes += TableLibraryBytes(files);
  return {std::move(files), std::move(sets), SourceNames(names), threads, bands, memory, limit};
}

absl::Status CheckPlan(const Plan& plan) {
  if (plan.sources.size() > Fates::kMaxSources) {
    return absl::ResourceExhaustedError(absl::StrFormat("%d files are more than one run takes (%d); join some of them",
                                                        plan.sources.size(), Fates::kMaxSources));
  }
  return CheckMemory(plan.memory, {}, plan.memory_limit_bytes, 0);
}

}  // namespace unecho
