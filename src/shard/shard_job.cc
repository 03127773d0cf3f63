#include "shard/shard_job.h"

#include "absl/strings/str_format.h"

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
