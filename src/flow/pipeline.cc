#include "unecho/pipeline.h"

#include "flow/run.h"

namespace unecho {

absl::StatusOr<std::string> RunPipeline(const Options& options, const std::string& command_line, Listener& listener) {
  Run run(options, command_line, listener);
  const bool deferred = options.answer.keep != KeepPolicy::kFirst || options.answer.annotate;
  return deferred ? RunDeferred(run) : RunStreaming(run);
}

}  // namespace unecho
