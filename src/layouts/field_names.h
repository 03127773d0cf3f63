// What the name of a field says of it, in any layout: JSON members, columns, elements.
//
// Names are compared without case, and without what parts their words: "Journal-Ref" is "journal_ref".
//
// Cost: a look-up; of a name that has just been asked, a compare. Threads: any. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_FIELD_NAMES_H_
#define UNECHO_SRC_LAYOUTS_FIELD_NAMES_H_

#include <string_view>

namespace unecho {

// It only tells which record it is: "id", "user_id".
bool IsIdentity(std::string_view name);
// It is no text, however long it is: authors, places, dates, counts, references.
bool IsNoText(std::string_view name);
// ... but a text where there is prose: the pages of a book, the reference that a translation is held against.
bool MayHoldText(std::string_view name, bool is_string);
// A string of that name is a text, however short it is: its last word says so, as in "reviewText", "question_2" and
// "text_en".
bool IsTextName(std::string_view name);
// A string of that name is a title: "article_title", "webTitle", "headline", "titel".
bool IsTitleName(std::string_view name);
// Of a string beside a text: a note about the record, as "12 pages, 3 figures, submitted to". A list of that name is
// text.
bool IsRemark(std::string_view name);
// What stands in front of "_html", "-html", "Html" or "HTML" at the end of a name; else empty.
std::string_view WithoutHtml(std::string_view name);
// Changes from one copy of a thing to the next, or was added by who collected them: links, scores, counts, "crawled".
bool VariesInCopies(std::string_view name);
// The id of something, of the record itself or of what it belongs to: "image_id".
bool IsForeignId(std::string_view name);
// Lists of records are called so. Of another list an object with an identity of its own keeps what is in it.
bool IsListName(std::string_view name);
// Of who speaks. A label that says "human" says something else.
bool IsSpeakerName(std::string_view name);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_FIELD_NAMES_H_
