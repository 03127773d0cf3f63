// argv -> a command and what is given for it. With given/, command_table.cc and man_page.cc the only user of CLI11.
//
// Cost:    once a run. Threads: one caller.
// Failure: a usage error is text and exit code 2 in ParsedCommandLine, for the caller to print; nothing is thrown,
//          nothing printed.
#ifndef UNECHO_SRC_CLI_COMMAND_LINE_H_
#define UNECHO_SRC_CLI_COMMAND_LINE_H_

#include <string>

#include "cli/command_table.h"
#include "given/given.h"

namespace unecho {

// What to do after parsing.
struct ParsedCommandLine {
  const CommandEntry* command = nullptr;  // null: print `text` and exit with `exit_code`
  int exit_code = 0;
  std::string text;               // help, version, or a usage error
  bool has_memory_limit = false;  // is --memory an option of the command?
  Given given;
};
ParsedCommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_COMMAND_LINE_H_
