// The choice of rules: options, rules files, and the way to the report and back.
#include "clean/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "clean/cleaner.h"
#include "clean/language.h"
#include "clean/parameters.h"

namespace unecho::rules_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Rules, NothingIsAskedUnlessItIsChosen) {
  EXPECT_FALSE(CleanOptions{}.any());
  EXPECT_TRUE(Cleaner(CleanOptions{}).idle());
  CleanOptions options;
  ASSERT_TRUE(ParseRules("[gopher]\nmin_doc_words = 1\n", "r", options).ok());
  EXPECT_FALSE(options.any());  // parameters choose no set
}

TEST(Rules, ListsAreReadAndUnknownNamesAreErrorsThatNameTheKnownOnes) {
  CleanOptions options;
  ASSERT_TRUE(ParseRepair("nfc,mojibake", options).ok());
  EXPECT_THAT(options.repair, ElementsAre(false, true, false, false, false, true));
  ASSERT_TRUE(ParseRepair("all", options).ok());
  EXPECT_THAT(options.repair, testing::Each(true));
  ASSERT_TRUE(ParseRepair("none", options).ok());
  EXPECT_THAT(options.repair, testing::Each(false));
  EXPECT_THAT(std::string(ParseRepair("nfd", options).message()), HasSubstr("html_entities, mojibake"));
  EXPECT_THAT(std::string(ParseQuality("gopher,c5", options).message()),
              HasSubstr("c5: give one or some of gopher, c4, fineweb"));
  EXPECT_THAT(std::string(ParsePii("hide", options).message()), HasSubstr("mask, drop or report"));
  EXPECT_THAT(std::string(ParseLanguages("en,english", options).message()), HasSubstr("english: no language"));
  EXPECT_TRUE(ParseLanguages("en,de,und,zh-Hant", options).ok());
}

TEST(Rules, AFileSetsAnyParameter) {
  CleanOptions options;
  const absl::Status status = ParseRules(R"(
off = ["c4_curly_bracket", "min_length"]
[gopher]
top_2_gram = 1          # an integer is a number, too
duplicated_10_n_grams = 0.5
min_doc_words = 5
stop_words = ["der", "die"]
[c4]
remove_citations = false
[fineweb]
line_punct_exclude_zero = true
[language]
min_bytes = 7
)",
                                         "rules.toml", options);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_TRUE(options.off[static_cast<size_t>(Reason::kC4CurlyBracket)]);
  EXPECT_TRUE(options.off[static_cast<size_t>(Reason::kMinLength)]);
  EXPECT_EQ(options.gopher.top_n_gram[0], 1);
  EXPECT_EQ(options.gopher.duplicated_n_grams[5], 0.5);
  EXPECT_EQ(options.gopher.min_doc_words, 5u);
  EXPECT_THAT(options.gopher.stop_words, ElementsAre("der", "die"));
  EXPECT_FALSE(options.c4.remove_citations);
  EXPECT_TRUE(options.fineweb.line_punct_exclude_zero);
  EXPECT_EQ(options.language.min_bytes, 7u);
}

TEST(Rules, AWrongFileIsAnErrorThatNamesTheLineAndWhatThereIs) {
  struct Case {
    std::string file, want;
  };
  for (const Case& c : std::vector<Case>{
           {"[gopher]\nmin_words = 1\n", "r:2: unknown key \"min_words\"; [gopher] has: dup_para_frac, "},
           {"\n\n[gophers]\n", "r:3: unknown key \"gophers\"; there are: off, [gopher], [c4], [fineweb], [language]"},
           {"gopher = 1\n", "r:1: \"gopher\" must be a table"},
           {"[gopher]\ntop_2_gram = \"x\"\n", "r:2: gopher.top_2_gram must be a finite number not below 0"},
           {"[gopher]\ntop_2_gram = -0.1\n", "r:2: gopher.top_2_gram must be a finite number not below 0"},
           {"[gopher]\nmin_doc_words = 1.5\n", "r:2: gopher.min_doc_words must be a whole number not below 0"},
           {"[c4]\n\nfilter_policy = 1\n", "r:3: c4.filter_policy must be true or false"},
           {"[gopher]\nstop_words = [1]\n", "r:2: gopher.stop_words must be a list of strings"},
           {"off = [\"c4\"]\n", "r:1: unknown rule \"c4\"; there are: language, gopher_dup_para_frac"},
           {"off = true\n", "r:1: \"off\" must be a list of rules"},
           {"[c4]\nx = 1\n[gopher]\ny = 1\n", "r:2: unknown key \"x\""},  // the first by line
           {"[gopher\n", "r:1: no TOML: "}}) {
    CleanOptions options;
    const absl::Status status = ParseRules(c.file, "r", options);
    EXPECT_THAT(std::string(status.message()), testing::StartsWith(c.want)) << c.file;
  }
  CleanOptions options;
  EXPECT_THAT(std::string(ReadRules("/nonexistent/rules.toml", options).message()),
              HasSubstr("cannot be opened (No such file"));
}

