// Text from an input, made fit for a terminal: well-formed, on one line, without control characters, and not too wide.
//
// Threads: pure.
#ifndef UNECHO_SRC_TEXT_SHOWN_TEXT_H_
#define UNECHO_SRC_TEXT_SHOWN_TEXT_H_

#include <string>
#include <string_view>

namespace unecho {

// Code points: close enough to columns.
size_t Width(std::string_view utf8);

// As it is, but for what would move the cursor, colour the text or turn its order: question marks.
void AppendShown(std::string_view text, std::string& out);

// The same of several lines: messages, which may name files and cite records.
std::string ShownLines(std::string_view text);

// The beginning, at most `max_width` wide; "..." stands for what is cut. White space becomes one blank.
std::string ShownText(std::string_view text, size_t max_width);

// Keeps the last `max_width` columns: the end of a path tells more than its beginning. White space stays; control
// characters become question marks.
std::string ShownName(std::string_view name, size_t max_width);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_SHOWN_TEXT_H_
