// The memory of a run as it is planned and allowed. All sizes are bytes.
//
// Cost:    additions. Threads: functions without state.
// Failure: a limit that the plan or the run cannot hold: kResourceExhausted, with the option that mends it.
#ifndef UNECHO_SRC_FLOW_MEMORY_PLAN_H_
#define UNECHO_SRC_FLOW_MEMORY_PLAN_H_

#include <cstdint>
#include <string>

#include "base/status.h"
#include "match/marks.h"
#include "match/sketch.h"
#include "unecho/options.h"

namespace unecho {

// fixed + batches + input + per_kept * kept records + per_unique * distinct token sequences + 2 to 4 * tokens of
// kept records + per_line * distinct lines; of what went to disk per_frozen, as far as tables have room, and next to
// nothing beyond (but marks). Made before the run, and never changed by it.
struct MemoryPlan {
  uint64_t fixed_bytes = 0;  // program, libraries, tables at their first size
  uint64_t num_batches = 0;  // in flight
  uint64_t batch_size = 0;   // bytes of content
  uint64_t batch_bytes = 0;  // all together
  uint64_t input_bytes = 0;  // decompressed ahead, at most, with the decoders' windows; AheadBytes() of input.h
  uint64_t per_kept_bytes = 0;
  bool has_tokens = true;
  uint64_t per_kept_marks_bytes = 0;   // --key, --differ, --within: part of it
  uint64_t per_kept_review_bytes = 0;  // --review: part of it, with fields of the usual length
  uint64_t per_unique_bytes = 0;
  uint64_t per_frozen_bytes = 0;           // of a kept record that went to disk
  uint64_t per_frozen_unique_bytes = 0;    // of a token sequence
  uint64_t per_counted_shingle_bytes = 0;  // --ignore-common: at most, while they are counted
  uint64_t per_common_shingle_bytes = 0;
  uint64_t per_line_bytes = 0;  // --dedup-lines and its kin: of distinct ones
};
// How batches are run where so much memory is left for them: everything that is in flight has room at its worst.
//
// A batch of records of a letter each, and one long record of nothing but tags or commas, take more for each byte than
// text does by far. So while memory is short batches are smaller, then fewer, and what is longer than `beside_bytes`
// waits until no other is in flight.
struct BatchRoom {
  size_t num_batches = 1;  // in flight
  size_t batch_bytes = 0;
  uint64_t beside_bytes = 0;  // of content: what may be in flight beside others
};
BatchRoom RoomForBatches(uint64_t left_bytes, size_t most_batches, size_t batch_bytes);

struct PlannedTables {
  bool dedup_lines = false;  // across records
  bool counts_lines = false;
  bool ignore_common = false;
  bool works = false;   // --compare works: no bands, sketches and tokens
  bool review = false;  // as the records come; deferred output remembers those in pairs alone
  MarkPlaces marks;
};
MemoryPlan PlanMemory(const BandPlan& bands, const RunOptions& run, const PlannedTables& tables, int threads,
                      size_t num_batches);
// What a run turned out to hold.
struct MemoryUse {
  uint64_t kept_records = 0, distinct_records = 0, token_bytes = 0;  // in memory
  uint64_t frozen_records = 0, frozen_distinct = 0;                  // on disk
  uint64_t frozen_room = UINT64_MAX;                                 // what these may take of memory
  uint64_t largest_batch = 0;  // bytes of content: more than was asked for where a record is longer
  uint64_t largest_alone = 0;  // of one that had no other beside it
  uint64_t input_bytes = 0;    // decompressed ahead, and the decoders' windows, at their most
};
// The plan for that. Input counts as far as it was used, and no further than it was planned.
uint64_t PlannedBytes(const MemoryPlan& plan, const MemoryUse& use);
std::string Describe(const MemoryPlan& plan, uint64_t limit_bytes);

// kResourceExhausted, naming --memory, when these do not fit beside the plan's fixed part. Batches and input count as
// planned, or as they are where that is more: long records, large windows of a decoder.
struct MemoryNeed {
  uint64_t tables_bytes = 0, batch_bytes = 0, input_bytes = 0;
  uint64_t sets_bytes = 0;  // evaluation sets: part of the tables
};
absl::Status CheckMemory(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes, uint64_t kept_records);
// The same error, of a run that came to the limit whatever these say.
absl::Status BeyondMemory(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes, uint64_t kept_records);
// What is left for batches beside these tables and the input.
uint64_t LeftForBatches(const MemoryPlan& plan, const MemoryNeed& need, uint64_t limit_bytes);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_MEMORY_PLAN_H_
