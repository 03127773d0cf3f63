#include "match/exact.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "base/batch.h"

namespace unecho::exact_test {
namespace {

Batch MakeBatch(std::span<const std::pair<uint64_t, uint64_t>> keys) {
  Batch batch;
  for (const auto& [low, high] : keys) {
    Record record;
    record.key_low = low;
    record.key_high = high;
    record.num_words = 1;
    batch.records.push_back(record);
  }
  return batch;
}

TEST(ExactTable, NumbersSequencesByFirstAppearanceWhateverTheBatches) {
  std::mt19937_64 random(1);
  std::vector<std::pair<uint64_t, uint64_t>> keys;
  for (int i = 0; i < 60'000; ++i) {
    // Few low halves and few high halves: equal low halves with different high ones must not meet.
    keys.emplace_back(random() % 500 * 0x9e3779b97f4a7c15, random() % 100);
  }
  for (const auto& [batch_size, is_short] :
       {std::pair<size_t, bool>{1, false}, {7, false}, {1000, false}, {60000, false}, {1000, true}, {60000, true}}) {
    ExactTable table;
    if (is_short) table.SpillBeyond({.most_bytes = 0, .is_short = [] { return true; }, .folder = ""});
    std::map<std::pair<uint64_t, uint64_t>, uint32_t> first;
    for (size_t at = 0; at < keys.size(); at += batch_size) {
      const auto part = std::span(keys).subspan(at, std::min(batch_size, keys.size() - at));
      Batch batch = MakeBatch(part);
      ASSERT_TRUE(table.FindOrAdd(batch).ok());
      for (size_t i = 0; i < part.size(); ++i) {
        const auto [entry, is_new] = first.emplace(part[i], static_cast<uint32_t>(first.size()));
        ASSERT_EQ(batch.records[i].unique, entry->second);
        ASSERT_EQ(batch.records[i].is_repeat, !is_new);
      }
    }
    EXPECT_EQ(table.num_unique(), first.size());
    EXPECT_EQ(table.disk_bytes() > 0, is_short);
    const std::vector<Key128> stored = table.KeysFrom(10);
    ASSERT_EQ(stored.size(), first.size() - 10);
    for (const auto& [key, number] : first) {
      if (number < 10) continue;
      EXPECT_EQ(stored[number - 10].low, key.first);
      EXPECT_EQ(stored[number - 10].high, key.second);
    }
  }
}

TEST(ExactTable, LeavesRecordsWithoutTokensAlone) {
  Batch batch = MakeBatch(std::vector<std::pair<uint64_t, uint64_t>>{{1, 2}, {0, 0}, {1, 2}});
  batch.records[1].num_words = 0;
  ExactTable table;
  ASSERT_TRUE(table.FindOrAdd(batch).ok());
  EXPECT_EQ(table.num_unique(), 1u);
  EXPECT_TRUE(batch.records[2].is_repeat);
}

}  // namespace
}  // namespace unecho::exact_test
