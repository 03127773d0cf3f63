// The statistics of a finished run, from its provenance alone: what the table at its end said, and how similar, how
// large and between which sources the groups are.
//
// Cost:    the provenance is streamed; 8 bytes a record, and the names of the witnesses.
// Threads: one caller.
// Failure: a file that cannot be read, a line that is no provenance: named.
#ifndef UNECHO_SRC_COMMANDS_STATS_H_
#define UNECHO_SRC_COMMANDS_STATS_H_

#include <string>

#include "base/status.h"

namespace unecho {

// Text for a terminal, one screen. Sizes are those of the records; what lay between them the provenance does not say.
// `as_json`: all of it, and every pair of sources, for machines.
absl::StatusOr<std::string> DescribeProvenance(const std::string& path, bool as_json);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_STATS_H_
