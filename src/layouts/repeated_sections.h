// Documents in Markdown one after the other in one file: each heading of a level has the same headings below it.
//
//   # Pancakes
//   ## Ingredients
//   ## Method
//   # Omelette
//   ## Ingredients
//
// A recipe is a record, and its ingredients are none; so are lectures with a summary and exercises. What a listing has
// below its titles (### Abstract) is known to the layouts of listings, which read it as fields; versions in a list of
// changes are one text.
//
// Cost: a pass over the head. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_REPEATED_SECTIONS_H_
#define UNECHO_SRC_LAYOUTS_REPEATED_SECTIONS_H_

#include <optional>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// Asked only with all of the head.
std::optional<Detected> ByRepeatedSections(const Head& head);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_REPEATED_SECTIONS_H_
