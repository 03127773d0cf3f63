#include "shard/shard_plan.h"

#include <simdjson.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "base/small_file.h"
#include "flow/index_parameters.h"
#include "shard/task_files.h"
#include "text/json.h"
#include "write/packing.h"

namespace unecho {
namespace {

constexpr std::string_view kPlanFormat = "unecho shard plan";
constexpr uint64_t kPlanVersion = 1;

absl::StatusOr<ShardPlan::Source> LookAt(const InputFile& input) {
  struct stat info {};
  if (::stat(input.path.c_str(), &info) != 0)
    return absl::NotFoundError(absl::StrFormat("%s: cannot be looked at: %s", input.path, std::strerror(errno)));
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: is no file, and shards are read twice, by several processes: put it into a file", input.path));
  }
  return ShardPlan::Source{input.name, static_cast<uint64_t>(info.st_size),
                           int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
}

// As even as stretches of sources can be: shard i ends where i + 1 parts of all bytes are reached.
std::vector<size_t> CutIntoShards(const std::vector<ShardPlan::Source>& sources, size_t num_shards) {
  uint64_t all = 0;
  for (const ShardPlan::Source& source : sources) all += source.bytes;
  std::vector<size_t> first = {0};
  uint64_t bytes = 0;
  size_t at = 0;
  for (size_t shard = 0; shard + 1 < num_shards; ++shard) {
    const auto end = static_cast<uint64_t>(static_cast<double>(all) * static_cast<double>(shard + 1) /
                                           static_cast<double>(num_shards));
    // A source goes where most of it is.
    while (at < sources.size() && bytes + sources[at].bytes / 2 < end) bytes += sources[at++].bytes;
    first.push_back(at);
  }
  first.push_back(sources.size());
  return first;
}

std::string JsonOf(const ShardPlan& plan) {
  std::string json;
  JsonWriter writer(json, 2);
  writer.BeginObject();
  writer.Member("format", kPlanFormat);
  writer.Member("version", kPlanVersion);
  writer.Member("directory", plan.directory);
  writer.Key("words");
  writer.BeginArray();
  for (const std::string& word : plan.words) writer.String(word);
  writer.EndArray();
  writer.Member("known_answer", plan.known_answer);
  writer.Key("first_source");
  writer.BeginArray();
  for (const size_t first : plan.first_source) writer.Number(first);
  writer.EndArray();
  writer.Key("sources");
  writer.BeginArray();
  for (const ShardPlan::Source& source : plan.sources) {
    writer.BeginObject();
    writer.Member("name", source.name);
    writer.Member("bytes", source.bytes);
    writer.Member("changed_ns", static_cast<uint64_t>(source.changed_ns));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  json += '\n';
  return json;
}

std::string PlanPath(const std::string& folder) { return folder + "/plan.json"; }

absl::StatusOr<ShardPlan> ParsePlan(const std::string& json, const std::string& path) {
  const auto wrong = [&path] {
    return absl::DataLossError(absl::StrFormat(
        "%s: is no plan of this version of unecho, or damaged: make the folder anew (unecho shard plan)", path));
  };
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(json).get(root) != simdjson::SUCCESS) return wrong();
  ShardPlan plan;
  std::string_view format, directory, known_answer;
  uint64_t version = 0;
  simdjson::dom::array words, first, sources;
  if (root["format"].get(format) != simdjson::SUCCESS || format != kPlanFormat ||
      root["version"].get(version) != simdjson::SUCCESS || version != kPlanVersion ||
      root["directory"].get(directory) != simdjson::SUCCESS || root["words"].get(words) != simdjson::SUCCESS ||
      root["known_answer"].get(known_answer) != simdjson::SUCCESS ||
      root["first_source"].get(first) != simdjson::SUCCESS || root["sources"].get(sources) != simdjson::SUCCESS)
    return wrong();
  plan.directory = directory;
  plan.known_answer = known_answer;
  for (const auto word : words) {
    std::string_view text;
    if (word.get(text) != simdjson::SUCCESS) return wrong();
    plan.words.emplace_back(text);
  }
  for (const auto each : first) {
    uint64_t number = 0;
    if (each.get(number) != simdjson::SUCCESS) return wrong();
    plan.first_source.push_back(number);
  }
  for (const auto each : sources) {
    std::string_view name;
    uint64_t bytes = 0, changed = 0;
    if (each["name"].get(name) != simdjson::SUCCESS || each["bytes"].get(bytes) != simdjson::SUCCESS ||
        each["changed_ns"].get(changed) != simdjson::SUCCESS)
      return wrong();
    plan.sources.push_back({std::string(name), bytes, static_cast<int64_t>(changed)});
  }
  if (plan.first_source.size() < 2 || !std::ranges::is_sorted(plan.first_source) || plan.first_source.front() != 0 ||
      plan.first_source.back() != plan.sources.size())
    return wrong();
  plan.digest = Hex(Hash128(json));
  return plan;
}

}  // namespace

absl::Status CheckShardable(const PipelineOptions& options) {
  const AnswerOptions& answer = options.answer;
  const char* why = nullptr;
  if (answer.clean.dedups() && !answer.clean.dedup_inside) why = "--dedup-lines and its kin remember the lines of all";
  if (answer.clean.dedup_at_least > 0) why = "--at-least counts the lines of all";
  if (answer.ignore_common > 0) why = "--ignore-common counts the shingles of all";
  if (answer.exact_join) why = "--exact-join compares all pairs";
  if (answer.annotate) why = "--annotate lists all copies in the record that is kept";
  if (answer.merge) why = "--merge takes fields from any copy";
  if (answer.comparison.by == CompareBy::kWorks) why = "--compare works looks for its pairs by their fields";
  if (!answer.decided.empty()) why = "--decided is about works";
  if (!answer.aligned.empty()) why = "--aligned reads several files as one";
  if (!options.review.empty()) why = "--review is about works";
  if (!options.index.empty()) why = "--index is added to by one run after the other";
  if (!options.output_dir.empty()) why = "--output-dir names outputs by their sources";
  if (!options.report.empty()) why = "--report counts all records; 'unecho stats' has most of it from the provenance";
  if (options.provenance_format != ProvenanceFormat::kPlain) why = "--provenance-format compact has one head for all";
  if (IsTableName(options.provenance) || IsTableName(options.output)) why = "tables are written by one run";
  if (options.dry_run) why = "--dry-run writes nothing";
  if (why == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat("shard: %s, and shards are processed apart: leave it out", why));
}

absl::StatusOr<ShardPlan> MakeShardPlan(const PipelineOptions& options, std::span<const InputFile> sources,
                                        size_t num_shards, std::vector<std::string> words) {
  ShardPlan plan;
  plan.words = std::move(words);
  for (const std::string& word : plan.words) {
    if (!IsValidUtf8(word))
      return absl::InvalidArgumentError("shard: the command line is kept as JSON, and a word of it is not UTF-8");
  }
  std::error_code error;
  plan.directory = std::filesystem::current_path(error).string();
  for (const InputFile& source : sources) {
    UNECHO_ASSIGN_OR_RETURN(ShardPlan::Source looked_at, LookAt(source));
    if (!IsValidUtf8(looked_at.name))
      return absl::InvalidArgumentError(
          absl::StrFormat("%s: the plan is JSON, and this name is not UTF-8: rename the file", looked_at.name));
    plan.sources.push_back(std::move(looked_at));
  }
  plan.first_source = CutIntoShards(plan.sources, num_shards);
  plan.known_answer = IndexKnownAnswer(options.answer);
  plan.digest = Hex(Hash128(JsonOf(plan)));
  return plan;
}

absl::Status WriteShardPlan(const ShardPlan& plan, const std::string& folder) {
  std::error_code error;
  const std::string path = PlanPath(folder);
  if (std::filesystem::exists(path, error)) {
    UNECHO_ASSIGN_OR_RETURN(const ShardPlan other, ReadShardPlan(folder));
    if (other.digest == plan.digest) return absl::OkStatus();
    return absl::AlreadyExistsError(
        absl::StrFormat("%s: has a plan of other inputs or options; name another folder", folder));
  }
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error))
    return absl::AlreadyExistsError(absl::StrFormat("%s: is there and has no plan in it; name another folder", folder));
  std::filesystem::create_directories(folder, error);
  if (error) return absl::UnavailableError(absl::StrFormat("cannot make %s: %s", folder, error.message()));
  return WriteWhole(path, JsonOf(plan));
}

