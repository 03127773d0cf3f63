#include "match/band_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace unecho::band_table_test {
namespace {

std::set<uint32_t> Found(const BandTable& table, uint64_t key) {
  std::set<uint32_t> ids;
  table.Find(key, [&ids](uint32_t id) { ids.insert(id); });
  return ids;
}

TEST(BandTable, FindsEverythingThatWasInsertedWhateverTheGrowth) {
  std::mt19937_64 random(1);
  BandTable table;
  std::multimap<uint64_t, uint32_t> want;
  for (uint32_t id = 0; id < 100'000;) {
    const uint32_t batch = 1 + static_cast<uint32_t>(random() % 500);
    table.GrowFor(batch);
    for (uint32_t i = 0; i < batch; ++i, ++id) {
      const uint64_t key = random() % 50 == 0 && !want.empty() ? want.begin()->first : random();
      table.Insert(key, id);
      if (id % 100 == 0) want.emplace(key, id);
    }
  }
  for (const auto& [key, id] : want) ASSERT_TRUE(Found(table, key).contains(id)) << id;
}

TEST(BandTable, SeldomFindsWhatHasAnotherKey) {
  std::mt19937_64 random(2);
  BandTable table;
  constexpr uint32_t kEntries = 100'000;
  for (uint32_t id = 0; id < kEntries; id += 100) {
    table.GrowFor(100);
    for (uint32_t i = 0; i < 100; ++i) table.Insert(random(), id + i);
  }
  size_t strangers = 0;
  for (uint32_t i = 0; i < kEntries; ++i) strangers += Found(table, random()).size();
  EXPECT_LT(strangers, kEntries / 50);  // 7.5 entries a line, tags of 8 bits or more
}

TEST(BandTable, HoldsThousandsOfEntriesOfOneKey) {
  BandTable table;
  for (uint32_t id = 0; id < 5000; ++id) {
    table.GrowFor(1);
    table.Insert(0x123456789abcdef, id);
  }
  EXPECT_EQ(Found(table, 0x123456789abcdef).size(), 5000u);
  EXPECT_TRUE(Found(table, 0xfedcba987654321).empty());
}

// A walk along the chain for every one of them would take half an hour, and the test's time is limited.
TEST(BandTable, TakesAMillionEntriesOfOneKeyAndStillFindsTheOthers) {
  constexpr uint64_t kKey = 0x123456789abcdef0;
  constexpr uint32_t kEntries = 1'000'000, kAtOnce = 500;
  BandTable table;
  for (uint32_t id = 0; id < 2 * kEntries; id += 2 * kAtOnce) {
    table.GrowFor(2 * kAtOnce);
    for (uint32_t i = 0; i < 2 * kAtOnce; ++i) table.Insert(i % 2 == 0 ? kKey : (id + i) * 0x9e3779b97f4a7c15, id + i);
  }
  std::vector<bool> seen(2 * kEntries);
  table.Find(kKey, [&seen](uint32_t id) { seen[id] = true; });
  for (uint32_t id = 0; id < 2 * kEntries; id += 2) ASSERT_TRUE(seen[id]) << id;
  for (uint32_t id = 1; id < 2 * kEntries; id += 2002) {
    bool found = false;
    table.Find(id * 0x9e3779b97f4a7c15, [&found, id](uint32_t other) { found |= other == id; });
    ASSERT_TRUE(found) << id;
  }
}

TEST(BandTable, PaysLessThanElevenBytesAnEntry) {
  std::mt19937_64 random(3);
  BandTable table;
  constexpr uint32_t kEntries = 1'000'000;
  for (uint32_t id = 0; id < kEntries; id += 50) {
    table.GrowFor(50);
    for (uint32_t i = 0; i < 50; ++i) table.Insert(random(), id + i);
  }
  EXPECT_LT(static_cast<double>(table.memory_bytes()) / kEntries, 11.0);
}

}  // namespace
}  // namespace unecho::band_table_test
