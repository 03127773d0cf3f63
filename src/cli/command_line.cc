#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/help_texts.h"
#include "cli/help_topics.h"
#include "cli/man_page.h"
#include "given/usage_errors.h"

namespace unecho {
namespace {

ParsedCommandLine Stop(int exit_code, std::string text) {
  ParsedCommandLine parsed;
  parsed.exit_code = exit_code;
  parsed.text = std::move(text);
  return parsed;
}

ParsedCommandLine UsageError(std::string_view message, std::string_view command) {
  return Stop(2, absl::StrFormat("unecho: error: %s\nTry 'unecho %s--help'.\n", message,
                                 command.empty() ? std::string() : absl::StrFormat("%s ", command)));
}

ParsedCommandLine UsageError(const absl::Status& status, std::string_view command) {
  return UsageError(Message(status), command);
}

// "clean, segment, ... or layouts"
std::string CommandNames() {
  std::vector<std::string> names;
  for (const CommandEntry& command : Commands()) names.emplace_back(command.name);
  const std::string last = names.back();
  names.pop_back();
  return absl::StrJoin(names, ", ") + " or " + last;
}

std::string Generated(const CLI::App& app, std::string_view what) {
  if (what == "markdown") return Manual();
  if (what == "bash") return BashCompletion(app);
  return what == "zsh" ? ZshCompletion(app) : FishCompletion(app);
}

// What CLI11 cannot say by itself, of any command.
absl::Status Check(const Given& given) {
  if (!given.rules.empty() && !given.answer.clean.any()) {
    return absl::InvalidArgumentError(
        "--rules sets the limits of rules, and none is asked for: add --quality, --languages, --pii or --repair");
  }
  if (given.quiet && given.verbose) return absl::InvalidArgumentError("-q and -v exclude each other");
  if (std::ranges::count(given.inputs, "-") > 1) {
    return absl::InvalidArgumentError("standard input (-) is named twice");
  }
  return absl::OkStatus();
}

// An empty value is what an unset variable of a shell leaves: never what was meant.
absl::Status CheckNoneIsEmpty(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (std::ranges::find(option->results(), std::string()) == option->results().end()) continue;
    if (option->get_positional())
      return absl::InvalidArgumentError("the name of an input is empty; '-' is standard input");
    return absl::InvalidArgumentError(
        absl::StrFormat("%s: its value is empty; give one, or leave the option out", Abs(option->get_name())));
  }
  return absl::OkStatus();
}

// The words as they were typed, for the report.
std::string Joined(int argc, const char* const* argv) {
  return absl::StrJoin(std::vector<std::string>(argv, argv + argc), " ");
}

// The words behind `help`, without dashes in front; empty: there are none, or the help of `help` is asked for.
std::string TopicOf(int argc, const char* const* argv) {
  if (argc < 3 || std::string_view(argv[1]) != "help") return {};
  std::vector<std::string> words;
  for (std::string_view word : std::span(argv, static_cast<size_t>(argc)).subspan(2)) {
    if (word == "-h" || word == "--help") return {};
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
    if (!word.empty()) words.emplace_back(word);
  }
  return absl::StrJoin(words, " ");
}

// What is said instead of running: help, the version, what packages need. `command`: the one that is given, or null.
ParsedCommandLine Answer(const CLI::App& app, const CLI::App* command, const Given& given, bool version,
                         const std::string& generate) {
  if (version) return Stop(0, absl::StrFormat("unecho %s\n", Version()));
  if (!generate.empty()) return Stop(0, Generated(app, generate));
  if (given.short_help) return Stop(0, command == nullptr ? kShortHelp : ShortHelp(*command));
  if (command != nullptr) return Stop(0, command->help("unecho"));
  if (given.long_help) return Stop(0, app.help() + kFooter);
  return Stop(2, absl::StrFormat("unecho: error: give a command: %s\n%s", CommandNames(), kShortHelp));
}

// `names_alone`: only the commands that are named have options.
ParsedCommandLine Parse(int argc, const char* const* argv, bool names_alone) {
  ParsedCommandLine parsed;
  Given& given = parsed.given;
  given.command_line = Joined(argc, argv);
  given.words.assign(argv + std::min(argc, 1), argv + argc);
  bool version = false;
  std::string generate;

  CLI::App app("unecho: raw snapshot dumps in, clean deduplicated corpus out, with proof.", "unecho");
  app.set_help_flag();
  app.add_flag("-h", given.short_help, "Short help");
  app.add_flag("--help", given.long_help, "This help");
  app.add_flag("-V,--version", version, "Version");
  app.add_option("--generate", generate, "Manual or completion of a shell, for packages")
      ->type_name("NAME")
      ->check(CLI::IsMember({"markdown", "bash", "zsh", "fish"}))
      ->group("");
  AddCommands(app, given, names_alone ? std::span<const std::string>(given.words) : std::span<const std::string>());
  if (argc == 2 && std::string_view(argv[1]) == "version") return Answer(app, nullptr, given, true, "");
  // What follows `help` is a topic, also where it is the name of a command, or an option, or several words.
  const std::string topic = TopicOf(argc, argv);
  const std::array<const char*, 3> asks_for_help = {argv[0], "help", topic.c_str()};
  if (!topic.empty()) {
    app.require_subcommand(0, 1);
    argc = static_cast<int>(asks_for_help.size());
    argv = asks_for_help.data();
  }
  RefuseNegatives(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const auto named = app.get_subcommands();
    const CLI::App* command = named.empty() ? nullptr : named.front();
    if (given.short_help || (given.long_help && command != nullptr)) return Answer(app, command, given, false, "");
    const bool is_unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    return UsageError(is_unknown ? Unexpected(app, command) : Unreadable(error, command),
                      command == nullptr ? "" : command->get_name());
  }
  const auto named = app.get_subcommands();
  const CLI::App* command = named.empty() ? nullptr : named.front();
  if (version || !generate.empty()) return Answer(app, nullptr, given, version, generate);
  if (given.short_help) return Answer(app, command, given, false, "");
  if (named.size() > 1) return UsageError("give one command", "");
  if (command == nullptr || given.long_help) return Answer(app, command, given, false, "");

  const std::string name = command->get_name();
  parsed.has_memory_limit = command->get_option_no_throw("--memory") != nullptr;
  if (const absl::Status filled = CheckNoneIsEmpty(*command); !filled.ok()) return UsageError(filled, name);
  if (const absl::Status values = TakeValues(given); !values.ok()) return UsageError(values, name);
  const CommandEntry& entry = *std::ranges::find(Commands(), name, &CommandEntry::name);
  if (const absl::Status checked = Check(given); !checked.ok()) return UsageError(checked, name);
  if (const absl::Status checked = entry.check(given); !checked.ok()) return UsageError(checked, name);
  parsed.command = &entry;
  return parsed;
}

}  // namespace

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  ParsedCommandLine parsed = Parse(argc, argv, /*names_alone=*/true);
  // What is said of a mistake, and help, may be about any command.
  if (parsed.command == nullptr) parsed = Parse(argc, argv, /*names_alone=*/false);
  return parsed;
}

}  // namespace unecho
