// unecho: raw snapshot dumps in, clean deduplicated corpus out.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/interrupt.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "commands/explain.h"
#include "commands/inspect.h"
#include "commands/stats.h"
#include "commands/tune.h"
#include "kernels/kernels.h"
#include "page/html_report.h"
#include "read/folders.h"
#include "unecho/audit.h"
#include "unecho/options.h"
#include "unecho/pipeline.h"
#include "write/atomic_file.h"
#include "write/outputs.h"

namespace {

using unecho::ExitCode;

std::string CommandLine(int argc, char** argv) {
  std::string line;
  for (int i = 0; i < argc; ++i) {
    if (i > 0) line += ' ';
    line += argv[i];
  }
  return line;
}

ExitCode RunAudit(const unecho::Options& options, unecho::Console& console) {
  const absl::StatusOr<unecho::AuditResult> audit = unecho::Audit(options);
  if (!audit.ok()) {
    console.Error({audit.status().message().data(), audit.status().message().size()});
    return unecho::ExitCodeFor(audit.status());
  }
  for (const std::string& violation : audit->violations) console.Error(violation);
  if (audit->num_violations > audit->violations.size()) {
    console.Error(absl::StrFormat("... and %d more", audit->num_violations - audit->violations.size()));
  }
  const std::string contaminated =
      audit->contaminated > 0 ? absl::StrFormat(" contaminated %d", audit->contaminated) : std::string();
  console.Info(absl::StrFormat(
      "audit: read %d kept %d exact %d near %d%s rejected %d: %s\n", audit->records, audit->kept, audit->exact,
      audit->near, contaminated, audit->rejected,
      audit->num_violations == 0 ? "every claim holds" : absl::StrFormat("%d violations", audit->num_violations)));
  if (options.audit_recall)
    console.Info(absl::StrFormat("audit: %d pairs of kept records reach the threshold\n", audit->pairs_left));
  return audit->num_violations == 0 ? ExitCode::kOk : ExitCode::kFailure;
}

// Goes on behind a file that cannot be read.
ExitCode RunInspect(const unecho::Options& options, unecho::Console& console) {
  ExitCode code = ExitCode::kOk;
  for (const unecho::InputFile& input : unecho::NameInputs(options.inputs, options.stdin_name)) {
    const absl::StatusOr<unecho::Inspection> inspection = unecho::Inspect(input, options);
    if (!inspection.ok()) {
      code = unecho::ExitCodeFor(inspection.status());
      if (code != ExitCode::kFailure) return code;
      console.Error({inspection.status().message().data(), inspection.status().message().size()});
      continue;
    }
    const std::string text = unecho::Describe(*inspection);
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) return ExitCode::kFailure;
  }
  return code;
}

bool StdoutTakesColour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
         std::strcmp(term, "dumb") != 0;
}

// Text that is the answer: all of it, or an error.
absl::Status Print(const std::string& text, const std::string& path) {
  UNECHO_ASSIGN_OR_RETURN(const auto out, unecho::OutputFile::Create(path));
  UNECHO_RETURN_IF_ERROR(out->Write(text));
  return out->Commit();
}

ExitCode RunExplain(const unecho::Options& options, const std::string& command_line, unecho::Console& console) {
  const bool colour = StdoutTakesColour();
  const absl::StatusOr<std::string> story = options.command == unecho::Command::kExplain
                                                ? unecho::Explain(options, colour)
                                                : unecho::RunAndExplain(options, command_line, console, colour);
  const absl::Status status = story.ok() ? Print(*story, "-") : story.status();
  const ExitCode code = unecho::ExitCodeFor(status);
  if (code == ExitCode::kFailure) console.Error({status.message().data(), status.message().size()});
  return code;
}

absl::Status Tune(const unecho::Options& options, unecho::Console& console) {
  std::unique_ptr<unecho::OutputFile> report;  // now: a folder that is not there is no news for after the run
  if (!options.report.empty()) {
    UNECHO_ASSIGN_OR_RETURN(report, unecho::OutputFile::Create(options.report));
  }
  UNECHO_ASSIGN_OR_RETURN(const unecho::TuneResult result, unecho::RunTune(options, console));
  UNECHO_RETURN_IF_ERROR(Print(unecho::DescribeTune(result, StdoutTakesColour()), "-"));
  if (report == nullptr) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(report->Write(unecho::TuneJson(result, options)));
  return report->Commit();
}

