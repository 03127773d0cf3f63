// Two indexes into one: as if the records that the second has kept had come behind those of the first.
//
// What the second has kept is decided anew, from its tokens. So of two records that are the same one stays, and the
// group of the other goes to it. What the second has removed is not entered: its tokens are not there, and what it went
// for may have gone itself; when it comes again, it is looked at anew.
//
// Cost:    the runs of the first are copied and loaded; a record of the second costs what a new one does.
// Threads: blocks the caller. Failure: indexes that were made otherwise, or are damaged; a folder that has an index.
#ifndef UNECHO_SRC_FLOW_MERGE_INDEXES_H_
#define UNECHO_SRC_FLOW_MERGE_INDEXES_H_

#include <string>

#include "base/status.h"
#include "report/report.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

struct MergeIndexesOptions {
  std::string first, second, output;  // folders; the last one is made
  RunOptions run;
};

// What the first had, and how many kept records of the second were added.
[[nodiscard]] absl::StatusOr<IndexInfo> MergeIndexes(const MergeIndexesOptions& options,
                                                     const std::string& command_line, Listener& listener);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_MERGE_INDEXES_H_
