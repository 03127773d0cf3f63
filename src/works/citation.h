// "J Coast Med. 12(3):314-320, 2011.": a place in a journal in one field, as Ovid and other databases have it -> its
// parts.
//
// Cost:    up to four patterns over a line. Threads: a function without state.
// Failure: none; what is no citation has no parts.
#ifndef UNECHO_SRC_WORKS_CITATION_H_
#define UNECHO_SRC_WORKS_CITATION_H_

#include <optional>
#include <string_view>

namespace unecho {

struct Citation {
  std::string_view container;              // what stands in front of the volume
  std::string_view volume, number, pages;  // the last two may be empty
  std::string_view year;
};

// Views of `text`. Only what has a volume with a number or pages, and a year beside it, is a citation: "ISO 12: 3" is
// none.
std::optional<Citation> CitationIn(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_WORKS_CITATION_H_
