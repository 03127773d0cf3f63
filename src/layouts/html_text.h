// HTML -> text, by the HTML5 parser Gumbo.
//
// Block elements give line breaks, paragraphs and headings blank lines; other white space collapses to one blank, but
// not in <pre>. Entities are decoded. What is not read by people goes: head, script, style, noscript, template, nav,
// svg, iframe, form controls, comments. Where nothing is left, what stands in noscript, template and textarea stays.
//
// Cost:    linear: documents that would make the parser slow are refused (html_skeleton.h). No memory is kept.
// Threads: functions without state.
// Failure: AppendHtmlText leaves what the parser refuses as it is; ReadHtml returns false.
#ifndef UNECHO_SRC_LAYOUTS_HTML_TEXT_H_
#define UNECHO_SRC_LAYOUTS_HTML_TEXT_H_

#include <string>
#include <string_view>

namespace unecho {

// A fragment: the text of a field.
void AppendHtmlText(std::string_view html, std::string& out);

// A document: its title, and the text of its body. Both are cleared first.
bool ReadHtml(std::string_view html, std::string& title, std::string& body);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_HTML_TEXT_H_
