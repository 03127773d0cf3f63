#include "base/spill_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <set>
#include <string>

#include "base/damaged_disk.h"

namespace unecho::spill_file_test {
namespace {

using testing::HasSubstr;

std::string RandomBytes(size_t count) {
  std::mt19937_64 random(count);
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

std::string ReadBack(const SpillFile& file, uint64_t at, size_t count) {
  std::string bytes(count, '\0');
  return file.Read(at, bytes.data(), count) ? bytes : "cannot be read";
}

TEST(SpillFile, GivesBackWhatWasAppendedWhateverTheSizes) {
  std::mt19937_64 random(1);
  auto file = SpillFile::Create("", "things");
  ASSERT_TRUE(file.ok());
  std::string all;
  for (const size_t size : {0, 1, 502, 1, 1, 503, 504, 505, 1008, 0, 200'000, 7, 300'001}) {
    const std::string some = RandomBytes(size);
    ASSERT_TRUE((*file)->Append(some.data(), some.size()).ok());
    all += some;
    EXPECT_EQ((*file)->size(), all.size());
    EXPECT_EQ(ReadBack(**file, 0, all.size()), all);
    for (int i = 0; i < 50; ++i) {
      const size_t at = random() % (all.size() + 1), count = random() % (all.size() - at + 1);
      EXPECT_EQ(ReadBack(**file, at, count), all.substr(at, count));
    }
  }
  EXPECT_EQ((*file)->disk_bytes(), all.size() / 504 * 512);
  EXPECT_TRUE((*file)->status().ok());
}

TEST(SpillFile, GivesBackWhatWasWrittenInAnyOrder) {
  auto file = SpillFile::Create("", "things");
  ASSERT_TRUE(file.ok());
  const std::string first = RandomBytes(5 * 504 + 3), second = RandomBytes(300 * 504);
  ASSERT_TRUE((*file)->WriteAt(6 * 504, second.data(), second.size()).ok());
  ASSERT_TRUE((*file)->WriteAt(0, first.data(), first.size()).ok());
  EXPECT_EQ(ReadBack(**file, 0, first.size()), first);
  EXPECT_EQ(ReadBack(**file, 6 * 504 + 1000, 100'000), second.substr(1000, 100'000));
}

TEST(SpillFile, EveryBitThatADiskChangesIsSeen) {
  const std::set<int> before = OpenUnnamedFiles();
  auto file = SpillFile::Create("", "things");
  ASSERT_TRUE(file.ok());
  const int fd = NewUnnamedFile(before);
  const std::string bytes = RandomBytes(3 * 504);
  ASSERT_TRUE((*file)->Append(bytes.data(), bytes.size()).ok());
  for (off_t at = 512; at < 1024; ++at) {  // checksum too
    ASSERT_TRUE(TurnBit(fd, at));
    EXPECT_EQ(ReadBack(**file, 600, 1), "cannot be read") << at;
    EXPECT_EQ(ReadBack(**file, 0, 504), bytes.substr(0, 504));
    ASSERT_TRUE(TurnBit(fd, at));
    EXPECT_EQ(ReadBack(**file, 600, 1), bytes.substr(600, 1));
  }
  const std::string said((*file)->status().message());
  EXPECT_THAT(said, HasSubstr("(things)"));
  EXPECT_THAT(said, HasSubstr("at byte 512"));
  EXPECT_THAT(said, HasSubstr("--tmpdir"));
}

// Bytes that were written, but not there, or not now.
TEST(SpillFile, BlocksOfOtherPlacesAndFilesAndOfNobodyAreSeen) {
  const std::set<int> before = OpenUnnamedFiles();
  auto file = SpillFile::Create("", "things");
  ASSERT_TRUE(file.ok());
  const int fd = NewUnnamedFile(before);
  const std::set<int> then = OpenUnnamedFiles();
  auto other = SpillFile::Create("", "things");
  ASSERT_TRUE(other.ok());
  const int other_fd = NewUnnamedFile(then);
  const std::string bytes = RandomBytes(504) + RandomBytes(504);  // the same twice
  ASSERT_TRUE((*file)->Append(bytes.data(), bytes.size()).ok());
  ASSERT_TRUE((*other)->Append(bytes.data(), bytes.size()).ok());
  std::string block(512, '\0');
  ASSERT_EQ(::pwrite(fd, block.data(), 512, 512), 512);
  EXPECT_EQ(ReadBack(**file, 504, 504), "cannot be read") << "zeros";
  ASSERT_EQ(::pread(fd, block.data(), 512, 0), 512);
  ASSERT_EQ(::pwrite(fd, block.data(), 512, 512), 512);
  EXPECT_EQ(ReadBack(**file, 504, 504), "cannot be read") << "of another place";
  ASSERT_EQ(::pread(other_fd, block.data(), 512, 512), 512);
  ASSERT_EQ(::pwrite(fd, block.data(), 512, 512), 512);
  EXPECT_EQ(ReadBack(**file, 504, 504), "cannot be read") << "of another file";
  ASSERT_EQ(::ftruncate(fd, 100), 0);
  EXPECT_EQ(ReadBack(**file, 0, 504), "cannot be read") << "cut";
}

}  // namespace
}  // namespace unecho::spill_file_test
