// Shingles that many records have: found as a map finds them, whatever the threads; and sets without them.
#include "match/common_shingles.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace unecho::common_shingles_test {
namespace {

using Sets = std::vector<std::vector<uint64_t>>;

absl::StatusOr<CommonShingles> Find(const Sets& sets, uint64_t more_than, int threads,
                                    absl::FunctionRef<absl::Status(uint64_t)> check) {
  uint64_t num_shingles = 0;
  for (const auto& set : sets) num_shingles += set.size();
  const auto of = [&sets](size_t i, std::vector<uint64_t>&) { return std::span<const uint64_t>(sets[i]); };
  return FindCommonShingles({sets.size(), num_shingles, of}, more_than, threads, check);
}

TEST(CommonShingles, AreThoseThatAMapCountsWhateverTheThreads) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 20; ++round) {
    const uint64_t vocabulary = 10 + random() % 3000;
    Sets sets(1 + random() % 900);
    std::map<uint64_t, uint64_t> counts;
    for (auto& set : sets) {
      // Some are everywhere, most are rare; a set may have one more than once.
      for (auto count = 1 + random() % 30; count > 0; --count) {
        const uint64_t which = random() % 4 == 0 ? random() % 5 : random() % vocabulary;
        set.push_back((which + 1) * 0x9e3779b97f4a7c15);
      }
      for (const uint64_t shingle : std::set<uint64_t>(set.begin(), set.end())) ++counts[shingle];
    }
    for (const uint64_t more_than : {2, 3, 10, 200, 254, 255, 256, 400}) {
      for (const int threads : {1, 2, 5}) {
        const auto common = Find(sets, more_than, threads, [](uint64_t) { return absl::OkStatus(); });
        ASSERT_TRUE(common.ok());
        size_t want = 0;
        for (const auto& [shingle, count] : counts) {
          want += count > more_than;
          ASSERT_EQ(common->Contains(shingle), count > more_than) << count << " " << more_than;
        }
        EXPECT_EQ(common->size(), want);
      }
    }
  }
}

TEST(CommonShingles, OfARunThatMayTakeNoMoreAreNotFound) {
  const Sets sets(10, {1, 2, 3});
  uint64_t most = 0;
  const auto found = Find(sets, 2, 1, [&most](uint64_t bytes) -> absl::Status {
    most = std::max(most, bytes);
    return bytes > 1000 ? absl::ResourceExhaustedError("too much") : absl::OkStatus();
  });
  EXPECT_EQ(found.status().message(), "too much");
  EXPECT_GE(most, 64u << 10);
}

TEST(CommonShingles, AreLeftOutInOrderUnlessNothingWouldBeLeft) {
  const std::vector<uint64_t> common = {3, 5, 8};
  const CommonShingles set(common);
  std::vector<uint64_t> shingles = {1, 3, 2, 8, 8, 2, 5};
  std::vector<uint32_t> beside = {10, 30, 20, 80, 80, 20, 50};
  CommonShingles::Left left = set.LeaveOut(shingles, beside.data());
  EXPECT_EQ(left.common, Record::Common::kSome);
  ASSERT_EQ(left.count, 3u);
  EXPECT_EQ(std::vector<uint64_t>(shingles.begin(), shingles.begin() + 3), (std::vector<uint64_t>{1, 2, 2}));
  EXPECT_EQ(std::vector<uint32_t>(beside.begin(), beside.begin() + 3), (std::vector<uint32_t>{10, 20, 20}));
  shingles = {1, 2, 2};
  left = set.LeaveOut(shingles);
  EXPECT_EQ(left.common, Record::Common::kNone);
  EXPECT_EQ(left.count, 3u);
  shingles = {8, 3};
  left = set.LeaveOut(shingles);
  EXPECT_EQ(left.common, Record::Common::kAll);
  EXPECT_EQ(left.count, 2u);
  EXPECT_EQ(shingles, (std::vector<uint64_t>{8, 3}));
}

}  // namespace
}  // namespace unecho::common_shingles_test
