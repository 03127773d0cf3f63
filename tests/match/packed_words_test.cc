#include "match/packed_words.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace unecho {
namespace {

using Words = std::vector<uint32_t>;

Words Unpacked(const PackedWords& packed, const std::vector<uint16_t>& bytes, size_t count) {
  Words words(count);
  packed.Unpack(bytes.data(), count, words.data());
  return words;
}

// Words as frequent as those of a text: the n-th of them comes up 1/n as often as the first.
Words TextOf(std::mt19937_64& random, size_t count, size_t num_words, uint64_t language) {
  Words words(count);
  std::uniform_real_distribution<double> share(0, std::log(static_cast<double>(num_words)));
  for (uint32_t& word : words) {
    const auto rank = static_cast<uint64_t>(std::exp(share(random)));
    word = static_cast<uint32_t>(((rank + language) * 0x9e3779b97f4a7c15) >> 20);
  }
  return words;
}

TEST(PackedWords, AreWhatTheyWereWhateverIsLearntLater) {
  std::mt19937_64 random(1);
  PackedWords packed;
  std::vector<Words> all;
  std::vector<std::vector<uint16_t>> bytes;
  std::vector<uint8_t> shares;
  for (int i = 0; i < 2000; ++i) {
    Words words = TextOf(random, random() % 70, 100'000, 0);
    for (uint32_t& word : words) {
      if (random() % 8 == 0) word = static_cast<uint32_t>(random());
      if (random() % 16 == 0) word = static_cast<uint32_t>((random() % 3) << 16 | random() % 2);  // slots 0 and 1
    }
    if (i % 3 > 0) packed.Learn(words);
    shares.push_back(packed.Pack(words, bytes.emplace_back()));
    EXPECT_EQ(bytes.back().size(), PackedWords::Size(words.size(), shares.back()));
    all.push_back(std::move(words));
  }
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(Unpacked(packed, bytes[i], all[i].size()), all[i]);
}

TEST(PackedWords, TakeLittleMoreThanTwoBytesWhereTheyAreThoseOfText) {
  std::mt19937_64 random(2);
  PackedWords packed;
  for (int i = 0; i < 1000; ++i) packed.Learn(TextOf(random, 200, 100'000, 0));
  std::vector<uint16_t> bytes;
  packed.Pack(TextOf(random, 100'000, 100'000, 0), bytes);
  EXPECT_LT(bytes.size() * sizeof(uint16_t), 260'000u);
  // And those of another language that comes later, for rare words have no slots.
  for (int i = 0; i < 1000; ++i) packed.Learn(TextOf(random, 200, 100'000, 1'000'000));
  bytes.clear();
  packed.Pack(TextOf(random, 100'000, 100'000, 1'000'000), bytes);
  EXPECT_LT(bytes.size() * sizeof(uint16_t), 300'000u);
}

TEST(PackedWords, TakeLittleMoreThanFourBytesAnyhow) {
  std::mt19937_64 random(3);
  PackedWords packed;
  Words words(100'000);
  for (uint32_t& word : words) word = static_cast<uint32_t>(random());
  packed.Learn(words);
  std::vector<uint16_t> bytes;
  const uint8_t share = packed.Pack(words, bytes);
  EXPECT_GT(share, 250);
  EXPECT_LE(bytes.size() * sizeof(uint16_t), 412'600u);
  EXPECT_EQ(Unpacked(packed, bytes, words.size()), words);
}

}  // namespace
}  // namespace unecho
