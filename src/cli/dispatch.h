// What each command does, once its options are known: its files are looked at, its verb is called, and what that says
// goes to standard output or to a file. The verbs themselves are in commands/, flow/ and audit/.
//
// Threads: one caller. Failure: is said by the console; the exit code tells.
#ifndef UNECHO_SRC_CLI_DISPATCH_H_
#define UNECHO_SRC_CLI_DISPATCH_H_

#include "cli/console.h"
#include "given/given.h"
#include "unecho/options.h"

namespace unecho {

ExitCode RunPipelineCommand(const Given& given, Command command, Console& console);
ExitCode RunAuditCommand(const Given& given, Console& console);
ExitCode RunExplainCommand(const Given& given, Console& console);
ExitCode RunInspectCommand(const Given& given, Console& console);
ExitCode RunTuneCommand(const Given& given, Console& console);
ExitCode RunStatsCommand(const Given& given, Console& console);
ExitCode RunIndexCommand(const Given& given, Console& console);
ExitCode RunShardCommand(const Given& given, Console& console);  // shard_command.cc
ExitCode RunReportCommand(const Given& given, Console& console);
ExitCode RunLayoutsCommand(const Given& given, Console& console);
ExitCode RunHelpCommand(const Given& given, Console& console);

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_DISPATCH_H_
