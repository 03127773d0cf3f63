#include "unecho/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/status.h"

namespace unecho::comparison_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string ErrorOf(std::string_view by, const std::vector<std::string>& ignored) {
  Comparison comparison;
  return std::string(Message(ParseComparison(by, ignored, comparison)));
}

TEST(Comparison, IsReadFromItsNamesAndWrittenWithThem) {
  for (const char* by : {"words", "text", "code", "characters"}) {
    Comparison comparison;
    ASSERT_TRUE(ParseComparison(by, {"markup", "diacritics", "numbers"}, comparison).ok());
    EXPECT_EQ(Name(comparison.by), by);
    EXPECT_THAT(IgnoredNames(comparison), ElementsAre("diacritics", "numbers", "markup"));
  }
  Comparison text;
  ASSERT_TRUE(ParseComparison("text", {"case", "punctuation"}, text).ok());
  EXPECT_TRUE(text.letter_case && text.punctuation);
  EXPECT_FALSE(text.diacritics || text.numbers || text.markup);
}

TEST(Comparison, WhatCanDoNothingIsAnError) {
  EXPECT_THAT(ErrorOf("words", {"case"}), HasSubstr("--ignore case does nothing: --compare words"));
  EXPECT_THAT(ErrorOf("characters", {"punctuation"}), HasSubstr("--ignore punctuation does nothing"));
  EXPECT_THAT(ErrorOf("word", {}), HasSubstr("give words, text, code, characters or works"));
  EXPECT_THAT(ErrorOf("words", {"accents"}), HasSubstr("diacritics, numbers, punctuation, case or markup"));
}

}  // namespace
}  // namespace unecho::comparison_test
