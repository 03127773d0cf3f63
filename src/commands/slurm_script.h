// The tasks of a sharded run as job arrays of Slurm.
//
// In:      the steps in their order, each with the tasks that are not done; the program as the machines have it.
// Out:     a script for sh that hands them to sbatch: a step is an array, or several, and begins when the one before it
//          is complete. Its arguments are options of sbatch. Log files lie in the folder `log` of the run.
// Cost:    the length of the script. Threads: any. Failure: none.
#ifndef UNECHO_SRC_COMMANDS_SLURM_SCRIPT_H_
#define UNECHO_SRC_COMMANDS_SLURM_SCRIPT_H_

#include <cstddef>
#include <string>
#include <vector>

namespace unecho {

struct StepLeft {
  std::string name;
  std::vector<size_t> tasks;  // rising
};

// `options`: of each task.
std::string SlurmScript(const std::string& program, const std::string& folder, const std::vector<std::string>& options,
                        const std::vector<StepLeft>& steps);

}  // namespace unecho

#endif  // UNECHO_SRC_COMMANDS_SLURM_SCRIPT_H_
