// Options that several commands have, a function a group. In help they stand in the order in which they are added.
//
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_CLI_OPTION_GROUPS_H_
#define UNECHO_SRC_CLI_OPTION_GROUPS_H_

#include "cli/given.h"

namespace CLI {
class App;
}  // namespace CLI

namespace unecho {

// Headings of the help.
inline constexpr char kInput[] = "Input", kMatching[] = "Matching", kOutput[] = "Output", kResources[] = "Resources",
                      kMessages[] = "Messages", kCleaning[] = "Cleaning", kDecontamination[] = "Decontamination";

void AddReading(CLI::App& app, Given& given);
void AddComparison(CLI::App& app, Given& given);
void AddShingle(CLI::App& app, Given& given);
void AddAligned(CLI::App& app, Given& given);
void AddMatching(CLI::App& app, Given& given);
void AddAgainst(CLI::App& app, Given& given);
// `reads_twice`: it may read the input once more, for --at-least.
void AddCleaning(CLI::App& app, Given& given, bool reads_twice = true);
void AddResources(CLI::App& app, Given& given);
// Outputs and resources of a run; `compares`: also what only clean and dedup have.
void AddRun(CLI::App& app, Given& given, bool compares);
void AddMessages(CLI::App& app, Given& given, bool reads_files = true);

}  // namespace unecho

#endif  // UNECHO_SRC_CLI_OPTION_GROUPS_H_
