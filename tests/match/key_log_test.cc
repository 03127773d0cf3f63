#include "match/key_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace unecho::key_log_test {
namespace {

TEST(KeyLog, GivesBandByBandWhatCameRecordByRecord) {
  std::mt19937_64 random(1);
  constexpr size_t kBands = 3;
  for (const size_t count : {size_t{0}, size_t{1}, KeyLog::kChunkRecords, 5 * KeyLog::kChunkRecords + 17}) {
    auto log = KeyLog::Create(kBands, "");
    ASSERT_TRUE(log.ok());
    std::vector<uint64_t> keys(count * kBands);
    for (uint64_t& key : keys) key = random();
    for (size_t i = 0; i < count;) {  // one by one, and many at once
      const size_t some = std::min(count - i, random() % 2 == 0 ? 1 : random() % (2 * KeyLog::kChunkRecords));
      ASSERT_TRUE((*log)->Append(std::span(keys).subspan(i * kBands, some * kBands)).ok());
      i += some;
    }
    ASSERT_TRUE((*log)->Finish().ok());
    EXPECT_EQ((*log)->size(), count);
    for (size_t band = 0; band < kBands; ++band) {
      std::vector<uint64_t> of_band = {7}, want = {7};
      for (size_t i = 0; i < count; ++i) want.push_back(keys[i * kBands + band]);
      ASSERT_TRUE((*log)->ReadBand(band, of_band).ok());
      EXPECT_EQ(of_band, want);
    }
  }
}

TEST(KeyLog, SaysWhereNothingCanBeWritten) {
  EXPECT_NE(KeyLog::Create(1, "/nowhere").status().message().find("--tmpdir"), std::string::npos);
}

}  // namespace
}  // namespace unecho::key_log_test
