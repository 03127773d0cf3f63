// `unecho help TOPIC`: a page of the manual, or the help of a command, or of an option. Where a page and a command have
// one name, both.
//
// In:      the pages under docs/ (help_pages.h), and the table of commands.
// Out:     text for a terminal, or Markdown for what makes man pages.
// Threads: functions without state. Failure: a topic that there is not: the error names those there are.
#ifndef UNECHO_SRC_CLI_HELP_TOPICS_H_
#define UNECHO_SRC_CLI_HELP_TOPICS_H_

#include <string>
#include <string_view>

#include "base/status.h"

namespace unecho {

// `topic`: empty: the short help, and which topics there are.
absl::StatusOr<std::string> HelpText(std::string_view topic);

// unecho(1) in Markdown: its page, with the program's own table of options in it.
std::string Manual();

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_HELP_TOPICS_H_
