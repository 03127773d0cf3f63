// Text with marks of HTML, XML or Markdown in it -> the text that a reader sees.
//
// Cost:    linear. Threads: functions without state.
// Failure: none: what is no mark stays as it is.
#ifndef UNECHO_SRC_TEXT_MARKUP_H_
#define UNECHO_SRC_TEXT_MARKUP_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace unecho {

// text[0] is '&'. Appends the character that an entity stands for; bytes of the entity, or 0 if it is none.
size_t AppendEntity(std::string_view text, std::string& out);
// Tags go, those of blocks leave a blank; entities become characters.
void AppendInlineHtml(std::string_view text, std::string& out);
// Emphasis and code marks go, links and images leave their text, \* becomes *.
void AppendMarkdownText(std::string_view text, std::string& out);

// --ignore markup: all of that, all entities of HTML 4, and the marks at the beginning of Markdown's lines: headings,
// quotations, lists, fences, rules, the bars of tables. Of a list the numbers stay.
void AppendWithoutMarkup(std::string_view text, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_MARKUP_H_
