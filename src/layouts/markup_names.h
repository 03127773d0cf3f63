// What elements are by their names, prefixes left out: of HTML, of documents in XML, and inside a line.
//
// Cost: a search in a sorted list. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_MARKUP_NAMES_H_
#define UNECHO_SRC_LAYOUTS_MARKUP_NAMES_H_

#include <string_view>

namespace unecho {

// Of HTML, whatever the case.
bool IsHtmlElement(std::string_view name);
// ... one that a page may begin with and a line of text hardly does: "p" and "div", but not "b".
bool IsHtmlBlock(std::string_view name);
// ... that has no end tag.
bool IsHtmlVoid(std::string_view name);

// A part of a document in TEI, JATS, DocBook, FictionBook, EAD and the like: a paragraph, a section, a head of a file.
// It is never a record, and nothing inside it is.
bool IsDocumentPart(std::string_view name);
// What else documents are made of. An element that holds nothing but these may be a part under a name that nobody
// knows, or a record.
bool IsDocumentWord(std::string_view name);

// What the parts of a document or the records of a list stand in: it is no record itself.
bool IsDocumentFrame(std::string_view name);

// Named like a title: "AwardTitle", "dc:title", "headline"; not the title of the journal around it.
bool IsTitleElement(std::string_view name);

// Marks words inside a line: no break stands before and behind it.
bool IsInlineName(std::string_view name);
// One word of a text that is marked up word by word.
bool IsWordName(std::string_view name);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_MARKUP_NAMES_H_
