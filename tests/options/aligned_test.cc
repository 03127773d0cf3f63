#include "options/aligned.h"

#include <gtest/gtest.h>

namespace unecho::aligned_test {
namespace {

std::vector<std::string> FieldsOf(const std::vector<std::string>& paths) {
  AnswerOptions answer;
  const Status status = AlignFiles(paths, answer);
  return status.ok() ? answer.aligned : std::vector{std::string(Message(status))};
}

TEST(Aligned, FieldsAreSuffixesOrNamesOrPaths) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(FieldsOf({"src.de", "x/trg.en.gz"}), (Names{"de", "en"}));
  EXPECT_EQ(FieldsOf({"a.txt", "b.txt.zst", "c.txt"}), (Names{"a.txt", "b.txt", "c.txt"}));
  EXPECT_EQ(FieldsOf({"first", "trg.en"}), (Names{"first", "trg.en"}));
  EXPECT_EQ(FieldsOf({"de/a.txt", "en/a.txt"}), (Names{"de/a.txt", "en/a.txt"}));
}

TEST(Aligned, WhatFollowsIsSet) {
  AnswerOptions answer;
  ASSERT_TRUE(AlignFiles(std::vector<std::string>{"a.id", "a.en"}, answer).ok());
  EXPECT_TRUE(answer.Validate().ok());
  EXPECT_EQ(answer.layout->name(), "jsonl");
  EXPECT_EQ(answer.segment.match_fields, (std::vector<std::string>{"id", "en"}));
  answer = AnswerOptions();
  answer.segment.match_fields = {"en"};
  ASSERT_TRUE(AlignFiles(std::vector<std::string>{"a.id", "a.en"}, answer).ok());
  EXPECT_EQ(answer.segment.match_fields, std::vector<std::string>{"en"});
}

TEST(Aligned, WhatCannotBeMeantIsNamed) {
  EXPECT_NE(FieldsOf({"a.de"})[0].find("two files or more, and 1 is given"), std::string::npos);
  EXPECT_NE(FieldsOf({"a.de", "-"})[0].find("standard input"), std::string::npos);
  EXPECT_NE(FieldsOf({"a.de", "a.de"})[0].find("named twice"), std::string::npos);
  AnswerOptions answer;
  answer.layout = FindLayout("lines");
  EXPECT_NE(Message(AlignFiles(std::vector<std::string>{"a.de", "a.en"}, answer)).find("--layout"),
            std::string_view::npos);
  answer = AnswerOptions();
  answer.encoding = "utf-16";
  EXPECT_NE(Message(AlignFiles(std::vector<std::string>{"a.de", "a.en"}, answer)).find("--encoding"),
            std::string_view::npos);
  answer = AnswerOptions();
  answer.skip_unreadable = true;
  EXPECT_NE(Message(AlignFiles(std::vector<std::string>{"a.de", "a.en"}, answer)).find("--skip-unreadable"),
            std::string_view::npos);
}

}  // namespace
}  // namespace unecho::aligned_test