TEST(Rules, ComeBackFromTheReportAsTheyWere) {
  CleanOptions options;
  ASSERT_TRUE(ParseRepair("nfc,soft_hyphens", options).ok());
  ASSERT_TRUE(ParseQuality("c4,gopher", options).ok());
  ASSERT_TRUE(ParseLanguages("en,und", options).ok());
  ASSERT_TRUE(ParsePii("drop", options).ok());
  options.min_length = 12;
  options.dedup_paragraphs = options.dedup_lines = options.dedup_sentences = options.dedup_inside = true;
  options.dedup_min_tokens = 7;
  options.dedup_at_least = 8;
  options.off[static_cast<size_t>(Reason::kPiiIp)] = true;
  double next = 0.123456789;
  clean::VisitParameters(options, [&](auto, auto, auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, double>) value = next += 0.1;
    if constexpr (std::is_same_v<Value, uint64_t>) value += 3;
    if constexpr (std::is_same_v<Value, bool>) value = !value;
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) value = {"ein", "\"zwei\""};
  });
  const std::string json = CleanJson(options);
  CleanOptions back;
  ASSERT_TRUE(CleanFromJson(json, back).ok());
  EXPECT_EQ(CleanJson(back), json);
  EXPECT_NE(CleanJson(CleanOptions{}), json);
  // A parameter that is missing is not taken from the defaults.
  clean::VisitParameters(options, [&](auto, std::string_view key, auto&) {
    std::string bad = json;
    bad[bad.find(absl::StrFormat("\"%s\"", key)) + 1] = '_';
    EXPECT_FALSE(CleanFromJson(bad, back).ok()) << key;
  });
}

TEST(Language, IsToldForTextsThatAreLongEnough) {
  EXPECT_EQ(clean::DetectLanguage("The cat sat on the mat and looked at the birds in the garden.", 40), "en");
  EXPECT_EQ(clean::DetectLanguage("Die Katze saß auf der Matte und betrachtete die Vögel im Garten.", 40), "de");
  EXPECT_EQ(clean::DetectLanguage("Кошка сидела на коврике и смотрела на птиц в саду.", 40), "ru");
  EXPECT_EQ(clean::DetectLanguage("", 0), "und");
  EXPECT_EQ(clean::DetectLanguage("12345 67890", 0), "und");
  EXPECT_EQ(clean::DetectLanguage("Die Katze", 40), "und");
  EXPECT_EQ(clean::DetectLanguage("The cat sat \xff\xfe on the mat and looked at the birds.", 40), "und");
}

TEST(Language, AnUncertainTextStaysUnlessSaidOtherwise) {
  const auto reason = [](std::string_view languages, std::string_view rules, std::string_view text) {
    CleanOptions options;
    EXPECT_TRUE(ParseLanguages(languages, options).ok());
    EXPECT_TRUE(ParseRules(rules, "r", options).ok());
    TextArena arena;
    RewriteCounts counts;
    std::vector<std::string_view> pieces = {arena.Copy(text)};
    Cleaner::Text record{pieces, 0, true};
    return Cleaner(options).Clean(record, arena, counts).reason;
  };
  constexpr std::string_view kGerman = "Die Katze saß auf der Matte und betrachtete die Vögel im Garten.";
  EXPECT_EQ(reason("en,de", "", kGerman), Reason::kNone);
  EXPECT_EQ(reason("en", "", kGerman), Reason::kLanguage);
  EXPECT_EQ(reason("en", "", "Hm"), Reason::kNone);
  EXPECT_EQ(reason("en", "[language]\nreject_uncertain = true", "Hm"), Reason::kLanguage);
  EXPECT_EQ(reason("en,und", "[language]\nreject_uncertain = true", "Hm"), Reason::kNone);
}

}  // namespace
}  // namespace unecho::rules_test
