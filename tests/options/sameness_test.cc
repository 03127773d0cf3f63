#include "options/sameness.h"

#include <gtest/gtest.h>

namespace unecho::sameness_test {
namespace {

TEST(Sameness, AFieldIsANameAndPerhapsANormaliser) {
  AnswerOptions answer;
  answer.keys = {"doi", "author, year:fold", "dc:identifier:url"};
  answer.differ = {"dc:edition"};
  answer.within = "Link";
  ASSERT_TRUE(CheckSameness(answer).ok());
  const Sameness sameness = SamenessOf(answer);
  ASSERT_EQ(sameness.fields.size(), 6u);
  const std::vector<std::pair<std::string, Normaliser>> want = {
      {"doi", Normaliser::kDoi},           {"author", Normaliser::kExact},     {"year", Normaliser::kFold},
      {"dc:identifier", Normaliser::kUrl}, {"dc:edition", Normaliser::kExact}, {"Link", Normaliser::kUrl}};
  for (size_t i = 0; i < want.size(); ++i) {
    EXPECT_EQ(sameness.fields[i].name, want[i].first);
    EXPECT_EQ(sameness.fields[i].normaliser, want[i].second) << want[i].first;
  }
  EXPECT_EQ(sameness.keys[1].name, "author,year");
  EXPECT_EQ(sameness.keys[1].fields, (std::vector<size_t>{1, 2}));
  EXPECT_EQ(sameness.options[4], "--differ");
}

TEST(Sameness, WhatCannotBeMeantIsNamed) {
  AnswerOptions answer;
  answer.keys = {"a,"};
  EXPECT_NE(Message(CheckSameness(answer)).find("--key: a field has no name"), std::string_view::npos);
  answer.keys = {"a,b", "b,a", "a:exact,b:fold"};
  EXPECT_NE(Message(CheckSameness(answer)).find("--key a,b is given twice"), std::string_view::npos);
  answer.keys.clear();
  answer.differ.assign(65, "a");
  EXPECT_NE(Message(CheckSameness(answer)).find("64 are the most"), std::string_view::npos);
}

}  // namespace
}  // namespace unecho::sameness_test
