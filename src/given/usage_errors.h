// What is said of a command line that CLI11 does not understand: which word, and what would be right.
//
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_GIVEN_USAGE_ERRORS_H_
#define UNECHO_SRC_GIVEN_USAGE_ERRORS_H_

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace unecho {

// Of arguments that nobody knows. `command`: null if none is known.
std::string Unexpected(const CLI::App& app, const CLI::App* command);
// "Could not convert: --threshold = 80%" does not say what was expected, nor does "--report: 1 required TEXT missing".
std::string Unreadable(const CLI::ParseError& error, const CLI::App* command);
// Makes numbers and sizes below zero an error, in all commands.
void RefuseNegatives(CLI::App& app);

}  // namespace unecho

#endif  // UNECHO_SRC_GIVEN_USAGE_ERRORS_H_
