// How many batches, and how large, where much memory is left and where little is.
#include "flow/memory_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unecho::memory_plan_test {
namespace {

constexpr size_t kBatchBytes = size_t{256} << 10;
constexpr uint64_t kMiB = uint64_t{1} << 20;

TEST(RoomForBatches, AsManyAndAsLargeAsWantedWhereThereIsMemory) {
  const BatchRoom room = RoomForBatches(100'000 * kMiB, 24, kBatchBytes);
  EXPECT_EQ(room.num_batches, 24u);
  EXPECT_EQ(room.batch_bytes, kBatchBytes);
  EXPECT_GT(room.beside_bytes, 16 * kMiB);  // the longest record by default waits for nobody
}

TEST(RoomForBatches, SmallerAndThenFewerWhereThereIsLess) {
  BatchRoom before = RoomForBatches(100'000 * kMiB, 24, kBatchBytes);
  for (uint64_t left = 50'000 * kMiB; left > 0; left /= 2) {
    const BatchRoom room = RoomForBatches(left, 24, kBatchBytes);
    EXPECT_LE(room.batch_bytes, before.batch_bytes);
    EXPECT_LE(room.num_batches, before.num_batches);
    EXPECT_GE(room.beside_bytes, 2 * room.batch_bytes);
    if (room.num_batches < 24) EXPECT_LT(room.batch_bytes, kBatchBytes);  // smaller first
    before = room;
  }
  EXPECT_EQ(before.num_batches, 1u);
  EXPECT_GT(before.batch_bytes, 0u);
}

TEST(RoomForBatches, NeverMoreThanWhatWasAskedFor) {
  EXPECT_EQ(RoomForBatches(100'000 * kMiB, 3, 1024).batch_bytes, 1024u);
  EXPECT_EQ(RoomForBatches(0, 3, 1024).batch_bytes, 1024u);
  EXPECT_EQ(RoomForBatches(0, 3, 1024).num_batches, 1u);
}

TEST(LeftForBatches, IsWhatTablesAndInputLeave) {
  const MemoryPlan plan = {.fixed_bytes = 20 * kMiB, .input_bytes = 5 * kMiB};
  EXPECT_EQ(LeftForBatches(plan, {}, 100 * kMiB), 75 * kMiB);
  EXPECT_EQ(LeftForBatches(plan, {.tables_bytes = 30 * kMiB}, 100 * kMiB), 45 * kMiB);
  EXPECT_EQ(LeftForBatches(plan, {.tables_bytes = 300 * kMiB}, 100 * kMiB), 0u);
}

TEST(BeyondMemory, SaysMoreThanTheLimitWhateverWasCounted) {
  const MemoryPlan plan = {.fixed_bytes = 20 * kMiB};
  EXPECT_TRUE(CheckMemory(plan, {}, 100 * kMiB, 0).ok());
  EXPECT_THAT(
      std::string(BeyondMemory(plan, {.tables_bytes = 90 * kMiB, .sets_bytes = 70 * kMiB}, 100 * kMiB, 0).message()),
      testing::HasSubstr("20 MiB index, 70 MiB evaluation sets"));
  EXPECT_THAT(std::string(BeyondMemory(plan, {}, 100 * kMiB, 7).message()),
              testing::HasSubstr("more than 100 MiB after 7 kept records"));
}

}  // namespace
}  // namespace unecho::memory_plan_test
