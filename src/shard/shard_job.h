// A run in shards: its steps, in order, each of tasks that may run anywhere and in any order. docs/design.md, "Shards".
//
//   sign     a shard      bytes -> prepare | exact | sketch: records, tokens, sketches, and keys by partition
//   pairs    a partition  equal keys -> links between token sequences that could meet in a run of all
//   resolve  one task     links -> components -> groups of components
//   decide   a group      its records, in priority order -> exact | sketch | near: fates, as a run of all decides
//   write    a shard      bytes, read again -> fates | format: corpus and provenance
//
// Why. What becomes of a record depends on records that it meets, and on what becomes of these: on its component. So
// components may be decided apart, by the code that decides a whole run, and the answer is the same, byte by byte.
//
// Cost:    every input is read twice; what goes from step to step is said at each. Memory: sign and write as a run of
//          the shard; pairs 4 bytes an entry of the partition, and 32 one whose key comes again, or what --memory
//          leaves, if less; resolve 17 a distinct record of all; decide as a run of the group's records.
// Threads: each blocks the caller, and uses the threads of the options.
// Failure: that of the run; files that are missing, damaged, or of another plan.
#ifndef UNECHO_SRC_SHARD_SHARD_JOB_H_
#define UNECHO_SRC_SHARD_SHARD_JOB_H_

#include <cstddef>
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

inline size_t NumTasks(const ShardPlan& plan, Step step) { return step == Step::kResolve ? 1 : plan.num_shards(); }

[[nodiscard]] absl::Status SignShard(const ShardJob& job, size_t shard);
[[nodiscard]] absl::Status FindPairs(const ShardJob& job, size_t partition);
[[nodiscard]] absl::Status ResolveComponents(const ShardJob& job);
[[nodiscard]] absl::Status DecideGroup(const ShardJob& job, size_t group);
[[nodiscard]] absl::Status WriteShard(const ShardJob& job, size_t shard);

// The step's task, unless it is done: true if it was done now.
absl::StatusOr<bool> RunTask(const ShardJob& job, Step step, size_t task);

// Options of a run that writes nothing, for the steps before the last.
PipelineOptions WithoutOutputs(const ShardJob& job);

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_SHARD_JOB_H_
