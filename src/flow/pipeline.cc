#include "unecho/pipeline.h"

#include <utility>
#include <vector>

#include "base/interrupt.h"
#include "flow/run.h"
#include "read/choose_comparison.h"
#include "read/sources.h"

namespace unecho {

absl::StatusOr<std::string> RunPipeline(const PipelineOptions& given, const std::string& command_line,
                                        Listener& listener) {
  UNECHO_RETURN_IF_ERROR(given.Validate());
  PipelineOptions options = given;
  std::vector<InputFile> sources = NameSources(options.inputs, options.answer, options.stdin_name);
  if (options.command == Command::kSegment) options.answer.chooses_comparison = false;
  if (const std::string chosen = ChooseComparison(sources, &InterruptSignal(), options.answer); !chosen.empty()) {
    listener.Info(chosen + "\n");
    UNECHO_RETURN_IF_ERROR(options.Validate());
  }
  Run run(options, std::move(sources), command_line, listener);
  return IsDeferred(options.answer) ? RunDeferred(run) : RunStreaming(run);
}

}  // namespace unecho
