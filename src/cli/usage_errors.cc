#include "cli/usage_errors.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/man_page.h"

namespace unecho {
namespace {

// Letters to change, add, drop or swap with the next, to get from one word to the other (restricted
// Damerau-Levenshtein).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> best(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t k = 0; k <= b.size(); ++k) {
      if (i == 0 || k == 0) {
        best[i][k] = i + k;
        continue;
      }
      best[i][k] =
          std::min({best[i - 1][k] + 1, best[i][k - 1] + 1, best[i - 1][k - 1] + (a[i - 1] != b[k - 1] ? 1 : 0)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        best[i][k] = std::min(best[i][k], best[i - 2][k - 2] + 1);
    }
  }
  return best[a.size()][b.size()];
}

// "; did you mean --threshold?", or nothing if no word is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& known) {
  constexpr size_t kMaxDistance = 2;
  std::string nearest;
  size_t least = std::min(kMaxDistance, word.size() / 3) + 1;
  for (const std::string& name : known) {
    const size_t distance = EditDistance(word, name);
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest.empty() ? std::string() : absl::StrFormat("; did you mean %s?", nearest);
}

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
      {"--id-column", "--id-field"},
      {"--out", "--output"},
      {"--output-file", "--output"},
      {"--format", "--layout"},
      {"--type", "--layout"},
      {"--mem", "--memory"},
      {"--max-memory", "--memory"},
      {"--exact", "--threshold 1"},
      {"--unique", "--key"},
      {"--blocksize", "--batch-size"},
      {"--block-size", "--batch-size"},
  };
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
    if (word == words.end()) return absl::StrFormat("%s: there is no such option", words.empty() ? "" : words.front());
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
      known.push_back(each->get_name());
    return absl::StrFormat("%s: there is no such command%s", *word, DidYouMean(*word, known));
  }
  const std::vector<std::string> words = command->remaining();
  const auto word = std::ranges::find_if(words, [](const std::string& each) { return each.starts_with('-'); });
  if (word == words.end()) return absl::StrFormat("%s: not expected here", words.empty() ? "" : words.front());
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

std::string Unreadable(const CLI::ParseError& error) {
  const std::string_view what = error.what();
  if (const size_t missing = what.find(": 1 required "); missing != what.npos && what.ends_with(" missing")) {
    return absl::StrFormat("%s needs a value", what.substr(0, missing));
  }
  constexpr std::string_view kBegin = "Could not convert: ";
  if (!what.starts_with(kBegin)) return error.what();
  const std::string_view given = what.substr(kBegin.size());
  return absl::StrFormat("%s: this is no number%s", given,
                         given.starts_with("--threshold") ? "; give a share such as 0.8" : "");
}

}  // namespace unecho
