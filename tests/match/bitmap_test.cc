// The filter of crowds: no pair at the threshold is dropped, and most below are.
#include "match/bitmap.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace unecho::bitmap_test {
namespace {

std::vector<uint64_t> Made(const std::vector<uint64_t>& shingles, double threshold) {
  BitmapMaker maker;
  maker.Begin(shingles.size(), threshold);
  for (const uint64_t shingle : shingles) maker.Flip(shingle);
  const Bitmaps made = maker.End();
  return {made.words.begin(), made.words.end()};
}

// Two sets of these sizes with so many in common: may they be as similar as `threshold`?
bool MayBe(size_t a, size_t b, size_t common, double threshold, std::mt19937_64& random) {
  std::vector<uint64_t> first(a), second;
  for (uint64_t& each : first) each = random();
  second.assign(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(common));
  while (second.size() < b) second.push_back(random());
  const std::vector<uint64_t> x = Made(first, threshold), y = Made(second, threshold);
  return MayBeSimilar({x}, {y}, MostDifferent(a + b, threshold) + 1e-6);
}

TEST(Bitmap, DropsNoPairAtTheThreshold) {
  std::mt19937_64 random(1);
  for (const double threshold : {.3, .5, .7, .8, .95}) {
    for (const size_t a : {1, 7, 60, 255, 257, 304, 1000, 9000, 40000}) {
      for (const double ratio : {threshold, (1 + threshold) / 2, 1.0}) {
        const auto b = std::max<size_t>(1, static_cast<size_t>(ratio * static_cast<double>(a)));
        for (size_t common = 0; common <= std::min(a, b); common += std::max<size_t>(1, b / 17)) {
          const double similarity = static_cast<double>(common) / static_cast<double>(a + b - common);
          if (similarity < threshold) continue;
          EXPECT_TRUE(MayBe(a, b, common, threshold, random)) << a << " " << b << " " << common << " " << threshold;
        }
      }
    }
  }
}

TEST(Bitmap, DropsWhatIsABitBelow) {
  std::mt19937_64 random(2);
  for (const double threshold : {.5, .7, .8, .9}) {
    for (const size_t size : {100, 304, 1500}) {
      const double similarity = threshold - .07;
      const auto common = static_cast<size_t>(2 * similarity / (1 + similarity) * static_cast<double>(size));
      int passed = 0;
      for (int i = 0; i < 100; ++i) passed += MayBe(size, size, common, threshold, random);
      EXPECT_LT(passed, 15) << threshold << " " << size;
    }
  }
}

TEST(Bitmap, OfHalfTheSizeIsWhatItWouldBeByItself) {
  std::mt19937_64 random(3);
  std::vector<uint64_t> shingles(400);
  for (uint64_t& each : shingles) each = random();
  const std::vector<uint64_t> large = Made(shingles, .3), small = Made(shingles, .7);
  ASSERT_GT(large.size(), small.size());
  EXPECT_TRUE(std::equal(small.begin(), small.end(), large.begin()));
  EXPECT_TRUE(MayBeSimilar({large}, {small}, 0));
}

}  // namespace
}  // namespace unecho::bitmap_test
