// What a run in shards is, decided once: the command line, the sources and how they are cut into shards. Every task
// reads it from FOLDER/plan.json, and decides nothing of it again.
//
// A shard is a stretch of sources, in input order; a source is not cut. There are as many partitions of keys, and
// groups of components, as there are shards.
//
// Cost:    a look at each source. Threads: functions without state.
// Failure: what a run in shards cannot do; a folder that has another plan; sources that are not as they were.
#ifndef UNECHO_SRC_SHARD_SHARD_PLAN_H_
#define UNECHO_SRC_SHARD_SHARD_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

struct ShardPlan {
  std::string directory;           // in which the command line was given
  std::vector<std::string> words;  // of the command line
  struct Source {
    std::string name;
    uint64_t bytes = 0;
    int64_t changed_ns = 0;  // mtime
  };
  std::vector<Source> sources;
  std::vector<Source> beside;        // files that say how: profiles, rules, evaluation sets
  std::vector<size_t> first_source;  // of each shard, and the number of sources
  std::string made_by;               // the version of unecho
  std::string known_answer;          // flow/index_parameters.h
  std::string digest;                // of all that, in hex

  size_t num_shards() const { return first_source.size() - 1; }
};

// An error that names the option, if `options` ask for what has state over all records.
[[nodiscard]] absl::Status CheckShardable(const PipelineOptions& options);
// `sources`: by NameSources(). `words`: of the command line.
absl::StatusOr<ShardPlan> MakeShardPlan(const PipelineOptions& options, std::span<const InputFile> sources,
                                        size_t num_shards, std::vector<std::string> words);
// OK as well if the folder has this plan already.
[[nodiscard]] absl::Status WriteShardPlan(const ShardPlan& plan, const std::string& folder);
absl::StatusOr<ShardPlan> ReadShardPlan(const std::string& folder);
// Those from `first` on up to `end` are as the plan has them; all have its names.
[[nodiscard]] absl::Status CheckSources(const ShardPlan& plan, std::span<const InputFile> sources, size_t first,
                                        size_t end);
// This program is of the version that made the plan, and makes the same tokens of a text.
[[nodiscard]] absl::Status CheckProgram(const ShardPlan& plan, const AnswerOptions& answer);
// The files that say how are as they were.
[[nodiscard]] absl::Status CheckBeside(const ShardPlan& plan);
// What an output that is asked for by this name is called in FOLDER/out, but for the number of its shard. /dev/null
// stays what it is.
std::string OutputName(const std::string& asked);

}  // namespace unecho

#endif  // UNECHO_SRC_SHARD_SHARD_PLAN_H_
