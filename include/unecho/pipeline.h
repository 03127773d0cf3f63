// A run: dumps in; corpus, provenance and report out.
//
// Cost:    a pass over the inputs; a second one where a later record may change what is kept (--keep other than first).
// Threads: blocks the caller; TBB inside.
// Failure: the first error in input order, for any number of threads. Nothing is committed then; what has gone to
//          standard output stays. Nothing is thrown, printed or exited; no signal handler is installed. So a program
//          that writes to a pipe ignores SIGPIPE, and a reader that has gone is kAborted.
// Memory:  RunOptions::memory_bytes is held against tables and batches as they grow. The program unecho refuses single
//          allocations beyond it, too, by an operator new of its own, which a library leaves alone. Where the system
//          itself has none left for a hash table that grows, the process ends: such a table cannot be undone.
#ifndef UNECHO_PIPELINE_H_
#define UNECHO_PIPELINE_H_

#include <string>

#include "unecho/api.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

struct RunResult {
  Ledger ledger;      // of all sources: bytes by class, records by fate and by reason
  std::string table;  // for people: what became of the records of each source
};

// clean, segment, dedup. `command_line`: what the report says was called; may be empty.
UNECHO_API Result<RunResult> RunPipeline(const PipelineOptions& options, const std::string& command_line,
                                         Listener& listener);

}  // namespace unecho

#endif  // UNECHO_PIPELINE_H_
