// `unecho shard`: the plan is a command line, and each task reads it again.
#include <array>
#include <filesystem>
#include <numeric>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "cli/command_line.h"
#include "cli/dispatch.h"
#include "commands/slurm_script.h"
#include "given/find_inputs.h"
#include "read/choose_comparison.h"
#include "read/folders.h"
#include "read/sources.h"
#include "shard/shard_job.h"
#include "shard/shard_plan.h"
#include "text/counted.h"
#include "text/json.h"
#include "text/shown_size.h"
#include "write/atomic_file.h"

namespace unecho {
namespace {

namespace fs = std::filesystem;

// What the plan's command line asks for, with folders walked. The names of its outputs say which there are: they go
// into the plan's folder, so that it does not matter what is there by these names.
absl::StatusOr<PipelineOptions> OptionsOf(const Given& as_given) {
  UNECHO_ASSIGN_OR_RETURN(const Given given, WithReferenceFiles(as_given));
  PipelineOptions options = PipelineOf(given, Command::kClean);
  UNECHO_ASSIGN_OR_RETURN(options.inputs, FindInputs(given, options.ReadBeside(), {}));
  return options;
}

absl::StatusOr<std::vector<InputFile>> SourcesOf(PipelineOptions& options) {
  std::vector<InputFile> sources = NameSources(options.inputs, options.answer, options.stdin_name, {});
  for (InputFile& source : sources) source.tmpdir = options.run.tmpdir;
  const std::string chosen = ChooseComparison(sources, options.run.stop, options.answer);
  if (!chosen.empty() && options.answer.comparison.by == CompareBy::kWorks) {
    return absl::InvalidArgumentError(
        "shard: the inputs are bibliographies, and works are compared by one process alone: leave shards out, or give "
        "--compare words, which compares their texts");
  }
  return sources;
}

absl::Status Plan(const Given& given, Console& console) {
  UNECHO_ASSIGN_OR_RETURN(PipelineOptions options, OptionsOf(given));
  const std::string reads = FolderThatReads(given.folder + "/plan.json", given.inputs, given.globs);
  if (!reads.empty()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s lies in %s, which is read: name a folder outside", given.folder, reads));
  }
  UNECHO_ASSIGN_OR_RETURN(const std::vector<InputFile> sources, SourcesOf(options));
  std::vector<std::string> words = given.words;
  std::erase_if(words, [](const std::string& word) {  // what changes nothing but the talk
    return word == "-q" || word == "--quiet" || word == "-v" || word == "--verbose";
  });
  UNECHO_ASSIGN_OR_RETURN(const ShardPlan plan, MakeShardPlan(options, sources, given.shards, std::move(words)));
  UNECHO_RETURN_IF_ERROR(WriteShardPlan(plan, given.folder));
  uint64_t largest = 0;
  for (size_t shard = 0; shard < plan.num_shards(); ++shard) largest = std::max(largest, BytesOf(plan, shard));
  console.Info(absl::StrFormat("%s: %s in %s, the largest of %s; next: unecho shard run %s, or its steps\n",
                               given.folder, Counted(plan.sources.size(), "source"),
                               Counted(plan.num_shards(), "shard"), ShownSize(static_cast<double>(largest)),
                               given.folder));
  return absl::OkStatus();
}

// The job of the plan in `folder`. What says how this machine does it comes from `given`.
absl::StatusOr<ShardJob> JobOf(const std::string& folder, const Given& given, Console& console) {
  UNECHO_ASSIGN_OR_RETURN(ShardPlan plan, ReadShardPlan(folder));
  std::error_code error;
  const std::string tmpdir = given.run.tmpdir.empty() ? std::string() : fs::absolute(given.run.tmpdir, error).string();
  fs::current_path(plan.directory, error);
  if (error) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s: the plan was made in this folder, and it is not here (%s): its file system has to be seen by all machines",
        plan.directory, error.message()));
  }
  std::vector<const char*> words = {"unecho"};
  for (const std::string& word : plan.words) words.push_back(word.c_str());
  ParsedCommandLine planned = ParseCommandLine(static_cast<int>(words.size()), words.data());
  if (planned.command == nullptr || planned.given.action != "plan") {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s: this version of unecho does not take the options of the plan: %s", folder, planned.text));
  }
  planned.given.run.stop = given.run.stop;
  if (given.run.threads > 0) planned.given.run.threads = given.run.threads;
  if (given.run.memory_bytes > 0) planned.given.run.memory_bytes = given.run.memory_bytes;
  if (!tmpdir.empty()) planned.given.run.tmpdir = tmpdir;
  UNECHO_ASSIGN_OR_RETURN(PipelineOptions options, OptionsOf(planned.given));
  options.answer.chooses_comparison = false;
  UNECHO_RETURN_IF_ERROR(CheckProgram(plan, options.answer));
  std::vector<InputFile> sources = NameSources(options.inputs, options.answer, options.stdin_name, {});
  for (InputFile& source : sources) source.tmpdir = options.run.tmpdir;
  UNECHO_RETURN_IF_ERROR(CheckSources(plan, sources, 0, 0));
  UNECHO_RETURN_IF_ERROR(CheckBeside(plan));
  return ShardJob{folder, std::move(plan), std::move(options), std::move(sources), planned.given.command_line, console};
}

// Those of a step that are done, or are not.
std::vector<size_t> Tasks(const ShardPlan& plan, const std::string& folder, Step step, bool done) {
  std::vector<size_t> tasks;
  for (size_t task = 0; task < NumTasks(plan, step); ++task) {
    if (IsDone(folder, step, task) == done) tasks.push_back(task);
  }
  return tasks;
}

