#include "oracle/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>

namespace unecho::reference_test {
namespace {

using testing::ElementsAre;
using Tokens = std::vector<std::string>;

Tokens TokensOf(std::string_view text) {
  Tokens tokens;
  AppendReferenceTokens(text, tokens);
  return tokens;
}

struct Case {
  const char* name;
  std::string_view text;
  Tokens want;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ReferenceTokens : public testing::TestWithParam<Case> {};

TEST_P(ReferenceTokens, AreThoseOfTheDefinition) { EXPECT_EQ(TokensOf(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Table, ReferenceTokens,
    testing::ValuesIn(std::vector<Case>{
        {"Nothing", "", {}},
        {"OnlySeparators", " .,;\t\r\n-_$+<>|~^`", {}},
        {"AsciiIsLowered", "Hello, WORLD-42!", {"hello", "world", "42"}},
        {"UnderscoreSeparates", "snake_case", {"snake", "case"}},
        {"ApostropheSeparates", "don't", {"don", "t"}},
        {"LatexRemnants", "M^{2}UGen \\textgreater x", {"m", "2", "ugen", "textgreater", "x"}},
        {"LettersAndDigitsRunTogether", "GPT4o", {"gpt4o"}},
        {"Ligature",
         "e\xef\xac\x83"
         "cient \xef\xac\x81ne",
         {"efficient", "fine"}},
        {"Fullwidth", "\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\xa3\xef\xbc\x91", {"abc1"}},
        {"IdeographicSpaceSeparates",
         "a\xe3\x80\x80"
         "b",
         {"a", "b"}},
        {"SharpS",
         "Stra\xc3\x9f"
         "e STRASSE \xe1\xba\x9e",
         {"strasse", "strasse", "ss"}},
        {"DottedCapitalI", "\xc4\xb0stanbul", {"i\xcc\x87stanbul"}},
        {"DotlessI", "\xc4\xb1", {"\xc4\xb1"}},
        {"CombiningMarkComposes", "cafe\xcc\x81 CAF\xc3\x89", {"caf\xc3\xa9", "caf\xc3\xa9"}},
        {"MarksAreReordered", "q\xcc\x87\xcc\xa3 q\xcc\xa3\xcc\x87", {"q\xcc\xa3\xcc\x87", "q\xcc\xa3\xcc\x87"}},
        {"MarkAlone", " \xcc\x81 ", {"\xcc\x81"}},
        {"AcuteAccentIsSpaceAndMark",
         "a\xc2\xb4"
         "b",
         {"a",
          "\xcc\x81"
          "b"}},
        {"HangulJamoComposes", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab \xed\x95\x9c", {"\xed\x95\x9c", "\xed\x95\x9c"}},
        {"HangulIsWrittenWithSpaces", "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4", {"\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4"}},
        {"Arabic",
         "\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 \xd8\xb9\xd9\x84\xd9\x8a\xd9\x83\xd9\x85\xd8\x9f",
         {"\xd8\xa7\xd9\x84\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "\xd8\xb9\xd9\x84\xd9\x8a\xd9\x83\xd9\x85"}},
        {"ArabicPresentationForm", "\xef\xbb\xbb", {"\xd9\x84\xd8\xa7"}},
        {"ArabicVowelMarksStay", "\xd9\x85\xd9\x8f\xd8\xad", {"\xd9\x85\xd9\x8f\xd8\xad"}},
        {"Devanagari",
         "\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d\xe0\xa4\xa4\xe0\xa5\x87",
         {"\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d\xe0\xa4\xa4\xe0\xa5\x87"}},
        {"ThaiEachCodePoint",
         "\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xb1\xe0\xb8\x99",
         {"\xe0\xb9\x84", "\xe0\xb8\x97", "\xe0\xb8\xb1", "\xe0\xb8\x99"}},
        {"ThaiSaraAmDecomposes", "\xe0\xb8\xb3", {"\xe0\xb9\x8d", "\xe0\xb8\xb2"}},
        {"LaoKhmerMyanmar",
         "\xe0\xba\x81\xe0\xba\x82 \xe1\x9e\x80\xe1\x9e\x81 \xe1\x80\x80\xe1\x80\x81",
         {"\xe0\xba\x81", "\xe0\xba\x82", "\xe1\x9e\x80", "\xe1\x9e\x81", "\xe1\x80\x80", "\xe1\x80\x81"}},
        {"ChineseAmongAscii",
         "GPT\xe6\xa8\xa1\xe5\x9e\x8bv2\xe3\x80\x82ok",
         {"gpt", "\xe6\xa8\xa1", "\xe5\x9e\x8b", "v2", "ok"}},
        {"HanBeyondTheBasicPlane", "\xf0\xa0\x80\x80x", {"\xf0\xa0\x80\x80", "x"}},
        {"CompatibilityIdeograph", "\xef\xa4\x80", {"\xe8\xb1\x88"}},
        {"IdeographicZeroIsHan", "\xe3\x80\x87", {"\xe3\x80\x87"}},
        {"Kana", "\xe3\x81\x82\xe3\x82\xa2\xef\xbd\xb1", {"\xe3\x81\x82", "\xe3\x82\xa2", "\xe3\x82\xa2"}},
        {"HalfwidthVoicedKanaComposes", "\xef\xbd\xb6\xef\xbe\x9e", {"\xe3\x82\xac"}},
        {"ProlongedSoundMarkIsOfNoOneScript", "\xe3\x82\xa2\xe3\x83\xbcx", {"\xe3\x82\xa2", "\xe3\x83\xbcx"}},
        {"EmojiSeparates",
         "a\xf0\x9f\x98\x80"
         "b",
         {"a", "b"}},
        {"EmojiKeycapIsADigitAndAMark", "1\xef\xb8\x8f\xe2\x83\xa3", {"1\xe2\x83\xa3"}},
        {"SoftHyphenVanishes", "co\xc2\xadop", {"coop"}},
        {"ZeroWidthJoinersVanish",
         "a\xe2\x80\x8d"
         "b\xe2\x80\x8c"
         "c\xe2\x81\xa0"
         "d\xef\xbb\xbf"
         "e",
         {"abcde"}},
        {"ZeroWidthSpaceVanishes",
         "a\xe2\x80\x8b"
         "b",
         {"ab"}},
        {"VariationSelectorVanishes",
         "a\xef\xb8\x8f"
         "b",
         {"ab"}},
        {"NoBreakSpaceSeparates",
         "a\xc2\xa0"
         "b",
         {"a", "b"}},
        {"MicroSignIsMu", "\xc2\xb5m", {"\xce\xbcm"}},
        {"FinalSigma",
         "\xce\xa3\xce\x91\xce\xa3 \xcf\x83\xce\xb1\xcf\x82",
         {"\xcf\x83\xce\xb1\xcf\x83", "\xcf\x83\xce\xb1\xcf\x83"}},
        {"SuperscriptAndFraction", "x\xc2\xb2 \xc2\xbd", {"x2", "1", "2"}},
        {"RomanNumeral", "\xe2\x85\xa7", {"viii"}},
        {"KelvinAndAngstrom", "\xe2\x84\xaa \xe2\x84\xab", {"k", "\xc3\xa5"}},
        {"MathematicalLetters", "\xf0\x9d\x90\x80\xf0\x9d\x9f\x98", {"a0"}},
        {"TrademarkIsLetters", "\xe2\x84\xa2", {"tm"}},
        {"CherokeeFoldsUpwards", "\xea\xad\xb0", {"\xe1\x8e\xa0"}},
        {"MalformedByteIsAToken",
         "a\xff"
         "b",
         {"a", "\xff", "b"}},
        {"CutOffSequenceIsAToken", "a\xe2\x82 b\xf0\x9f\x98", {"a", "\xe2\x82", "b", "\xf0\x9f\x98"}},
        {"SoIsTheLostLetter", "caf\ufffd \ufffd", {"caf", "\ufffd", "\ufffd"}},
        {"SurrogateIsThreeTokens",
         "a\xed\xa0\x80"
         "b",
         {"a", "\xed", "\xa0", "\x80", "b"}},
        {"OverlongIsTwoTokens",
         "a\xc0\xaf"
         "b",
         {"a", "\xc0", "\xaf", "b"}},
        {"NulSeparates", std::string_view("a\0b", 3), {"a", "b"}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(ReferenceTokensOfPieces, AreAppended) {
  Tokens tokens;
  AppendReferenceTokens("One two", tokens);
  AppendReferenceTokens("three", tokens);
  EXPECT_THAT(tokens, ElementsAre("one", "two", "three"));
}

TEST(ReferenceTokensOfLongText, AreNotCutAtAPart) {
  std::string text;
  const size_t words = (size_t{1} << 20) / 8;
  for (size_t i = 0; i < words; ++i) text += "abcdefg ";
  Tokens tokens;
  AppendReferenceTokens(text, tokens);
  ASSERT_EQ(tokens.size(), words);
  for (const std::string& token : tokens) ASSERT_EQ(token, "abcdefg");
}

TEST(ReferenceShingles, AreAsManyAsTheWindowsOfDistinctTokens) {
  const Tokens tokens = {"a", "b", "c", "d", "e", "f", "g"};
  EXPECT_EQ(ReferenceShingles(tokens, 5).size(), 3U);
  EXPECT_EQ(ReferenceShingles(tokens, 7).size(), 1U);
  EXPECT_EQ(ReferenceShingles(tokens, 1).size(), 7U);
}

TEST(ReferenceShingles, OfAShortRecordAreOneOfAllItsTokens) {
  const Tokens two = {"a", "b"};
  EXPECT_EQ(ReferenceShingles(two, 5), ReferenceShingles(two, 2));
  EXPECT_EQ(ReferenceShingles(two, 5).size(), 1U);
  EXPECT_TRUE(ReferenceShingles({}, 5).empty());
}

TEST(ReferenceShingles, AreASetInOrder) {
  const Tokens tokens(100, "same");
  EXPECT_EQ(ReferenceShingles(tokens, 5).size(), 1U);
  Tokens many;
  for (int i = 0; i < 500; ++i) many.push_back(std::to_string(i % 97));
  const auto shingles = ReferenceShingles(many, 5);
  EXPECT_TRUE(std::is_sorted(shingles.begin(), shingles.end()));
  EXPECT_EQ(std::set<uint64_t>(shingles.begin(), shingles.end()).size(), shingles.size());
  EXPECT_EQ(shingles.size(), 97U);
}

TEST(ReferenceShingles, TellTokenBordersApart) {
  EXPECT_NE(ReferenceShingles(Tokens{"ab", "c"}, 5), ReferenceShingles(Tokens{"a", "bc"}, 5));
}

TEST(ReferenceSimilarity, IsTheJaccardIndex) {
  using Set = std::vector<uint64_t>;
  EXPECT_EQ(ReferenceSimilarity(Set{1, 2, 3}, Set{2, 3, 4}), 0.5);
  EXPECT_EQ(ReferenceSimilarity(Set{1, 2, 3}, Set{1, 2, 3}), 1.0);
  EXPECT_EQ(ReferenceSimilarity(Set{1}, Set{2}), 0.0);
  EXPECT_EQ(ReferenceSimilarity(Set{}, Set{1}), 0.0);
  EXPECT_EQ(ReferenceSimilarity(Set{}, Set{}), 0.0);
}

TEST(ReferenceId, IsXxh128OfTheTokensJoinedBySpaces) {
  // echo -n 'hello world' | xxhsum -H2
  EXPECT_EQ(ReferenceId(Tokens{"hello", "world"}), "df8d09e93f874900a99b8775cc15b6c7");
  EXPECT_EQ(ReferenceId({}), "99aa06d3014798d86001c324468d497f");
}

}  // namespace
}  // namespace unecho::reference_test
