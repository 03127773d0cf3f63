#include "match/token_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>
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

// Records of no words, of a few, and of more than are written at a time: before the spill, at it, and behind it.
TEST(TokenStoreTest, GivesBackWhatWasAppendedFromMemoryAndDisk) {
  for (const size_t spill_at : {size_t{0}, size_t{3}, size_t{6}}) {
    TokenStore store;
    std::vector<uint64_t> first;
    const std::vector<size_t> sizes = {5, 0, 700'000, 1, 300'000, 3, 4};
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (i == spill_at) {
        ASSERT_TRUE(store.Spill("").ok());
      }
      first.push_back(store.size());
      ASSERT_TRUE(store.Append(Words(static_cast<uint32_t>(1000 * i), sizes[i])).ok());
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

TEST(TokenStoreTest, WordsThatADiskHasChangedAreNoWords) {
  TokenStore store;
  ASSERT_TRUE(store.Append(Words(1, 1000)).ok());
  const uint64_t second = store.size();
  ASSERT_TRUE(store.Append(Words(5000, 1000)).ok());
  const std::set<int> before = OpenUnnamedFiles();
  ASSERT_TRUE(store.Spill("").ok());
  TurnBit(NewUnnamedFile(before), 3000);
  std::vector<uint32_t> scratch;
  EXPECT_TRUE(store.Read(0, 1000, scratch).empty());
  EXPECT_THAT(std::string(store.ReadStatus().message()), testing::HasSubstr("(tokens)"));
  EXPECT_TRUE(std::ranges::equal(store.Read(second, 1000, scratch), Words(5000, 1000)));
}

TEST(TokenStoreTest, NothingIsOnDiskUnlessItIsAskedFor) {
  TokenStore store;
  ASSERT_TRUE(store.Append(Words(1, 100)).ok());
  EXPECT_FALSE(store.is_spilled());
  EXPECT_EQ(store.disk_bytes(), 0u);
  EXPECT_EQ(store.memory_bytes(), 400u);
}

TEST(TokenStoreTest, AFolderThatIsNotThereIsNamedWithTheOption) {
  TokenStore store;
  ASSERT_TRUE(store.Append(Words(1, 100)).ok());
  const absl::Status status = store.Spill("/nowhere/at/all");
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()),
              testing::AllOf(testing::HasSubstr("/nowhere/at/all"), testing::HasSubstr("--tmpdir")));
}

}  // namespace
}  // namespace unecho::token_store_test
