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
#include "text/path_text.h"
#include "write/packing.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPlanFormat = "unecho shard plan";
constexpr uint64_t kPlanVersion = 2;  // words, paths and names as TextOfPath() has them
constexpr std::string_view kNothing = "/dev/null";

absl::StatusOr<ShardPlan::Source> LookAt(const std::string& path, const std::string& name) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    return absl::NotFoundError(absl::StrFormat("%s: cannot be looked at: %s", path, std::strerror(errno)));
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: is no file, and shards are read twice, by several processes: put it into a file", path));
  }
  return ShardPlan::Source{name, static_cast<uint64_t>(info.st_size),
                           int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec};
}

absl::Status CheckUnchanged(const ShardPlan::Source& planned, const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(const ShardPlan::Source now, LookAt(path, planned.name));
  if (now.bytes == planned.bytes && now.changed_ns == planned.changed_ns) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrFormat("%s: has changed since the plan was made: make the folder anew (unecho shard plan)", path));
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
  writer.Member("directory", TextOfPath(plan.directory));
  writer.Key("words");
  writer.BeginArray();
  for (const std::string& word : plan.words) writer.String(TextOfPath(word));
  writer.EndArray();
  writer.Member("made_by", plan.made_by);
  writer.Member("known_answer", plan.known_answer);
  writer.Key("first_source");
  writer.BeginArray();
  for (const size_t first : plan.first_source) writer.Number(first);
  writer.EndArray();
  for (const auto& [key, files] : {std::pair{"beside", &plan.beside}, {"sources", &plan.sources}}) {
    writer.Key(key);
    writer.BeginArray();
    for (const ShardPlan::Source& file : *files) {
      writer.BeginObject();
      writer.Member("name", file.name);
      writer.Member("bytes", file.bytes);
      writer.Member("changed_ns", static_cast<uint64_t>(file.changed_ns));
      writer.EndObject();
    }
    writer.EndArray();
  }
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
  std::string_view format, directory, made_by, known_answer;
  uint64_t version = 0;
  simdjson::dom::array words, first, beside, sources;
  if (root["format"].get(format) != simdjson::SUCCESS || format != kPlanFormat ||
      root["version"].get(version) != simdjson::SUCCESS || version != kPlanVersion ||
      root["directory"].get(directory) != simdjson::SUCCESS || root["words"].get(words) != simdjson::SUCCESS ||
      root["made_by"].get(made_by) != simdjson::SUCCESS ||
      root["known_answer"].get(known_answer) != simdjson::SUCCESS ||
      root["first_source"].get(first) != simdjson::SUCCESS || root["beside"].get(beside) != simdjson::SUCCESS ||
      root["sources"].get(sources) != simdjson::SUCCESS)
    return wrong();
  plan.directory = PathOfText(directory);
  plan.made_by = made_by;
  plan.known_answer = known_answer;
  for (const auto word : words) {
    std::string_view text;
    if (word.get(text) != simdjson::SUCCESS) return wrong();
    plan.words.push_back(PathOfText(text));
  }
  for (const auto each : first) {
    uint64_t number = 0;
    if (each.get(number) != simdjson::SUCCESS) return wrong();
    plan.first_source.push_back(number);
  }
  const auto read_files = [](const simdjson::dom::array& files, std::vector<ShardPlan::Source>& out) {
    for (const auto each : files) {
      std::string_view name;
      uint64_t bytes = 0, changed = 0;
      if (each["name"].get(name) != simdjson::SUCCESS || each["bytes"].get(bytes) != simdjson::SUCCESS ||
          each["changed_ns"].get(changed) != simdjson::SUCCESS)
        return false;
      out.push_back({std::string(name), bytes, static_cast<int64_t>(changed)});
    }
    return true;
  };
  if (!read_files(beside, plan.beside) || !read_files(sources, plan.sources)) return wrong();
  if (plan.first_source.size() < 2 || !std::ranges::is_sorted(plan.first_source) || plan.first_source.front() != 0 ||
      plan.first_source.back() != plan.sources.size())
    return wrong();
  plan.digest = Hex(Hash128(json));
  return plan;
}

