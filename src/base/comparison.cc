#include "unecho/comparison.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_format.h"
#include "base/did_you_mean.h"
#include "base/status.h"

namespace unecho {
namespace {

struct Ignorable {
  std::string_view name;
  bool Comparison::*flag;
};
constexpr auto kIgnorable = std::to_array<Ignorable>({{"diacritics", &Comparison::diacritics},
                                                      {"numbers", &Comparison::numbers},
                                                      {"punctuation", &Comparison::punctuation},
                                                      {"case", &Comparison::letter_case},
                                                      {"markup", &Comparison::markup}});
constexpr auto kAll = std::to_array<CompareBy>(
    {CompareBy::kWords, CompareBy::kText, CompareBy::kCode, CompareBy::kCharacters, CompareBy::kWorks});

}  // namespace

std::string_view Name(CompareBy by) {
  switch (by) {
    case CompareBy::kWords: return "words";
    case CompareBy::kText: return "text";
    case CompareBy::kCode: return "code";
    case CompareBy::kCharacters: return "characters";
    case CompareBy::kWorks: return "works";
  }
  return "";
}

std::vector<std::string> IgnoredNames(const Comparison& what) {
  std::vector<std::string> names;
  for (const Ignorable& each : kIgnorable) {
    if (what.*each.flag) names.emplace_back(each.name);
  }
  return names;
}

// 9 characters: the longest shingle with which a copy that has 2 % of its characters misread still reaches .7. Of the
// shingles .98^n are as they were: of n = 9 .834, which is a similarity of .834 / (2 - .834) = .715; n = 10 has .691.
int DefaultShingleTokens(CompareBy by) { return by == CompareBy::kCharacters ? 9 : 5; }

// One operator makes another program, however long it is, and licences at the head of short files would outweigh what
// they do.
double DefaultThreshold(CompareBy by) { return by == CompareBy::kCode ? 1 : 0.7; }

namespace {

absl::Status TakeComparison(std::string_view by, const std::vector<std::string>& ignored, Comparison& what) {
  what = Comparison{};
  const auto* const found = std::ranges::find_if(kAll, [by](CompareBy each) { return Name(each) == by; });
  if (found == kAll.end()) {
    constexpr std::string_view kNames[] = {"words", "text", "code", "characters", "works"};
    return absl::InvalidArgumentError(absl::StrFormat("--compare %s: give words, text, code, characters or works%s", by,
                                                      DidYouMean(by, std::span<const std::string_view>(kNames))));
  }
  what.by = *found;
  for (const std::string& name : ignored) {
    const auto* const each = std::ranges::find(kIgnorable, name, &Ignorable::name);
    if (each == kIgnorable.end()) {
      std::vector<std::string_view> names;
      for (const Ignorable& known : kIgnorable) names.push_back(known.name);
      return absl::InvalidArgumentError(
          absl::StrFormat("--ignore %s: give, by commas, diacritics, numbers, punctuation, case or markup%s", name,
                          DidYouMean(name, std::span<const std::string_view>(names))));
    }
    what.*each->flag = true;
  }
  if (what.IsNormalised() && (what.punctuation || what.letter_case)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("--ignore %s does nothing: --compare %s ignores case and punctuation anyway; leave it out, or "
                        "compare text or code",
                        what.punctuation ? "punctuation" : "case", by));
  }
  return absl::OkStatus();
}

}  // namespace

Status ParseComparison(std::string_view by, const std::vector<std::string>& ignored, Comparison& what) {
  return PublicCall([&] { return TakeComparison(by, ignored, what); });
}

}  // namespace unecho
