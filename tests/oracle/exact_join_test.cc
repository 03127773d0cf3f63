#include "oracle/exact_join.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace unecho::exact_join_test {
namespace {

using Set = std::set<uint64_t>;

double Jaccard(const Set& a, const Set& b) {
  size_t common = 0;
  for (const uint64_t x : a) common += b.count(x);
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

struct Fate {
  bool kept = false;
  uint32_t kept_id = 0;
  double similarity = 0;
  friend bool operator==(const Fate&, const Fate&) = default;
};

std::vector<Fate> NaiveGreedy(const std::vector<Set>& records, double threshold) {
  std::vector<Set> kept;
  std::vector<Fate> fates;
  for (const Set& record : records) {
    Fate fate{.kept = true, .kept_id = static_cast<uint32_t>(kept.size())};
    for (uint32_t id = 0; id < kept.size(); ++id) {
      const double similarity = Jaccard(record, kept[id]);
      if (similarity >= threshold && (fate.kept || similarity > fate.similarity)) fate = {false, id, similarity};
    }
    if (fate.kept) kept.push_back(record);
    fates.push_back(fate);
  }
  return fates;
}

std::vector<Fate> JoinGreedy(const std::vector<Set>& records, double threshold) {
  ExactJoin join(threshold);
  std::vector<Fate> fates;
  uint32_t num_kept = 0;
  for (const Set& record : records) {
    const auto match = join.FindOrKeep(std::vector<uint64_t>(record.begin(), record.end()));
    fates.push_back(match ? Fate{false, match->kept_id, match->similarity} : Fate{true, num_kept++, 0});
  }
  return fates;
}

void ExpectSamePairs(const std::vector<Set>& records, double threshold) {
  ExactJoin join(threshold);
  for (size_t i = 0; i < records.size(); ++i) {
    std::vector<std::pair<uint32_t, double>> want, got;
    for (size_t j = 0; j < i; ++j) {
      const double similarity = Jaccard(records[i], records[j]);
      if (similarity >= threshold) want.emplace_back(static_cast<uint32_t>(j), similarity);
    }
    for (const auto& match : join.Enter(std::vector<uint64_t>(records[i].begin(), records[i].end()))) {
      got.emplace_back(match.kept_id, match.similarity);
    }
    ASSERT_EQ(got, want) << "record " << i << " at t = " << threshold;
  }
}

// Hashes as shingles have them: spread, so that the global order is not the order of the alphabet.
Set Subset(unsigned bits) {
  Set set;
  for (uint64_t i = 0; i < 32; ++i) {
    if ((bits >> i & 1) != 0) set.insert((i + 1) * 0x9e3779b97f4a7c15ULL);
  }
  return set;
}

class ExactJoinAt : public testing::TestWithParam<double> {};

// Every pair and every triple of the 31 non-empty subsets of five elements, in every order.
TEST_P(ExactJoinAt, DecidesEveryTinyWorldAsTheNaiveGreedyDoes) {
  const double threshold = GetParam();
  for (unsigned a = 1; a < 32; ++a) {
    for (unsigned b = 1; b < 32; ++b) {
      for (unsigned c = 1; c < 32; ++c) {
        const std::vector<Set> records = {Subset(a), Subset(b), Subset(c)};
        ASSERT_EQ(JoinGreedy(records, threshold), NaiveGreedy(records, threshold)) << a << " " << b << " " << c;
      }
    }
  }
}

TEST_P(ExactJoinAt, DecidesAllSubsetsInAnyOrderAsTheNaiveGreedyDoes) {
  std::mt19937_64 random(7);
  std::vector<unsigned> order(31);
  for (unsigned i = 0; i < 31; ++i) order[i] = i + 1;
  for (int round = 0; round < 200; ++round) {
    std::vector<Set> records;
    for (const unsigned bits : order) records.push_back(Subset(bits));
    ASSERT_EQ(JoinGreedy(records, GetParam()), NaiveGreedy(records, GetParam())) << "round " << round;
    ExpectSamePairs(records, GetParam());
    std::ranges::shuffle(order, random);
  }
}

TEST_P(ExactJoinAt, DecidesRandomFamiliesAsTheNaiveGreedyDoes) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 20; ++round) {
    std::vector<Set> records;
    for (int family = 0; family < 8; ++family) {
      const size_t size = 1 + random() % 60;
      std::vector<uint64_t> base;
      for (size_t i = 0; i < size; ++i) base.push_back(random() % 400 * 0x9e3779b97f4a7c15ULL);
      for (int member = 0; member < 12; ++member) {
        Set set(base.begin(), base.end());
        for (size_t change = random() % (1 + size / 2); change > 0; --change) {
          if (random() % 2 == 0 && set.size() > 1)
            set.erase(std::next(set.begin(), static_cast<long>(random() % set.size())));
          else
            set.insert(random() % 400 * 0x9e3779b97f4a7c15ULL);
        }
        records.push_back(std::move(set));
      }
    }
    std::ranges::shuffle(records, random);
    ASSERT_EQ(JoinGreedy(records, GetParam()), NaiveGreedy(records, GetParam())) << "round " << round;
    ExpectSamePairs(records, GetParam());
  }
}

