// Whether two texts are the same, by the fast code and by the plain one.
#include "match/record_tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "base/batch.h"
#include "kernels/word_hash.h"
#include "oracle/reference.h"
#include "text/utf8.h"

namespace unecho::record_tokens_test {
namespace {

using Pieces = std::vector<std::string>;

// With readable bytes behind each piece.
class Padded {
 public:
  explicit Padded(const Pieces& pieces) {
    for (const std::string& piece : pieces) views_.push_back(arena_.Copy(piece));
  }
  std::span<const std::string_view> views() const { return views_; }

 private:
  TextArena arena_;
  std::vector<std::string_view> views_;
};

uint64_t HashOf(const std::string& token) {
  const std::string padded = token + std::string(16, '\x99');
  return HashBytes(padded.data(), token.size());
}

// The fast code gives the tokens, the form and the id of the plain one.
void ExpectAgrees(const TokenRules& rules, const Pieces& pieces) {
  const ReferenceTokens want = ReferenceTokensOf(pieces, rules.comparison, rules.shingle_tokens);
  const Padded padded(pieces);
  RecordTokens tokens;
  tokens.Read(rules, padded.views());
  std::vector<uint64_t> hashes;
  for (const std::string& token : want.tokens) hashes.push_back(HashOf(token));
  std::string shown;
  for (const std::string& piece : pieces) shown += "\"" + testing::PrintToString(piece) + "\" ";
  ASSERT_TRUE(std::ranges::equal(tokens.hashes(), hashes)) << Name(rules.comparison.by) << " " << shown;
  EXPECT_EQ(tokens.IsOnlySigns(), want.is_only_signs) << shown;
  if (!want.tokens.empty()) {
    ASSERT_EQ(tokens.Id(rules, padded.views()), IdOf(want)) << Name(rules.comparison.by) << " " << shown;
    if (!want.short_form.empty()) hashes.push_back(HashOf(want.short_form));
    const Key128 key = tokens.Key(), want_key = Hash128(hashes.data(), hashes.size() * sizeof(uint64_t));
    ASSERT_TRUE(key.low == want_key.low && key.high == want_key.high) << shown << want.short_form;
  }
}

bool AreSame(const TokenRules& rules, const std::string& a, const std::string& b) {
  ExpectAgrees(rules, {a});
  ExpectAgrees(rules, {b});
  return ReferenceTokensOf(Pieces{a}, rules.comparison, rules.shingle_tokens) ==
         ReferenceTokensOf(Pieces{b}, rules.comparison, rules.shingle_tokens);
}

// --- short records of words ----------------------------------------------------------------------------------------

// Each list: texts that are the same; texts of different lists of one kind are not.
struct Kind {
  const char* name;
  std::vector<std::vector<std::string>> texts;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class ShortTexts : public testing::TestWithParam<Kind> {};

TEST_P(ShortTexts, AreTheSameIfOnlySentencePunctuationAndCaseDiffer) {
  const auto& lists = GetParam().texts;
  for (size_t i = 0; i < lists.size(); ++i) {
    for (const std::string& text : lists[i]) {
      EXPECT_TRUE(AreSame({}, lists[i].front(), text)) << lists[i].front() << " and " << text;
      for (size_t j = 0; j < i; ++j) {
        EXPECT_FALSE(AreSame({}, lists[j].front(), text)) << lists[j].front() << " and " << text;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ShortTexts,
    testing::ValuesIn(std::vector<Kind>{
        {"Sentences",
         {{"no", "No?", "NO.", "no!!!", "\"No\"", "\xe2\x80\x9cNo.\xe2\x80\x9d", "(no)", "- No", "-No.", "No...",
           "\xe2\x80\xa6no", "No \xe2\x80\x93", "no ?!", "\xc2\xbfNo?", "\xc2\xabno\xc2\xbb", "\xe2\x80\xa2 no",
           "* no"},
          {"no no", "no, no", "No! No.", "no - no", "no \xe2\x80\x94 no", "no\xe2\x80\x94no", "no-no", "no...no",
           "no,no", "no; no", "no: no", "(no) \"no\"", "'no', no"},
          {"don't", "don\xe2\x80\x99t", "Don't!"},
          {"well-known fact", "well known fact."},
          {"Good morning!", "good morning"},
          {"said yes", "said: \"yes\"", "said:\"Yes.\""}}},
        {"Languages",
         {{"C", "c", "C."},
          {"C++", "c++", "C ++"},
          {"C#"},
          {"C--"},
          {"F#"},
          {"F"},
          {".NET"},
          {"NET"},
          {"Objective-C"},
          {"node.js", "Node.js"},
          {"node js"},
          {"std::string"},
          {"std string"}}},
        {"Grades", {{"A"}, {"A+", "a+."}, {"A-"}, {"A*"}, {"B"}, {"B+"}, {"B-"}, {"AB-"}, {"AB"}, {"AB+"}}},
        {"Numbers",
         {{"1000", "1000."},
          {"1,000"},
          {"1.000"},
          {"1 000"},
          {"1'000"},
          {"1_000"},
          {"-1000",
           "\xe2\x88\x92"
           "1000"},
          {"+1000"},
          {"\xc2\xb1"
           "1000"},
          {"~1000"},
          {"1000!"},
          {".1000"},
          {"1000 %", "1000%"},
          {"1000\xe2\x80\xb0"}}},
        {"Fractions",
         {{"3.5 %", "3.5%"},
          {"35 %"},
          {"3/5"},
          {"3:5"},
          {"3-5",
           "3\xe2\x80\x93"
           "5",
           "3 - 5"},
          {"3 5", "3, 5"},
          {"3+5"},
          {"3*5"},
          {"3.5"}}},
        {"Halves", {{"1\xc2\xbd"}, {"1 \xc2\xbd", "1 1/2"}, {"11/2"}, {"\xc2\xbd", "1/2"}}},
        {"Temperatures",
         {{"-5 \xc2\xb0"
           "C",
           "\xe2\x88\x92"
           "5 \xc2\xb0"
           "C",
           "-5\xc2\xb0"
           "C",
           "-5 \xe2\x84\x83",
           "\xe2\x80\x93"
           "5 \xc2\xb0"
           "C"},
          {"5 \xc2\xb0"
           "C",
           "5\xc2\xb0"
           "C."},
          {"+5 \xc2\xb0"
           "C"},
          {"5 C"}}},
        {"Prices",
         {{"$5"},
          {"\xe2\x82\xac"
           "5",
           "\xe2\x82\xac 5"},
          {"5 \xe2\x82\xac"},
          {"5"},
          {"$5.00"},
          {"$500"},
          {"-$5"},
          {"$5-10"},
          {"US$5"},
          {"\xc2\xa3"
           "5"}}},
        {"Versions", {{"v1.2.3", "V1.2.3."}, {"v1.23"}, {"v12.3"}, {"v1.2.3+"}, {"v1.2.3-4"}, {"v1:2:3"}}},
        {"Dates", {{"2024-01-02"}, {"2024/01/02"}, {"2024.01.02"}, {"20240102"}}},
        {"Times", {{"10:30"}, {"10.30"}, {"1030"}, {"10-30"}}},
        {"Formulas",
         {{"2 > 1", "2>1"},
          {"2 < 1"},
          {"2 = 1"},
          {"2 \xe2\x89\xa5 1"},
          {"2 \xe2\x89\xa0 1"},
          {"2 1"},
          {"2 -1", "2 - 1"}}},
        {"Powers", {{"x\xc2\xb2"}, {"x^2"}, {"x2"}, {"10\xc2\xb2"}, {"102"}, {"H\xe2\x82\x82O", "H2O"}}},
        {"Brackets", {{"(1 + 2) * 3"}, {"1 + 2 * 3"}, {"1 + (2 * 3)"}}},
        {"Functions", {{"f(x)"}, {"f x"}, {"f[x]"}, {"-f(x)"}, {"f(x)!= 1"}}},
        {"Factorials", {{"5!"}, {"5", "5."}, {"5! = 120"}, {"5 = 120"}, {"Room 5!", "room 5"}}},
        {"Chess", {{"Nf3"}, {"Nf3+"}, {"Nf3#"}, {"Nf3!"}, {"Nf3?"}, {"Nf3!?"}, {"O-O"}, {"O-O-O"}, {"e8=Q"}, {"e8Q"}}},
        {"Ratings",
         {{"4/5"},
          {"4.5"},
          {"45"},
          {"\xe2\x98\x85\xe2\x98\x85", "\xe2\x98\x85 \xe2\x98\x85"},
          {"\xe2\x98\x85"},
          {"\xe2\x98\x85\xe2\x98\x86"}}},
        {"Phones", {{"555-1234"}, {"555 1234"}, {"555.1234"}, {"+555 1234"}, {"*555 1234"}}},
        {"Lengths", {{"6'2\""}, {"6 2"}, {"62"}, {"6'2'"}}},
        {"Minutes", {{"5'"}, {"5\""}, {"5", "'5'", "\"5\""}}},
        {"Tags",
         {{"#tag", "#Tag!"}, {"tag"}, {"@tag"}, {"$tag"}, {"_tag"}, {"tag_"}, {"--tag"}, {"/tag"}, {"tag/"}, {"~tag"}}},
        {"Options", {{"-x"}, {"x"}, {"--x"}, {"+x"}}},
        {"Pairs", {{"R&D", "R & D"}, {"R D"}, {"R/D"}, {"R+D"}, {"R=D"}, {"R->D", "R -> D"}, {"R<-D"}}},
        {"Faces",
         {{"thanks"},
          {"thanks :)", "thanks:)"},
          {"thanks :("},
          {"thanks ;)"},
          {"thanks :-)"},
          {"thanks :D"},
          {"thanks <3"},
          {"thanks ^_^"},
          {"thanks :/"},
          {"(: thanks"}}},
        {"SignsAlone",
         {{"!!!", "! !!"},
          {"!"},
          {"?"},
          {"..."},
          {":)"},
          {":("},
          {":-)"},
          {"-"},
          {"+"},
          {"++"},
          {"--"},
          {"()"},
          {"[]"},
          {"{}"},
          {"->"},
          {"=>"},
          {"*"},
          {"***"},
          {"/\\_/\\"}}},
        {"Emoji",
         {{"\xf0\x9f\x91\x8d", "\xf0\x9f\x91\x8d!"},  // a thumb, in several colours
          {"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd"},
          {"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbb"},
          {"\xf0\x9f\x91\x8e"},
          {"\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d", "\xf0\x9f\x91\x8d \xf0\x9f\x91\x8d"},
          {"ok \xf0\x9f\x91\x8d"},
          {"\xf0\x9f\x91\x8d ok"},
          {"ok"},
          {"\xe2\x9d\xa4", "\xe2\x9d\xa4\xef\xb8\x8f"},
          {"\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"},
          {"\xf0\x9f\x87\xab\xf0\x9f\x87\xb7"}}},
        {"Chinese",
         {{"\xe4\xbd\xa0\xe5\xa5\xbd", "\xe4\xbd\xa0\xe5\xa5\xbd\xef\xbc\x81",
           "\xe3\x80\x8c\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x8d", "\xe4\xbd\xa0\xef\xbc\x8c\xe5\xa5\xbd\xe3\x80\x82"},
          {"\xe4\xbd\xa0+\xe5\xa5\xbd"}}},
        {"Paths", {{"../x"}, {"./x"}, {"/x"}, {"x"}, {"x/"}, {"*.x"}}},
        {"Accents", {{"caf\xc3\xa9", "cafe\xcc\x81"}, {"cafe"}}}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(LongRecords, DoNotSeeTheirSymbols) {
  EXPECT_TRUE(AreSame({}, "one two three four C++", "One, two, three; four C#!"));
  EXPECT_FALSE(AreSame({}, "one two three C++", "one two three C#"));
  const TokenRules two = {.comparison = {}, .shingle_tokens = 2};
  EXPECT_TRUE(AreSame(two, "2 > 1", "2 < 1"));
  EXPECT_FALSE(AreSame(two, "C++", "C#"));
}

TEST(BlankRecords, HaveNoTokensAndNothingElseHasNone) {
  for (const char* blank : {"", "   ", "\n\t", "\xc2\xa0", "\xe2\x80\x8b"}) {
    EXPECT_TRUE(ReferenceTokensOf(Pieces{blank}, {}, 5).tokens.empty());
    ExpectAgrees({}, {blank});
  }
  for (const char* text : {"!", "\xf0\x9f\x91\x8d", "\xee\x80\x80", "\xff", "_", "\xe2\x80\xa6"}) {
    EXPECT_EQ(ReferenceTokensOf(Pieces{text}, {}, 5).tokens.size(), 1u) << text;
  }
}

// --- the other comparisons -----------------------------------------------------------------------------------------

struct Same {
  const char* name;
  Comparison comparison;
  std::string a, b;
  bool want;
};
void PrintTo(const Same& c, std::ostream* out) { *out << c.name; }

class Compared : public testing::TestWithParam<Same> {};

TEST_P(Compared, AreTheSameOrNot) {
  const Same& c = GetParam();
  EXPECT_EQ(AreSame({.comparison = c.comparison, .shingle_tokens = 5}, c.a, c.b), c.want) << c.a << " and " << c.b;
}

constexpr CompareBy kWords = CompareBy::kWords, kText = CompareBy::kText, kCode = CompareBy::kCode,
                    kCharacters = CompareBy::kCharacters;

INSTANTIATE_TEST_SUITE_P(
    Table, Compared,
    testing::ValuesIn(std::vector<Same>{
        {"TextFoldsWhiteSpace", {.by = kText}, "a  b\n\xe3\x80\x80 c ", "a b c", true},
        {"TextSeesCase", {.by = kText}, "a b c d e F", "a b c d e f", false},
        {"TextSeesPunctuation", {.by = kText}, "a b c d e f.", "a b c d e f", false},
        {"TextSeesHowAccentsAreWritten", {.by = kText}, "caf\xc3\xa9", "cafe\xcc\x81", false},
        {"TextWithoutCase",
         {.by = kText, .letter_case = true},
         "Stra\xc3\x9f"
         "e A",
         "STRASSE a",
         true},
        {"TextWithoutPunctuation", {.by = kText, .punctuation = true}, "Well, 'a' + b.", "Well a + b", true},
        {"TextWithoutPunctuationHasItsSigns", {.by = kText, .punctuation = true}, "!!!", "???", false},
        {"TextWithoutDiacritics", {.by = kText, .diacritics = true}, "caf\xc3\xa9", "cafe", true},
        {"TextWithoutNumbers", {.by = kText, .numbers = true}, "id=17, a1", "id=4, a1", true},
        {"TextWithoutNumbersKeepsNames", {.by = kText, .numbers = true}, "a1", "a2", false},
        {"CodeSeesOperators", {.by = kCode}, "a > b", "a < b", false},
        {"CodeSeesCase", {.by = kCode}, "a = B", "a = b", false},
        {"CodeDoesNotSeeBlanksInALine", {.by = kCode}, "f(a,b)", "f( a, b )  ", true},
        {"CodeSeesIndentation", {.by = kCode}, "a:\n  b\n  c", "a:\n  b\nc", false},
        {"CodeSeesLines", {.by = kCode}, "a\nb", "a b", false},
        {"CodeDoesNotSeeBlankLinesAndTheirEnds", {.by = kCode}, "a\r\n\r\n  b\r\n", "a\n   \n  b", true},
        {"CodeSeesNames", {.by = kCode}, "a_b", "a _b", false},
        {"CodeWithoutCase", {.by = kCode, .letter_case = true}, "SELECT a", "select A", true},
        {"CodeWithoutPunctuation", {.by = kCode, .punctuation = true}, "f(a);", "f a", true},
        {"CodeWithoutNumbers", {.by = kCode, .numbers = true}, "x = 10", "x = 12", true},
        {"CodeWithoutNumbersKeepsNames", {.by = kCode, .numbers = true}, "x_1 = 1", "x_2 = 1", false},
        {"CharactersDoNotSeeBlanks", {.by = kCharacters}, "ab cd ef gh ij", "a b c d e f g h i j", true},
        {"CharactersDoNotSeeCase", {.by = kCharacters}, "AB CDEFGHIJ", "abcdefghij", true},
        {"CharactersSeeLetters", {.by = kCharacters}, "abcdefghij", "abcdefghix", false},
        {"WordsWithoutDiacritics",
         {.diacritics = true},
         "na\xc3\xafve \xd1\x91\xd0\xb6",
         "naive \xd0\xb5\xd0\xb6",
         true},
        {"WordsWithoutDiacriticsKeepVowels", {.diacritics = true}, "\xe0\xa4\x95\xe0\xa4\xbf", "\xe0\xa4\x95", false},
        {"WordsWithoutDiacriticsKeepHangul",
         {.diacritics = true},
         "\xea\xb0\x81",
         "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8",
         true},
        {"WordsWithoutNumbers", {.numbers = true}, "a 1 b 2 c 3 d 4 e 5", "a b c d e", true},
        {"ShortWordsWithoutNumbers", {.numbers = true}, "1,000.5 cats", "-7 cats", true},
        {"ShortWordsWithoutNumbersKeepOtherSigns", {.numbers = true}, "C++ 17", "C# 17", false},
        {"WordsWithoutNumbersOfNumbersAlone", {.numbers = true}, "17", "18", false},
        {"WordsWithoutMarkup",
         {.markup = true},
         "<p>a <b>big</b> cat &amp; <a href=\"x\">dog</a></p>",
         "a big cat & dog",
         true},
        {"WordsWithMarkup", {}, "<b>cat</b>", "cat", false},
        {"MarkupOfMarkdown",
         {.by = kText, .markup = true},
         "## A *b* [c](d)\n\n- `e`\n\n> f\n\n---\n",
         "A b c e f",
         true},
        {"MarkupOfTables", {.by = kText, .markup = true}, "| a | b |\n|---|:-:|\n| c | d |", "a b c d", true},
        {"MarkupOfXml", {.by = kText, .markup = true}, "<?xml version=\"1.0\"?><r><t>A</t><t>B</t></r>", "A B", true},
        {"MarkupOfHtmlInAWord", {.by = kText, .markup = true}, "H<sub>2</sub>O &eacute;", "H2O \xc3\xa9", true},
        {"MarkupLeavesComparisons", {.by = kText, .markup = true}, "a < b", "a b", false}}),
    [](const auto& param) { return std::string(param.param.name); });

// --- at random -----------------------------------------------------------------------------------------------------

std::vector<Comparison> AllComparisons() {
  std::vector<Comparison> all;
  for (const CompareBy by : {kWords, kText, kCode, kCharacters}) {
    for (int bits = 0; bits < 32; ++bits) {
      Comparison c{by, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0};
      if (!c.IsNormalised() || (!c.punctuation && !c.letter_case)) all.push_back(c);
    }
  }
  return all;
}

std::string RandomText(std::mt19937& random, size_t length, bool mostly_signs) {
  static const std::vector<uint32_t> kLetters = {
      'a',    'Z',    '0',    '7',     0xe9,    0x301,  0x323,  0x345,  0xad,  0x200d, 0xfe0f, 0x6f22,
      0x3042, 0x3099, 0xff76, 0xff9e,  0x1112,  0x1161, 0x11ab, 0xac00, 0xe33, 0xe48,  0x64b,  0xfdfa,
      0xfb01, 0x130,  0xfffd, 0x9be,   0x9c7,   0xf71,  0x93f,  0x94d,  0xb2,  0xbd,   0x2075, 0xaa,
      0x2082, 0x660,  0xdf,   0x1f1e9, 0x1d7ce, 0x20e3, 0x5d0,  0x5b0,  0x3a3, 0x345};
  static const std::vector<uint32_t> kSigns = {
      '.',     ',',    ':',    ';',    '!',    '?',    '-',    '-',    '\'',   '"',    '(',    ')',    '[',
      ']',     '+',    '*',    '/',    '<',    '>',    '=',    '^',    '_',    '#',    '@',    '&',    '%',
      '$',     '~',    '`',    '|',    '\\',   0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0xab,   0xbf,
      0xa1,    0x2022, 0x2026, 0x2212, 0x2044, 0x2215, 0x3002, 0x300c, 0x300d, 0xff01, 0x2032, 0x2033, 0x1f44d,
      0x1f3fd, 0xe000, 0x378,  0x2011, 0x30fb, 0x2160, 0xb4,   0xaf,   0x338};
  std::string text;
  while (text.size() < length) {
    const uint32_t dice = random() % 16;
    if (dice == 0) {
      text += static_cast<char>(random() % 256);
    } else if (dice < 4) {
      static constexpr std::string_view kBlanks[] = {" ", " ", "\n", "\t", "\r\n", "\xc2\xa0", "  "};
      text += kBlanks[random() % std::size(kBlanks)];
    } else {
      const auto& from = (dice < 12) == mostly_signs ? kSigns : kLetters;
      AppendUtf8(from[random() % from.size()], text);
    }
  }
  return text;
}

TEST(RecordTokensAtRandom, AreThoseOfTheReferenceForEveryComparison) {
  std::mt19937 random(11);
  for (const Comparison& comparison : AllComparisons()) {
    for (int round = 0; round < 150; ++round) {
      Pieces pieces(1 + random() % 3);
      for (std::string& piece : pieces) piece = RandomText(random, random() % 24, round % 3 != 0);
      ExpectAgrees({.comparison = comparison, .shingle_tokens = static_cast<int>(1 + random() % 12)}, pieces);
      if (HasFatalFailure()) return;
    }
    ExpectAgrees({.comparison = comparison, .shingle_tokens = 5}, {RandomText(random, 40'000, false)});
    if (HasFatalFailure()) return;
  }
}

TEST(RecordTokensAtRandom, ShortFormsAreThoseOfTheReference) {
  std::mt19937 random(12);
  for (int round = 0; round < 40'000; ++round) {
    Pieces pieces(1 + random() % 2);
    for (std::string& piece : pieces) piece = RandomText(random, 1 + random() % 16, true);
    ExpectAgrees({.comparison = {.numbers = round % 4 == 0}, .shingle_tokens = 64}, pieces);
    if (HasFatalFailure()) return;
  }
}

// Of ASCII signs, digits and letters: all texts of up to four.
TEST(RecordTokensOfAllShortTexts, AreThoseOfTheReference) {
  constexpr std::string_view kAlphabet = "a5 .:!-'(),)*+\n";
  for (size_t length = 1; length <= 4; ++length) {
    size_t count = 1;
    for (size_t i = 0; i < length; ++i) count *= kAlphabet.size();
    for (size_t number = 0; number < count; ++number) {
      std::string text;
      for (size_t rest = number, i = 0; i < length; ++i, rest /= kAlphabet.size()) {
        text += kAlphabet[rest % kAlphabet.size()];
      }
      ExpectAgrees({}, {text});
      if (HasFatalFailure()) return;
    }
  }
}

// The audit asks whether ids are equal, the flow whether hashes are.
TEST(RecordTokensAtRandom, AreEqualIfTheirIdsAre) {
  std::mt19937 random(13);
  std::map<std::string, ReferenceTokens> by_id;
  for (int round = 0; round < 60'000; ++round) {
    const Pieces pieces = {RandomText(random, 1 + random() % 5, random() % 2 == 0)};
    const ReferenceTokens tokens = ReferenceTokensOf(pieces, {}, 5);
    if (tokens.tokens.empty()) continue;
    const auto [known, is_new] = by_id.emplace(IdOf(tokens), tokens);
    ASSERT_EQ(known->second, tokens) << testing::PrintToString(pieces);
  }
}

// A sign is as cheap as a letter: quadratic, these would take minutes.
TEST(RecordTokensOfLongSigns, AreMadeInLinearTime) {
  for (const std::string unit :
       {"-", ".", "\".", "(\"", ": ", "* ", ":-", "'", "\xcc\x81\xcc\xa3", "\xf0\x9f\x91\x8d", ".\xc2\xab"}) {
    std::string text = "5";
    while (text.size() < 2'000'000) text += unit;
    const Padded padded({text + "a"});
    RecordTokens tokens;
    tokens.Read({}, padded.views());
    EXPECT_FALSE(tokens.hashes().empty());
    for (const Comparison& comparison :
         {Comparison{.by = kText, .diacritics = true}, Comparison{.by = kCode, .markup = true}}) {
      tokens.Read({.comparison = comparison, .shingle_tokens = 5}, padded.views());
    }
  }
}

}  // namespace
}  // namespace unecho::record_tokens_test
