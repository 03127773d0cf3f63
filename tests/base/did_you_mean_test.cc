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

}  // namespace
}  // namespace unecho::did_you_mean_test
