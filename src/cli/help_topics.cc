#include "cli/help_topics.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/did_you_mean.h"
#include "cli/command_table.h"
#include "cli/help_pages.h"
#include "cli/help_texts.h"
#include "cli/man_page.h"

namespace unecho {
namespace {

constexpr std::string_view kManual = "unecho";
// Where the page of that name wants the options.
constexpr std::string_view kOptionsMark = "<!-- The program's table of options is put here";

// The commands as a command line meets them.
class Parser {
 public:
  Parser() : app_("", "unecho") { AddCommands(app_, given_); }
  const CLI::App& app() const { return app_; }

 private:
  Given given_;
  CLI::App app_;
};

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// "unecho-layouts - how unecho reads dumps" below the first heading: what stands behind the dash.
std::string_view SubjectOf(const HelpPage& page) {
  const size_t dash = page.markdown.find(" - ");
  return page.markdown.substr(dash + 3, page.markdown.find('\n', dash) - dash - 3);
}

// A line of text without escapes and emphasis. Code keeps its marks, since blanks in it would be lost among words.
void AppendUnmarked(std::string_view line, std::string& out) {
  bool is_code = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '`') is_code = !is_code;
    const bool is_item = c == '*' && i == 0 && line.starts_with("* ");
    if (!is_code && c == '*' && !is_item) continue;
    if (!is_code && c == '\\' && i + 1 < line.size()) ++i;
    out += line[i];
  }
  out += '\n';
}

// Markdown without the marks that a reader of a terminal need not see.
std::string ForTerminal(std::string_view markdown) {
  std::string out;
  bool is_code = false;
  for (std::string_view line : LinesOf(markdown)) {
    if (line.starts_with("```")) {
      is_code = !is_code;
    } else if (is_code) {
      absl::StrAppend(&out, line.empty() ? "" : "    ", Abs(line), "\n");
    } else if (!line.starts_with("<!--")) {
      if (line.starts_with('#')) line.remove_prefix(line.find(' ') + 1);
      AppendUnmarked(line, out);
    }
  }
  return out;
}

// The part of a page below a heading of the first level, in the order of the pages: "WORKS" is the topic "works".
struct Section {
  std::string topic;
  std::string_view page, markdown;
};

std::vector<Section> SectionsOf(std::string_view page, std::string_view markdown) {
  static constexpr std::array<std::string_view, 4> kNoTopics = {"name", "synopsis", "description", "see also"};
  std::vector<size_t> heads;
  bool is_code = false;
  for (const std::string_view line : LinesOf(markdown)) {
    is_code ^= line.starts_with("```");
    if (!is_code && line.starts_with("# ")) heads.push_back(static_cast<size_t>(line.data() - markdown.data()));
  }
  std::vector<Section> sections;
  for (size_t i = 0; i < heads.size(); ++i) {
    const size_t end = i + 1 < heads.size() ? heads[i + 1] : markdown.size();
    const std::string_view text = markdown.substr(heads[i], end - heads[i]);
    std::string topic = absl::AsciiStrToLower(Abs(text.substr(2, text.find('\n') - 2)));
    if (std::ranges::find(kNoTopics, topic) == kNoTopics.end()) sections.push_back({std::move(topic), page, text});
  }
  return sections;
}

// `manual`: unecho(1), with its options.
std::vector<Section> Sections(std::string_view manual) {
  std::vector<Section> sections;
  for (const HelpPage& page : HelpPages())
    std::ranges::move(SectionsOf(page.name, page.name == kManual ? manual : page.markdown),
                      std::back_inserter(sections));
  return sections;
}

// The one that is called so, or else the only one that begins so: "exit" is "exit status".
std::optional<Section> SectionOf(std::string_view topic, const std::vector<Section>& sections) {
  std::string wanted = absl::AsciiStrToLower(Abs(topic));
  std::ranges::replace(wanted, '-', ' ');
  const auto same = std::ranges::find(sections, wanted, &Section::topic);
  if (same != sections.end()) return *same;
  const auto begins = [&wanted](const Section& each) { return each.topic.starts_with(wanted + ' '); };
  if (std::ranges::count_if(sections, begins) != 1) return std::nullopt;
  return *std::ranges::find_if(sections, begins);
}

