#include "cli/dispatch.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/interrupt.h"
#include "cli/help_topics.h"
#include "commands/explain.h"
#include "commands/index.h"
#include "commands/inspect.h"
#include "commands/layouts.h"
#include "commands/stats.h"
#include "commands/tune.h"
#include "flow/merge_indexes.h"
#include "given/find_inputs.h"
#include "page/html_report.h"
#include "read/input.h"
#include "text/counted.h"
#include "text/file_name.h"
#include "unecho/audit.h"
#include "unecho/pipeline.h"
#include "write/atomic_file.h"
#include "write/outputs.h"

namespace unecho {
namespace {

using Files = std::vector<std::string>;

// A closed pipe and a signal are quiet: their exit codes say it.
ExitCode Say(const absl::Status& status, Console& console) {
  const ExitCode code = ExitCodeFor(status);
  if (code == ExitCode::kFailure) console.Error(Message(status));
  return code;
}

// Text that is the answer: all of it, or an error.
absl::Status Print(const std::string& text, const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(const auto out, OutputFile::Create(path));
  UNECHO_RETURN_IF_ERROR(out->Write(text));
  return out->Commit();
}

// What goes by a name that the command line gives: an unknown one is an error of usage.
ExitCode PrintNamed(const absl::StatusOr<std::string>& text, std::string_view what_to_try, Console& console) {
  if (text.ok()) return Say(Print(*text, "-"), console);
  console.Error(Message(text.status()));
  console.Info(absl::StrFormat("Try 'unecho %s'.\n", what_to_try));
  return ExitCode::kUsage;
}

bool StdoutTakesColour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
         std::strcmp(term, "dumb") != 0;
}

absl::StatusOr<std::string> RunStory(const PipelineOptions& options, const Given& given, Console& console) {
  return RunAndExplain(options, given.ref, given.command_line, console, StdoutTakesColour());
}

}  // namespace

namespace {

absl::StatusOr<std::string> TableOf(Result<RunResult> result) {
  if (!result.ok()) return Inner(result.status());
  return std::move(result->table);
}

}  // namespace

ExitCode RunPipelineCommand(const Given& given, Command command, Console& console) {
  absl::StatusOr<FoundRun> run = FindRun(given, command);
  if (!run.ok()) return Say(run.status(), console);
  const PipelineOptions& options = run->options;
  for (const std::string& warning : run->warnings) console.Info(absl::StrFormat("unecho: warning: %s\n", warning));
  if (!given.ref.empty()) {
    const absl::StatusOr<std::string> story = RunStory(options, given, console);
    return Say(story.ok() ? Print(*story, "-") : story.status(), console);
  }
  const absl::StatusOr<std::string> table = IsHtmlName(options.report)
                                                ? RunWithHtmlReport(options, given.command_line, console)
                                                : TableOf(RunPipeline(options, given.command_line, console));
  console.StopProgress();
  if (table.ok()) {
    console.Info(*table);
  } else if (ExitCodeFor(table.status()) != ExitCode::kFailure && InterruptSignal() != 0) {
    console.Info("unecho: stopped by a signal; files that were not finished are gone\n");
  }
  return Say(table.status(), console);
}

