#include "base/did_you_mean.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace unecho::did_you_mean_test {
namespace {

std::string Meant(std::string_view word) {
  static constexpr std::string_view kKnown[] = {"--threshold", "--threads", "jsonl", "json", "lines", "c4"};
  return DidYouMean(word, std::span<const std::string_view>(kKnown));
}

TEST(DidYouMean, NamesTheNearestWord) {
  EXPECT_EQ(Meant("--treshold"), "; did you mean --threshold?");
  EXPECT_EQ(Meant("jsnol"), "; did you mean jsonl?");
  EXPECT_EQ(Meant("LINES"), "; did you mean lines?");
  EXPECT_EQ(Meant("--thresh"), "; did you mean --threshold?") << "it begins so";
}

TEST(DidYouMean, SaysNothingWhereNoneIsNear) {
  for (const char* word : {"", "-", "--", "x", "c5", "--output", "--thre", "yaml"}) EXPECT_EQ(Meant(word), "") << word;
}

TEST(FieldMeant, SaysHowListsAndSharesAreWritten) {
  const std::vector<std::string> known = {"title", "text", "a b"};
  EXPECT_EQ(FieldMeant("title text", known), "; names of fields are parted by commas");
  EXPECT_EQ(FieldMeant("text:80%", known), "; there is text, but nothing that ':80%' behind it could mean");
  EXPECT_EQ(FieldMeant("titel", known), "; did you mean title?");
  EXPECT_EQ(FieldMeant("a b", known), "; what they have there is no single value");
  EXPECT_EQ(FieldMeant("doi", known), "");
}

}  // namespace
}  // namespace unecho::did_you_mean_test
