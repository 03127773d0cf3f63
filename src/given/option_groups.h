// Options that several commands have, a function a group, and of commands that are known by name as well
// (unecho/named_options.h) all. In help they stand in the order in which they are added.
//
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_GIVEN_OPTION_GROUPS_H_
#define UNECHO_SRC_GIVEN_OPTION_GROUPS_H_

#include <string>

#include "given/given.h"

namespace CLI {
class App;
class Option;
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

void AddComparing(CLI::App& app, Given& given);
void AddProvenanceOfRun(CLI::App& app, Given& given);
// All of the commands.
void AddClean(CLI::App& app, Given& given);
void AddSegment(CLI::App& app, Given& given);
void AddAudit(CLI::App& app, Given& given);

// What the option's value is called: FILE, SIZE, N... (type_name() without what its checks add).
std::string ValueName(const CLI::Option& option);

}  // namespace unecho

#endif  // UNECHO_SRC_GIVEN_OPTION_GROUPS_H_
