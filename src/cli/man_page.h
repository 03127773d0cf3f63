// The options for the manual and the completions of shells, from the table of options that also reads the command line,
// so that they cannot disagree with it.
//
// In:      the commands of CLI11 as command_table.cc has made them.
// Out:     text for a file. Nothing in it depends on the machine or the day.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_CLI_MAN_PAGE_H_
#define UNECHO_SRC_CLI_MAN_PAGE_H_

#include <string>
#include <string_view>

namespace CLI {
class App;
}  // namespace CLI

namespace unecho {

// What `unecho COMMAND -h` prints: how it is called, and what its options are called.
std::string ShortHelp(const CLI::App& command);

// All options by groups, in Markdown, for unecho(1).
std::string OptionsPage(const CLI::App& app);
std::string BashCompletion(const CLI::App& app);
std::string ZshCompletion(const CLI::App& app);
std::string FishCompletion(const CLI::App& app);

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_MAN_PAGE_H_
