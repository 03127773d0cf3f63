// Escaped text -> text, as a profile asks for it.
//
// Cost:    linear; a look for the first byte that may be an escape decides whether anything has to be copied.
// Threads: functions without state.
// Failure: none: what is no escape stays as it is.
#ifndef UNECHO_SRC_LAYOUTS_UNESCAPE_H_
#define UNECHO_SRC_LAYOUTS_UNESCAPE_H_

#include <string>
#include <string_view>

#include "layouts/profile.h"

namespace unecho {

// False if AppendUnescaped would copy the text as it is.
bool NeedsUnescape(const Unescape& unescape, std::string_view text);

// html first, then markdown, subtitles and latex.
void AppendUnescaped(const Unescape& unescape, std::string_view text, std::string& out);

// Markdown: emphasis and code marks go, links and images leave their text, \* becomes *.
void AppendMarkdownText(std::string_view text, std::string& out);
// LaTeX: groups and commands leave their text, accents become letters, -- and ``'' become what they print; formulas
// stay.
void AppendLatexText(std::string_view text, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_UNESCAPE_H_
