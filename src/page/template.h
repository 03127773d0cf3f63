// The page of the HTML report, embedded at build time from page.html; "@DATA@" in it is where the data go.
#ifndef UNECHO_SRC_PAGE_TEMPLATE_H_
#define UNECHO_SRC_PAGE_TEMPLATE_H_

#include <string_view>

namespace unecho {

std::string_view HtmlPage();

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_TEMPLATE_H_
