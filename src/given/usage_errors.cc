#include "given/usage_errors.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/did_you_mean.h"
#include "base/status.h"
#include "given/option_groups.h"

namespace unecho {
namespace {

// What other tools of this kind, and of the shell, call it.
std::string CalledHere(std::string_view name, const std::vector<std::string>& known) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"--jobs", "--threads"},
      {"--num-workers", "--threads"},
      {"--workers", "--threads"},
      {"--num-proc", "--threads"},
      {"--num_proc", "--threads"},
      {"--processes", "--threads"},
      {"--ngram", "--shingle"},
      {"--ngrams", "--shingle"},
      {"--ngram-size", "--shingle"},
      {"--ngram_size", "--shingle"},
      {"--ngram-len", "--shingle"},
      {"-n", "--shingle"},
      {"--k", "--shingle"},
      {"-k", "--shingle"},
      {"--similarity", "--threshold"},
      {"--jaccard", "--threshold"},
      {"--similarity-threshold", "--threshold"},
      {"--field", "--match-fields"},
      {"--fields", "--match-fields"},
      {"--column", "--match-fields"},
      {"--text-column", "--match-fields"},
      {"--text-field", "--match-fields"},
      {"--id", "--id-field"},
      {"--id-column", "--id-field"},
      {"--min-words", "--min-length"},
      {"--min-tokens", "--min-length"},
      {"-s", "--threshold"},
      {"--text", "--match-fields"},
      {"--out", "--output"},
      {"--output-file", "--output"},
      {"--outfile", "--output"},
      {"-O", "--output"},
      {"--format", "--layout"},
      {"--type", "--layout"},
      {"--mem", "--memory"},
      {"--max-memory", "--memory"},
      {"--exact", "--threshold 1"},
      {"--exact-only", "--threshold 1"},
      {"--unique", "--key"},
      {"--blocksize", "--batch-size"},
      {"--block-size", "--batch-size"},
  };
  for (const std::string_view input :
       {"-i", "--in", "--input", "--inputs", "--input-file", "--file", "--files", "--path"}) {
    if (name == input) return "; files are named without an option";
  }
  for (const std::string_view is_done : {"--near", "--fuzzy", "--minhash", "--lsh", "--dedup", "--deduplicate"}) {
    if (name == is_done) return "; that is what it does without it";
  }
  if (name == "--version") return "; unecho --version says it";
  if (name == "--help-all") return "; 'unecho COMMAND --help' has all options of a command";
  if (name == "--recursive" || name == "-r") return "; folders are always walked to their last file";
  if (name == "--gzip" || name == "--compress" || name == "-z" || name == "--compression")
    return "; a name says how an output is compressed: -o FILE.jsonl.gz";
  if (name == "--no-progress" || name == "--progress")
    return "; progress is shown on a terminal alone, and -q leaves it out";
  if (name == "--overwrite" || name == "--clobber") return "; it is called --force here";
  for (const auto& [other, here] : kNames) {
    const bool is_there = std::ranges::find(known, here.substr(0, here.find(' '))) != known.end();
    if (name == other && is_there) return absl::StrFormat("; it is called %s here", here);
  }
  for (const std::string_view sized : {"--num-perm", "--num_perm", "--bands", "--rows", "--num-hashes", "--hashes"}) {
    if (name == sized) return "; how many hashes and bands it takes follows from --threshold";
  }
  return std::string();
}

// strtoull() takes -5 for 18446744073709551611.
const CLI::Validator kNotNegative(
    [](const std::string& given) {
      const size_t first = given.find_first_not_of(" \t");
      return first != given.npos && given[first] == '-' ? absl::StrCat(given, " is below zero") : std::string();
    },
    std::string(), "not negative");

}  // namespace

std::string Unexpected(const CLI::App& app, const CLI::App* command) {
  std::vector<std::string> known;
  if (command == nullptr) {
    const std::vector<std::string> words = app.remaining();
    const auto word = std::ranges::find_if(words, [](const std::string& each) { return !each.starts_with('-'); });
    if (word == words.end())
      return absl::StrFormat("%s: there is no such option%s", words.empty() ? "" : words.front(),
                             words.empty()           ? ""
                             : words.front() == "-v" ? "; 'unecho -V' says the version"
                                                     : CalledHere(words.front(), {}));
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
      known.push_back(each->get_name());
    std::error_code error;
    if (std::filesystem::exists(*word, error))
      return absl::StrFormat("%s: a command comes first: unecho clean %s", *word, absl::StrJoin(words, " "));
    return absl::StrFormat("%s: there is no such command%s", *word, DidYouMean(*word, known));
  }
  const std::vector<std::string> words = command->remaining();
  if (const std::vector<std::string> before = app.remaining(); words.empty() && !before.empty()) {
    return absl::StrFormat("%s: options stand behind the command: unecho %s %s", before.front(), command->get_name(),
                           before.front());
  }
  const auto word = std::ranges::find_if(words, [](const std::string& each) { return each.starts_with('-'); });
  if (word == words.end()) {
    const std::string first = words.empty() ? "" : words.front();
    const bool is_layout = command->get_name() == "layouts";
    std::error_code error;
    const bool is_file = std::filesystem::exists(first, error);
    return absl::StrFormat("%s: not expected here%s", first,
                           !is_layout ? ""
                           : is_file  ? absl::StrFormat("; 'unecho inspect %s' says which one it has", first)
                                      : absl::StrFormat("; 'unecho layouts --show %s' prints one", first));
  }
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  const std::string name = word->substr(0, word->find('='));
  std::vector<std::string> others;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (each->get_option_no_throw(name) != nullptr) others.push_back(each->get_name());
  }
  if (!others.empty() && std::ranges::find(known, name) == known.end()) {
    return absl::StrFormat("%s: %s has no such option; %s %s", name, command->get_name(), absl::StrJoin(others, ", "),
                           others.size() == 1 ? "has it" : "have it");
  }
  if (const size_t blank = name.find(' ');
      blank != name.npos && std::ranges::find(known, name.substr(0, blank)) != known.end())
    return absl::StrFormat("'%s' is one word of the shell: leave out the quotes around an option and its value", name);
  const std::string here = CalledHere(name, known);
  return absl::StrFormat("%s: there is no such option%s", name, here.empty() ? DidYouMean(name, known) : here);
}

