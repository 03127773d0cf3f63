// The verdicts of another implementation of the quality sets (datatrove), on its own test cases.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/batch.h"
#include "clean/cleaner.h"
#include "clean/rules.h"

namespace unecho::published_test {
namespace {

constexpr char kCases[] = UNECHO_SHARED_DATA "/filters/datatrove_filters.jsonl";

void SwitchOff(Reason first, Reason last, CleanOptions& options) {
  for (auto i = static_cast<size_t>(first); i <= static_cast<size_t>(last); ++i) options.off[i] = true;
}

// The set, and of it the rules that the other filter has.
CleanOptions OptionsOf(std::string_view filter) {
  CleanOptions options;
  if (filter == "GopherRepetitionFilter") {
    options.gopher_on = true;
    SwitchOff(Reason::kGopherShortDoc, Reason::kGopherStopWords, options);
  } else if (filter == "GopherQualityFilter") {
    options.gopher_on = true;
    SwitchOff(Reason::kGopherDupParaFrac, Reason::kGopherDuplicated10Grams, options);
  } else if (filter == "C4QualityFilter") {
    options.c4_on = true;
  } else if (filter == "C4ParagraphFilter") {
    options.c4_on = true;
    options.c4.min_paragraphs = 3;
    SwitchOff(Reason::kC4LoremIpsum, Reason::kC4Sentences, options);
  } else if (filter == "FineWebQualityFilter") {
    options.fineweb_on = true;
  }
  return options;
}

// The table of the rules file that holds the filter's parameters.
std::string TableOf(const CleanOptions& options) {
  return options.gopher_on ? "gopher" : options.c4_on ? "c4" : "fineweb";
}

Reason ReasonFor(const CleanOptions& options, std::string_view text) {
  const Cleaner cleaner(options);
  TextArena arena;
  RewriteCounts counts;
  std::vector<std::string_view> pieces = {arena.Copy(text)};
  Cleaner::Text record{pieces, 0, true};
  return cleaner.Clean(record, arena, counts).reason;
}

TEST(PublishedFilters, GiveTheVerdictsOfAnotherImplementation) {
  if (!std::filesystem::exists(kCases)) GTEST_SKIP() << "no " << kCases;
  std::ifstream file(kCases);
  simdjson::dom::parser parser;
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    simdjson::dom::element found;
    ASSERT_EQ(parser.parse(line).get(found), simdjson::SUCCESS);
    const std::string_view filter = found["filter"], text = found["text"];
    CleanOptions options = OptionsOf(filter);
    std::string rules = "[" + TableOf(options) + "]\n";
    for (const auto& parameter : simdjson::dom::object(found["params"])) {
      rules += std::string(parameter.key) + " = " + simdjson::to_string(parameter.value) + "\n";
    }
    ASSERT_TRUE(ParseRules(rules, "rules", options).ok()) << rules;
    const Reason reason = ReasonFor(options, text);
    bool accepted = false;
    if (found["expected"].get(accepted) == simdjson::SUCCESS) {
      EXPECT_EQ(reason == Reason::kNone, accepted) << line << "\n" << Name(reason);
      continue;
    }
    // "top_2_gram" is gopher_top_2_gram; "gopher_short_doc" has the prefix; mC4's paragraphs have no short name.
    std::string want{std::string_view(found["expected"])};
    if (filter == "C4ParagraphFilter") want = "too_few_paragraphs";
    if (!want.starts_with("gopher_")) want = TableOf(options) + "_" + want;
    EXPECT_EQ(Name(reason), want) << line;
  }
  EXPECT_EQ(cases, 25);
}

}  // namespace
}  // namespace unecho::published_test
