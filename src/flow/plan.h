// What a run knows before it reads: planned once, the same for every kind of flow.
//
// Cost:    a look at each file's name. Threads: immutable once made.
// Failure: CheckPlan() says what this machine or this program cannot hold.
#ifndef UNECHO_SRC_FLOW_PLAN_H_
#define UNECHO_SRC_FLOW_PLAN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "flow/memory_plan.h"
#include "match/sketch.h"
#include "read/input.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

struct Plan {
  std::vector<InputFile> inputs;  // in the order of reading, reference texts first (read/sources.h)
  std::vector<InputFile> sets;    // of --against
  SourceNames sources;            // the inputs, then the evaluation sets, then those of earlier runs: by SourceId
  int threads;
  BandPlan bands;  // for the threshold
  MemoryPlan memory;
  uint64_t memory_limit_bytes;
};

// `inputs`: by NameSources(). `stdin_name`: of evaluation sets. `earlier`: sources of earlier runs.
Plan MakePlan(std::vector<InputFile> inputs, std::string_view stdin_name, const AnswerOptions& answer,
              const RunOptions& run, bool reviews = false, std::span<const std::string> earlier = {});

[[nodiscard]] absl::Status CheckPlan(const Plan& plan);

// --threads, or as many as the machine has.
int NumThreads(const RunOptions& run);

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_PLAN_H_
