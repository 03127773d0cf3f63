// The command `layouts`: the built-in layouts, a line each, or the profile of one.
//
// Threads: a function without state. Failure: a name that no layout has: the error names those there are.
#ifndef UNECHO_SRC_COMMANDS_LAYOUTS_H_
#define UNECHO_SRC_COMMANDS_LAYOUTS_H_

#include <string>

#include "base/status.h"

namespace unecho {

// `show`: the layout whose profile is wanted; empty: the list.
absl::StatusOr<std::string> DescribeLayouts(const std::string& show);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_LAYOUTS_H_
