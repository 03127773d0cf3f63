// A removed record goes for the best of all records that are kept, and the auditor knows which one that is.
#include "audit/witnesses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/tampered_run.h"

namespace unecho::witnesses_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Shingles are single words. 3 has 8 of 9 words in common with 1, and 7 of 10 with 2; 6 is as similar to 4 as to 5; 7
// says the same as 3.
constexpr char kLines[] = R"({"text":"a b c d e f g h","k":"1"}
{"text":"c d e f g h x y","k":"2"}
{"text":"a b c d e f g h x","k":"3"}
{"text":"p q r s t u v 4","k":"4"}
{"text":"q r s t u v w 5","k":"5"}
{"text":"p q r s t u v w","k":"6"}
{"text":"A b c d e f g h x","k":"7"}
)";

class AuditWitnesses : public TamperedRun {
 protected:
  AuditWitnesses() : TamperedRun(kLines) {
    options_.answer.segment.match_fields = {"text"};
    options_.answer.shingle_tokens = 1;
    options_.answer.exact_join = true;
    Run();
  }
  // Record `line` goes for record `to` in place of `from`.
  void Redirect(size_t line, const std::string& from, const std::string& to, const std::string& similarity,
                const std::string& member) {
    Change(line, absl::StrFormat(R"("witness":"in.jsonl#%s","similarity":)", from),
           absl::StrFormat(R"("witness":"in.jsonl#%s","similarity":%s,"was":)", to, similarity));
    std::string& text = lines_[line - 1];
    const size_t was = text.find(",\"was\":");
    const size_t group = text.find(",\"group\"");
    text = text.substr(0, was) + absl::StrFormat(R"(,"group":"in.jsonl#%s","member":%s})", to, member);
    ASSERT_NE(group, std::string::npos);
    std::string all;
    for (const std::string& each : lines_) all += each + "\n";
    Write("provenance", all);
  }
};

TEST_F(AuditWitnesses, FindsNothingInAGoodRun) {
  EXPECT_THAT(Violations(), IsEmpty());
  EXPECT_THAT(lines_[2], HasSubstr(R"("near","witness":"in.jsonl#1","similarity":0.888889)"));
  EXPECT_THAT(lines_[5], HasSubstr(R"("near","witness":"in.jsonl#4","similarity":0.777778)"));
  const AuditResult result = AuditOf(options_, false);
  EXPECT_EQ(result.witnesses, 3U);
  EXPECT_EQ(result.witnesses_compared, 3U);
}

TEST_F(AuditWitnesses, FindsAWeakerWitness) {
  Redirect(3, "1", "2", "0.700000", "2");
  Redirect(7, "1", "2", "0.700000", "3");
  for (const bool recall : {false, true}) {
    EXPECT_THAT(
        Violations(recall),
        ElementsAre("in.jsonl#3: is removed for in.jsonl#2, and should be for in.jsonl#1: similarity 0.888889",
                    "in.jsonl#7: is removed for in.jsonl#2, and should be for in.jsonl#1: similarity 0.888889"));
  }
}

TEST_F(AuditWitnesses, FindsAWitnessThatIsAsSimilarAndComesLater) {
  Redirect(6, "4", "5", "0.777778", "2");
  EXPECT_THAT(Violations(),
              ElementsAre("in.jsonl#6: is removed for in.jsonl#5, and should be for in.jsonl#4: similarity 0.777778"));
}

TEST_F(AuditWitnesses, OfThoseWithAnEqualKeyTheMostSimilarCounts) {
  // 4 has the key of 2 and is nothing like it; 3 is like 1 and has the key of both, but for --differ.
  Write("in.jsonl", R"({"text":"a b c d e f g h","k":"1","e":"x"}
{"text":"c d e f g h x y","k":"1","e":"y"}
{"text":"a b c d e f g h x","k":"1"}
{"text":"c d e f g h x y z","k":"1"}
)");
  options_.answer.keys = {"k"};
  options_.answer.differ = {"e"};
  Run();
  EXPECT_THAT(Violations(true), IsEmpty());
  EXPECT_THAT(lines_[2], HasSubstr(R"("witness":"in.jsonl#1","similarity":0.888889)"));
  EXPECT_THAT(lines_[3], HasSubstr(R"("witness":"in.jsonl#2","similarity":0.888889)"));
  Redirect(4, "2", "1", "0.545455", "3");
  EXPECT_THAT(Violations(), testing::Contains("in.jsonl#4: is removed for in.jsonl#1, and should be for in.jsonl#2: "
                                              "equal key, similarity 0.888889"));
}

// A record that comes again goes with its first appearance, also if a better witness is kept meanwhile.
TEST_F(AuditWitnesses, WhatIsKeptLaterIsNoWitnessOfARepeat) {
  Write("in.jsonl", R"({"text":"c d e f g h x y"}
{"text":"a b c d e f g h x"}
{"text":"a b c d e f g h"}
{"text":"a b c d e f g h x!"}
)");
  options_.answer.keep = KeepPolicy::kFirst;
  Run();
  EXPECT_THAT(lines_[3], HasSubstr(R"("witness":"in.jsonl#1","similarity":0.700000)"));
  EXPECT_THAT(Violations(true), IsEmpty());
}

// Without --recall as many as have 16 MiB together, from all over the run.
TEST(WitnessCheck, DrawsEvenlyFromWhatIsTooMuch) {
  Evidence evidence;
  evidence.claims = std::make_unique<Claims>();
  for (size_t i = 0; i < 100; ++i) {
    Claim& claim = evidence.claims->all.emplace_back();
    claim.size_bytes = uint64_t{1} << 20;
    claim.fate = Fate::kNear;
    claim.witness = 0;
  }
  WitnessCheck some, all;
  some.Choose(evidence, false);
  all.Choose(evidence, true);
  EXPECT_EQ(all.num_compared(), 100U);
  EXPECT_EQ(some.num_removed(), 100U);
  EXPECT_EQ(some.num_compared(), 15U);
  for (size_t i = 0; i < 100; ++i) EXPECT_EQ(some.Wants(i), i % 7 == 0) << i;
}

}  // namespace
}  // namespace unecho::witnesses_test
