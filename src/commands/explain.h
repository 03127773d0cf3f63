// The whole story of one record, for a person: where it is, what each rule said of it, what became of it and why, and
// how it differs from its witness.
//
// In:      a reference; the provenance of a run, its inputs and its options (or its report).
// Out:     text for a terminal. With `colour`, the word diff is coloured.
// Cost:    the sources of the record and of its witness are read once more, each up to the record. What is compared is
//          recomputed by reference.h.
// Threads: one caller.
// Failure: an unknown reference, a source that is not given, what cannot be read: a Status that says what to do.
#ifndef UNECHO_SRC_COMMANDS_EXPLAIN_H_
#define UNECHO_SRC_COMMANDS_EXPLAIN_H_

#include <string>
#include <vector>

#include "base/status.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

// `unecho explain`; with a report, parameters and inputs of the run come from there.
struct ExplainOptions {
  std::string ref;
  std::vector<std::string> inputs;
  std::string stdin_name = "-";
  AnswerOptions answer;
  std::string provenance;
  std::string report;  // empty: `answer` says how the run was made
};
absl::StatusOr<std::string> Explain(const ExplainOptions& options, bool colour);

// `unecho clean --explain REF`: a run that writes no corpus, and then its story.
absl::StatusOr<std::string> RunAndExplain(const PipelineOptions& options, const std::string& ref,
                                          const std::string& command_line, Listener& listener, bool colour);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_EXPLAIN_H_
