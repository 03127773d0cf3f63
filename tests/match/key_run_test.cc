// Sorted runs on disk, and the filters before them, against maps.
#include "match/key_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/damaged_disk.h"
#include "match/key_filter.h"

namespace unecho::key_run_test {
namespace {

using Columns = std::vector<std::vector<uint64_t>>;  // keys by record

KeyRun::ReadColumn ReadFrom(const Columns& columns, size_t first, size_t count) {
  return [&columns, first, count](size_t column, std::vector<uint64_t>& keys) {
    const auto begin = columns[column].begin() + static_cast<std::ptrdiff_t>(first);
    keys.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    return absl::OkStatus();
  };
}

TEST(KeyFilter, HasWhatWasAddedAndLetsFewOthersPass) {
  std::mt19937_64 random(3);
  for (const size_t count : {size_t{0}, size_t{1}, size_t{100}, size_t{100'000}}) {
    KeyFilter filter(count);
    std::vector<uint64_t> keys(count);
    constexpr uint64_t kUsed = ~uint64_t{0} << 20;  // as those of a run have fewer bits
    for (uint64_t& key : keys) filter.Add(key = random() & kUsed);
    for (const uint64_t key : keys) EXPECT_TRUE(filter.MayHave(key));
    size_t passed = 0;
    for (int i = 0; i < 100'000; ++i) passed += filter.MayHave(random() & kUsed) ? 1 : 0;
    EXPECT_LT(passed, 2000u) << count;  // 1.1 %
    EXPECT_LE(filter.memory_bytes(), count * 5 / 4 + 32);
  }
}

TEST(KeyFilter, LetsMoreOthersPassWithFewerBits) {
  std::mt19937_64 random(4);
  constexpr size_t kCount = 50'000;
  for (uint32_t bits = 0; bits <= KeyFilter::kMostBits; ++bits) {
    KeyFilter filter(kCount, bits);
    EXPECT_EQ(filter.is_there(), bits > 0);
    EXPECT_LE(filter.memory_bytes(), bits == 0 ? 0 : kCount * bits / 8 + 32);
    std::vector<uint64_t> keys(kCount);
    for (uint64_t& key : keys) key = random();
    for (const uint64_t key : keys) {
      if (bits > 0) filter.Add(key);
    }
    for (const uint64_t key : keys) EXPECT_TRUE(filter.MayHave(key));
    size_t passed = 0;
    for (size_t i = 0; i < kCount; ++i) passed += filter.MayHave(random()) ? 1 : 0;
    EXPECT_NEAR(100.0 * static_cast<double>(passed) / kCount, KeyFilter::PassPercent(bits), 1.0) << bits;
  }
  EXPECT_TRUE(KeyFilter().MayHave(5));
}

// Parts of all sizes, keys that many records share, and keys that none has; filters for all, for some, for none.
class KeyRunsOfFilters : public testing::TestWithParam<uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Bytes, KeyRunsOfFilters, testing::Values(UINT64_MAX, 40'000, 700, 0));

TEST_P(KeyRunsOfFilters, GiveTheRecordsOfAKeyWhateverWasMerged) {
  const uint64_t most_filter_bytes = GetParam();
  std::mt19937_64 random(5);
  for (const std::vector<size_t>& parts : {std::vector<size_t>{1},
                                           {2},
                                           {64},
                                           {65},
                                           {1, 1, 1, 1, 1},
                                           {5000, 1, 70, 4000},
                                           {100, 30'000, 9000, 3000},
                                           {700, 600, 500, 400},
                                           {4000, 900, 900, 900, 900, 900, 100, 100, 100, 100}}) {
    constexpr size_t kColumns = 5;
    size_t total = 0;
    for (const size_t part : parts) total += part;
    Columns columns(kColumns, std::vector<uint64_t>(total));
    for (auto& column : columns) {
      for (uint64_t& key : column) key = random() % 4 == 0 ? (random() % 3) * 0x9e3779b97f4a7c15 : random();
    }
    columns[1][0] = UINT64_MAX;
    columns[1][total - 1] = 0;
    KeyRuns runs(kColumns);
    size_t first = 0;
    for (const size_t part : parts) {
      ASSERT_TRUE(runs.Add(static_cast<uint32_t>(part), ReadFrom(columns, first, part), "", most_filter_bytes).ok());
      first += part;
      EXPECT_EQ(runs.size(), first);
    }
    uint64_t filter_bytes = 0;
    for (const auto& run : runs.runs()) {
      filter_bytes += run->filter_bytes();
      if (most_filter_bytes == UINT64_MAX) EXPECT_EQ(run->pass_percent(), kColumns);
      if (most_filter_bytes == 0) EXPECT_EQ(run->pass_percent(), kColumns * 100);
    }
    // Of keys that several have nobody knows before how many there are; and the least filter is a block.
    EXPECT_LE(filter_bytes / 3 * 2, std::max(most_filter_bytes, runs.runs().size() * kColumns * 2 * 32));
    EXPECT_LE(runs.memory_bytes(), filter_bytes + kColumns * (total / 1008 + runs.runs().size()) * sizeof(uint32_t));
    std::vector<std::map<uint64_t, std::set<uint32_t>>> want(kColumns);
    for (size_t column = 0; column < kColumns; ++column) {
      for (uint32_t i = 0; i < total; ++i) want[column][columns[column][i]].insert(i);
    }
    // Who has a key alone in a run is alone in what is found there.
    size_t once = 0;
    for (const auto& run : runs.runs()) {
      for (uint32_t i = run->first(); i < run->first() + run->count(); ++i) {
        EXPECT_TRUE(run->Covers(i));
        for (size_t column = 0; column < kColumns; ++column) {
          size_t num_found = 0;
          run->Find(column, columns[column][i], [&num_found](uint32_t) { ++num_found; });
          EXPECT_TRUE(num_found == 1 || !run->HasOnce(column, columns[column][i]));
          once += num_found == 1 && run->HasOnce(column, columns[column][i]) ? 1 : 0;
        }
      }
      EXPECT_FALSE(run->Covers(run->first() + run->count()));
    }
    if (most_filter_bytes == UINT64_MAX) EXPECT_GE(once, total * kColumns / 3);  // of three quarters, nearly all
    size_t others = 0;
    for (int round = 0; round < 500; ++round) {
      const size_t record = random() % total;
      std::vector<uint64_t> keys;
      std::set<uint32_t> wanted;
      for (size_t column = 0; column < kColumns; ++column) {
        keys.push_back(round % 3 == 0 ? random() : columns[column][round % 3 == 1 ? record : random() % total]);
        if (const auto at = want[column].find(keys.back()); at != want[column].end())
          wanted.insert(at->second.begin(), at->second.end());
      }
      std::set<uint32_t> found;
      runs.Prefetch(keys.data());
      runs.Find(keys.data(), [&found](uint32_t id) { found.insert(id); });
      for (const uint32_t id : wanted) EXPECT_TRUE(found.contains(id));
      others += found.size() - wanted.size();
    }
    EXPECT_LE(others, 2u);  // upper bits of keys that are equal by chance
    EXPECT_TRUE(runs.status().ok());
    EXPECT_GE(runs.disk_bytes(), total * kColumns * sizeof(uint64_t));
    EXPECT_LE(runs.disk_bytes(), total * kColumns * sizeof(uint64_t) * 64 / 63 + runs.runs().size() * kColumns * 512);
  }
}

// Parts of one size, and parts that become smaller, as where memory fills with filters. Without filters they are fewer.
TEST(KeyRuns, AreFewAndSeldomMerged) {
  const Columns columns(1, std::vector<uint64_t>(100'000));
  for (const auto& [percent, most_filter_bytes] :
       {std::pair<uint64_t, uint64_t>{100, UINT64_MAX}, {85, UINT64_MAX}, {100, 0}, {100, 700}}) {
    KeyRuns runs(1);
    size_t written_again = 0;
    uint64_t part = percent == 100 ? 64 : 1000;
    for (int i = 0; i < 64; ++i, part = std::max<uint64_t>(1, part * percent / 100)) {
      const size_t first = runs.size();
      ASSERT_TRUE(runs.Add(static_cast<uint32_t>(part), ReadFrom(columns, first, part), "", most_filter_bytes).ok());
      size_t unfiltered = 0;
      for (const auto& run : runs.runs()) unfiltered += run->pass_percent() > 90 ? 1 : 0;
      EXPECT_LE(runs.runs().size(), 8u) << i;
      EXPECT_LE(unfiltered, 3u) << i;
      if (runs.runs().back()->count() > part) written_again += runs.runs().back()->count();
    }
    EXPECT_LE(written_again, (most_filter_bytes == UINT64_MAX ? 3 : 9) * size_t{runs.size()});
  }
}

TEST(KeyRuns, FindAKeyThatManyShareAmongTheOthers) {
  std::mt19937_64 random(11);
  Columns columns(1, std::vector<uint64_t>(50'000));
  for (uint64_t& key : columns[0]) key = random() % 3 > 0 ? uint64_t{1} << 62 : random();
  KeyRuns runs(1);
  ASSERT_TRUE(runs.Add(50'000, ReadFrom(columns, 0, 50'000), "").ok());
  std::map<uint64_t, size_t> want;
  for (const uint64_t key : columns[0]) ++want[key];
  for (const auto& [key, count] : want) {
    size_t found = 0;
    runs.Find(&key, [&found](uint32_t) { ++found; });
    EXPECT_GE(found, count) << key;
  }
}

// Keys that are spread as unevenly as keys can be: all are found, wherever they were looked for first.
TEST(KeyRuns, FindKeysThatAreNotSpreadEvenly) {
  std::mt19937_64 random(12);
  Columns columns(1, std::vector<uint64_t>(30'000));
  for (uint64_t& key : columns[0]) key = random() >> random() % 50 & ~uint64_t{0xffff};
  KeyRuns runs(1);
  ASSERT_TRUE(runs.Add(30'000, ReadFrom(columns, 0, 30'000), "", 0).ok());
  for (uint32_t i = 0; i < 30'000; ++i) {
    bool is_found = false;
    runs.Find(&columns[0][i], [&](uint32_t id) { is_found = is_found || id == i; });
    ASSERT_TRUE(is_found) << i;
  }
}

// A bit that the disk has turned: nothing is found by what is not as it was written.
TEST(KeyRuns, AreNotBelievedWhereADiskHasChangedThem) {
  std::mt19937_64 random(13);
  constexpr size_t kRecords = 10'000;
  Columns columns(1, std::vector<uint64_t>(kRecords));
  for (uint64_t& key : columns[0]) key = random();
  KeyRuns runs(1);
  const std::set<int> before = OpenUnnamedFiles();
  ASSERT_TRUE(runs.Add(kRecords, ReadFrom(columns, 0, kRecords), "").ok());
  TurnBit(NewUnnamedFile(before), 512 * 20 + 100);
  size_t found = 0;
  for (const uint64_t key : columns[0]) runs.Find(&key, [&found](uint32_t) { ++found; });
  EXPECT_LT(found, kRecords);
  EXPECT_GE(found, kRecords - 2 * 63);
  EXPECT_THAT(std::string(runs.status().message()), testing::HasSubstr("sorted keys"));
  // Nor does it go into a larger run.
  absl::Status status;
  for (int i = 0; i < 8 && status.ok(); ++i) status = runs.Add(kRecords, ReadFrom(columns, 0, kRecords), "");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("sorted keys"));
}

TEST(KeyRuns, SayWhereNothingCanBeWritten) {
  const Columns columns(1, {1, 2, 3});
  KeyRuns runs(1);
  const absl::Status status = runs.Add(3, ReadFrom(columns, 0, 3), "/nowhere");
  EXPECT_FALSE(status.ok());
  EXPECT_NE(status.message().find("--tmpdir"), std::string::npos) << status;
}

}  // namespace
}  // namespace unecho::key_run_test
