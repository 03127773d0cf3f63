// Options by the names that they have on the command line, for whoever takes them from people in another form: a
// language that is not C++, a file of settings. There is one table of options, and this reads it as the program does.
//
//   unecho clean dumps --threshold 0.8 --key doi --mark
//
// is PipelineOptionsByName(Command::kClean, {"dumps"}, named, listener), where `named` has {"threshold", {"0.8"}},
// {"key", {"doi"}} and {"mark", {}}.
//
// In:      names without the dashes in front, in which - and _ are one; values as one would type them. Several values
//          are a list: of an option that may be given again each is one, else they are joined by commas.
// Out:     options that are checked. Folders among the inputs are walked; `run.stop` is null.
// Cost:    once a run. Threads: functions without state.
// Failure: kInvalidArgument, in the words of the command line: a name that the command does not have, a value that it
//          does not take; options that are about the talk of a program (help, quiet, verbose, explain), or of an HTML
//          page. Files: that of the run.
#ifndef UNECHO_NAMED_OPTIONS_H_
#define UNECHO_NAMED_OPTIONS_H_

#include <span>
#include <string>
#include <vector>

#include "unecho/api.h"
#include "unecho/deduplicator.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

struct NamedOption {
  std::string name;                 // "min_length"
  std::vector<std::string> values;  // none: a flag that is set
};

// `listener` hears warnings.
UNECHO_API Result<PipelineOptions> PipelineOptionsByName(Command command, const std::vector<std::string>& inputs,
                                                         std::span<const NamedOption> named, Listener& listener);
UNECHO_API Result<AuditOptions> AuditOptionsByName(const std::vector<std::string>& inputs,
                                                   std::span<const NamedOption> named);
// Those of `unecho dedup` that are about single texts: matching, cleaning, threads.
UNECHO_API Result<DeduplicatorOptions> DeduplicatorOptionsByName(std::span<const NamedOption> named);

}  // namespace unecho

#endif  // UNECHO_NAMED_OPTIONS_H_
