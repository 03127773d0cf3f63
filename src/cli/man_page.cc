#include "cli/man_page.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "base/status.h"
#include "cli/help_texts.h"
#include "given/option_groups.h"
#include "unecho/layouts.h"
#include "unecho/options.h"

namespace unecho {
namespace {

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Those that the help shows, without the arguments that have no name.
std::vector<const CLI::Option*> OptionsOf(const CLI::App& command) {
  std::vector<const CLI::Option*> options;
  for (const CLI::Option* option : command.get_options()) {
    const bool is_named = !option->get_lnames().empty() || !option->get_snames().empty();
    if (is_named && !option->get_group().empty()) options.push_back(option);
  }
  return options;
}

std::vector<std::string> NamesOf(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

bool TakesValue(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

enum class Values : uint8_t { kNone, kWords, kFiles, kFolders };

// What shells may offer for it.
std::pair<Values, std::vector<std::string>> ValuesOf(const CLI::Option& option) {
  const std::string value = ValueName(option);
  if (value == "FILE" || value == "FILES") return {Values::kFiles, {}};
  if (value == "FOLDER") return {Values::kFolders, {}};
  if (value == "WHICH") return {Values::kWords, {"first", "last", "longest"}};
  if (value == "WHAT") return {Values::kWords, {"mask", "drop", "report"}};
  if (value == "SETS") return {Values::kWords, {"gopher", "c4", "fineweb"}};
  if (value == "RULES")
    return {Values::kWords,
            {"all", "none", "html_entities", "mojibake", "control_characters", "soft_hyphens", "hard_wrapped", "nfc"}};
  if (value == "LAYOUT") {
    std::vector<std::string> names;
    if (option.get_lnames().front() != "show") names.emplace_back("auto");
    for (const LayoutPtr& layout : Layouts()) names.emplace_back(layout->name());
    return {Values::kWords, names};
  }
  return {Values::kNone, {}};
}

std::string Description(const CLI::Option& option) {
  std::string text = option.get_description();
  if (const std::string standard = option.get_default_str(); TakesValue(option) && !standard.empty())
    text += " [" + standard + "]";
  return text;
}

// --- manual --------------------------------------------------------------------------------------------------------

std::string MarkdownNames(const CLI::Option& option) {
  std::string out;
  for (const std::string& name : NamesOf(option)) absl::StrAppend(&out, out.empty() ? "" : ", ", "`", name, "`");
  if (TakesValue(option)) absl::StrAppend(&out, " *", ValueName(option), "*");
  return out;
}

// What has a meaning in Markdown stays as it is.
std::string AsMarkdown(std::string_view text) {
  return absl::StrReplaceAll(Abs(text),
                             {{"\\", "\\\\"}, {"*", "\\*"}, {"_", "\\_"}, {"<", "\\<"}, {"[", "\\["}, {"]", "\\]"}});
}

// An item of a list, in lines of kColumns.
void AppendItem(std::string_view text, std::string& out) {
  constexpr size_t kColumns = 79;
  std::string line = "*";
  for (const absl::string_view word : absl::StrSplit(Abs(text), ' ')) {
    if (line.size() + 1 + word.size() > kColumns) {
      absl::StrAppend(&out, line, "\n");
      line = " ";
    }
    absl::StrAppend(&line, " ", word);
  }
  absl::StrAppend(&out, line, "\n");
}

// How a command is called, as the short help has it: "unecho stats PROVENANCE".
std::string UsageOf(const std::string& command) {
  for (const absl::string_view line : absl::StrSplit(kShortHelp, '\n')) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    const auto program = std::ranges::find(words, "unecho");
    if (program == words.end() || program + 1 == words.end() || *(program + 1) != command) continue;
    const size_t begin = line.find("unecho"), end = line.rfind("    ");
    const std::vector<std::string> usage = absl::StrSplit(line.substr(begin, end - begin), ' ', absl::SkipEmpty());
    return absl::StrJoin(usage, " ");
  }
  return "unecho " + command;
}

// --- shells --------------------------------------------------------------------------------------------------------

std::string InSingleQuotes(std::string_view text) {
  return "'" + absl::StrReplaceAll(Abs(text), {{"'", "'\\''"}}) + "'";
}

std::string WordsOf(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : OptionsOf(command)) {
    for (std::string& name : NamesOf(*option)) words.push_back(std::move(name));
  }
  return absl::StrJoin(words, " ");
}

std::string CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : CommandsOf(app)) names.push_back(command->get_name());
  return absl::StrJoin(names, " ");
}

}  // namespace

