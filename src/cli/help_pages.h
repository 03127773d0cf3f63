// The manual pages under docs/, as Markdown, embedded at build time (embed_pages.cmake).
#ifndef UNECHO_SRC_CLI_HELP_PAGES_H_
#define UNECHO_SRC_CLI_HELP_PAGES_H_

#include <span>
#include <string_view>

namespace unecho {

struct HelpPage {
  std::string_view name;  // "unecho", "layouts", "report", "rules"
  std::string_view markdown;
};
std::span<const HelpPage> HelpPages();

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_HELP_PAGES_H_
