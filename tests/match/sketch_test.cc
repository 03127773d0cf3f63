#include "match/sketch.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace unecho::sketch_test {
namespace {

struct Pair {
  std::vector<uint32_t> a, b;
  double similarity;
};

// Word sequences (w = 1: words are shingles) of sizes na, nb with `common` words in common.
Pair MakePair(std::mt19937_64& random, size_t na, size_t nb, size_t common) {
  Pair pair;
  for (size_t i = 0; i < common; ++i) {
    pair.a.push_back(static_cast<uint32_t>(random()));
    pair.b.push_back(pair.a.back());
  }
  while (pair.a.size() < na) pair.a.push_back(static_cast<uint32_t>(random()));
  while (pair.b.size() < nb) pair.b.push_back(static_cast<uint32_t>(random()));
  pair.similarity = static_cast<double>(common) / static_cast<double>(na + nb - common);
  return pair;
}

int Agreeing(const Sketcher& sketcher, const Pair& pair) {
  std::vector<uint32_t> scratch;
  std::array<uint32_t, kSketchBytes> a, b;
  sketcher.Minima(pair.a, scratch, a);
  sketcher.Minima(pair.b, scratch, b);
  std::array<uint8_t, kSketchBytes> bytes_a, bytes_b;
  for (size_t i = 0; i < kSketchBytes; ++i) {
    bytes_a[i] = static_cast<uint8_t>(a[i]);
    bytes_b[i] = static_cast<uint8_t>(b[i]);
  }
  int agreeing = 0;
  for (size_t i = 0; i < kSketchBytes; ++i) agreeing += bytes_a[i] == bytes_b[i];
  return agreeing;
}

struct Sizes {
  size_t na, nb, common;
};
class SketchIsUnbiased : public testing::TestWithParam<Sizes> {};

TEST_P(SketchIsUnbiased, ForSetsOfThisSize) {
  const Sizes sizes = GetParam();
  std::mt19937_64 random(11);
  const Sketcher sketcher(PlanBands(0.7), 1, 1);
  const int rounds = sizes.na + sizes.nb > 2000 ? 1000 : 6000;
  double sum = 0, squares = 0, similarity = 0;
  for (int i = 0; i < rounds; ++i) {
    const Pair pair = MakePair(random, sizes.na, sizes.nb, sizes.common);
    similarity = pair.similarity;
    // 8 of the bits agree by chance in one of 256 bins that differ.
    const double estimate = (Agreeing(sketcher, pair) / double{kSketchBytes} - 1.0 / 256) / (1 - 1.0 / 256);
    sum += estimate;
    squares += (estimate - similarity) * (estimate - similarity);
  }
  const double mean = sum / rounds, rmse = std::sqrt(squares / rounds);
  const double ideal = std::sqrt(std::max(similarity * (1 - similarity), 1e-3) / kSketchBytes);
  EXPECT_NEAR(mean, similarity, 5 * rmse / std::sqrt(rounds) + 1e-3);  // five standard errors
  EXPECT_LT(rmse, 1.35 * ideal);
}

INSTANTIATE_TEST_SUITE_P(Sketch, SketchIsUnbiased,
                         testing::Values(Sizes{1, 1, 1}, Sizes{5, 5, 4}, Sizes{5, 5, 2}, Sizes{20, 20, 16},
                                         Sizes{50, 50, 41}, Sizes{200, 200, 165}, Sizes{200, 200, 60},
                                         Sizes{5000, 5000, 4000}, Sizes{5, 50, 5}, Sizes{20, 200, 15},
                                         Sizes{200, 5000, 180}, Sizes{1, 200, 1}));

TEST(Sketch, DoesNotDependOnOrderOrRepetition) {
  std::mt19937_64 random(3);
  const Sketcher sketcher(PlanBands(0.7), 1, 1);
  std::vector<uint32_t> words(100), scratch;
  for (uint32_t& word : words) word = static_cast<uint32_t>(random());
  std::array<uint32_t, kSketchBytes> a, b;
  sketcher.Minima(words, scratch, a);
  std::ranges::reverse(words);
  words.insert(words.end(), words.begin(), words.begin() + 40);
  sketcher.Minima(words, scratch, b);
  EXPECT_EQ(a, b);
}

class PlanFor : public testing::TestWithParam<double> {};

TEST_P(PlanFor, MissesAtMostSixInTenThousandAtTheThreshold) {
  const BandPlan plan = PlanBands(GetParam());
  EXPECT_LE(plan.bands * plan.rows, kSketchBytes);
  EXPECT_LE(std::pow(1 - std::pow(GetParam(), plan.rows), plan.bands), plan.rows == 1 ? 1.0 : kMaxMiss);
  EXPECT_GE(plan.min_agreeing_bins, 1);
}

TEST_P(PlanFor, FindsNinetyNineInAThousandPlantedPairsAtTheThreshold) {
  const double t = GetParam();
  const BandPlan plan = PlanBands(t);
  const Sketcher sketcher(plan, 1, 1);
  std::mt19937_64 random(5);
  for (const size_t n : {60u, 200u}) {
    const auto common = static_cast<size_t>(std::ceil(2 * static_cast<double>(n) * t / (1 + t)));
    int missed = 0;
    constexpr int kPairs = 5000;
    std::vector<uint32_t> scratch;
    std::vector<uint64_t> keys_a(static_cast<size_t>(plan.bands)), keys_b(keys_a);
    for (int i = 0; i < kPairs; ++i) {
      const Pair pair = MakePair(random, n, n, common);
      std::array<uint32_t, kSketchBytes> a, b;
      sketcher.Minima(pair.a, scratch, a);
      sketcher.Minima(pair.b, scratch, b);
      sketcher.BandKeys(a, keys_a);
      sketcher.BandKeys(b, keys_b);
      bool met = false;
      for (size_t band = 0; band < keys_a.size(); ++band) met |= keys_a[band] == keys_b[band];
      missed += !met || Agreeing(sketcher, pair) < plan.min_agreeing_bins;
    }
    EXPECT_LE(missed, kPairs / 1000) << n << " tokens, " << plan.bands << "x" << plan.rows;
  }
}

INSTANTIATE_TEST_SUITE_P(Sketch, PlanFor, testing::Values(0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0));

TEST(Plan, IsTheMeasuredOneAtTheDefaultThreshold) {
  EXPECT_EQ(PlanBands(0.7).bands, 21);
  EXPECT_EQ(PlanBands(0.7).rows, 3);
}

// Pairs of records exactly at the threshold of each field.
TEST(PlanOfFields, MissesLessThanOneInAThousandAtTheThresholds) {
  const std::vector<std::vector<double>> plans = {
      {.7}, {.9, .7}, {.7, .7}, {.5, .8, .6}, {1, .7}, {.9, .3}, std::vector<double>(16, .8)};
  std::mt19937_64 random(6);
  for (const std::vector<double>& thresholds : plans) {
    const BandPlan plan = PlanBands(.1, thresholds);
    EXPECT_LE(plan.bands * plan.rows, kSketchBytes);
    EXPECT_LE(plan.miss_at_threshold, kMaxMiss);
    EXPECT_EQ(plan.threshold, std::ranges::min(thresholds));
    const Sketcher sketcher(plan, 1, 1);
    std::vector<uint32_t> scratch;
    std::vector<uint64_t> keys_a(static_cast<size_t>(plan.bands)), keys_b(keys_a);
    int missed = 0;
    constexpr int kPairs = 3000;
    for (int i = 0; i < kPairs; ++i) {
      std::vector<uint32_t> a, b, words_a, words_b;
      for (const double t : thresholds) {
        const size_t n = 40;
        const Pair pair = MakePair(random, n, n, static_cast<size_t>(std::ceil(2 * n * t / (1 + t) - 1e-9)));
        a.push_back(n), b.push_back(n);
        words_a.insert(words_a.end(), pair.a.begin(), pair.a.end());
        words_b.insert(words_b.end(), pair.b.begin(), pair.b.end());
      }
      a.insert(a.end(), words_a.begin(), words_a.end());
      b.insert(b.end(), words_b.begin(), words_b.end());
      std::array<uint32_t, kSketchBytes> bins_a, bins_b;
      sketcher.MinimaOfFields(a, scratch, bins_a);
      sketcher.MinimaOfFields(b, scratch, bins_b);
      sketcher.BandKeys(bins_a, keys_a);
      sketcher.BandKeys(bins_b, keys_b);
      bool met = false;
      for (size_t band = 0; band < keys_a.size(); ++band) met |= keys_a[band] == keys_b[band];
      std::array<uint8_t, kSketchBytes> sketch_a, sketch_b;
      int agreeing = 0;
      for (size_t k = 0; k < kSketchBytes; ++k) {
        sketch_a[k] = static_cast<uint8_t>(bins_a[k]);
        sketch_b[k] = static_cast<uint8_t>(bins_b[k]);
        agreeing += sketch_a[k] == sketch_b[k];
      }
      missed += !met || agreeing < plan.min_agreeing_bins || !AgreeInFields(plan, sketch_a.data(), sketch_b.data());
    }
    EXPECT_LE(missed, kPairs / 1000) << thresholds.size() << " fields, " << plan.bands << "x" << plan.rows;
  }
}

TEST(PlanOfFields, FieldsThatNeitherHasAgreeAndOneThatOneHasDoesNot) {
  const BandPlan plan = PlanBands(.1, std::vector<double>{.7, .7});
  const Sketcher sketcher(plan, 2, 1);
  std::vector<uint32_t> scratch;
  std::array<uint32_t, kSketchBytes> with, without, again;
  const std::vector<uint32_t> has = {3, 2, 11, 12, 13, 21, 22}, has_not = {3, 0, 11, 12, 13};
  sketcher.MinimaOfFields(has, scratch, with);
  sketcher.MinimaOfFields(has_not, scratch, without);
  sketcher.MinimaOfFields(has_not, scratch, again);
  EXPECT_EQ(without, again);
  for (size_t i = 0; i < kSketchBytes; ++i) EXPECT_EQ(with[i] == without[i], i % 2 == 0) << i;
}

}  // namespace
}  // namespace unecho::sketch_test
