#include "store/record_block.h"

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "store/block.h"

namespace unecho::record_block_test {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

// A stored record that owns what it says.
struct Owned {
  StoredRecord stored;
  std::vector<uint32_t> words, work_words;
  std::vector<uint64_t> marks;
  std::vector<double> similarities;
  std::string id;
  StoredRecord View() const {
    StoredRecord view = stored;
    view.words = words, view.work_words = work_words, view.marks = marks, view.similarities = similarities;
    view.id = id;
    return view;
  }
};

Owned Kept(uint64_t number, std::vector<uint32_t> words, std::string id = "") {
  Owned kept;
  kept.stored.key = {number, ~number};
  kept.stored.source = static_cast<uint32_t>(number % 3);
  kept.stored.ordinal = number + 100;
  kept.stored.text_hash = number + 200;
  kept.stored.asides = number + 300;
  kept.words = std::move(words);
  kept.marks = {number, 0};
  kept.id = std::move(id);
  return kept;
}

Owned Removed(uint64_t number, uint32_t witness, bool is_near) {
  Owned removed;
  removed.stored.key = {number, ~number};
  removed.stored.witness = witness;
  removed.stored.similarity = is_near ? 0.75 : 1;
  removed.stored.by_key = is_near ? 2 : 0;
  removed.stored.has_tokens = !is_near;
  removed.stored.agreeing = 0xA5C3;
  if (is_near) removed.similarities = {0.75, 0.875};
  return removed;
}

// One block, as a file has it: head and payload.
struct Block {
  BlockHead head;
  std::string payload;
};

Block BlockOf(const std::string& begun) {
  std::string packed = begun;
  PackBlock(packed);
  Block block;
  block.head = *ReadBlockHead(packed);
  EXPECT_TRUE(UnpackBlock(block.head, std::string_view(packed).substr(sizeof(BlockHead)), block.payload).ok());
  return block;
}

Block BlockOf(const std::vector<Owned>& records, uint64_t first_record = 0, uint64_t first_kept = 0) {
  RecordBlocks blocks(first_record, first_kept);
  for (const Owned& record : records) blocks.Add(record.View());
  return BlockOf(blocks.Take());
}

const std::vector<Owned>& SomeRecords() {
  static const std::vector<Owned> records = {Kept(1, {7, 8, 9}, "\"a\""), Removed(2, 4, true), Kept(3, {5}, ""),
                                             Removed(4, 5, false), Kept(5, {0}, "17")};
  return records;
}

TEST(RecordBlock, ComesBackAsItWas) {
  const Block block = BlockOf(SomeRecords(), 10, 4);
  EXPECT_EQ(block.head.count, 5u);
  EXPECT_EQ(block.head.first_record, 10u);
  EXPECT_EQ(block.head.first_kept, 4u);
  Batch batch;
  ASSERT_TRUE(ReadRecordBlock(block.head, block.payload, batch).ok());
  ASSERT_EQ(batch.records.size(), 5u);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(batch.records[i].key_low, i + 1);
    EXPECT_EQ(batch.records[i].key_high, ~(i + 1));
    EXPECT_TRUE(batch.records[i].is_reference);
  }
  const Record &first = batch.records[0], &near = batch.records[1], &exact = batch.records[3],
               &empty = batch.records[4];
  EXPECT_EQ(first.fate, Fate::kKept);
  EXPECT_THAT(batch.WordsOf(first), ElementsAre(7u, 8u, 9u));
  EXPECT_THAT(batch.MarksOf(first), ElementsAre(1u, 0u));
  EXPECT_EQ(first.id, "\"a\"");
  EXPECT_EQ(first.ordinal, 101u);
  EXPECT_EQ(first.text_hash, 201u);
  EXPECT_EQ(first.asides, 301u);
  EXPECT_THAT(batch.stored_sources, ElementsAre(1u, 0u, 0u, 0u, 2u));
  EXPECT_EQ(near.fate, Fate::kNear);
  EXPECT_EQ(near.kept_id, 4u);
  EXPECT_EQ(near.similarity, 0.75);
  EXPECT_EQ(near.by_key, 2);
  EXPECT_EQ(near.agreeing, 0xA5C3);
  EXPECT_EQ(batch.similarities[near.first_similarity], 0.75);
  EXPECT_EQ(batch.similarities[near.first_similarity + 1], 0.875);
  EXPECT_THAT(batch.WordsOf(batch.records[2]), ElementsAre(5u));
  EXPECT_EQ(exact.fate, Fate::kExact);
  EXPECT_EQ(exact.kept_id, 5u);
  EXPECT_EQ(empty.id, "17");
  EXPECT_EQ(empty.num_words, 1u);  // what is compared by other words counts as a record with some
}

TEST(RecordBlock, WorksComeBackAsTheyWere) {
  Owned one = Kept(1, {}), other = Kept(2, {});
  one.work_words = {1, 2, 3};
  other.work_words = {4};
  const Block block = BlockOf({one, other});
  Batch batch;
  ASSERT_TRUE(ReadRecordBlock(block.head, block.payload, batch).ok());
  EXPECT_THAT(batch.WorkOf(batch.records[0]), ElementsAre(1u, 2u, 3u));
  EXPECT_THAT(batch.WorkOf(batch.records[1]), ElementsAre(4u));
}

