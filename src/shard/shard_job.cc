#include "shard/shard_job.h"

#include <algorithm>

#include "base/memory.h"
#include "flow/plan.h"

namespace unecho {

PipelineOptions WithoutOutputs(const ShardJob& job) {
  PipelineOptions options = job.options;
  options.dry_run = true;
  for (std::string* output :
       {&options.provenance, &options.rejects, &options.removed, &options.review, &options.report})
    output->clear();
  options.output = "-";
  options.output_dir.clear();
  return options;
}

uint64_t MemoryFor(const ShardJob& job, uint64_t needed_bytes) {
  const uint64_t given = job.options.run.memory_bytes, limit = given > 0 ? given : DefaultMemoryLimit();
  const uint64_t resident = limit - std::min(limit, ResidentLeft());
  return ((resident + kBesideBytes + needed_bytes) >> 20) + 1;
}

int ThreadsFor(const ShardJob& job, uint64_t bytes) {
  constexpr uint64_t kBytesEach = uint64_t{16} << 20;
  if (job.options.run.threads > 0) return job.options.run.threads;
  return static_cast<int>(
      std::clamp<uint64_t>(bytes / kBytesEach, 1, static_cast<uint64_t>(NumThreads(job.options.run))));
}

uint64_t BytesOf(const ShardPlan& plan, size_t shard) {
  uint64_t bytes = 0;
  for (size_t i = plan.first_source[shard]; i < plan.first_source[shard + 1]; ++i) bytes += plan.sources[i].bytes;
  return bytes;
}

absl::StatusOr<bool> RunTask(const ShardJob& job, Step step, size_t task) {
  if (IsDone(job.folder, step, task)) {
    UNECHO_RETURN_IF_ERROR(TaskReader::Open(job.folder, step, task, job.plan.digest).status());
    return false;
  }
  switch (step) {
    case Step::kSign: UNECHO_RETURN_IF_ERROR(SignShard(job, task)); break;
    case Step::kPairs: UNECHO_RETURN_IF_ERROR(FindPairs(job, task)); break;
    case Step::kResolve: UNECHO_RETURN_IF_ERROR(ResolveComponents(job)); break;
    case Step::kDecide: UNECHO_RETURN_IF_ERROR(DecideGroup(job, task)); break;
    case Step::kWrite: UNECHO_RETURN_IF_ERROR(WriteShard(job, task)); break;
    case Step::kCount: break;
  }
  return true;
}

}  // namespace unecho
