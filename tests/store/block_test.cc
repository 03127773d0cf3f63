#include "store/block.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace unecho::block_test {
namespace {

std::string Packed(const std::string& payload, BlockKind kind = BlockKind::kRecords, uint32_t count = 3) {
  std::string block = BeginBlock(kind, count, 5, 2);
  block += payload;
  PackBlock(block);
  return block;
}

// Both halves of reading, as a reader of a file has them.
absl::Status Read(const std::string& block, std::string& plain) {
  const absl::StatusOr<BlockHead> head = ReadBlockHead(block);
  UNECHO_RETURN_IF_ERROR(head.status());
  return UnpackBlock(*head, std::string_view(block).substr(sizeof(BlockHead)), plain);
}

std::string Noise(size_t size) {
  std::mt19937_64 random(size);
  std::string noise(size, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  return noise;
}

TEST(Block, ComesBackAsItWas) {
  for (const std::string& payload :
       {std::string(), std::string("x"), std::string(100'000, 'a'), Noise(1), Noise(1000), Noise(300'000)}) {
    const std::string block = Packed(payload);
    std::string plain = "something else";
    ASSERT_TRUE(Read(block, plain).ok()) << payload.size();
    EXPECT_EQ(plain, payload);
  }
}

TEST(Block, HeadSaysWhatItIs) {
  const std::string block = Packed("some payload", BlockKind::kMembers, 7);
  const absl::StatusOr<BlockHead> head = ReadBlockHead(block);
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->kind, static_cast<uint32_t>(BlockKind::kMembers));
  EXPECT_EQ(head->count, 7u);
  EXPECT_EQ(head->first_record, 5u);
  EXPECT_EQ(head->first_kept, 2u);
  EXPECT_EQ(head->plain_bytes, 12u);
  EXPECT_EQ(head->packed_bytes, block.size() - sizeof(BlockHead));
}

TEST(Block, TheSamePayloadIsTheSameBytes) { EXPECT_EQ(Packed(Noise(5000)), Packed(Noise(5000))); }

TEST(Block, AnyBitThatFlipsIsFound) {
  const std::string block = Packed("one of the payloads that somebody wrote, and it has more than a few bytes");
  for (size_t bit = 0; bit < block.size() * 8; ++bit) {
    std::string damaged = block, plain;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(Read(damaged, plain).code(), absl::StatusCode::kDataLoss) << bit;
  }
}

TEST(Block, AnyCutIsFound) {
  const std::string block = Packed("one of the payloads that somebody wrote");
  for (size_t size = 0; size < block.size(); ++size) {
    std::string plain;
    EXPECT_EQ(Read(block.substr(0, size), plain).code(), absl::StatusCode::kDataLoss) << size;
  }
  std::string plain;
  EXPECT_EQ(Read(block + "x", plain).code(), absl::StatusCode::kDataLoss);
}

// What no block is as long as is not asked for, though the hash is right.
TEST(Block, AHeadThatAsksForTooMuchIsFound) {
  for (const auto& [plain_bytes, packed_bytes] : {std::pair<uint64_t, uint64_t>{UINT64_MAX, 10},
                                                  {uint64_t{1} << 40, 10},
                                                  {10, uint64_t{1} << 40},
                                                  {0, 1 << 20}}) {
    BlockHead head{};
    std::memcpy(head.magic, kBlockMagic.data(), sizeof head.magic);
    head.plain_bytes = plain_bytes;
    head.packed_bytes = packed_bytes;
    head.head_hash = Hash64({reinterpret_cast<const char*>(&head), offsetof(BlockHead, head_hash)});
    EXPECT_EQ(ReadBlockHead({reinterpret_cast<const char*>(&head), sizeof head}).status().code(),
              absl::StatusCode::kDataLoss);
  }
}

TEST(ColumnReader, GivesColumnsInOrder) {
  std::string payload;
  const std::vector<uint32_t> numbers = {1, 2, 3};
  const std::vector<double> shares = {0.5};
  AppendColumn(std::span(numbers), payload);
  AppendColumn(std::span(shares), payload);
  payload += "text";
  ColumnReader reader(payload);
  std::vector<uint32_t> got_numbers(3);
  std::vector<double> got_shares(1), none;
  reader.Read(std::span(got_numbers));
  reader.Read(std::span(none));
  reader.Read(std::span(got_shares));
  EXPECT_FALSE(reader.is_whole());
  EXPECT_EQ(reader.left(), 4u);
  EXPECT_EQ(reader.Take(4), "text");
  EXPECT_EQ(got_numbers, numbers);
  EXPECT_EQ(got_shares, shares);
  EXPECT_TRUE(reader.is_whole());
}

TEST(ColumnReader, SaysThatThereIsTooLittle) {
  ColumnReader reader("123");
  std::vector<uint32_t> numbers(1);
  reader.Read(std::span(numbers));
  EXPECT_EQ(numbers, std::vector<uint32_t>{0});
  EXPECT_EQ(reader.Take(3), "123");
  EXPECT_FALSE(reader.is_whole());
}

}  // namespace
}  // namespace unecho::block_test
