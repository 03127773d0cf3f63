// A good run with --key, --differ and --within in which one claim has been changed, or made under other options.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/tampered_run.h"

namespace unecho::sameness_test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 1 and 2 have one DOI; 3 and 4 nearly one text; 5 is of another edition, and 6 of another domain, than 3; 7 repeats 1,
// with the DOI of another.
constexpr char kLines[] =
    R"({"text":"fisher carpet runner wagon anchor carter drummer","doi":"10.5/A","id":"x","site":"a"}
{"text":"baker ladder candle cotton timber singer tailor","doi":"doi:10.5/a","id":"y","site":"a"}
{"text":"needle ladder cooper window reader lantern farmer letter ledger market copper","edition":"1","id":"x","site":"a"}
{"text":"needle ladder cooper window reader lantern farmer letter ledger market","edition":"1","site":"a"}
{"text":"needle ladder cooper window reader lantern farmer letter ledger market","edition":"2","site":"a"}
{"text":"needle ladder cooper window reader lantern farmer letter ledger market","edition":"1","site":"b"}
{"text":"fisher carpet runner wagon anchor carter drummer","doi":"10.5/b","site":"a"}
)";

class AuditSameness : public TamperedRun {
 protected:
  AuditSameness() : TamperedRun(kLines) {
    options_.answer.segment.match_fields = {"text"};
    options_.answer.shingle_tokens = 2;
    options_.answer.keys = {"doi"};
    options_.answer.differ = {"edition"};
    options_.answer.within = "site";
    Run();
  }
};

TEST_F(AuditSameness, FindsNothingInAGoodRun) {
  EXPECT_THAT(Violations(true), IsEmpty());
  EXPECT_THAT(lines_[1], HasSubstr(R"("fate":"near","witness":"in.jsonl#1","similarity":0.000000,"by":"key:doi")"));
  EXPECT_THAT(lines_[3], HasSubstr(R"("fate":"near","witness":"in.jsonl#3","similarity":0.900000,)"));
  EXPECT_THAT(lines_[4], HasSubstr("kept"));
  EXPECT_THAT(lines_[5], HasSubstr("kept"));
  EXPECT_THAT(lines_[6], HasSubstr(R"("fate":"exact","witness":"in.jsonl#1","similarity":1.000000,)"));
}

TEST_F(AuditSameness, FindsARemovalByAKeyThatTheWitnessHasNot) {
  Change(4, "0.900000", R"(0.900000,"by":"key:doi")");
  EXPECT_THAT(Violations(), ElementsAre("in.jsonl#4: is removed by the key doi, which is not that of in.jsonl#3"));
}

TEST_F(AuditSameness, FindsAKeyThatIsNotNamed) {
  Change(2, R"(,"by":"key:doi")", "");
  EXPECT_THAT(Violations(), ElementsAre("in.jsonl#2: the first key that it has in common with in.jsonl#1 is doi, and "
                                        "its line says another"));
}

TEST_F(AuditSameness, FindsAKeyThatTheRunDoesNotHave) {
  Change(2, "key:doi", "key:url");
  EXPECT_THAT(Violations(), Contains("in.jsonl#2: is removed by a key that the run does not have"));
}

TEST_F(AuditSameness, FindsAWitnessOfAnotherKey) {
  Change(2, "in.jsonl#1", "in.jsonl#3");
  EXPECT_THAT(Violations(), Contains("in.jsonl#2: is removed by the key doi, which is not that of in.jsonl#3"));
  EXPECT_THAT(Violations(), Contains(HasSubstr("is below 0.7")));
}

TEST_F(AuditSameness, FindsAWrongSimilarityOfARemovalByKey) {
  Change(2, "0.000000", "0.500000");
  EXPECT_THAT(Violations(), ElementsAre("in.jsonl#2: its similarity to in.jsonl#1 is 0.000000, not 0.500000"));
}

TEST_F(AuditSameness, FindsRecordsThatAFieldKeepsApart) {
  Change(5, R"("fate":"kept")", R"("fate":"near","witness":"in.jsonl#3","similarity":0.900000)");
  EXPECT_THAT(Violations(), Contains("in.jsonl#5: is removed for in.jsonl#3, and --differ edition keeps them apart"));
  Change(5, R"("fate":"near","witness":"in.jsonl#3","similarity":0.900000)", R"("fate":"kept")");
  Change(6, R"("fate":"kept")", R"("fate":"near","witness":"in.jsonl#3","similarity":0.900000)");
  EXPECT_THAT(Violations(), Contains("in.jsonl#6: is removed for in.jsonl#3, and --within site keeps them apart"));
}

TEST_F(AuditSameness, FindsKeptRecordsThatAreTheSame) {
  options_.answer.keys = {"doi", "id"};
  options_.answer.differ.clear();
  EXPECT_THAT(Violations(true),
              ElementsAre("in.jsonl#5: has the tokens of in.jsonl#4 but not its witness",
                          "in.jsonl#3: pair left: the key id is that of in.jsonl#1, which is kept too",
                          "in.jsonl#5: pair left: similarity 0.900000 to in.jsonl#3, which is kept "
                          "too"));
}

TEST_F(AuditSameness, TakesTheOptionsFromTheReport) {
  const AuditResult result = AuditByReport();
  EXPECT_THAT(result.violations, IsEmpty());
  EXPECT_TRUE(result.has_keys);
}

}  // namespace
}  // namespace unecho::sameness_test