absl::StatusOr<ShardPlan> ReadShardPlan(const std::string& folder) {
  const std::string path = PlanPath(folder);
  const absl::StatusOr<std::string> json = ReadSmallFile(path);
  if (absl::IsNotFound(json.status())) {
    return absl::NotFoundError(
        absl::StrFormat("%s: there is no plan; begin with unecho shard plan FOLDER FILE... --shards N", path));
  }
  UNECHO_RETURN_IF_ERROR(json.status());
  return ParsePlan(*json, path);
}

absl::Status CheckSources(const ShardPlan& plan, std::span<const InputFile> sources, size_t first, size_t end) {
  bool is_same = sources.size() == plan.sources.size();
  for (size_t i = 0; is_same && i < sources.size(); ++i) is_same = sources[i].name == plan.sources[i].name;
  if (!is_same) {
    return absl::FailedPreconditionError(
        "shard: the inputs are others than when the plan was made: make the folder anew (unecho shard plan)");
  }
  for (size_t i = first; i < end; ++i) {
    UNECHO_ASSIGN_OR_RETURN(const ShardPlan::Source now, LookAt(sources[i]));
    if (now.bytes != plan.sources[i].bytes || now.changed_ns != plan.sources[i].changed_ns) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "%s: has changed since the plan was made: make the folder anew (unecho shard plan)", sources[i].path));
    }
  }
  return absl::OkStatus();
}

}  // namespace unecho