void RefuseNegatives(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (const std::string value = ValueName(*option); value == "N" || value == "SIZE")
      option->transform(kNotNegative);  // asked before others
  }
  for (CLI::App* command : app.get_subcommands(nullptr)) RefuseNegatives(*command);
}

namespace {

// What is to be given, in the words of its help: "SOURCE#NUMBER, as in the provenance".
std::string HelpOf(const CLI::App* command, std::string_view name) {
  if (command == nullptr) return {};
  for (const CLI::Option* option : command->get_options()) {
    if (option->get_name() == name || option->get_single_name() == name) return ": " + option->get_description();
  }
  return {};
}

// "-threshold .8" is -t with the value "hreshold".
std::string OneDash(const CLI::App* command, std::string_view given) {
  const size_t equals = given.find(" = ");
  if (command == nullptr || equals == given.npos) return {};
  const CLI::Option* option = command->get_option_no_throw(std::string(given.substr(0, equals)));
  if (option == nullptr) return {};
  const std::string_view value = given.substr(equals + 3);
  for (const std::string& name : option->get_lnames()) {
    if (value.size() > 1 && name.substr(1).starts_with(value))
      return absl::StrFormat("; names of more than a letter have two dashes in front: --%s", name);
  }
  return {};
}

}  // namespace

std::string Unreadable(const CLI::ParseError& error, const CLI::App* command) {
  const std::string_view what = error.what();
  constexpr std::string_view kRequired = " is required", kTwice = ": At Most 1 required but received ";
  if (what.ends_with(kRequired))
    return absl::StrFormat("%s%s", what, HelpOf(command, what.substr(0, what.size() - kRequired.size())));
  if (const size_t twice = what.find(kTwice); twice != what.npos)
    return absl::StrFormat("%s is given %s times; give it once", what.substr(0, twice),
                           what.substr(twice + kTwice.size()));
  // "--shingle: Value 0 not in range 1 to 64", also of what is no number.
  constexpr std::string_view kValue = ": Value ", kRange = " not in range ";
  if (const size_t value = what.find(kValue), range = what.rfind(kRange); value != what.npos && range != what.npos) {
    const std::string_view given = what.substr(value + kValue.size(), range - value - kValue.size());
    return absl::StrFormat("%s %s: give a number from %s", what.substr(0, value), given,
                           what.substr(range + kRange.size()));
  }
  // "--memory: x unit not recognized. Allowed values: {b,e,eb,...}", "--as: x not in {input,objects}".
  if (const size_t unit = what.find(" unit not recognized"); unit != what.npos) {
    const size_t colon = what.find(": ");
    return absl::StrFormat("%s: there is no unit '%s'; give a size such as 500MB or 8GiB", what.substr(0, colon),
                           what.substr(colon + 2, unit - colon - 2));
  }
  constexpr std::string_view kNotIn = " not in {";
  if (const size_t colon = what.find(": "), list = what.find(kNotIn); colon != what.npos && list != what.npos) {
    const std::vector<std::string> known =
        absl::StrSplit(Abs(what.substr(list + kNotIn.size(), what.rfind('}') - list - kNotIn.size())), ',');
    const std::string given(what.substr(colon + 2, list - colon - 2));
    const bool makes_index =
        given == "create" || given == "new" || given == "make" || given == "add" || given == "build";
    const bool is_of_index = std::ranges::find(known, "merge") != known.end();
    const std::string meant = DidYouMean(given, std::span<const std::string>(known));
    return absl::StrFormat(
        "%s %s: give %s%s%s", what.substr(0, colon), given, absl::StrJoin(known, " or "), meant,
        is_of_index && makes_index ? "; a run makes one, or adds to it: unecho clean --index FOLDER"
        : what.starts_with("--as:") && meant.empty()
            ? "; --as input writes a CSV as CSV; JSON lines into a table: unecho clean -o FILE.parquet"
            : "");
  }
  if (const size_t missing = what.find(": 1 required "); missing != what.npos && what.ends_with(" missing")) {
    return absl::StrFormat("%s needs a value", what.substr(0, missing));
  }
  // "--memory: Value 50% could not be converted to UINT"
  if (const size_t value = what.find(kValue), end = what.rfind(" could not be converted to UINT");
      value != what.npos && end != what.npos && end > value) {
    return absl::StrFormat("%s: this is no size; give a whole number and a unit, such as 500MB or 8GiB",
                           what.substr(0, value));
  }
  constexpr std::string_view kBegin = "Could not convert: ";
  if (!what.starts_with(kBegin)) return error.what();
  const std::string_view given = what.substr(kBegin.size());
  const std::string dashes = OneDash(command, given);
  return absl::StrFormat("%s: this is no number%s", given,
                         !dashes.empty()                    ? dashes
                         : given.starts_with("--threshold") ? "; give a share such as 0.8"
                                                            : "");
}

}  // namespace unecho
