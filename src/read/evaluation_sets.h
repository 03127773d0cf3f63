// The evaluation sets of --against: what they are called, and how they are read.
//
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_READ_EVALUATION_SETS_H_
#define UNECHO_SRC_READ_EVALUATION_SETS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

// The evaluation sets of a run, under names that differ from those of its inputs.
std::vector<InputFile> NameAgainst(std::span<const InputFile> inputs, std::span<const std::string> paths,
                                   std::string_view stdin_name);

// How evaluation sets are read: their own layout, encoding and fields, and nothing is rejected for what it says.
AnswerOptions OptionsOfSets(const AnswerOptions& answer);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_EVALUATION_SETS_H_
