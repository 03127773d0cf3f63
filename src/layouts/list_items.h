// Lists whose items are a title, with its text indented below: for --layout auto.
//
//     - On Rain
//
//       It rains, and rains again.
//
// All lines at the left margin begin with the same mark, and nearly all items have a text. A list of things to do, or
// of steps, has none.
//
// Cost:    a pass over the first lines. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_LIST_ITEMS_H_
#define UNECHO_SRC_LAYOUTS_LIST_ITEMS_H_

#include <optional>
#include <span>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

std::optional<Detected> ByItems(std::span<const Line> lines);

// References and the like: "12. Smith J. A study of ...", in lines that were broken where they were full. A text each,
// or one text where other paragraphs stand between them.
std::optional<Detected> ByWrappedNumbers(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LIST_ITEMS_H_