absl::Status Stats(const unecho::Options& options) {
  UNECHO_ASSIGN_OR_RETURN(const std::string text, unecho::DescribeProvenance(options.audit_provenance));
  return Print(text, "-");
}

absl::Status Report(const unecho::Options& options, unecho::Console& console) {
  UNECHO_ASSIGN_OR_RETURN(const std::string page, unecho::HtmlReport(options, console));
  return Print(page, options.output);
}

ExitCode Say(const absl::Status& status, unecho::Console& console) {
  const ExitCode code = unecho::ExitCodeFor(status);
  if (code == ExitCode::kFailure) console.Error({status.message().data(), status.message().size()});
  return code;
}

ExitCode Run(unecho::Options options, const std::string& command_line) {
  using Level = unecho::Console::Level;
  unecho::Console console(options.run.quiet ? Level::kQuiet : options.run.verbose ? Level::kVerbose : Level::kNormal);
  std::vector<std::string> others = unecho::FilesReadBeside(options);
  others.insert(others.end(), {options.output, options.provenance, options.rejects, options.report});
  auto inputs = unecho::WalkInputs(options.inputs, options.globs, others);
  if (!inputs.ok()) {
    console.Error({inputs.status().message().data(), inputs.status().message().size()});
    return ExitCode::kFailure;
  }
  options.inputs = *std::move(inputs);
  if (const absl::Status outputs = unecho::CheckOutputs(options); !outputs.ok()) return Say(outputs, console);
  if (options.command == unecho::Command::kAudit) return RunAudit(options, console);
  if (options.command == unecho::Command::kInspect) return RunInspect(options, console);
  if (options.command == unecho::Command::kTune) return Say(Tune(options, console), console);
  if (options.command == unecho::Command::kReport) return Say(Report(options, console), console);
  if (options.command == unecho::Command::kStats) return Say(Stats(options), console);
  if (!options.explain_ref.empty()) return RunExplain(options, command_line, console);
  const absl::StatusOr<std::string> table = unecho::IsHtmlReport(options)
                                                ? unecho::RunWithHtmlReport(options, command_line, console)
                                                : unecho::RunPipeline(options, command_line, console);
  console.StopProgress();
  const ExitCode code = unecho::ExitCodeFor(table.status());
  if (table.ok()) {
    console.Info(*table);
  } else if (code == ExitCode::kFailure) {  // a closed pipe is quiet
    console.Error({table.status().message().data(), table.status().message().size()});
  } else if (unecho::InterruptSignal() != 0) {
    console.Info("unecho: stopped by a signal; files that were not finished are gone\n");
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  const unecho::ParsedCommandLine parsed = unecho::ParseCommandLine(argc, argv);
  if (!parsed.run) {
    std::FILE* to = parsed.exit_code == 0 ? stdout : stderr;
    if (std::fputs(parsed.text.c_str(), to) < 0 || std::fflush(to) != 0) return static_cast<int>(ExitCode::kFailure);
    return parsed.exit_code;
  }
  // A comparison of instruction sets must not compare one with itself.
  const char* kernels = std::getenv("UNECHO_KERNELS");
  if (kernels != nullptr && *kernels != '\0' && unecho::ActiveKernels().name != std::string_view(kernels)) {
    std::string sets;
    for (const unecho::Kernels* set : unecho::AvailableKernels())
      sets += std::string(sets.empty() ? "" : ", ") + set->name;
    std::fprintf(stderr, "unecho: error: UNECHO_KERNELS=%s: this machine can run %s\n", kernels, sets.c_str());
    return static_cast<int>(ExitCode::kUsage);
  }
  unecho::InstallSignalHandlers();
  return static_cast<int>(Run(parsed.options, CommandLine(argc, argv)));
}