// All lie in FOLDER/out.
absl::Status CheckOutputNames(const PipelineOptions& options) {
  std::vector<std::string> asked = {options.provenance, options.rejects, options.removed};
  asked.push_back(options.output_dir.empty() ? options.output : options.output_dir);
  std::vector<std::string> names;
  for (const std::string& path : asked) {
    if (path.empty() || path == kNothing) continue;
    std::string name = OutputName(path);
    const bool is_no_file = name.empty() || path.starts_with("/dev/") || (path == "-" && &path != &asked.back());
    if (is_no_file) {
      return absl::InvalidArgumentError(
          absl::StrFormat("shard: %s names no file, and what shards write are files: give FILE.jsonl", path));
    }
    if (&path != &asked.back() || options.output_dir.empty()) UNECHO_RETURN_IF_ERROR(CheckSuffix(path));
    if (std::ranges::find(names, name) != names.end()) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "shard: two outputs are called %s, and all are written into one folder: give each its own name", name));
    }
    names.push_back(std::move(name));
  }
  return absl::OkStatus();
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
  // Between two sources goes what the first one lacks: a line end, a ruler, and a header goes out once.
  if (answer.as_input && options.output_dir.empty())
    why = "--as input makes one file of all sources (--output-dir FOLDER: one of each)";
  if (!options.report.empty()) why = "--report counts all records; 'unecho stats' has most of it from the provenance";
  if (options.provenance_format != ProvenanceFormat::kPlain) why = "--provenance-format compact has one head for all";
  if (IsTableName(options.provenance) || IsTableName(options.output)) why = "tables are written by one run";
  if (options.dry_run) why = "--dry-run writes nothing";
  if (why != nullptr)
    return absl::InvalidArgumentError(absl::StrFormat("shard: %s, and shards are processed apart: leave it out", why));
  return CheckOutputNames(options);
}

std::string OutputName(const std::string& asked) {
  if (asked == kNothing) return asked;
  return asked == "-" ? "corpus.jsonl" : fs::path(asked).lexically_normal().filename().string();
}

absl::StatusOr<ShardPlan> MakeShardPlan(const PipelineOptions& options, std::span<const InputFile> sources,
                                        size_t num_shards, std::vector<std::string> words) {
  ShardPlan plan;
  plan.words = std::move(words);
  std::error_code error;
  plan.directory = fs::current_path(error).string();
  for (const InputFile& source : sources) {
    UNECHO_ASSIGN_OR_RETURN(ShardPlan::Source looked_at, LookAt(source.path, source.name));
    plan.sources.push_back(std::move(looked_at));
  }
  for (const std::string& path : options.ReadBeside()) {
    const auto& references = options.answer.reference;  // these are sources
    if (std::ranges::find(references, path) != references.end()) continue;
    UNECHO_ASSIGN_OR_RETURN(ShardPlan::Source looked_at, LookAt(path, TextOfPath(path)));
    plan.beside.push_back(std::move(looked_at));
  }
  plan.first_source = CutIntoShards(plan.sources, num_shards);
  plan.made_by = Version();
  plan.known_answer = IndexKnownAnswer(options.answer);
  plan.digest = Hex(Hash128(JsonOf(plan)));
  return plan;
}

absl::Status WriteShardPlan(const ShardPlan& plan, const std::string& folder) {
  std::error_code error;
  const std::string path = PlanPath(folder);
  if (fs::exists(path, error)) {
    UNECHO_ASSIGN_OR_RETURN(const ShardPlan other, ReadShardPlan(folder));
    if (other.digest == plan.digest) return absl::OkStatus();
    return absl::AlreadyExistsError(
        absl::StrFormat("%s: has a plan of other inputs or options; name another folder", folder));
  }
  if (fs::exists(folder, error) && !fs::is_empty(folder, error))
    return absl::AlreadyExistsError(absl::StrFormat("%s: is there and has no plan in it; name another folder", folder));
  fs::create_directories(folder, error);
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
  for (size_t i = first; i < end; ++i) UNECHO_RETURN_IF_ERROR(CheckUnchanged(plan.sources[i], sources[i].path));
  return absl::OkStatus();
}

absl::Status CheckProgram(const ShardPlan& plan, const AnswerOptions& answer) {
  const std::string known_answer = IndexKnownAnswer(answer);
  if (plan.made_by == Version() && plan.known_answer == known_answer) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "shard: the plan was made by unecho %s (%s), and this is %s (%s): have the same one on all machines, or make the "
      "folder anew (unecho shard plan)",
      plan.made_by, plan.known_answer, Version(), known_answer));
}

absl::Status CheckBeside(const ShardPlan& plan) {
  for (const ShardPlan::Source& file : plan.beside) UNECHO_RETURN_IF_ERROR(CheckUnchanged(file, PathOfText(file.name)));
  return absl::OkStatus();
}

}  // namespace unecho
