// From what is given to the options of a run or an audit: folders are walked, and no file is written that is read.
//
// Cost:    a look at each entry of each folder. Threads: one caller.
// Failure: that of read/folders.h and write/outputs.h, in the words of the command line.
#ifndef UNECHO_SRC_GIVEN_FIND_INPUTS_H_
#define UNECHO_SRC_GIVEN_FIND_INPUTS_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "given/given.h"
#include "unecho/options.h"

namespace unecho {

// The names that are given.
std::vector<std::string> Named(std::initializer_list<std::string> paths, std::vector<std::string> more = {});
// Files that say how, and are no inputs.
std::vector<std::string> ParametersOf(const Given& given);
// With the files of folders in place of those that --reference names.
absl::StatusOr<Given> WithReferenceFiles(const Given& given);
// The inputs with folders walked, without the other files of the command.
absl::StatusOr<std::vector<std::string>> FindInputs(const Given& given, const std::vector<std::string>& read_beside,
                                                    const std::vector<std::string>& written);

// A page for a browser instead of JSON.
bool IsHtmlName(std::string_view path);

// As they are given: folders are not walked.
PipelineOptions PipelineOf(const Given& given, Command command);

struct FoundRun {
  PipelineOptions options;
  std::vector<std::string> warnings;
};
absl::StatusOr<FoundRun> FindRun(const Given& given, Command command);
absl::StatusOr<AuditOptions> FindAudit(const Given& given);

}  // namespace unecho

#endif  // UNECHO_SRC_GIVEN_FIND_INPUTS_H_
