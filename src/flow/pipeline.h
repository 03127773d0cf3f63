// RunPipeline() of unecho/pipeline.h, for who writes more of a run than its outputs.
//
// Threads, failure: as there.
#ifndef UNECHO_SRC_FLOW_PIPELINE_H_
#define UNECHO_SRC_FLOW_PIPELINE_H_

#include <functional>
#include <string>

#include "base/status.h"
#include "unecho/pipeline.h"

namespace unecho {

// `write_more` is called when the outputs are there, the tables of the run are gone, and the index is still as it was:
// it stays so after an error. So whoever runs again has lost nothing.
Result<RunResult> RunPipelineAnd(const std::function<absl::Status()>& write_more, const PipelineOptions& options,
                                 const std::string& command_line, Listener& listener);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_PIPELINE_H_
