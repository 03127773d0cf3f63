#include "text/path_text.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace unecho::path_text_test {
namespace {

TEST(PathText, SaysBytesThatAreNoUtf8AndLeavesTheRest) {
  const std::pair<std::string, std::string> cases[] = {
      {"dumps/page.txt", "dumps/page.txt"},
      {"d\u00e4mps/\u6587.txt", "d\u00e4mps/\u6587.txt"},
      {"a\xff.txt", "a%FF.txt"},
      {"\xe4\xf6", "%E4%F6"},
      {"a\xe6\x96", "a%E6%96"},  // a sequence that ends too early
      {"100%.txt", "100%.txt"},
      {"a%20b", "a%20b"},
      {"a%ff", "a%ff"},
      {"a%FF", "a%25FF"},
      {"a%25", "a%2525"},
      {"%", "%"},
      {"%F", "%F"},
      {"", ""},
  };
  for (const auto& [path, text] : cases) {
    EXPECT_EQ(TextOfPath(path), text);
    EXPECT_EQ(PathOfText(text), path);
  }
}

TEST(PathText, AnyBytesComeBack) {
  std::mt19937 random(1);
  constexpr std::string_view kLikely = "%%%258FfEeA0a\xff\xc3\xa4\xe6\x96\x87/.";
  for (int i = 0; i < 20000; ++i) {
    std::string path;
    for (size_t size = random() % 9; path.size() < size;) path += kLikely[random() % kLikely.size()];
    ASSERT_EQ(PathOfText(TextOfPath(path)), path);
  }
}

}  // namespace
}  // namespace unecho::path_text_test