ExitCode RunAuditCommand(const Given& given, Console& console) {
  const absl::StatusOr<AuditOptions> options = FindAudit(given);
  if (!options.ok()) return Say(options.status(), console);
  const absl::StatusOr<AuditResult> audit = Inner(Audit(*options));
  if (!audit.ok()) return Say(audit.status(), console);
  for (const std::string& violation : audit->violations) console.Error(violation);
  if (audit->num_violations > audit->violations.size()) {
    console.Error(absl::StrFormat("... and %d more", audit->num_violations - audit->violations.size()));
  }
  std::string rare;
  if (audit->contaminated > 0) rare += absl::StrFormat(" contaminated %d", audit->contaminated);
  if (audit->reference > 0) rare += absl::StrFormat(" reference %d", audit->reference);
  console.Info(
      absl::StrFormat("audit: read %d kept %d exact %d near %d%s rejected %d: %s\n", audit->records, audit->kept,
                      audit->exact, audit->near, rare, audit->rejected,
                      audit->num_violations == 0 ? "every claim holds" : Counted(audit->num_violations, "violation")));
  if (audit->witnesses_compared < audit->witnesses) {
    console.Info(
        absl::StrFormat("audit: of %d removed records that may have a better witness %d were compared with all kept "
                        "ones; --recall compares all\n",
                        audit->witnesses, audit->witnesses_compared));
  }
  if (audit->not_compared > 0) {
    console.Info(
        absl::StrFormat("audit: %d works were removed for ones of earlier runs, of which the index has no fields: "
                        "their likeness stands "
                        "as it is claimed\n",
                        audit->not_compared));
  }
  if (given.recall) {
    console.Info(absl::StrFormat("audit: %s of kept records %s\n", Counted(audit->pairs_left, "pair"),
                                 audit->has_keys
                                     ? (audit->pairs_left == 1 ? "is the same" : "are the same")
                                     : (audit->pairs_left == 1 ? "reaches the threshold" : "reach the threshold")));
  }
  return audit->num_violations == 0 ? ExitCode::kOk : ExitCode::kFailure;
}

ExitCode RunExplainCommand(const Given& as_given, Console& console) {
  const absl::StatusOr<Given> walked = WithReferenceFiles(as_given);
  if (!walked.ok()) return Say(walked.status(), console);
  const Given& given = *walked;
  auto inputs = FindInputs(given, Named({given.run_provenance, given.run_report}, ParametersOf(given)), {"-"});
  if (!inputs.ok()) return Say(inputs.status(), console);
  const absl::StatusOr<std::string> story = Explain({.ref = given.ref,
                                                     .inputs = *std::move(inputs),
                                                     .stdin_name = given.stdin_name,
                                                     .answer = given.answer,
                                                     .provenance = given.run_provenance,
                                                     .report = given.run_report},
                                                    StdoutTakesColour());
  return Say(story.ok() ? Print(*story, "-") : story.status(), console);
}

// Goes on behind a file that cannot be read.
ExitCode RunInspectCommand(const Given& given, Console& console) {
  const auto inputs = FindInputs(given, ParametersOf(given), {"-"});
  if (!inputs.ok()) return Say(inputs.status(), console);
  ExitCode code = ExitCode::kOk;
  const std::vector<InputFile> files = NameInputs(*inputs, given.stdin_name);
  const SiblingLayouts siblings(files, given.answer.encoding, given.answer.segment);
  for (const InputFile& input : files) {
    const absl::StatusOr<Inspection> inspection = Inspect(input, siblings, given.answer, given.run);
    if (!inspection.ok()) {
      code = Say(inspection.status(), console);
      if (code != ExitCode::kFailure) return code;
      continue;
    }
    const absl::Status printed = Print(Describe(*inspection), "-");
    if (!printed.ok()) return Say(printed, console);
  }
  return code;
}

ExitCode RunTuneCommand(const Given& given, Console& console) {
  const auto tune = [&]() -> absl::Status {
    if (const std::string_view end = OtherFormat(given.report); !end.empty()) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "--report %s: it is JSON, and no %s; name it FILE.json, which 'unecho report --tune' puts on its page",
          given.report, end));
    }
    UNECHO_ASSIGN_OR_RETURN(Files inputs,
                            FindInputs(given, Named({given.labels}, ParametersOf(given)), {given.report, "-"}));
    std::unique_ptr<OutputFile> report;  // now: a folder that is not there is no news for after the run
    if (!given.report.empty()) {
      UNECHO_ASSIGN_OR_RETURN(report, OutputFile::Create(given.report));
    }
    UNECHO_ASSIGN_OR_RETURN(const TuneResult result, RunTune({.inputs = std::move(inputs),
                                                              .stdin_name = given.stdin_name,
                                                              .answer = given.answer,
                                                              .run = given.run,
                                                              .labels = given.labels},
                                                             console));
    UNECHO_RETURN_IF_ERROR(Print(DescribeTune(result, given.answer, StdoutTakesColour()), "-"));
    if (report == nullptr) return absl::OkStatus();
    UNECHO_RETURN_IF_ERROR(report->Write(TuneJson(result, given.answer)));
    return report->Commit();
  };
  return Say(tune(), console);
}

