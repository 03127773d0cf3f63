#include "match/unsure_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unecho::unsure_pairs_test {
namespace {

using testing::ElementsAre;

// Likeness, and the first so many signs agree and the last so many speak against.
Verdict VerdictOf(double likeness, size_t agreeing, size_t opposing) {
  Verdict verdict{.answer = Verdict::Answer::kUnsure, .likeness = likeness};
  for (size_t i = 0; i < agreeing; ++i) verdict.signs[i] = 1;
  for (size_t i = 0; i < opposing; ++i) verdict.signs[kNumSigns - 1 - i] = -1;
  return verdict;
}

std::vector<uint32_t> FirstsOf(const LikeliestPairs& pairs) {
  std::vector<uint32_t> firsts;
  for (const UnsurePair& pair : pairs.pairs()) firsts.push_back(pair.first);
  return firsts;
}

TEST(UnsurePairs, AreTheLikeliestOfARecordWhateverTheOrder) {
  std::vector<std::pair<uint32_t, Verdict>> met = {
      {7, VerdictOf(.9, 3, 1)}, {3, VerdictOf(.9, 3, 1)},  {1, VerdictOf(1, 1, 4)},  {9, VerdictOf(.9, 4, 1)},
      {2, VerdictOf(.5, 9, 0)}, {4, VerdictOf(.95, 2, 2)}, {8, VerdictOf(.91, 0, 0)}};
  LikeliestPairs pairs;
  for (size_t turn = 0; turn < met.size(); ++turn) {
    pairs.Clear();
    for (const auto& [first, verdict] : met) pairs.Add(first, verdict);
    EXPECT_THAT(FirstsOf(pairs), ElementsAre(1, 4, 8, 9, 3));
    std::rotate(met.begin(), met.begin() + 1, met.end());
  }
}

TEST(UnsurePairs, AreSortedOverAllRecords) {
  UnsurePairs all;
  LikeliestPairs pairs;
  pairs.Add(0, VerdictOf(.9, 2, 1));
  all.Keep(1, pairs);
  pairs.Clear();
  pairs.Add(1, VerdictOf(.9, 2, 1));
  pairs.Add(0, VerdictOf(.95, 0, 1));
  all.Keep(2, pairs);
  all.Sort();
  ASSERT_EQ(all.size(), 3);
  EXPECT_EQ(all[0].second, 2);
  EXPECT_EQ(all[0].first, 0);
  EXPECT_EQ(all[0].opposing, 1 << (kNumSigns - 1));
  EXPECT_EQ(all[1].second, 1);
  EXPECT_EQ(all[1].agreeing, 3);
  EXPECT_EQ(all[2].first, 1);
}

}  // namespace
}  // namespace unecho::unsure_pairs_test
