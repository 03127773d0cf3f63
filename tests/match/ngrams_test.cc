#include "match/ngrams.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

namespace unecho::ngrams_test {
namespace {

using Words = std::vector<uint64_t>;

// Texts over few words, so that runs come back; copied pieces, so that long ones do too.
std::vector<Words> RandomTexts(std::mt19937_64& random, size_t count, uint64_t vocabulary) {
  std::vector<Words> texts;
  for (size_t i = 0; i < count; ++i) {
    Words words(random() % 200);
    for (uint64_t& word : words) word = (1 + random() % vocabulary) * 0xd6e8feb86659fd93;
    if (!texts.empty() && !texts.back().empty() && random() % 2 == 0) {
      const Words& other = texts[random() % texts.size()];
      words.insert(words.end(), other.begin() + static_cast<std::ptrdiff_t>(other.size() / 3), other.end());
    }
    texts.push_back(words);
  }
  return texts;
}

TEST(NgramTable, FindsExactlyTheRunsThatAPlainMapHas) {
  std::mt19937_64 random(1);
  for (const size_t n : {1, 2, 3, 5, 8, 13, 32, 63, 64}) {
    for (const uint64_t vocabulary : {2, 20, 1000}) {
      const std::vector<Words> set = RandomTexts(random, 20, vocabulary);
      Words store;
      std::map<Words, std::set<uint32_t>> plain;
      NgramTable table(n, 20 * 400);
      for (const Words& text : set) store.insert(store.end(), text.begin(), text.end());
      uint32_t first = 0;
      std::vector<uint32_t> firsts;
      for (uint32_t number = 0; number < set.size(); ++number) {
        const Words& text = set[number];
        table.Enter(store.data(), first, static_cast<uint32_t>(text.size()), number);
        firsts.push_back(first);
        first += static_cast<uint32_t>(text.size());
        for (size_t at = 0; at + n <= text.size(); ++at)
          plain[Words(text.data() + at, text.data() + at + n)].insert(number);
      }
      std::vector<Words> asked = RandomTexts(random, 20, vocabulary);
      asked.insert(asked.end(), set.begin(), set.end());
      asked.insert(asked.end(), {Words(), Words(n, set[0].empty() ? 0 : set[0][0])});
      for (const Words& text : asked) {
        std::vector<size_t> want, got;
        for (size_t at = 0; at + n <= text.size(); ++at) {
          if (plain.contains(Words(text.data() + at, text.data() + at + n))) want.push_back(at);
        }
        table.ForEachHit(store.data(), text, [&](uint32_t place, size_t at) {
          got.push_back(at);
          const auto number = static_cast<uint32_t>(std::ranges::upper_bound(firsts, place) - firsts.begin()) - 1;
          std::set<uint32_t> texts(table.OtherTexts(place).begin(), table.OtherTexts(place).end());
          EXPECT_TRUE(texts.insert(number).second);
          EXPECT_EQ(texts, plain[Words(text.data() + at, text.data() + at + n)]);
        });
        ASSERT_EQ(got, want) << "n " << n << ", " << vocabulary << " words";
      }
    }
  }
}

TEST(NgramTable, FindsNothingInAnEmptySet) {
  const NgramTable table(3, 0);
  const Words words(100, 0);
  table.ForEachHit(nullptr, words, [](uint32_t, size_t) { FAIL(); });
}

}  // namespace
}  // namespace unecho::ngrams_test
