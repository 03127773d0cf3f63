#include "text/file_name.h"

#include <gtest/gtest.h>

namespace unecho::file_name_test {
namespace {

TEST(FileName, ThatOfAPackedFileIsThatOfTheFile) {
  EXPECT_EQ(WithoutCompressionSuffix("d/a.jsonl.gz"), "d/a.jsonl");
  EXPECT_EQ(WithoutCompressionSuffix("a.zst.xz"), "a.zst");
  EXPECT_EQ(WithoutCompressionSuffix("a.jsonl.zstd"), "a.jsonl");
  EXPECT_EQ(WithoutCompressionSuffix("a.html"), "a.html");
  EXPECT_EQ(WithoutCompressionSuffix(".gz"), ".gz");
  EXPECT_EQ(WithoutCompressionSuffix("d/.gz"), "d/.gz");
}

TEST(FileName, IsTheLastPartWithoutTheNumberOfOneThatIsGivenTwice) {
  EXPECT_EQ(PlainFileName("d/a.html.gz@2"), "a.html");
  EXPECT_EQ(PlainFileName("a.py@17"), "a.py");
  EXPECT_EQ(PlainFileName("me@home"), "me@home");
  EXPECT_EQ(PlainFileName("a@"), "a@");
  EXPECT_EQ(PlainFileName("d/"), "");
  EXPECT_EQ(PlainFileName("12"), "12");
}

}  // namespace
}  // namespace unecho::file_name_test
