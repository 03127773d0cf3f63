// Character references of HTML -> characters.
//
// In:      well-formed UTF-8. Out: how many were decoded; if any, the whole decoded text in `out`, which is cleared
//          first.
// Cost:    a search for '&', where there is none. Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_HTML_ENTITIES_H_
#define UNECHO_SRC_TEXT_HTML_ENTITIES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

// &amp; &#8217; &#x2019;: the 252 names of HTML 4 and &apos;, with their semicolon; numbers of C1 controls as
// Windows-1252, as browsers read them; nothing that is no character. Once: &amp;lt; becomes &lt;.
uint64_t DecodeHtmlEntities(std::string_view text, std::string& out);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_HTML_ENTITIES_H_
