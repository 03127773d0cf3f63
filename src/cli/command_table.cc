#include "cli/command_table.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "absl/strings/str_format.h"
#include "cli/dispatch.h"
#include "cli/help_texts.h"
#include "given/find_inputs.h"
#include "given/option_groups.h"
#include "shard/shard_plan.h"

namespace unecho {
namespace {

// --- options -------------------------------------------------------------------------------------------------------

void AddExplain(CLI::App& app, Given& given) {
  app.add_option("REF", given.ref, "The record, as the provenance calls it: SOURCE#NUMBER")->type_name("")->required();
  AddComparing(app, given);
  AddAgainst(app, given);
  AddProvenanceOfRun(app, given);
  app.add_option("--report", given.run_report,
                 "Report of the run: takes its options, and its inputs if no FILE is named")
      ->type_name("FILE")
      ->group(kInput);
}

void AddInspect(CLI::App& app, Given& given) {
  AddReading(app, given);
  AddMessages(app, given);
}

void AddTune(CLI::App& app, Given& given) {
  AddReading(app, given);
  AddCleaning(app, given, false);
  AddComparison(app, given);
  AddShingle(app, given);
  AddResources(app, given);
  AddMessages(app, given);
  app.add_option("--labels", given.labels,
                 "Clusters that people have made, a line each: name and members, separated by tabs; adds scores")
      ->type_name("FILE")
      ->group(kMatching);
  app.add_option("--report", given.report, "The same for machines (JSON)")->type_name("FILE")->group(kOutput);
  app.add_flag("-f,--force", given.force, "Replace a report that is there already")->group(kOutput);
}

void AddStats(CLI::App& app, Given& given) {
  app.add_option("PROVENANCE", given.run_provenance, "The provenance, compressed or not")->type_name("")->required();
  app.add_flag("--json", given.as_json, "For machines: all sources and pairs of sources")->group(kOutput);
  AddMessages(app, given, false);
}

void AddIndex(CLI::App& app, Given& given) {
  app.add_option("ACTION", given.action,
                 "info: what it was made with, and its runs. check: whether every block is as it was written. export: "
                 "its kept records as JSON lines. merge: what two have kept into a new one")
      ->type_name("")
      ->check(CLI::IsMember({"info", "check", "export", "merge"}))
      ->required();
  app.add_option("INDEX", given.index, "The folder that --index names")->type_name("")->required();
  app.add_option("OTHER", given.other_index, "merge: the index whose records come second")->type_name("");
  app.add_option("-o,--output", given.output,
                 "export: where the lines go, - is standard output; merge: the new index, a folder")
      ->type_name("PATH")
      ->group(kOutput)
      ->capture_default_str();
  app.add_flag("--json", given.as_json, "info: for machines")->group(kOutput);
  app.add_flag("-f,--force", given.force, "export: replace an output that is there already")->group(kOutput);
  AddResources(app, given);
  AddMessages(app, given, false);
}

void AddShard(CLI::App& app, Given& given) {
  app.add_option(
         "ACTION", given.action,
         "plan: cut the inputs into shards. sign, pairs, resolve, decide, write: a step, or one task of it. run: "
         "all steps, here. status: what is done. slurm: a script that hands what is left to sbatch")
      ->type_name("")
      ->check(CLI::IsMember({"plan", "sign", "pairs", "resolve", "decide", "write", "run", "status", "slurm"}))
      ->required();
  app.add_option("FOLDER", given.folder, "Where the plan is, and what tasks leave for one another")
      ->type_name("")
      ->required();
  AddClean(app, given);
  app.get_option("FILE")->description(
      "plan: the inputs. A step: the number of its task, from 0; without it, all of them");
  app.add_option("--shards", given.shards, "plan: how many")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->group(kInput);
  app.add_flag("--json", given.as_json, "status: for machines")->group(kOutput);
}

void AddReport(CLI::App& app, Given& given) {
  app.add_option("REPORT", given.run_report, "The report of the run (JSON)")->type_name("")->required();
  app.add_option("--provenance", given.run_provenance,
                 "Provenance of the run: adds removed and rejected records, and snapshots")
      ->type_name("FILE")
      ->group(kInput);
  app.add_option("--tune", given.tune_report,
                 "What 'unecho tune --report' wrote of the same inputs: adds a table of thresholds")
      ->type_name("FILE")
      ->group(kInput);
  app.add_option("-o,--output", given.page, "The page; - is standard output [beside REPORT, ending in .html]")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_flag("-f,--force", given.force, "Replace a page that is there already")->group(kOutput);
  AddMessages(app, given);
}

void AddLayouts(CLI::App& app, Given& given) {
  app.add_option("--show", given.show, "Print the profile of this layout (TOML)")->type_name("LAYOUT")->group(kOutput);
  app.set_help_flag();
  app.add_flag("-h", given.short_help, "Short help")->group(kMessages);
  app.add_flag("--help", given.long_help, "This help")->group(kMessages);
}

void AddHelp(CLI::App& app, Given& given) {
  app.add_option("TOPIC", given.topic, "A page of the manual or a command; without it, all topics are listed")
      ->type_name("");
  app.set_help_flag();
  app.add_flag("-h", given.short_help, "Short help")->group(kMessages);
  app.add_flag("--help", given.long_help, "This help")->group(kMessages);
}

// --- what cannot be meant ------------------------------------------------------------------------------------------

bool ReadsStandardInput(const Given& given) {
  return given.inputs.empty() || std::ranges::find(given.inputs, "-") != given.inputs.end();
}

absl::Status CheckInputs(const Given& given) {
  if (given.stdin_name != "-" && !ReadsStandardInput(given))
    return absl::InvalidArgumentError(
        "--stdin-name says what standard input is called, and it is not read: leave it out");
  if (!given.inputs.empty() || isatty(STDIN_FILENO) != 1) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "no FILE, and standard input is a terminal: name files, pipe something in, or give - to type");
}

template <Command kCommand>
absl::Status CheckRun(const Given& given) {
  const bool explains = !given.ref.empty();
  if (explains && IsHtmlName(given.report)) {
    return absl::InvalidArgumentError(
        "--explain tells one record's story and writes no page: leave it out, or give --report a name that ends in "
        ".json");
  }
  UNECHO_RETURN_IF_ERROR(PipelineOf(given, kCommand).Validate());
  if (explains && (given.provenance == "-" || given.report == "-" || given.rejects == "-" || given.review == "-")) {
    return absl::InvalidArgumentError("two outputs go to standard output: give each its own file");
  }
  UNECHO_RETURN_IF_ERROR(CheckInputs(given));
  if (explains && ReadsStandardInput(given)) {
    return absl::InvalidArgumentError(
        "--explain reads the inputs twice, and cannot read standard input again: keep it in a file, and name that");
  }
  return absl::OkStatus();
}

absl::Status CheckAudit(const Given& given) {
  UNECHO_RETURN_IF_ERROR(given.answer.Validate());
  if (given.run_report.empty()) UNECHO_RETURN_IF_ERROR(CheckInputs(given));
  if (ReadsStandardInput(given) && given.run_provenance == "-") {
    return absl::InvalidArgumentError("provenance and input are both standard input");
  }
  return absl::OkStatus();
}

absl::Status CheckExplain(const Given& given) {
  UNECHO_RETURN_IF_ERROR(given.answer.Validate());
  if (!given.inputs.empty() && ReadsStandardInput(given)) {
    return absl::InvalidArgumentError(
        "--explain reads the inputs twice, and cannot read standard input again: keep it in a file, and name that");
  }
  return absl::OkStatus();
}

absl::Status CheckReading(const Given& given) {
  UNECHO_RETURN_IF_ERROR(given.answer.Validate());
  UNECHO_RETURN_IF_ERROR(given.run.Validate());
  return CheckInputs(given);
}

absl::Status CheckIndexAction(const Given& given) {
  const bool merges = given.action == "merge";
  if (merges && (given.other_index.empty() || given.output == "-"))
    return absl::InvalidArgumentError("index merge: name two indexes and a new one: unecho index merge A B -o C");
  if (!merges && !given.other_index.empty())
    return absl::InvalidArgumentError("index " + given.action + " is about one index: leave the second one out");
  if (given.as_json && given.action != "info")
    return absl::InvalidArgumentError("--json is for index info: index " + given.action + " has no other form");
  if (given.force && given.action != "export")
    return absl::InvalidArgumentError("--force is for index export: index " + given.action + " replaces nothing");
  if (given.action != "export" && !merges && given.output != "-")
    return absl::InvalidArgumentError("index " + given.action + " prints what it has to say: leave --output out");
  return absl::OkStatus();
}

absl::Status CheckShard(const Given& given) {
  if (given.action == "plan") {
    if (given.shards == 0)
      return absl::InvalidArgumentError("shard plan: say how many shards there shall be: --shards N");
    if (ReadsStandardInput(given))
      return absl::InvalidArgumentError("shard plan: shards are read twice, by several processes: name files");
    if (!given.ref.empty()) return absl::InvalidArgumentError("shard plan: --explain is for runs of one process");
    if (given.as_json) return absl::InvalidArgumentError("shard plan: --json is for status: leave it out");
    if (given.force) {
      return absl::InvalidArgumentError(
          "shard plan: --force replaces outputs, and those of shards are in the folder of the plan: leave it out");
    }
    UNECHO_RETURN_IF_ERROR(CheckInputs(given));
    const PipelineOptions options = PipelineOf(given, Command::kClean);
    UNECHO_RETURN_IF_ERROR(options.Validate());
    return CheckShardable(options);
  }
  // The plan has all options but those that say how a machine does it.
  constexpr std::string_view kOfMachines[] = {"-j", "--threads", "--memory", "--tmpdir"};
  constexpr std::string_view kOfTalk[] = {"-q", "--quiet", "-v", "--verbose"};
  const auto is_one_of = [](std::string_view option, const auto& list) {
    return std::ranges::find(list, option) != std::end(list);
  };
  const bool looks = given.action == "status";
  for (const std::string& word : given.words) {
    const bool is_short = word.size() > 2 && word[0] == '-' && word[1] != '-';  // -j4
    const std::string_view option = std::string_view(word).substr(0, is_short ? 2 : word.find('='));
    if (!option.starts_with('-') || is_one_of(option, kOfTalk)) continue;
    if (looks ? option == "--json" : is_one_of(option, kOfMachines)) continue;
    if (option == "--json") return absl::InvalidArgumentError("--json is for shard status: leave it out");
    if (looks) {
      return absl::InvalidArgumentError(
          absl::StrFormat("shard status: looks at the folder and runs nothing: leave %s out", word));
    }
    return absl::InvalidArgumentError(
        absl::StrFormat("shard %s: the plan has the options of the run, and %s is none of the machine's (--threads, "
                        "--memory, --tmpdir): leave it out",
                        given.action, word));
  }
  const bool takes_task = given.action != "status" && given.action != "run" && given.action != "slurm";
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.size() < 10 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (given.inputs.size() > (takes_task ? 1 : 0) ||
      (takes_task && !given.inputs.empty() && !is_number(given.inputs[0]))) {
    return absl::InvalidArgumentError(
        absl::StrFormat("shard %s: behind the folder comes %s", given.action,
                        takes_task ? "the number of a task, or nothing" : "nothing: the plan has the inputs"));
  }
  return absl::OkStatus();
}

absl::Status CheckNothing(const Given& /*given*/) { return absl::OkStatus(); }

template <Command kCommand>
ExitCode Run(const Given& given, Console& console) {
  return RunPipelineCommand(given, kCommand, console);
}

constexpr CommandEntry kCommands[] = {
    {"clean", "Dumps in, clean corpus out: segment + dedup in one streaming pass", true, AddClean,
     CheckRun<Command::kClean>, Run<Command::kClean>},
    {"segment", "Entries only: dumps in, one JSON object an entry out", true, AddSegment, CheckRun<Command::kSegment>,
     Run<Command::kSegment>},
    {"dedup", "The same as clean, by another name", true, AddClean, CheckRun<Command::kDedup>, Run<Command::kDedup>},
    {"audit", "Recompute every claim of a finished run from its inputs", true, AddAudit, CheckAudit, RunAuditCommand},
    {"inspect", "What each file is, and what a run would read in it", true, AddInspect, CheckReading,
     RunInspectCommand},
    {"explain", "Tell the whole story of one record of a finished run", true, AddExplain, CheckExplain,
     RunExplainCommand},
    {"tune", "Which threshold? What each from .5 to .95 would remove, with borderline pairs", true, AddTune,
     CheckReading, RunTuneCommand},
    {"stats", "The statistics of a finished run, from its provenance", true, AddStats, CheckNothing, RunStatsCommand},
    {"index", "What an index of kept records holds (--index), and whether it is whole", true, AddIndex,
     CheckIndexAction, RunIndexCommand},
    {"shard", "A run on many machines: the same, cut into tasks", true, AddShard, CheckShard, RunShardCommand},
    {"report", "A finished run as a page for a browser, from its report, provenance and inputs", true, AddReport,
     CheckNothing, RunReportCommand},
    {"layouts", "List the built-in layouts, or print one to copy and change", false, AddLayouts, CheckNothing,
     RunLayoutsCommand},
    {"help", "Print a page of the manual, or the help of a command", false, AddHelp, CheckNothing, RunHelpCommand},
};

}  // namespace

std::span<const CommandEntry> Commands() { return kCommands; }

void AddCommands(CLI::App& app, Given& given, std::span<const std::string> words) {
  for (const CommandEntry& command : Commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.description);
    if (words.empty() || std::ranges::find(words, command.name) != words.end()) command.add_options(*sub, given);
    if (command.has_footer) sub->footer(kFooter);
  }
}

}  // namespace unecho