std::string ShortHelp(const CLI::App& command) {
  constexpr size_t kColumns = 79, kGroupWidth = 17;
  std::string out = absl::StrFormat("usage: %s\n%s\n\n", UsageOf(command.get_name()), command.get_description());
  std::vector<std::string> groups;
  std::map<std::string, std::vector<std::string>> names;
  for (const CLI::Option* option : OptionsOf(command)) {
    std::vector<std::string>& of_group = names[option->get_group()];
    if (of_group.empty()) groups.push_back(option->get_group());
    of_group.push_back(absl::StrJoin(NamesOf(*option), " ") + (TakesValue(*option) ? " " + ValueName(*option) : ""));
  }
  for (const std::string& group : groups) {
    std::string line = absl::StrFormat("%-*s", static_cast<int>(kGroupWidth), group + ":");
    std::string_view before = "";
    for (const std::string& name : names[group]) {
      if (line.size() + before.size() + name.size() + 1 > kColumns) {
        absl::StrAppend(&out, line, before.empty() ? "" : ",", "\n");
        line = std::string(kGroupWidth, ' ');
        before = "";
      }
      absl::StrAppend(&line, Abs(before), name);
      before = ", ";
    }
    absl::StrAppend(&out, line, "\n");
  }
  absl::StrAppendFormat(&out, "\n'unecho %s --help' says what each does.\n", command.get_name());
  return out;
}

std::string OptionsPage(const CLI::App& app) {
  // An option that several commands have is described once.
  struct Entry {
    const CLI::Option* option;
    std::vector<std::string> commands;
  };
  std::vector<std::pair<std::string, std::vector<Entry>>> groups;
  for (const CLI::App* command : CommandsOf(app)) {
    for (const CLI::Option* option : OptionsOf(*command)) {
      const std::string& group = option->get_group();
      auto at = std::ranges::find(groups, group, &std::pair<std::string, std::vector<Entry>>::first);
      if (at == groups.end()) at = groups.insert(groups.end(), {group, {}});
      const auto known = std::ranges::find_if(at->second, [option](const Entry& entry) {
        return NamesOf(*entry.option) == NamesOf(*option) &&
               entry.option->get_description() == option->get_description();
      });
      if (known != at->second.end())
        known->commands.push_back(command->get_name());
      else
        at->second.push_back({option, {command->get_name()}});
    }
  }
  const auto messages = std::ranges::find(groups, kMessages, &std::pair<std::string, std::vector<Entry>>::first);
  std::rotate(messages, messages + 1, groups.end());  // every command has them, so they come last
  std::string out;
  for (const auto& [group, entries] : groups) {
    absl::StrAppend(&out, out.empty() ? "" : "\n", "## ", group, "\n\n");
    for (const Entry& entry : entries) {
      AppendItem(absl::StrFormat("%s: %s (%s)", MarkdownNames(*entry.option), AsMarkdown(Description(*entry.option)),
                                 absl::StrJoin(entry.commands, ", ")),
                 out);
    }
  }
  return out;
}

