// Memory as it is planned, allowed and measured.
#ifndef UNECHO_MEMORY_H_
#define UNECHO_MEMORY_H_

#include <cstdint>
#include <string>

#include "unecho/options.h"
#include "unecho/sketch.h"
#include "unecho/status.h"

namespace unecho {

// 3/4 of the smallest of: physical memory, the cgroup's limit (v2 or v1), RLIMIT_AS.
uint64_t DefaultMemoryLimit();

// High-water mark of the resident set of this process.
uint64_t PeakResidentBytes();

// fixed + batches + input + per_kept * kept records + per_unique * distinct token sequences + 4 * tokens of kept records
// + per_line * distinct lines.
struct MemoryPlan {
  uint64_t fixed_bytes = 0;        // program, libraries, tables at their first size
  uint64_t batch_bytes = 0;        // all batches in flight
  uint64_t input_bytes = 0;        // decompressed ahead, at most; AheadBytes() of input.h
  uint64_t per_kept_bytes = 0;
  uint64_t per_unique_bytes = 0;
  uint64_t per_token_bytes = 4;    // of kept records
  uint64_t per_line_bytes = 0;     // --dedup-lines, --dedup-paragraphs: of distinct ones
};
MemoryPlan PlanMemory(const BandPlan& bands, const RunOptions& run, bool dedup_lines, int threads, size_t num_batches);
// The plan for what a run turned out to hold.
uint64_t PlannedBytes(const MemoryPlan& plan, uint64_t kept_records, uint64_t distinct_records, uint64_t kept_tokens);
std::string Describe(const MemoryPlan& plan, uint64_t limit_bytes);

// kResourceExhausted, naming --memory, when `used` (tables) and the plan's fixed parts do not fit.
absl::Status CheckMemory(const MemoryPlan& plan, uint64_t used_bytes, uint64_t limit_bytes, uint64_t kept_records);

}  // namespace unecho

#endif  // UNECHO_MEMORY_H_
