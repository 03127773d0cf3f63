// An array whose older part is on disk, against a vector.
#include "base/spilled_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/damaged_disk.h"

namespace unecho::spilled_array_test {
namespace {

template <typename T>
void ExpectEqual(const SpilledArray<T>& array, const std::vector<T>& want) {
  ASSERT_EQ(array.size(), want.size());
  std::vector<T> all(want.size());
  array.Read(0, all.size(), all.data());
  EXPECT_EQ(all, want);
  for (size_t i = 0; i < want.size(); i += 1 + want.size() / 100) EXPECT_EQ(array[i], want[i]) << i;
}

// Elements that fill a block, and others that do not.
template <typename T>
class SpilledArrayOf : public testing::Test {};
using Types = testing::Types<char, uint32_t, uint64_t, std::array<char, 100>, std::array<char, 504>>;
TYPED_TEST_SUITE(SpilledArrayOf, Types);

TYPED_TEST(SpilledArrayOf, IsTheSameWhateverIsOnDisk) {
  std::mt19937_64 random(3);
  const auto value = [&random] {
    TypeParam made;
    auto* const bytes = reinterpret_cast<unsigned char*>(&made);
    for (size_t i = 0; i < sizeof made; ++i) bytes[i] = static_cast<unsigned char>(random());
    return made;
  };
  SpilledArray<TypeParam> array;
  std::vector<TypeParam> want;
  for (int round = 0; round < 60; ++round) {
    for (size_t i = random() % 2000; i > 0; --i) {
      want.push_back(value());
      array.PushBack(want.back());
    }
    if (round % 7 == 0) {
      want.resize(want.size() + 3);
      array.Resize(want.size());
    }
    for (size_t i = 0; i < 300 && !want.empty(); ++i) {
      const size_t place = i % 3 == 0 ? random() % want.size() : want.size() * i / 300;
      want[place] = value();
      array.Set(place, want[place]);
    }
    if (round % 3 != 0) continue;
    ASSERT_TRUE(array.Spill("", "things").ok());
    EXPECT_LT(array.spillable_bytes(), SpillFile::kBlockBytes);
    ExpectEqual(array, want);
  }
  EXPECT_TRUE(array.status().ok());
  EXPECT_LT(array.memory_bytes() - array.spillable_bytes(), 36'000 + array.disk_bytes() / 512 * 2);
  EXPECT_GT(array.disk_bytes(), want.size() * sizeof(TypeParam) * 9 / 10);
}

TEST(SpilledArray, IsNotBelievedWhereADiskHasChangedIt) {
  SpilledArray<uint64_t> array;
  for (uint64_t i = 0; i < 63 * 1000; ++i) array.PushBack(i);
  const std::set<int> before = OpenUnnamedFiles();
  ASSERT_TRUE(array.Spill("", "things").ok());
  ASSERT_TRUE(TurnBit(NewUnnamedFile(before), 512 * 100 + 7));
  EXPECT_EQ(array[63 * 99], 63 * 99);
  EXPECT_TRUE(array.status().ok());
  EXPECT_EQ(array[63 * 100 + 1], 0u);
  EXPECT_THAT(std::string(array.status().message()), testing::HasSubstr("things"));
}

// A write that the disk has lost: what stands there is whole, and not the last that was written.
TEST(SpilledArray, IsNotBelievedWhereADiskHasLostAChange) {
  SpilledArray<uint64_t> array;
  for (uint64_t i = 0; i < 63 * 1000; ++i) array.PushBack(i);
  const std::set<int> before = OpenUnnamedFiles();
  ASSERT_TRUE(array.Spill("", "things").ok());
  const int file = NewUnnamedFile(before);
  char block[512];
  ASSERT_EQ(pread(file, block, sizeof block, 512 * 10), 512);
  const auto use_others = [&array] {
    for (uint64_t i = 500; i < 1000; ++i) EXPECT_EQ(array[63 * i], 63 * i);
  };
  array.Set(63 * 10, 5);
  use_others();
  EXPECT_EQ(array[63 * 10], 5u);
  use_others();
  EXPECT_TRUE(array.status().ok());
  ASSERT_EQ(pwrite(file, block, sizeof block, 512 * 10), 512);
  EXPECT_EQ(array[63 * 10], 0u);
  EXPECT_FALSE(array.status().ok());
}

TEST(SpilledArray, SaysWhereNothingCanBeWritten) {
  SpilledArray<uint64_t> array;
  array.Resize(100);
  EXPECT_THAT(std::string(array.Spill("/nowhere", "things").message()), testing::HasSubstr("--tmpdir"));
}

}  // namespace
}  // namespace unecho::spilled_array_test
