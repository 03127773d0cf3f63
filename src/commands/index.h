// The command `index`: what an index holds, whether it is whole, and its kept records as JSON lines.
//
// Cost:    `info` reads the manifest, and the names of the sources; `check` and `export` all blocks, once and twice.
//          Memory: 4 bytes a kept record.
// Threads: one caller.
// Failure: what is damaged: a Status that names the file and the byte.
#ifndef UNECHO_SRC_COMMANDS_INDEX_H_
#define UNECHO_SRC_COMMANDS_INDEX_H_

#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"

namespace unecho {

// Text for a terminal: what it was made with, and its runs. `as_json`: for machines.
absl::StatusOr<std::string> DescribeIndex(const std::string& path, bool as_json);

// Reads every block: checksums, columns, places. A line that says what is there.
absl::StatusOr<std::string> CheckIndex(const std::string& path);

// write(lines) for the kept records in order, a JSON object each: `ref`, `id` if they have one, `tokens`, `members` of
// their groups, `run`.
// `output`: where they go; not into the index.
absl::Status ExportIndex(const std::string& path, const std::string& output,
                         const std::function<absl::Status(std::string_view)>& write);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_INDEX_H_
