#include "unecho/pipeline.h"

#include "base/status.h"
#include "flow/run.h"

namespace unecho {

namespace {

absl::StatusOr<RunResult> RunOf(const PipelineOptions& options, const std::string& command_line, Listener& listener) {
  UNECHO_RETURN_IF_ERROR(options.Validate());
  Run run(options, command_line, listener);
  UNECHO_ASSIGN_OR_RETURN(std::string table, IsDeferred(options.answer) ? RunDeferred(run) : RunStreaming(run));
  return RunResult{run.statistics.total(), std::move(table)};
}

}  // namespace

Result<RunResult> RunPipeline(const PipelineOptions& options, const std::string& command_line, Listener& listener) {
  return PublicCall([&] { return RunOf(options, command_line, listener); });
}

}  // namespace unecho