std::string SlurmText(const ShardPlan& plan, const std::string& folder, const Given& given) {
  std::vector<StepLeft> left;
  for (size_t i = 0; i < kNumSteps; ++i) {
    const auto step = static_cast<Step>(i);
    left.push_back({std::string(NameOf(step)), Tasks(plan, folder, step, false)});
  }
  std::vector<std::string> options;
  if (given.run.threads > 0) options.push_back(absl::StrFormat("--threads=%d", given.run.threads));
  if (given.run.memory_bytes > 0) options.push_back(absl::StrFormat("--memory=%d", given.run.memory_bytes));
  if (!given.run.tmpdir.empty()) options.push_back("--tmpdir=" + given.run.tmpdir);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return SlurmScript(error ? "unecho" : program.string(), folder, options, left);
}

// What became of the records, when all of them are written.
constexpr std::array<Fate, 6> kFates = {Fate::kKept,         Fate::kExact,     Fate::kNear,
                                        Fate::kContaminated, Fate::kReference, Fate::kRejected};
absl::StatusOr<std::array<uint64_t, kFates.size()>> CountFates(const ShardPlan& plan, const std::string& folder) {
  std::array<uint64_t, kFates.size()> counts{};
  for (size_t shard = 0; shard < plan.num_shards(); ++shard) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader task, TaskReader::Open(folder, Step::kWrite, shard, plan.digest));
    for (size_t i = 0; i < kFates.size(); ++i) counts[i] += task.number(std::string(Name(kFates[i])));
  }
  return counts;
}

absl::StatusOr<std::string> StatusText(const ShardPlan& plan, const std::string& folder, bool as_json) {
  std::string text;
  JsonWriter json(text);
  bool is_complete = true;
  if (as_json) {
    json.BeginObject();
    json.Member("version", uint64_t{1});
    json.Key("steps");
    json.BeginArray();
  }
  for (size_t i = 0; i < kNumSteps; ++i) {
    const auto step = static_cast<Step>(i);
    const size_t num_tasks = NumTasks(plan, step);
    const std::vector<size_t> done = Tasks(plan, folder, step, true);
    is_complete = is_complete && done.size() == num_tasks;
    if (!as_json) {
      text += absl::StrFormat("%-8s %d of %d\n", NameOf(step), done.size(), num_tasks);
      continue;
    }
    json.BeginObject();
    json.Member("name", NameOf(step));
    json.Member("tasks", uint64_t{num_tasks});
    json.Key("done");
    json.BeginArray();
    for (const size_t task : done) json.Number(task);
    json.EndArray();
    json.EndObject();
  }
  std::array<uint64_t, kFates.size()> counts{};
  if (is_complete) {
    UNECHO_ASSIGN_OR_RETURN(counts, CountFates(plan, folder));
  }
  const uint64_t num_records = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
  if (!as_json) {
    if (is_complete) text += absl::StrFormat("read %d", num_records);
    for (size_t i = 0; i < kFates.size() && is_complete; ++i) {
      const bool is_rare = kFates[i] == Fate::kContaminated || kFates[i] == Fate::kReference;
      if (!is_rare || counts[i] > 0) text += absl::StrFormat(" %s %d", Name(kFates[i]), counts[i]);
    }
    return is_complete ? text + '\n' : text;
  }
  json.EndArray();
  json.Member("complete", is_complete);
  if (is_complete) {
    json.Key("records");
    json.BeginObject();
    json.Member("read", num_records);
    for (size_t i = 0; i < kFates.size(); ++i) json.Member(Name(kFates[i]), counts[i]);
    json.EndObject();
  }
  json.EndObject();
  return text + '\n';
}

absl::Status RunSteps(const ShardJob& job, const Given& given, Console& console) {
  for (size_t i = 0; i < kNumSteps; ++i) {
    const auto step = static_cast<Step>(i);
    if (given.action != "run" && given.action != NameOf(step)) continue;
    size_t begin = 0, end = NumTasks(job.plan, step);
    if (!given.inputs.empty()) {
      begin = std::stoul(given.inputs[0]);
      if (begin >= end) {
        return absl::InvalidArgumentError(
            absl::StrFormat("shard %s: there is %s, from 0 on, and no %d", given.action, Counted(end, "task"), begin));
      }
      end = begin + 1;
    }
    for (size_t task = begin; task < end; ++task) {
      UNECHO_ASSIGN_OR_RETURN(const bool is_new, RunTask(job, step, task));
      console.StopProgress();
      console.Info(absl::StrFormat("%s %d: %s\n", NameOf(step), task, is_new ? "done" : "was done already"));
    }
  }
  return absl::OkStatus();
}

absl::Status Act(const Given& given, Console& console) {
  if (given.action == "plan") return Plan(given, console);
  std::error_code error;
  const std::string folder = fs::absolute(given.folder, error).lexically_normal().string();
  if (given.action == "status" || given.action == "slurm") {
    UNECHO_ASSIGN_OR_RETURN(const ShardPlan plan, ReadShardPlan(folder));
    UNECHO_ASSIGN_OR_RETURN(const auto out, OutputFile::Create("-"));
    std::string text = SlurmText(plan, folder, given);
    if (given.action == "status") {
      UNECHO_ASSIGN_OR_RETURN(text, StatusText(plan, folder, given.as_json));
    }
    UNECHO_RETURN_IF_ERROR(out->Write(text));
    return out->Commit();
  }
  UNECHO_ASSIGN_OR_RETURN(const ShardJob job, JobOf(folder, given, console));
  return RunSteps(job, given, console);
}

}  // namespace

ExitCode RunShardCommand(const Given& given, Console& console) {
  const absl::Status status = Act(given, console);
  console.StopProgress();
  const ExitCode code = ExitCodeFor(status);
  if (code == ExitCode::kFailure) console.Error(Message(status));
  return code;
}

}  // namespace unecho
