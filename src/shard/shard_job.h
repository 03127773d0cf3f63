// A run in shards: its steps, in order, each of tasks that may run anywhere and in any order. docs/design.md, "Shards".
//
//   sign     a shard      bytes -> prepare | exact | sketch: records, tokens, sketches, and keys by partition
//   pairs    a partition  equal keys -> links between token sequences that could meet in a run of all
//   resolve  one task     links -> components -> groups of components
//   decide   a group      its records, in priority order -> exact | sketch | near: fates of token sequences, as a run
//                         of all decides
//   write    a shard      bytes, read again -> fates | format: corpus and provenance
//
// Why. What becomes of a record depends on records that it meets, and on what becomes of these: on its component. So
// components may be decided apart, by the code that decides a whole run, and the answer is the same, byte by byte.
//
// Cost:    every input is read twice; what goes from step to step is said at each. Memory: sign and write as a run of
//          the shard; pairs 4 bytes an entry of the partition, and 32 one whose key comes again, or what --memory
//          leaves, if less; resolve 12 or 16 a distinct record of all; decide as a run of the group's distinct records.
// Threads: each blocks the caller, and uses the threads of the options.
// Failure: that of the run; files that are missing, damaged, or of another plan.
#ifndef UNECHO_SRC_SHARD_SHARD_JOB_H_
#define UNECHO_SRC_SHARD_SHARD_JOB_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"
#include "read/input.h"
#include "shard/shard_plan.h"
#include "shard/task_files.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

struct ShardJob {
  std::string folder;
  ShardPlan plan;
  PipelineOptions options;         // of the plan's command line
  std::vector<InputFile> sources;  // all of them
  std::string command_line;
  Listener& listener;
};

// Of the records of a shard that have the same tokens the first is kept if one is: then `decide` has to see no other.
inline bool FirstStandsForAll(const AnswerOptions& answer) {
  return answer.keep == KeepPolicy::kFirst || answer.keep == KeepPolicy::kLongest;
}
inline size_t NumTasks(const ShardPlan& plan, Step step) { return step == Step::kResolve ? 1 : plan.num_shards(); }

[[nodiscard]] absl::Status SignShard(const ShardJob& job, size_t shard);
[[nodiscard]] absl::Status FindPairs(const ShardJob& job, size_t partition);
[[nodiscard]] absl::Status ResolveComponents(const ShardJob& job);
[[nodiscard]] absl::Status DecideGroup(const ShardJob& job, size_t group);
[[nodiscard]] absl::Status WriteShard(const ShardJob& job, size_t shard);

// The step's task, unless it is done: true if it was done now.
absl::StatusOr<bool> RunTask(const ShardJob& job, Step step, size_t task);

// What a task holds beside that which grows with what it reads: files that are mapped, and those that it writes.
inline constexpr uint64_t kBesideBytes = uint64_t{20} << 20;
// What --memory has to be, in MiB, for a task that needs so many bytes more than that, and than it has now.
uint64_t MemoryFor(const ShardJob& job, uint64_t needed_bytes);

// Threads of a task that has so many bytes to go through, where nobody has said how many: the second of a small one
// costs more than it does. Of 7 shards of 20 MB `sign` took 0.38 CPU seconds with two threads and 0.31 with one,
// `decide` 0.17 and 0.12, `write` 0.15 and 0.10.
int ThreadsFor(const ShardJob& job, uint64_t bytes);
// The bytes of the sources of a shard.
uint64_t BytesOf(const ShardPlan& plan, size_t shard);

// Options of a run that writes nothing, for the steps before the last.
PipelineOptions WithoutOutputs(const ShardJob& job);

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_SHARD_JOB_H_
