// A good run with --match in which one claim has been changed, or made under other options.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/tampered_run.h"

namespace unecho::fields_apart_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2 is near 1; 3 has its question and another answer; 4 is 1 again; 5 says the words of 1 in other fields.
constexpr char kLines[] =
    R"({"q":"fisher carpet runner wagon anchor carter drummer","a":"baker ladder candle cotton timber"}
{"q":"fisher carpet runner wagon anchor carter","a":"baker ladder candle cotton timber singer"}
{"q":"fisher carpet runner wagon anchor carter drummer","a":"needle ladder cooper window reader"}
{"q":"Fisher carpet runner, wagon anchor carter drummer!","a":"baker ladder candle cotton timber"}
{"q":"fisher carpet runner wagon anchor carter","a":"drummer baker ladder candle cotton timber"}
)";

class AuditFieldsApart : public TamperedRun {
 protected:
  AuditFieldsApart() : TamperedRun(kLines) {
    options_.answer.shingle_tokens = 2;
    EXPECT_TRUE(ParseMatch("q:.8,a:.8", options_.answer).ok());
    Run();
  }
};

constexpr char kOf2[] =
    R"("near","witness":"in.jsonl#1","similarity":0.800000,"similarities":{"q":0.833333,"a":0.800000})";

TEST_F(AuditFieldsApart, FindsNothingInAGoodRun) {
  EXPECT_THAT(Violations(true), IsEmpty());
  EXPECT_THAT(lines_[1], HasSubstr(kOf2));
  EXPECT_THAT(lines_[2], HasSubstr("kept"));
  EXPECT_THAT(lines_[3], HasSubstr(R"("fate":"exact","witness":"in.jsonl#1","similarity":1.000000,)"));
  EXPECT_THAT(lines_[4], HasSubstr(R"({"q":0.833333,"a":0.800000})"));
}

TEST_F(AuditFieldsApart, FindsAWrongSimilarityOfAField) {
  Change(2, R"("q":0.833333)", R"("q":0.900000)");
  EXPECT_THAT(Violations(),
              ElementsAre(R"(in.jsonl#2: the similarities of its fields to those of in.jsonl#1 are {"q":0.833333,)"
                          R"("a":0.800000}, not {"q":0.900000,"a":0.800000})"));
}

TEST_F(AuditFieldsApart, FindsASimilarityThatIsNotTheSmallest) {
  Change(2, R"("similarity":0.800000)", R"("similarity":0.833333)");
  EXPECT_THAT(Violations(), ElementsAre("in.jsonl#2: its similarity to in.jsonl#1 is 0.800000, not 0.833333"));
}

TEST_F(AuditFieldsApart, FindsSimilaritiesThatAreLeftOut) {
  Change(2, R"(,"similarities":{"q":0.833333,"a":0.800000})", "");
  EXPECT_THAT(Violations(), ElementsAre(HasSubstr(R"(are {"q":0.833333,"a":0.800000}, not left out)")));
}

TEST_F(AuditFieldsApart, FindsAFieldThatDoesNotReachItsThreshold) {
  Change(3, R"("kept")",
         R"("near","witness":"in.jsonl#1","similarity":0.000000,"similarities":{"q":1.000000,"a":0.000000})");
  EXPECT_THAT(Violations(),
              Contains("in.jsonl#3: its similarity to in.jsonl#1 in the field a, 0.000000, is below 0.8"));
}

TEST_F(AuditFieldsApart, FindsThatWordsInOtherFieldsAreNotExact) {
  Change(5, lines_[4].substr(lines_[4].find("\"near\"")), R"("exact","witness":"in.jsonl#1","similarity":1.000000})");
  EXPECT_THAT(Violations(), Contains("in.jsonl#5: is exact but its tokens differ from those of in.jsonl#1"));
}

TEST_F(AuditFieldsApart, FindsRecordsThatAreNotEqualAfterAll) {
  Change(4, R"("similarity":1.000000)", R"("similarity":1.000000,"similarities":{"q":1.000000,"a":1.000000})");
  EXPECT_THAT(Violations(), ElementsAre("in.jsonl#4: is exact and lists similarities of fields"));
}

TEST_F(AuditFieldsApart, FindsPairsThatAreLeft) {
  ASSERT_TRUE(ParseMatch("q:.8,a:.1", options_.answer).ok());
  EXPECT_THAT(Violations(true), IsEmpty());  // nothing in common
  ASSERT_TRUE(ParseMatch("q:.8", options_.answer).ok());
  EXPECT_THAT(Violations(true),
              Contains("in.jsonl#3: pair left: similarity 1.000000 to in.jsonl#1, which is kept too"));
}

TEST_F(AuditFieldsApart, TakesTheOptionsFromTheReport) {
  const AuditResult result = AuditByReport();
  EXPECT_THAT(result.violations, IsEmpty());
}

}  // namespace
}  // namespace unecho::fields_apart_test