ExitCode RunStatsCommand(const Given& given, Console& console) {
  const absl::Status apart = CheckOutputs(Named({"-"}), Named({given.run_provenance}), given.force);
  if (!apart.ok()) return Say(apart, console);
  const absl::StatusOr<std::string> text = DescribeProvenance(given.run_provenance, given.as_json);
  return Say(text.ok() ? Print(*text, "-") : text.status(), console);
}

ExitCode RunIndexCommand(const Given& given, Console& console) {
  if (given.action == "export") {
    const auto write = [&]() -> absl::Status {
      UNECHO_RETURN_IF_ERROR(CheckOutputs(Named({given.output}), {}, given.force));
      std::unique_ptr<OutputFile> out;  // made when the index has shown that it can be read
      UNECHO_RETURN_IF_ERROR(ExportIndex(given.index, given.output, [&](std::string_view lines) -> absl::Status {
        if (out == nullptr) {
          UNECHO_ASSIGN_OR_RETURN(out, OutputFile::Create(given.output));
        }
        return out->Write(lines);
      }));
      if (out == nullptr) {
        UNECHO_ASSIGN_OR_RETURN(out, OutputFile::Create(given.output));
      }
      return out->Commit();
    };
    return Say(write(), console);
  }
  if (given.action == "merge") {
    RunOptions run = given.run;
    run.batch_bytes = given.batch_bytes;
    run.memory_bytes = given.memory_bytes;
    const absl::StatusOr<IndexInfo> info =
        MergeIndexes({.first = given.index, .second = given.other_index, .output = given.output, .run = run},
                     given.command_line, console);
    console.StopProgress();
    if (info.ok()) {
      console.Info(absl::StrFormat("%s: %d kept records of %s, %d more of %s\n", given.output, info->kept, given.index,
                                   info->added_kept, given.other_index));
    }
    return Say(info.status(), console);
  }
  const absl::StatusOr<std::string> text =
      given.action == "check" ? CheckIndex(given.index) : DescribeIndex(given.index, given.as_json);
  return Say(text.ok() ? Print(*text, "-") : text.status(), console);
}

// "report.json.gz" -> "report.html", in the folder of the report.
std::string PageBeside(const std::string& report) {
  namespace fs = std::filesystem;
  return report == "-" ? "report.html" : fs::path(WithoutCompressionSuffix(report)).replace_extension(".html").string();
}

ExitCode RunReportCommand(const Given& given, Console& console) {
  const std::string output = given.page.empty() ? PageBeside(given.run_report) : given.page;
  auto inputs = FindInputs(given, Named({given.tune_report, given.run_provenance, given.run_report}), {output});
  if (!inputs.ok()) return Say(inputs.status(), console);
  const absl::StatusOr<std::string> page = HtmlReport({.report = given.run_report,
                                                       .provenance = given.run_provenance,
                                                       .tune = given.tune_report,
                                                       .inputs = *std::move(inputs),
                                                       .stdin_name = given.stdin_name,
                                                       .answer = {},
                                                       .output = output,
                                                       .overwrite = given.force},
                                                      console);
  if (!page.ok()) return Say(page.status(), console);
  const absl::Status printed = Print(*page, output);
  if (printed.ok() && given.page.empty()) console.Info(absl::StrFormat("unecho: wrote %s\n", output));
  return Say(printed, console);
}

ExitCode RunLayoutsCommand(const Given& given, Console& console) {
  return PrintNamed(DescribeLayouts(given.show), "layouts --help", console);
}

ExitCode RunHelpCommand(const Given& given, Console& console) {
  return PrintNamed(HelpText(given.topic), "help", console);
}

}  // namespace unecho
