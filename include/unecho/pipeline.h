// A run: dumps in; corpus, provenance and report out.
//
// Cost:    a pass over the inputs; a second one where a later record may change what is kept (--keep other than first).
// Threads: blocks the caller; TBB inside.
// Failure: the first error in input order, for any number of threads. Nothing is committed then; what has gone to
//          standard output stays.
#ifndef UNECHO_PIPELINE_H_
#define UNECHO_PIPELINE_H_

#include <string>

#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

// clean, segment, dedup. Returns the table for stderr.
absl::StatusOr<std::string> RunPipeline(const PipelineOptions& options, const std::string& command_line,
                                        Listener& listener);

}  // namespace unecho

#endif  // UNECHO_PIPELINE_H_