std::string BashCompletion(const CLI::App& app) {
  std::string out = absl::StrFormat(
      "# bash completion for unecho %s, made by unecho --generate bash\n"
      "_unecho() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= word\n"
      "  COMPREPLY=()\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case $word in %s) command=$word; break ;; esac\n"
      "  done\n"
      "  if [ -z \"$command\" ]; then\n"
      "    COMPREPLY=($(compgen -W '%s -h --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  case $before in\n",
      Version(), absl::StrReplaceAll(CommandNames(app), {{" ", "|"}}), CommandNames(app));
  std::map<std::string, std::string> by_name;  // of all commands: an option means the same in each
  for (const CLI::App* command : CommandsOf(app)) {
    for (const CLI::Option* option : OptionsOf(*command)) {
      if (!TakesValue(*option)) continue;
      const auto [values, words] = ValuesOf(*option);
      const std::string reply =
          values == Values::kWords
              ? absl::StrFormat("COMPREPLY=($(compgen -W '%s' -- \"$current\"))", absl::StrJoin(words, " "))
          : values == Values::kFolders ? "compopt -o dirnames"
          : values == Values::kFiles   ? "compopt -o default"
                                       : ":";
      by_name[absl::StrJoin(NamesOf(*option), "|")] = reply;
    }
  }
  for (const auto& [names, reply] : by_name) out += absl::StrFormat("    %s) %s; return ;;\n", names, reply);
  out += "  esac\n  if [[ $current == -* ]]; then\n    case $command in\n";
  for (const CLI::App* command : CommandsOf(app)) {
    out += absl::StrFormat("      %s) COMPREPLY=($(compgen -W '%s' -- \"$current\")) ;;\n", command->get_name(),
                           WordsOf(*command));
  }
  return out + "    esac\n    return\n  fi\n  compopt -o default\n}\ncomplete -F _unecho unecho\n";
}

std::string ZshCompletion(const CLI::App& app) {
  std::string out = absl::StrFormat(
      "#compdef unecho\n# zsh completion for unecho %s, made by unecho --generate zsh\n_unecho() {\n  local -a "
      "commands\n  commands=(\n",
      Version());
  for (const CLI::App* command : CommandsOf(app)) {
    out += "    " +
           InSingleQuotes(command->get_name() + ":" + absl::StrReplaceAll(command->get_description(), {{":", "\\:"}})) +
           "\n";
  }
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe -t commands command commands\n    _arguments '-h[short help]' "
      "'--help[all options]' '--version[version]'\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CLI::App* command : CommandsOf(app)) {
    out += absl::StrFormat("    %s)\n      _arguments -s \\\n", command->get_name());
    for (const CLI::Option* option : OptionsOf(*command)) {
      const std::string about = absl::StrReplaceAll(Description(*option), {{"[", "("}, {"]", ")"}, {":", "\\:"}});
      std::string value;
      if (TakesValue(*option)) {
        const auto [values, words] = ValuesOf(*option);
        value = ":" + ValueName(*option) + ":";
        if (values == Values::kWords) value += "(" + absl::StrJoin(words, " ") + ")";
        if (values == Values::kFiles) value += "_files";
        if (values == Values::kFolders) value += "_files -/";
      }
      for (const std::string& name : NamesOf(*option)) {
        const std::string takes = !TakesValue(*option) ? "" : name.starts_with("--") ? "=" : "+";
        out += "        " + InSingleQuotes(name + takes + "[" + about + "]" + value) + " \\\n";
      }
    }
    out += "        '*:FILE:_files'\n      ;;\n";
  }
  return out + "  esac\n}\n_unecho \"$@\"\n";
}

std::string FishCompletion(const CLI::App& app) {
  std::string out = absl::StrFormat("# fish completion for unecho %s, made by unecho --generate fish\n", Version());
  for (const CLI::App* command : CommandsOf(app)) {
    out += absl::StrFormat("complete -c unecho -f -n __fish_use_subcommand -a %s -d %s\n", command->get_name(),
                           InSingleQuotes(command->get_description()));
  }
  for (const CLI::App* command : CommandsOf(app)) {
    for (const CLI::Option* option : OptionsOf(*command)) {
      out += absl::StrFormat("complete -c unecho -n '__fish_seen_subcommand_from %s'", command->get_name());
      for (const std::string& name : option->get_snames()) out += " -s " + name;
      for (const std::string& name : option->get_lnames()) out += " -l " + name;
      if (TakesValue(*option)) {
        const auto [values, words] = ValuesOf(*option);
        out += values == Values::kFiles || values == Values::kFolders ? " -r -F" : " -x";
        if (values == Values::kWords) out += " -a " + InSingleQuotes(absl::StrJoin(words, " "));
      }
      out += " -d " + InSingleQuotes(Description(*option)) + "\n";
    }
  }
  return out;
}

}  // namespace unecho
