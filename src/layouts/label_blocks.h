// Records whose parts have labels, in formats that nobody has named: by the line that each of them begins with.
//
//     Record #1 of 4        <1>               [Term]             [[paper]]            product/productId: B0
//     TI: On Rain           Title             id: GO:0           title = "On Rain"    review/summary: On Rain
//     AB: It rains.           On Rain         name: On Rain      abstract = "..."     review/text: It rains.
//
// Such a line counts up, or is a name in brackets, or has the label of a title, or a label behind a blank line or a
// ruler; it comes three times at least, and the blocks below it share other labels. What is title and text the labels
// say, by the names that fields have in any layout. Records that have no such names are compared by all of their lines.
//
// Cost:    some passes over the head. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_LABEL_BLOCKS_H_
#define UNECHO_SRC_LAYOUTS_LABEL_BLOCKS_H_

#include <optional>
#include <span>
#include <string>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// Asked only with all of the head.
std::optional<Detected> ByLabels(const Head& head);
// The labels that the source begins with come again, all of them, behind a blank line: messages one after the other,
// and no mail. Of two of them nobody can say.
std::optional<Detected> ByHeads(const Head& head);
// Whether these lines show anything of it: then the whole head is needed.
bool MayBeLabelled(const Head& head);
// "ID:, TI:, AB:" of lines most of which have labels that come again, in equal numbers; empty: they do not. Such lines
// do not stand for themselves.
std::string LabelsThatComeAgain(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LABEL_BLOCKS_H_
