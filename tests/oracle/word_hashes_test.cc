#include "oracle/word_hashes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "match/record_tokens.h"
#include "oracle/reference_fields.h"

namespace unecho::word_hashes_test {
namespace {

// With room behind it, as the fast way wants it.
struct Text {
  explicit Text(std::string_view text) : padded(std::string(text) + std::string(64, ' ')), size(text.size()) {}
  std::string_view view() const { return std::string_view(padded).substr(0, size); }
  std::string padded;
  size_t size;
};

// Texts with and without signs, of all lengths around a shingle and around a step of the hash.
const std::string_view kTexts[] = {"a",
                                   "C++",
                                   "C",
                                   "!?",
                                   "...",
                                   "1,000 echoes",
                                   "fifteen letters",
                                   "abcdefghijklmnop",
                                   "abcdefghijklmnopq and internationalisation of counterrevolutionaries",
                                   "Échos d'un corpus, naïve Straße ﬁne x²",
                                   "東京の記録",
                                   "Москва слезам не верит и не поверит",
                                   "one two three four",
                                   "one two three four!",
                                   "one two three four five six seven",
                                   "bad \xff bytes \xc3 here and more words behind",
                                   "don't stop, won't stop; can't stop - ever"};

TEST(WordHashesTest, WordsAndKeysAreThoseOfARun) {
  for (const CompareBy by : {CompareBy::kWords, CompareBy::kText, CompareBy::kCharacters, CompareBy::kCode}) {
    const Comparison comparison{.by = by};
    for (const std::string_view each : kTexts) {
      const Text text(each);
      const std::string_view piece = text.view();
      RecordTokens tokens;
      tokens.Read({comparison, 5}, std::span(&piece, 1));
      std::vector<uint32_t> words(tokens.hashes().size());
      tokens.WriteWords(words.data());
      const ReferenceTokens reference = ReferenceTokensOf(std::span(&piece, 1), comparison, 5);
      EXPECT_THAT(PlainWordsOf(reference), testing::ElementsAreArray(words)) << Name(by) << ": " << each;
      EXPECT_EQ(Hex(PlainKeyOf(reference)), Hex(tokens.Key())) << Name(by) << ": " << each;
    }
  }
}

TEST(WordHashesTest, ShinglesAreSetsOfRunsOfWords) {
  const std::vector<uint32_t> words = {1, 2, 3, 1, 2, 3, 1};
  EXPECT_EQ(ShinglesOfWords(words, 3, 0).size(), 3u);  // 123 231 312
  EXPECT_EQ(ShinglesOfWords(words, 9, 0).size(), 1u);
  EXPECT_EQ(ShinglesOfWords(std::vector<uint32_t>{}, 3, 0).size(), 0u);
}

TEST(WordHashesTest, FieldsStayApart) {
  // Two fields of three words each, the same; one that has none.
  const std::vector<uint32_t> words = {3, 0, 3, 1, 2, 3, 1, 2, 3};
  const std::vector<uint64_t> shingles = ShinglesOfWords(words, 2, 3);
  ASSERT_EQ(shingles.size(), 4u);
  for (const uint64_t shingle : shingles) EXPECT_THAT(shingle & kFieldOfShingle, testing::AnyOf(0, 2));
  EXPECT_THAT(ReferenceSimilarities(shingles, shingles, 3), testing::ElementsAre(1, 1, 1));
}

}  // namespace
}  // namespace unecho::word_hashes_test
