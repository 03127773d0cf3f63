#include "unecho/named_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/status.h"
#include "given/find_inputs.h"
#include "given/given.h"
#include "given/option_groups.h"
#include "given/usage_errors.h"

namespace unecho {
namespace {

using AddOptions = void (*)(CLI::App&, Given&);

// What a Deduplicator can do of `dedup`.
void AddTexts(CLI::App& app, Given& given) {
  AddMatching(app, given);
  AddCleaning(app, given, /*reads_twice=*/false);
  AddResources(app, given);
  for (const char* of_files :
       {"--aligned", "--match", "--ignore-common", "--reference", "--decided", "--batch-size", "--memory"})
    app.remove_option(app.get_option(of_files));
}

std::string OptionOf(std::string name) {
  std::ranges::replace(name, '_', '-');
  return "--" + name;
}

// As CLI11 takes them, from the last to the first.
std::vector<std::string> WordsOf(const CLI::App& command, std::span<const NamedOption> named) {
  std::vector<std::string> words;
  for (const NamedOption& each : named) {
    const std::string option = OptionOf(each.name);
    const CLI::Option* known = command.get_option_no_throw(option);
    if (each.values.empty()) {
      words.push_back(option);
    } else if (known != nullptr && known->get_items_expected_max() > 1) {
      for (const std::string& value : each.values) words.push_back(option + "=" + value);
    } else {
      words.push_back(option + "=" + absl::StrJoin(each.values, ","));
    }
  }
  std::ranges::reverse(words);
  return words;
}

// What a program says to people, which is not what a library is asked for.
absl::Status CheckNoTalk(std::span<const NamedOption> named) {
  for (const char* talk : {"help", "quiet", "verbose", "explain"}) {
    if (std::ranges::find(named, talk, &NamedOption::name) != named.end())
      return absl::InvalidArgumentError(
          absl::StrFormat("--%s is for the command line, where somebody reads what it says: leave it out", talk));
  }
  return absl::OkStatus();
}

absl::StatusOr<Given> Parse(const char* name, AddOptions add, const std::vector<std::string>& inputs,
                            std::span<const NamedOption> named) {
  UNECHO_RETURN_IF_ERROR(CheckNoTalk(named));
  Given given;
  given.run.stop = nullptr;
  CLI::App app("", "unecho");
  app.set_help_flag();
  CLI::App* const command = app.add_subcommand(name);
  command->set_help_flag();
  add(*command, given);
  RefuseNegatives(app);
  std::vector<std::string> words = WordsOf(*command, named);
  words.emplace_back(name);
  try {
    app.parse(std::move(words));
  } catch (const CLI::ExtrasError&) {
    return absl::InvalidArgumentError(Unexpected(app, command));
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(Unreadable(error, command));
  }
  given.inputs = inputs;
  UNECHO_RETURN_IF_ERROR(TakeValues(given));
  return given;
}

absl::Status CheckInputs(const std::vector<std::string>& inputs) {
  if (inputs.empty()) return absl::InvalidArgumentError("no input: name files or folders");
  if (std::ranges::find(inputs, std::string()) != inputs.end())
    return absl::InvalidArgumentError("the name of an input is empty; '-' is standard input");
  return absl::OkStatus();
}

absl::StatusOr<PipelineOptions> FindPipeline(Command command, const std::vector<std::string>& inputs,
                                             std::span<const NamedOption> named, Listener& listener) {
  UNECHO_RETURN_IF_ERROR(CheckInputs(inputs));
  UNECHO_ASSIGN_OR_RETURN(
      const Given given,
      Parse(std::string(Name(command)).c_str(), command == Command::kSegment ? AddSegment : AddClean, inputs, named));
  if (IsHtmlName(given.report)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "--report %s: a page is made by the program, of a report: give this one a name that ends in .json, and call "
        "`unecho report`",
        given.report));
  }
  UNECHO_RETURN_IF_ERROR(PipelineOf(given, command).Validate());
  UNECHO_ASSIGN_OR_RETURN(FoundRun run, FindRun(given, command));
  for (const std::string& warning : run.warnings) listener.Warning(warning);
  return std::move(run.options);
}

absl::StatusOr<DeduplicatorOptions> TextOptions(std::span<const NamedOption> named) {
  UNECHO_ASSIGN_OR_RETURN(const Given given, Parse("dedup", AddTexts, {}, named));
  const AnswerOptions& answer = given.answer;
  UNECHO_RETURN_IF_ERROR(answer.Validate());
  UNECHO_RETURN_IF_ERROR(given.run.Validate());
  if (!answer.source_order.empty())
    return absl::InvalidArgumentError("--keep source: texts have no sources; put them into that order");
  DeduplicatorOptions options;
  options.threshold = answer.threshold;
  options.shingle_tokens = answer.shingle_tokens;
  options.seed = answer.seed;
  options.comparison = answer.comparison;
  options.clean = answer.clean;
  options.keep = answer.keep;
  options.order_field = answer.segment.order_field;
  options.date_order = answer.date_order;
  options.keys = answer.keys;
  options.differ = answer.differ;
  options.within = answer.within;
  options.threads = given.run.threads;
  UNECHO_RETURN_IF_ERROR(options.Validate());
  return options;
}

}  // namespace

Result<PipelineOptions> PipelineOptionsByName(Command command, const std::vector<std::string>& inputs,
                                              std::span<const NamedOption> named, Listener& listener) {
  return PublicCall([&] { return FindPipeline(command, inputs, named, listener); });
}

Result<AuditOptions> AuditOptionsByName(const std::vector<std::string>& inputs, std::span<const NamedOption> named) {
  return PublicCall([&]() -> absl::StatusOr<AuditOptions> {
    UNECHO_ASSIGN_OR_RETURN(const Given given, Parse("audit", AddAudit, inputs, named));
    UNECHO_RETURN_IF_ERROR(given.answer.Validate());
    if (given.run_report.empty()) UNECHO_RETURN_IF_ERROR(CheckInputs(inputs));
    return FindAudit(given);
  });
}

Result<DeduplicatorOptions> DeduplicatorOptionsByName(std::span<const NamedOption> named) {
  return PublicCall([&] { return TextOptions(named); });
}

}  // namespace unecho