// A pair whose quotient is the threshold itself, for every size: where a bound that rounds the wrong way would lose it.
TEST_P(ExactJoinAt, FindsPairsThatMeetTheThresholdToTheLastBit) {
  const double threshold = GetParam();
  for (uint64_t together = 1; together <= 200; ++together) {
    for (uint64_t common = 1; common <= together; ++common) {
      const double similarity = static_cast<double>(common) / static_cast<double>(together);
      if (similarity < threshold || similarity > threshold + 0.01) continue;
      for (const uint64_t of_a : {uint64_t{0}, (together - common) / 2, together - common}) {
        std::vector<uint64_t> a, b;
        // What is not shared comes first in the global order: the longest prefix is needed.
        for (uint64_t i = 0; i < together; ++i) {
          if (i < of_a)
            a.push_back(i);
          else if (i < together - common)
            b.push_back(i);
          else
            a.push_back(i), b.push_back(i);
        }
        ExactJoin join(threshold);
        ASSERT_FALSE(join.FindOrKeep(a));
        const auto match = join.FindOrKeep(b);
        ASSERT_TRUE(match) << common << "/" << together;
        ASSERT_EQ(match->similarity, similarity);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Thresholds, ExactJoinAt, testing::Values(.3, .5, .7, .8, .9, 1.0), [](const auto& param) {
  return std::string("t").append(std::to_string(static_cast<int>(param.param * 100 + .5)));
});

TEST(ExactJoin, GivesTheEarlierOfTwoEquallySimilarRecords) {
  ExactJoin join(.5);
  EXPECT_FALSE(join.FindOrKeep(std::vector<uint64_t>{1, 2, 3}));
  EXPECT_FALSE(join.FindOrKeep(std::vector<uint64_t>{4, 5, 6}));
  const auto match = join.FindOrKeep(std::vector<uint64_t>{1, 2, 3, 4, 5, 6});
  ASSERT_TRUE(match);
  EXPECT_EQ(match->kept_id, 0U);
  EXPECT_EQ(match->similarity, .5);
}

TEST(ExactJoin, KeepsNothingOfARemovedRecord) {
  ExactJoin join(.5);
  EXPECT_FALSE(join.FindOrKeep(std::vector<uint64_t>{1, 2, 3}));
  EXPECT_TRUE(join.FindOrKeep(std::vector<uint64_t>{2, 3, 4}));   // .5
  EXPECT_FALSE(join.FindOrKeep(std::vector<uint64_t>{3, 4, 5}));  // .2 to the kept one; .5 to the removed one
}

TEST(ExactJoin, CountsTheMemoryOfWhatItKeeps) {
  ExactJoin join(.7);
  const uint64_t before = join.memory_bytes();
  std::vector<uint64_t> set(1000);
  for (size_t i = 0; i < set.size(); ++i) set[i] = i;
  join.FindOrKeep(set);
  EXPECT_GE(join.memory_bytes(), before + set.size() * sizeof(uint64_t));
}

}  // namespace
}  // namespace unecho::exact_join_test
