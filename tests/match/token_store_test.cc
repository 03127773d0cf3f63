#include "match/token_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/damaged_disk.h"

namespace unecho::token_store_test {
namespace {

std::vector<uint32_t> Words(uint32_t first, size_t count) {
  std::vector<uint32_t> words(count);
  std::iota(words.begin(), words.end(), first);
  return words;
}

// Appends one; its place, or UINT64_MAX.
uint64_t Append(TokenStore& store, const std::vector<uint32_t>& words) {
  const std::span<const uint32_t> record(words);
  std::vector<uint64_t> places;
  return store.Append(std::span(&record, 1), places).ok() ? places.at(0) : UINT64_MAX;
}

// Records of no words, of a few, and of more than are written at a time: before the spill, at it, and behind it; as
// they are, packed, and both.
class TokenStoreOf : public testing::TestWithParam<size_t> {};
INSTANTIATE_TEST_SUITE_P(MostPlain, TokenStoreOf, testing::Values(0, 5, 400'000, 705'000, TokenStore::kMostPlain));

TEST_P(TokenStoreOf, GivesBackWhatWasAppendedFromMemoryAndDisk) {
  for (const size_t spill_at : {size_t{0}, size_t{3}, size_t{6}}) {
    TokenStore store(GetParam());
    std::vector<uint64_t> first;
    const std::vector<size_t> sizes = {5, 0, 700'000, 1, 300'000, 3, 4};
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (i == spill_at) {
        ASSERT_TRUE(store.Spill("").ok());
      }
      first.push_back(Append(store, Words(static_cast<uint32_t>(1000 * i), sizes[i])));
    }
    EXPECT_TRUE(store.is_spilled());
    EXPECT_LT(store.memory_bytes(), 5u << 20);
    std::vector<uint32_t> scratch;
    for (size_t i = 0; i < sizes.size(); ++i) {
      const auto read = store.Read(first[i], sizes[i], scratch);
      EXPECT_TRUE(std::ranges::equal(read, Words(static_cast<uint32_t>(1000 * i), sizes[i]))) << i;
    }
    EXPECT_TRUE(store.ReadStatus().ok());
  }
}

// Many at once, with words that come up often, in parts of any size.
TEST_P(TokenStoreOf, GivesBackWhatManyRecordsHave) {
  std::mt19937_64 random(1);
  TokenStore store(GetParam());
  std::vector<std::vector<uint32_t>> all;
  std::vector<uint64_t> places;
  std::vector<uint32_t> scratch;
  const auto are_there = [&] {
    for (size_t i = 0; i < all.size(); ++i) {
      if (!std::ranges::equal(store.Read(places[i], all[i].size(), scratch), all[i])) return false;
    }
    return true;
  };
  while (all.size() < 20'000) {
    if (all.size() > 10'000 && !store.is_spilled()) {
      ASSERT_TRUE(are_there());
      ASSERT_TRUE(store.Spill("").ok());
    }
    std::vector<std::vector<uint32_t>> some(random() % 300);
    for (auto& words : some) {
      words.resize(random() % 100);
      for (uint32_t& word : words) word = static_cast<uint32_t>(random() % 4 == 0 ? random() : random() % 1000 * 77777);
    }
    const std::vector<std::span<const uint32_t>> records(some.begin(), some.end());
    std::vector<uint64_t> of_some;
    ASSERT_TRUE(store.Append(records, of_some).ok());
    all.insert(all.end(), some.begin(), some.end());
    ASSERT_EQ(of_some.size(), some.size());
    places.insert(places.end(), of_some.begin(), of_some.end());
  }
  EXPECT_TRUE(are_there());
}

TEST_P(TokenStoreOf, WordsThatADiskHasChangedAreNoWords) {
  TokenStore store(GetParam());
  const uint64_t first = Append(store, Words(1, 1000)), second = Append(store, Words(5000, 1000));
  const std::set<int> before = OpenUnnamedFiles();
  ASSERT_TRUE(store.Spill("").ok());
  TurnBit(NewUnnamedFile(before), 1000);
  std::vector<uint32_t> scratch;
  EXPECT_TRUE(store.Read(first, 1000, scratch).empty());
  EXPECT_THAT(std::string(store.ReadStatus().message()), testing::HasSubstr("(tokens)"));
  EXPECT_TRUE(std::ranges::equal(store.Read(second, 1000, scratch), Words(5000, 1000)));
}

TEST(TokenStoreTest, NothingIsOnDiskUnlessItIsAskedFor) {
  TokenStore store;
  Append(store, Words(1, 100));
  EXPECT_FALSE(store.is_spilled());
  EXPECT_EQ(store.disk_bytes(), 0u);
  EXPECT_LT(store.memory_bytes(), 400u << 10);
}

TEST(TokenStoreTest, AFolderThatIsNotThereIsNamedWithTheOption) {
  TokenStore store;
  Append(store, Words(1, 100));
  const absl::Status status = store.Spill("/nowhere/at/all");
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()),
              testing::AllOf(testing::HasSubstr("/nowhere/at/all"), testing::HasSubstr("--tmpdir")));
}

}  // namespace
}  // namespace unecho::token_store_test
