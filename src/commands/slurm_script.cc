#include "commands/slurm_script.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace unecho {
namespace {

// A cluster takes arrays of indices below MaxArraySize, which is 1,001 where nobody has said otherwise.
constexpr size_t kTasksOfArray = 1000;

// A word of sh, whatever is in it.
std::string Quoted(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

// "0-4,7": what sbatch calls an array.
std::string Ranges(const std::vector<size_t>& numbers) {
  std::string out;
  for (size_t i = 0; i < numbers.size();) {
    size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    absl::StrAppend(&out, out.empty() ? "" : ",", numbers[i]);
    if (end - i > 1) absl::StrAppend(&out, "-", numbers[end - 1]);
    i = end;
  }
  return out;
}

}  // namespace

std::string SlurmScript(const std::string& program, const std::string& folder, const std::vector<std::string>& options,
                        const std::vector<StepLeft>& steps) {
  const std::string log = Quoted(folder + "/log");
  // A task that fails is not tried again, and the arrays behind it go: the log says what to mend. One whose machine
  // is gone is queued again by Slurm.
  std::string out = absl::StrCat(R"(#!/bin/sh
# What is left of )",
                                 absl::StrReplaceAll(folder, {{"\n", " "}}),
                                 R"( as job arrays of Slurm. Arguments are options of sbatch.
set -eu
mkdir -p )",
                                 log, R"(
submit() {
  name=$1 tasks=$2 command=$3
  shift 3
  id=$(sbatch --parsable --requeue --job-name="unecho-$name" --array="$tasks" --output=)",
                                 log, R"("/$name-%A-%a.txt" \
    ${after:+"--dependency=afterok:$after" --kill-on-invalid-dep=yes} "$@" --wrap="$command")
  ids=${ids:+$ids:}${id%%;*}
}
after= ids=
)");
  for (const StepLeft& step : steps) {
    if (step.tasks.empty()) continue;
    std::vector<size_t> numbers;
    for (size_t i = 0; i < step.tasks.size();) {
      const size_t offset = step.tasks[i] / kTasksOfArray * kTasksOfArray;
      numbers.clear();
      for (; i < step.tasks.size() && step.tasks[i] < offset + kTasksOfArray; ++i)
        numbers.push_back(step.tasks[i] - offset);
      const std::string task =
          offset == 0 ? "\"$SLURM_ARRAY_TASK_ID\"" : absl::StrCat("\"$((SLURM_ARRAY_TASK_ID + ", offset, "))\"");
      std::string command =
          absl::StrCat("exec ", Quoted(program), " shard ", step.name, " ", Quoted(folder), " ", task);
      for (const std::string& option : options) absl::StrAppend(&command, " ", Quoted(option));
      absl::StrAppend(&out, "submit ", step.name, " ", Ranges(numbers), " ", Quoted(command), " \"$@\"\n");
    }
    absl::StrAppend(&out, "after=$ids ids=\n");
  }
  absl::StrAppend(&out, "echo \"${after:-nothing is left}\"\n");
  return out;
}

}  // namespace unecho
