// What layouts make of the beginning of a source: those whose [detect] hints show up are tried on it.
//
// Cost:    the head is read once by each layout that shows a hint. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_SNIFF_TRIAL_H_
#define UNECHO_SRC_LAYOUTS_SNIFF_TRIAL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "layouts/profile.h"
#include "layouts/sniff.h"
#include "layouts/source_head.h"
#include "unecho/layouts.h"

namespace unecho {

// What a layout makes of these bytes.
struct Trial {
  size_t records = 0, accepted = 0;             // all; those that are not rejected
  size_t usable = 0, whole = 0;                 // records; those with a text besides the title
  size_t whole_of_list = 0;                     // ... whose title is an item of a list
  size_t titled = 0;                            // ... whose title looks like one, and is no item
  size_t with_text = 0;                         // ... whose text is more than another title
  size_t bare_items = 0;                        // numbered lines without a text of their own
  uint64_t record_bytes = 0, orphan_bytes = 0;  // orphans: text that belongs to no record
  uint64_t left_out_bytes = 0;                  // of the records, and no text of theirs
};
Trial Try(const Layout& layout, std::string_view bytes);

// Whether the layout finds records in these bytes, by lines of its own, and no text that belongs to none.
bool ReadsAll(const Layout& layout, std::string_view bytes);

const Line* FirstMatch(const Head& head, const Pattern& pattern, size_t num_lines);
// How many bytes of what is not blank are one of `begins`; 0 if nothing is asked for; nothing if none is.
std::optional<size_t> BeginsLike(std::string_view bytes, const Detection& detect);

// Is a layout taken by what it finds, and not by how a source begins alone?
bool IsTried(const Layout& layout);
// Whether any of those shows a hint, or a page its furniture: then the whole head is needed.
bool MayBeTried(const Head& head);
// Asked only with all of the head: the layout that finds most records.
std::optional<Detected> ByTrial(const Head& head);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SNIFF_TRIAL_H_
