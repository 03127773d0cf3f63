// What tells a listing in Markdown from a text with headings.
//
// Cost:    a few patterns a line. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_LISTING_RULES_H_
#define UNECHO_SRC_LAYOUTS_LISTING_RULES_H_

#include <span>
#include <string_view>

#include "layouts/source_head.h"

namespace unecho {

bool IsHeading(std::string_view line);     // "## Title"
bool IsProseLine(std::string_view text);   // of prose: no label, link, quotation, item, row or tag
bool BeginsAsItem(std::string_view text);  // "- ...", "2. ..."
// More than one heading that is a paragraph of its own. A comment in a list of words is none.
bool HasHeadings(std::span<const Line> lines);
// Are the lines of # comments, as in lists of words and files of settings? More of them stand in a row, of which all
// but the last would be headings of nothing, than are headings. Where a link is, or a heading of a lower level with
// something below it, it is Markdown.
bool HasComments(std::span<const Line> lines);
// The lines behind front matter; empty if there is none, or nothing behind it.
std::span<const Line> BehindFrontMatter(const Head& head);
// Are these lines a listing, and not one text with headings? Most of its headings are links, or what a record says of
// itself comes below them; or most of it are bullets that begin with a link or something bold, or rows of a table.
bool IsListing(std::span<const Line> lines);

// Are these lines one document, and no listing? A title with an introduction below it, or text in front of the first
// heading; sections that a document has once (abstract, introduction, references); front matter, or the lines of % that
// pandoc knows, above headings. What IsListing() takes is none. `has_front_matter`: it stood above these lines.
bool IsDocument(std::span<const Line> lines, bool has_front_matter);

// Are two of the headings versions ("## 1.2.0 - 2024-03-01")?
bool IsListOfChanges(std::span<const Line> lines);

// Is it prose with lists? Paragraphs that end in a colon stand in front of items ("The steps are:"), and others beside
// them.
bool LeadsToLists(std::span<const Line> lines);

// Are lines with numbers the headings of one text? Sections that a document has once, numbers of several levels (2.1),
// or several paragraphs of prose below most of them.
bool HasNumberedSections(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LISTING_RULES_H_
