#include "options/match_fields.h"

#include <gtest/gtest.h>

namespace unecho::match_fields_test {
namespace {

std::string ErrorOf(std::string_view text) {
  AnswerOptions answer;
  return std::string(Message(ParseMatch(text, answer)));
}

TEST(MatchFields, AFieldIsANameAndPerhapsAThreshold) {
  AnswerOptions answer;
  ASSERT_TRUE(ParseMatch("title:0.9, dc:text:.7,dc:creator,messages[].content:1", answer).ok());
  const std::vector<MatchField> want = {{"title", .9}, {"dc:text", .7}, {"dc:creator", .7}, {"messages[].content", 1}};
  EXPECT_EQ(answer.match, want);
  EXPECT_EQ(answer.segment.match_fields,
            (std::vector<std::string>{"title", "dc:text", "dc:creator", "messages[].content"}));
  EXPECT_TRUE(answer.Validate().ok());
  EXPECT_EQ(FieldThresholds(answer), (std::vector<double>{.9, .7, .7, 1}));
  EXPECT_EQ(ThresholdText(answer), "title:0.9, dc:text:0.7, dc:creator:0.7, messages[].content:1");
}

TEST(MatchFields, AFieldAloneHasTheThresholdOfTheComparison) {
  AnswerOptions answer;
  answer.comparison.by = CompareBy::kCode;
  ASSERT_TRUE(ParseMatch("code", answer).ok());
  EXPECT_EQ(answer.match.front().threshold, 1);
}

TEST(MatchFields, WhatCannotBeMeantIsNamed) {
  EXPECT_EQ(ErrorOf("title:90"), "--match title:90: a threshold is a share, not a percentage; did you mean title:0.9?");
  EXPECT_EQ(ErrorOf("title:0"), "--match title:0: give a threshold above 0 and up to 1");
  EXPECT_NE(ErrorOf("title:.9,,text").find("a field has no name"), std::string::npos);
  EXPECT_NE(ErrorOf("").find("a field has no name"), std::string::npos);
  EXPECT_EQ(ErrorOf("title:.9,text,title"), "--match names title twice; leave one out");
  EXPECT_NE(ErrorOf("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q").find("17 fields; 16 are the most"), std::string::npos);
}

TEST(MatchFields, OtherOptionsThatSayWhatIsCompared) {
  AnswerOptions answer;
  ASSERT_TRUE(ParseMatch("title", answer).ok());
  answer.segment.match_fields = {"text"};
  EXPECT_NE(Message(answer.Validate()).find("--match and --match-fields"), std::string_view::npos);
  ASSERT_TRUE(ParseMatch("title", answer).ok());
  answer.against = {"set.jsonl"};
  EXPECT_NE(Message(answer.Validate()).find("--against"), std::string_view::npos);
  answer = AnswerOptions();
  answer.segment.fields_apart = true;
  EXPECT_FALSE(answer.Validate().ok());
}

}  // namespace
}  // namespace unecho::match_fields_test