TEST(RecordBlock, NumbersGoOnFromBlockToBlock) {
  RecordBlocks blocks(0, 0);
  EXPECT_TRUE(blocks.IsEmpty());
  for (const Owned& record : {Kept(1, {1}), Kept(2, {2}), Removed(3, 0, false)}) blocks.Add(record.View());
  const Block first = BlockOf(blocks.Take());
  EXPECT_TRUE(blocks.IsEmpty());
  blocks.Add(Removed(4, 1, false).View());
  EXPECT_EQ(blocks.num_records(), 4u);
  EXPECT_EQ(blocks.num_kept(), 2u);
  const Block second = BlockOf(blocks.Take());
  EXPECT_EQ(first.head.first_record, 0u);
  EXPECT_EQ(second.head.first_record, 3u);
  EXPECT_EQ(second.head.first_kept, 2u);
  Batch batch;
  EXPECT_TRUE(ReadRecordBlock(second.head, second.payload, batch).ok());
  EXPECT_THAT(batch.stored_sources, ElementsAre(0u));
}

TEST(RecordBlock, IsFullByRecordsAndByBytes) {
  RecordBlocks small(0, 0);
  size_t added = 0;
  for (; !small.IsFull(); ++added) small.Add(Removed(added, 0, false).View());
  EXPECT_EQ(added, size_t{1} << 11);
  RecordBlocks large(0, 0);
  large.Add(Kept(1, std::vector<uint32_t>(1 << 16, 3)).View());
  EXPECT_TRUE(large.IsFull());
  BlockOf(large.Take());
  EXPECT_FALSE(large.IsFull());
}

TEST(RecordBlock, RandomRecordsComeBack) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Owned> records;
    uint32_t kept = 0;
    for (size_t i = 0, count = random() % 40 + 1; i < count; ++i) {
      if (kept > 0 && random() % 2 == 0) {
        records.push_back(Removed(random(), static_cast<uint32_t>(random() % kept), random() % 2 == 0));
      } else {
        std::vector<uint32_t> words(random() % 5 + 1);
        for (uint32_t& word : words) word = static_cast<uint32_t>(random());
        records.push_back(Kept(random(), words, std::string(random() % 4, 'x')));
        ++kept;
      }
    }
    const Block block = BlockOf(records);
    Batch batch;
    ASSERT_TRUE(ReadRecordBlock(block.head, block.payload, batch).ok());
    for (size_t i = 0; i < records.size(); ++i) {
      const Record& got = batch.records[i];
      EXPECT_EQ(got.key_low, records[i].stored.key.low);
      EXPECT_EQ(got.fate == Fate::kKept, records[i].stored.witness == kIsKept);
      if (got.fate != Fate::kKept) {
        EXPECT_EQ(got.kept_id, records[i].stored.witness);
        continue;
      }
      if (!records[i].words.empty()) {
        EXPECT_THAT(batch.WordsOf(got), ElementsAreArray(records[i].words));
      }
      EXPECT_EQ(got.id, records[i].id);
    }
  }
}

// None of these has a hash that says so: what reads it must not go beyond what there is.
TEST(RecordBlock, ColumnsThatDoNotFitAreFound) {
  const Block block = BlockOf(SomeRecords(), 10, 4);
  const auto expect_damaged = [&](const std::string& payload, const std::string& what) {
    Batch batch;
    EXPECT_EQ(ReadRecordBlock(block.head, payload, batch).code(), absl::StatusCode::kDataLoss) << what;
  };
  for (size_t size = 0; size < block.payload.size(); ++size)
    expect_damaged(block.payload.substr(0, size), "cut at " + std::to_string(size));
  expect_damaged(block.payload + "x", "longer");
  for (size_t member = 0; member < 4; ++member) {
    for (const uint32_t value : {0u, 1u, 4u, 1000u, UINT32_MAX}) {
      std::string payload = block.payload;
      if (std::memcmp(payload.data() + member * 4, &value, 4) == 0) continue;
      std::memcpy(payload.data() + member * 4, &value, 4);
      expect_damaged(payload, "member " + std::to_string(member) + " of the head: " + std::to_string(value));
    }
  }
  const size_t witnesses = sizeof(RecordsHead) + 5 * 16;
  for (const uint32_t witness : {7u, 1000u, kIsKept}) {
    std::string payload = block.payload;
    std::memcpy(payload.data() + witnesses + 4, &witness, 4);
    expect_damaged(payload, "witness " + std::to_string(witness));
  }
}

TEST(RecordBlock, MarksOfNothingHaveNoWidth) {
  Block block = BlockOf({Removed(1, 0, false)}, 10, 4);
  Batch batch;
  EXPECT_TRUE(ReadRecordBlock(block.head, block.payload, batch).ok());
  const uint32_t width = UINT32_MAX;
  std::memcpy(block.payload.data() + 8, &width, sizeof width);
  EXPECT_EQ(ReadRecordBlock(block.head, block.payload, batch).code(), absl::StatusCode::kDataLoss);
}

TEST(RecordBlock, AnyBitThatFlipsLeavesViewsInside) {
  const Block block = BlockOf(SomeRecords(), 10, 4);
  for (size_t bit = 0; bit < block.payload.size() * 8; ++bit) {
    std::string payload = block.payload;
    payload[bit / 8] = static_cast<char>(payload[bit / 8] ^ 1 << bit % 8);
    Batch batch;
    if (!ReadRecordBlock(block.head, payload, batch).ok()) continue;
    for (const Record& record : batch.records) {
      if (record.fate != Fate::kKept) {
        EXPECT_LT(record.kept_id, 7u);
        continue;
      }
      EXPECT_LE(record.first_work_word + record.num_work_words, batch.works.size());
      EXPECT_LE(record.id.size(), payload.size());
    }
  }
}

}  // namespace
}  // namespace unecho::record_block_test
