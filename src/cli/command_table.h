// The commands of unecho, each once: from this table come parsing, help, man page, completions, and what runs.
//
// Threads: constant.
#ifndef UNECHO_SRC_CLI_COMMAND_TABLE_H_
#define UNECHO_SRC_CLI_COMMAND_TABLE_H_

#include <span>

#include "base/status.h"
#include "cli/console.h"
#include "given/given.h"

namespace CLI {
class App;
}  // namespace CLI

namespace unecho {

struct CommandEntry {
  const char* name;
  const char* description;
  bool has_footer;                          // the examples below its help
  void (*add_options)(CLI::App&, Given&);   // in the order of its help
  absl::Status (*check)(const Given&);      // what cannot be meant, of usage
  ExitCode (*run)(const Given&, Console&);  // dispatch.h
};

std::span<const CommandEntry> Commands();
// To the parser, each with its options, whose values go to `given`. With `words`, those that none of them names have no
// options: they are most of what there is to do at the start of a process.
void AddCommands(CLI::App& app, Given& given, std::span<const std::string> words = {});

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_COMMAND_TABLE_H_
