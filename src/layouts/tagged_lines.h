// Exports of bibliographies that no layout knows: each line begins with a tag of a few capitals, and some of them are
// known to be titles, authors or abstracts.
//
//   TI- On Rain        --TI-- On Rain        TI ~ On Rain
//   AU- Lee, Ann       --AU-- Lee, Ann       AU ~ Lee, Ann
//
// Cost: a pattern a line. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_TAGGED_LINES_H_
#define UNECHO_SRC_LAYOUTS_TAGGED_LINES_H_

#include <optional>
#include <span>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// Blocks between blank lines, where each begins with the same tag; one text, where the first tag does not come again;
// else a refusal: lines are no records.
std::optional<Detected> ByTaggedLines(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_TAGGED_LINES_H_
