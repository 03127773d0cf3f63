// What deferred output remembers, handed out in batches of bounded size.
#include "flow/remembered.h"

#include <gtest/gtest.h>

#include "base/batch.h"

namespace unecho::remembered_test {
namespace {

// A first appearance with `num_words` tokens.
void Add(Batch& batch, uint32_t unique, uint32_t num_words) {
  Record record;
  record.unique = unique;
  record.ordinal = unique + 1;
  record.num_words = num_words;
  record.first_word = batch.num_words;
  uint32_t* words = batch.AddWords(num_words);
  for (uint32_t i = 0; i < num_words; ++i) words[i] = unique * 1000 + i;
  batch.records.push_back(record);
}

TEST(Remembered, HandsOutLongRecordsAFewAtATimeAndShortOnesManyAtATime) {
  constexpr auto kLong = static_cast<uint32_t>(Remembered::kMaxTokens / 2);
  AnswerOptions answer;
  const SourceNames sources({});
  Remembered remembered(answer, sources);
  Batch learnt;
  for (uint32_t unique = 0; unique < 10; ++unique) Add(learnt, unique, kLong);
  for (uint32_t unique = 10; unique < 1000; ++unique) Add(learnt, unique, 3);
  ASSERT_TRUE(remembered.Learn(learnt).ok());
  const std::vector<uint32_t> order = remembered.InPriorityOrder();
  ASSERT_EQ(order.size(), 1000u);
  Batch batch;
  size_t batches = 0;
  for (size_t begin = 0; begin < order.size(); ++batches) {
    batch.Clear();
    const size_t end = remembered.Fill(order, begin, batch);
    ASSERT_GT(end, begin);
    ASSERT_EQ(batch.records.size(), end - begin);
    EXPECT_LE(batch.records.size(), Remembered::kMaxRecords);
    EXPECT_LT(batch.num_words, Remembered::kMaxTokens + kLong);
    for (const Record& record : batch.records) {
      const auto words = batch.WordsOf(record);
      ASSERT_EQ(words.size(), record.unique < 10 ? kLong : 3u);
      EXPECT_EQ(words.front(), record.unique * 1000);
      EXPECT_EQ(words.back(), record.unique * 1000 + words.size() - 1);
    }
    begin = end;
  }
  EXPECT_EQ(batches, 5u + 4u);  // two long ones at a time, then 256 short ones
}

}  // namespace
}  // namespace unecho::remembered_test
