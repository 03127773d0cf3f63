// The sources of a run, in the order in which they are read: reference texts, then the inputs, of these first what
// `--keep source:` names.
//
// Cost:    a look at each name. Threads: functions without state. Failure: CheckSourceOrder().
#ifndef UNECHO_SRC_READ_SOURCES_H_
#define UNECHO_SRC_READ_SOURCES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

// The first answer.reference.size() are reference texts. What an input is called does not depend on them, nor on the
// order. No inputs: standard input. `taken`: names of sources that earlier runs have had.
std::vector<InputFile> NameSources(std::span<const std::string> inputs, const AnswerOptions& answer,
                                   std::string_view stdin_name, std::span<const std::string> taken = {});

// By answer.source_order: each of its names is that of a source, its path, its last component, or a folder it lies in.
// The first name that fits counts; sources without one follow. Stable, and done twice it changes nothing.
void OrderSources(const AnswerOptions& answer, std::vector<InputFile>& sources);

// An error if a name of the order fits no source.
[[nodiscard]] absl::Status CheckSourceOrder(const AnswerOptions& answer, std::span<const InputFile> sources);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SOURCES_H_
