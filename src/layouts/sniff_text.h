// `--layout auto` for text that shows no other layout: one text, paragraphs, lines, or nothing that is sure.
//
// Cost:    a few passes over the first lines. Threads: functions without state. Failure: Detected::layout is null.
#ifndef UNECHO_SRC_LAYOUTS_SNIFF_TEXT_H_
#define UNECHO_SRC_LAYOUTS_SNIFF_TEXT_H_

#include <optional>
#include <string_view>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// What the first lines take, as far as a decision by lines looks.
std::string_view HintBytes(const Head& head);
// Text has no zero bytes. A few are damage; more are another kind of file, or another encoding.
std::optional<Detected> ByZeros(const Head& head);
// By the first lines alone, so that more of them change nothing.
Detected ByGaps(const Head& head);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SNIFF_TEXT_H_
