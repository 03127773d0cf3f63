// The fast tokeniser against the plain one of reference.h, which is the definition.
#include "unecho/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "kernels.h"
#include "unecho/reference.h"

namespace unecho {
namespace {

std::string Padded(std::string_view text) { return std::string(text) + std::string(128, 'x'); }

std::vector<uint64_t> FastHashes(std::string_view text) {
  const std::string padded = Padded(text);
  Tokenizer tokenizer;
  tokenizer.Add(std::string_view(padded).substr(0, text.size()));
  return {tokenizer.hashes().begin(), tokenizer.hashes().end()};
}

std::string FastTokens(std::string_view text) {
  const std::string padded = Padded(text);
  std::string joined;
  AppendNormalTokens(std::string_view(padded).substr(0, text.size()), joined);
  return joined;
}

void ExpectAgrees(std::string_view text) {
  std::vector<std::string> tokens;
  AppendReferenceTokens(text, tokens);
  std::string joined;
  std::vector<uint64_t> hashes;
  for (const std::string& token : tokens) {
    joined += token + " ";
    hashes.push_back(HashToken(Padded(token).data(), token.size()));
  }
  ASSERT_EQ(FastTokens(text), joined) << testing::PrintToString(std::string(text));
  ASSERT_EQ(FastHashes(text), hashes) << testing::PrintToString(std::string(text));
}

void AppendUtf8(uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
  } else {
    out += {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
            static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
  }
}

struct Case {
  const char* name;
  std::string_view text;
};

class AgreesWithReference : public testing::TestWithParam<Case> {};
TEST_P(AgreesWithReference, OnText) { ExpectAgrees(GetParam().text); }

INSTANTIATE_TEST_SUITE_P(Tokens, AgreesWithReference, testing::ValuesIn(std::vector<Case>{
    {"Empty", ""}, {"Ascii", "Hello, World 42 x_y don't"}, {"SixteenBytes", "abcdefghijklmnop ABCDEFGHIJKLMNOPQ"},
    {"LongWord", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b"},
    {"French", "L'été déjà NAÏVE cœur — « voilà »"}, {"Decomposed", "e\u0301te\u0301 E\u0301 A\u030Angstr\u00f6m"},
    {"MarkAfterSeparator", "a <\u0338 =\u0338 >\u0338 .\u0301 b"}, {"MarkFirst", "\u0301abc"},
    {"Ligatures", "ﬁle ﬀ ﬃ Ǆ ŉ"}, {"SharpS", "STRASSE straße İstanbul ı"}, {"Greek", "ΣΊΣΥΦΟΣ ΐ ᾳ Ω"},
    {"Russian", "Съешь ЕЩЁ этих й и\u0306"}, {"Chinese", "机器学习model和deep学习，很好。"},
    {"Japanese", "カタカナ ｶﾞｷﾞ ひらがな 漢字 が か\u3099 アパート ㌀ ㌖ー"}, {"Thai", "ภาษาไทย ที่ ำ ABCกขค"},
    {"Arabic", "العَرَبِيَّة ﷺ ﷲ ـ ١٢٣ آ"}, {"Persian", "می\u200cخواهم"}, {"Hindi", "हिन्दी क्ष"},
    {"Hangul", "한국어 \u1112\u1161\u11ab \u1112\u1161 각\u11a8"}, {"Khmer", "ភាសាខ្មែរ"}, {"Emoji", "👩\u200d👩\u200d👧 ok ☺\ufe0f"},
    {"SoftHyphen", "co\u00adop e\u00ad\u0301 \u00ad"}, {"FullWidth", "ＡＢＣ１２３ ＋"}, {"Superscript", "x² H₂O ½ Ⅷ ①"},
    {"MarksOutOfOrder", "a\u0323\u0307 a\u0307\u0323 q\u0307\u0323 \u0345\u0301"}, {"Malformed", "ab\xff" "cd \xe2\x82 x \xc3(\xf0\x9f"},
    {"MalformedThenMark", "a\xff\u0301" "b"}, {"NoBreakSpace", "a\u00a0b\u3000c\u2028d"}, {"Nul", std::string_view("a\0b", 3)}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Tokens, EveryCodePointAgreesWithTheReferenceAloneAndBetweenNeighbours) {
  // Several a text, separated by lines, so that the reference is called a few thousand times and not four million.
  std::string text;
  for (uint32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    for (const std::string_view form : {"%", "a%b", "%\u0301", "e\u0323%", "漢%"}) {
      for (const char part : form) {
        if (part == '%') AppendUtf8(c, text);
        else text += part;
      }
      text += '\n';
    }
    if (c % 512 == 0) {
      ExpectAgrees(text);
      if (HasFatalFailure()) return;
      text.clear();
    }
  }
  ExpectAgrees(text);
}

TEST(Tokens, RandomMixturesAgreeWithTheReferenceAcrossChunks) {
  std::mt19937 random(7);
  const std::vector<uint32_t> palette = {'a', 'Z', '0', ' ', '<', '\n', 0xe9, 0x301, 0x323, 0x345, 0xad, 0x200d, 0x6f22, 0x3042,
                                         0x3099, 0xff76, 0xff9e, 0x1112, 0x1161, 0x11ab, 0xac00, 0xe33, 0xe48, 0x64b, 0xfdfa, 0xfb01,
                                         0x130, 0x1f600, 0xfffd, 0x1d400, 0x9be, 0x9c7, 0x0f71, 0x0f72};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const size_t length = round < 290 ? random() % 60 : 40'000;   // the last ones cross chunk ends
    for (size_t i = 0; i < length; ++i) {
      AppendUtf8(palette[random() % palette.size()], text);
      if (random() % 50 == 0) text += static_cast<char>(random() % 256);
    }
    ExpectAgrees(text);
    if (HasFatalFailure()) return;
  }
}

TEST(Tokens, IdIsThatOfTheReference) {
  const std::string text = "Deep Learning: 深度学习 and naïve Bayes";
  std::vector<std::string> tokens;
  AppendReferenceTokens(text, tokens);
  EXPECT_EQ(TokensId(FastTokens(text)), ReferenceId(tokens));
}

TEST(Tokens, DifferentWordsHaveDifferentHashes) {
  std::vector<uint64_t> hashes;
  std::string text;
  for (int i = 0; i < 200'000; ++i) text.append("w").append(std::to_string(i)).append(" ");
  hashes = FastHashes(text);
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
  std::vector<uint32_t> low(hashes.begin(), hashes.end());
  std::ranges::sort(low);
  size_t collisions = 0;
  for (size_t i = 1; i < low.size(); ++i) collisions += low[i] == low[i - 1];
  EXPECT_LT(collisions, 20u);   // 4.7 expected of ideal 32-bit hashes
}

}  // namespace
}  // namespace unecho
