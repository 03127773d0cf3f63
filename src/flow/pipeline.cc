#include "unecho/pipeline.h"

#include "flow/run.h"

namespace unecho {

absl::StatusOr<std::string> RunPipeline(const PipelineOptions& options, const std::string& command_line,
                                        Listener& listener) {
  UNECHO_RETURN_IF_ERROR(options.Validate());
  Run run(options, command_line, listener);
  return IsDeferred(options.answer) ? RunDeferred(run) : RunStreaming(run);
}

}  // namespace unecho
