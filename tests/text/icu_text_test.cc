#include "text/icu_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unecho::icu_text_test {
namespace {

std::vector<size_t> PartsOf(std::string_view text) {
  std::vector<size_t> sizes;
  while (!text.empty()) {
    sizes.push_back(IcuPartSize(text));
    text.remove_prefix(sizes.back());
  }
  return sizes;
}

TEST(IcuPartSize, EndsInFrontOfABlank) {
  constexpr size_t kPart = size_t{64} << 10;
  EXPECT_EQ(IcuPartSize(""), 0U);
  EXPECT_EQ(IcuPartSize("a b c"), 5U);
  EXPECT_EQ(IcuPartSize(std::string(kPart, 'a')), kPart);
  // The last blank that is near enough; else the next one; else there is one part.
  EXPECT_EQ(IcuPartSize(std::string(10, 'a') + " " + std::string(kPart, 'a')), 10U);
  EXPECT_EQ(IcuPartSize(std::string(3 * kPart, 'a') + "\n" + std::string(kPart, 'a')), 3 * kPart);
  EXPECT_EQ(IcuPartSize(std::string(3 * kPart, 'a')), 3 * kPart);
  // A blank in front ends no part, or there would be no end of parts.
  EXPECT_EQ(IcuPartSize(" " + std::string(2 * kPart, 'a') + " b"), 2 * kPart + 1);
  EXPECT_EQ(PartsOf(std::string(4 * kPart, ' ')).size(), 4U);
}

TEST(IcuPartSize, CutsNoCodePointWhereThereIsNoBlank) {
  constexpr size_t kMost = size_t{64} << 20;
  std::string text = "a";
  while (text.size() <= kMost + 10) text += "\u4e2d";
  const size_t size = IcuPartSize(text);
  EXPECT_LE(size, kMost);
  EXPECT_GT(size, kMost - 4);
  EXPECT_EQ(size % 3, 1U);
}

TEST(Normalized, GivesTheSameInPartsAsAtOnce) {
  std::string text;
  for (int i = 0; text.size() < (size_t{300} << 10); ++i)
    text += i % 7 == 0 ? " \u0308e\u0301" : i % 5 == 0 ? "\n\ufb01x" : i % 3 == 0 ? " \ufdfa" : "A\u030a";
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2& fold = *icu::Normalizer2::getNFKCCasefoldInstance(error);
  icu::UnicodeString joined;
  const std::vector<size_t> parts = PartsOf(text);
  EXPECT_GT(parts.size(), 3U);
  size_t at = 0;
  for (const size_t size : parts) {
    joined += Normalized(fold, IcuText(std::string_view(text).substr(at, size)));
    at += size;
  }
  EXPECT_TRUE(joined == Normalized(fold, IcuText(text)));
}

}  // namespace
}  // namespace unecho::icu_text_test