std::string Topics() {
  std::string out = "Topics of 'unecho help TOPIC':\n";
  for (const HelpPage& page : HelpPages()) absl::StrAppendFormat(&out, "  %-8s %s\n", page.name, SubjectOf(page));
  std::vector<std::string> commands, parts;
  for (const CommandEntry& command : Commands()) commands.emplace_back(command.name);
  for (const Section& section : Sections(std::ranges::find(HelpPages(), kManual, &HelpPage::name)->markdown)) {
    if (section.page == kManual) parts.push_back(section.topic);
  }
  return out + "and the commands: " + absl::StrJoin(commands, ", ") +
         "\nand the parts of the manual: " + absl::StrJoin(parts, ", ") + "\nand the options: unecho help threshold\n";
}

std::vector<std::string> TopicNames(const std::vector<Section>& sections) {
  std::vector<std::string> names;
  const auto add = [&names](std::string_view name) {
    if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
  };
  for (const HelpPage& page : HelpPages()) add(page.name);
  for (const CommandEntry& command : Commands()) add(command.name);
  for (const Section& section : sections) add(section.topic);
  return names;
}

// What the commands say of an option, each text once; empty if none has it. "threshold" is as good as "--threshold".
std::string OptionHelp(std::string_view name) {
  const std::string option_name = absl::StrCat("--", Abs(name.starts_with("--") ? name.substr(2) : name));
  const Parser parser;
  std::vector<std::pair<std::string, std::vector<std::string>>> texts;  // and the commands that have it
  for (const CommandEntry& command : Commands()) {
    const CLI::App* const app = parser.app().get_subcommand(std::string(command.name));
    const CLI::Option* const option = app->get_option_no_throw(option_name);
    if (option == nullptr) continue;
    const std::string text = CLI::Formatter().make_option(option, false);
    const auto same = std::ranges::find(texts, text, [](const auto& each) { return each.first; });
    if (same == texts.end())
      texts.push_back({text, {std::string(command.name)}});
    else
      same->second.emplace_back(command.name);
  }
  std::string help;
  for (const auto& [text, commands] : texts)
    absl::StrAppend(&help, "Option of ", absl::StrJoin(commands, ", "), ":\n", text);
  return help;
}

}  // namespace

absl::StatusOr<std::string> HelpText(std::string_view topic) {
  if (topic.empty()) return absl::StrCat(kShortHelp, "\n", Topics());
  std::string text;
  const auto page = std::ranges::find(HelpPages(), topic, &HelpPage::name);
  if (topic == kManual) {
    text = ForTerminal(Manual());
  } else if (page != HelpPages().end()) {
    text = ForTerminal(page->markdown);
  }
  if (std::ranges::find(Commands(), topic, &CommandEntry::name) != Commands().end()) {
    if (!text.empty()) absl::StrAppend(&text, "\nTHE COMMAND ", Abs(topic), "\n\n");
    text += Parser().app().get_subcommand(std::string(topic))->help("unecho");
  }
  if (!text.empty()) return text;
  const std::string manual = Manual();
  const std::vector<Section> sections = Sections(manual);
  text = OptionHelp(topic);
  if (const std::optional<Section> section = SectionOf(topic, sections)) {
    if (!text.empty()) text += '\n';
    return text + ForTerminal(section->markdown);
  }
  const std::vector<std::string> names = TopicNames(sections);
  const std::string meant = DidYouMean(absl::AsciiStrToLower(Abs(topic)), std::span<const std::string>(names));
  if (text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("help %s: no such topic; there are %s%s", topic, absl::StrJoin(names, ", "), meant));
  }
  if (!meant.empty()) absl::StrAppend(&text, "(", Abs(std::string_view(meant).substr(2)), ")\n");
  return text;
}

std::string Manual() {
  std::string page(std::ranges::find(HelpPages(), kManual, &HelpPage::name)->markdown);
  const size_t mark = page.find(kOptionsMark);
  return page.replace(mark, page.find('\n', mark) + 1 - mark, OptionsPage(Parser().app()));
}

}  // namespace unecho
