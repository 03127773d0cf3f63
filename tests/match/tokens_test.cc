// The fast tokeniser against the plain one of reference.h, which is the definition.
#include "match/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <random>
#include <set>
#include <thread>

#include "kernels/kernels.h"
#include "kernels/word_hash.h"
#include "oracle/reference.h"
#include "text/unicode_table.h"

namespace unecho::tokens_test {
namespace {

// What is behind the text must not matter; the end of a cut-off sequence is the worst.
std::string Padded(std::string_view text) { return std::string(text) + "\x99\x80" + std::string(126, 'x'); }

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
    hashes.push_back(HashBytes(Padded(token).data(), token.size()));
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
    out += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
            static_cast<char>(0x80 | (c & 63))};
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

INSTANTIATE_TEST_SUITE_P(
    Tokens, AgreesWithReference,
    testing::ValuesIn(std::vector<Case>{
        {"Empty", ""},
        {"Ascii", "Hello, World 42 x_y don't"},
        {"SixteenBytes", "abcdefghijklmnop ABCDEFGHIJKLMNOPQ"},
        {"LongWord", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b"},
        {"French", "L'été déjà NAÏVE cœur — « voilà »"},
        {"Decomposed", "e\u0301te\u0301 E\u0301 A\u030Angstr\u00f6m"},
        {"MarkAfterSeparator", "a <\u0338 =\u0338 >\u0338 .\u0301 b"},
        {"MarkFirst", "\u0301abc"},
        {"Ligatures", "ﬁle ﬀ ﬃ Ǆ ŉ"},
        {"SharpS", "STRASSE straße İstanbul ı"},
        {"Greek", "ΣΊΣΥΦΟΣ ΐ ᾳ Ω"},
        {"Russian", "Съешь ЕЩЁ этих й и\u0306"},
        {"Chinese", "机器学习model和deep学习，很好。"},
        {"Japanese", "カタカナ ｶﾞｷﾞ ひらがな 漢字 が か\u3099 アパート ㌀ ㌖ー"},
        {"Thai", "ภาษาไทย ที่ ำ ABCกขค"},
        {"Arabic", "العَرَبِيَّة ﷺ ﷲ ـ ١٢٣ آ"},
        {"Persian", "می\u200cخواهم"},
        {"Hindi", "हिन्दी क्ष"},
        {"Hangul", "한국어 \u1112\u1161\u11ab \u1112\u1161 각\u11a8"},
        {"Khmer", "ភាសាខ្មែរ"},
        {"Emoji", "👩\u200d👩\u200d👧 ok ☺\ufe0f"},
        {"SoftHyphen", "co\u00adop e\u00ad\u0301 \u00ad"},
        {"FullWidth", "ＡＢＣ１２３ ＋"},
        {"Superscript", "x² H₂O ½ Ⅷ ①"},
        {"MarksOutOfOrder", "a\u0323\u0307 a\u0307\u0323 q\u0307\u0323 \u0345\u0301"},
        {"Malformed",
         "ab\xff"
         "cd \xe2\x82 x \xc3(\xf0\x9f"},
        {"MalformedNearTheEnd",
         "one\xff"
         "t \xf0"
         "a"},
        {"CutOffQuote", "it\xe2\x80"},
        {"CutOffLetter", "d\xc3"},
        {"CutOffEmoji", "a \xf0\x9f\x98"},
        {"TooLongForm", "a\xc1\x81 \xe0\x81\x81 \xed\xa0\x80 z"},
        {"TypographicPunctuation", "«\u00a0l’été\u00a0» — “déjà–vu”… ‗ ’\u0301a"},
        {"Polish", "Zażółć gęślą jaźń ŻÓŁĆ"},
        {"LongRussian", "Достопримечательность ПРЕВЫСОКОМНОГОРАССМОТРИТЕЛЬСТВУЮЩИЙ"},
        {"Vietnamese", "Tiếng Việt ĐƯỢC"},
        {"ArabicMarksOutOfOrder", "مُحَمَّد مُحَم\u0651\u064eد الل\u0651\u0670ه \u0651\u064e\u0650\u064b ا\u0653\u0651"},
        {"ArabicMarksAcrossSixteenBytes", "اااااام\u0651\u064eد ااااااا\u0651\u064eد اااااااا\u0651\u064eد"},
        {"Hebrew", "בְּרֵאשִׁית שָּׁלוֹם \u05e9\u05c1\u05bc"},
        {"SoloMarks", "ก\u0e48\u0e38 a\u0e48 ก\u0301\u0e48 ก\u0e48\u0301\u0323"},
        {"MalformedThenMark",
         "a\xff\u0301"
         "b"},
        {"NoBreakSpace", "a\u00a0b\u3000c\u2028d"},
        {"Nul", std::string_view("a\0b", 3)}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Tokens, EveryCodePointAgreesWithTheReferenceAloneAndBetweenNeighbours) {
  // Several a text, separated by lines, so that the reference is called a few thousand times and not four million.
  std::string text;
  for (uint32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xd800 && c < 0xe000) continue;
    for (const std::string_view form : {"%", "a%b", "%\u0301", "e\u0323%", "漢%"}) {
      for (const char part : form) {
        if (part == '%')
          AppendUtf8(c, text);
        else
          text += part;
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

// Why UnicodeWords may take back what it did since the last boundary: a separator or solo stays one when it is
// composed.
TEST(Tokens, NoCompositionTurnsASeparatorOrSoloIntoALetterOfAWord) {
  std::string text;
  size_t num_composites = 0;
  const UNormalizer2* nfc = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFCInstance(&error);
  }();
  for (UChar32 c = 0x80; c < 0x110000; ++c) {
    UErrorCode error = U_ZERO_ERROR;
    const int32_t size = unorm2_getRawDecomposition(nfc, c, nullptr, 0, &error);
    if (size < 2) continue;
    error = U_ZERO_ERROR;
    std::u16string parts(static_cast<size_t>(size), u'\0');
    unorm2_getRawDecomposition(nfc, c, parts.data(), size, &error);
    ASSERT_TRUE(U_SUCCESS(error));
    UChar32 first, second;
    int32_t i = 0;
    U16_NEXT(parts.data(), i, size, first);
    if (i == size) continue;
    U16_NEXT(parts.data(), i, size, second);
    if (unorm2_composePair(nfc, first, second) != c) continue;
    ++num_composites;
    const CharKind before = UnicodeTable::OfNormal(static_cast<uint32_t>(first)).kind();
    const CharKind after = UnicodeTable::OfNormal(static_cast<uint32_t>(c)).kind();
    EXPECT_TRUE(before == CharKind::kWord || before == after) << std::hex << c;
    // And the pair itself, with what it may be confused by: another mark before or behind, a removed character between.
    for (const std::string_view form : {"12", "x1\u00ad2y",
                                        "1\u0323"
                                        "2",
                                        "12\u0301", "1\u03452", "2"}) {
      for (const char part : form) {
        if (part == '1')
          AppendUtf8(static_cast<uint32_t>(first), text);
        else if (part == '2')
          AppendUtf8(static_cast<uint32_t>(second), text);
        else
          text += part;
      }
      text += '\n';
    }
    if (text.size() > 8000) {
      ExpectAgrees(text);
      if (HasFatalFailure()) return;
      text.clear();
    }
  }
  ExpectAgrees(text);
  EXPECT_GT(num_composites, 900u);
}

struct Script {
  const char* name;
  uint32_t first, last;  // code points
};

TEST(Tokens, RandomWordsOfOneScriptAgreeWithTheReference) {
  std::mt19937 random(11);
  const std::vector<Script> scripts = {{"Latin1", 0xc0, 0xff},
                                       {"LatinExtended", 0x100, 0x24f},
                                       {"Greek", 0x370, 0x3ff},
                                       {"Cyrillic", 0x400, 0x4ff},
                                       {"Hebrew", 0x591, 0x5ea},
                                       {"Arabic", 0x610, 0x6ff},
                                       {"Syriac", 0x700, 0x74a},
                                       {"Devanagari", 0x900, 0x97f},
                                       {"Thai", 0xe00, 0xe5b},
                                       {"Tibetan", 0xf00, 0xfbc},
                                       {"Jamo", 0x1100, 0x11ff},
                                       {"Khmer", 0x1780, 0x17f9},
                                       {"LatinAdditional", 0x1e00, 0x1eff},
                                       {"GreekExtended", 0x1f00, 0x1fff},
                                       {"Punctuation", 0x2000, 0x206f},
                                       {"Kana", 0x3040, 0x30ff},
                                       {"Han", 0x4e00, 0x4fff},
                                       {"Hangul", 0xac00, 0xaeff},
                                       {"ArabicForms", 0xfe70, 0xfeff},
                                       {"HalfWidth", 0xff61, 0xffdc},
                                       {"Mathematical", 0x1d400, 0x1d4ff}};
  const std::vector<uint32_t> strangers = {'a',   'Q',   '7',    0xad, 0x301, 0x323,
                                           0x651, 0x64e, 0x2019, 0xbb, 0xe48, 0x1f600};
  for (const Script& script : scripts) {
    for (int round = 0; round < 40; ++round) {
      std::string text;
      while (text.size() < 600) {
        for (size_t k = random() % 20; k > 0; --k) {
          AppendUtf8(random() % 24 == 0
                         ? strangers[random() % strangers.size()]
                         : script.first + static_cast<uint32_t>(random() % (script.last - script.first + 1)),
                     text);
        }
        text += " .\n"[random() % 3];
      }
      ExpectAgrees(text);
      if (HasFatalFailure()) FAIL() << script.name;
    }
  }
}

// (Under ctest, where this test is a process of its own, the table knows none of them yet.)
TEST(Tokens, MarksSeenForTheFirstTimeAreOrderedToo) {
  std::vector<uint32_t> low, high;
  for (UChar32 c = 0x300; c < 0x1f000; ++c) {
    const uint8_t combining_class = u_getCombiningClass(c);
    if (combining_class != 0) (combining_class < 220 ? low : high).push_back(static_cast<uint32_t>(c));
  }
  const size_t count = std::min(low.size(), high.size());
  ASSERT_GT(count, 100u);
  for (size_t i = 0; i < count; ++i) {
    std::string text = "y";
    AppendUtf8(low[i], text);
    text += " z";  // here one mark is known and the other is not
    AppendUtf8(high[i], text);
    AppendUtf8(low[i], text);
    ExpectAgrees(text);
    if (HasFatalFailure()) return;
  }
}

TEST(Tokens, TextWithoutASpaceAndEndlessMarksAgreeWithTheReference) {
  std::string han, marks = "a", unordered = "a", word, thai;
  for (uint32_t i = 0; i < 20'000; ++i) {
    AppendUtf8(0x4e00 + i % 5000, han);
    AppendUtf8(0x64b + i % 8, marks);
    AppendUtf8(i % 3 == 0 ? 0x323 : 0x301, unordered);
    AppendUtf8(0x430 + i % 32, word);
    AppendUtf8(i % 2 == 0 ? 0xe01 : 0xe48, thai);
  }
  for (const std::string& text : {han, marks, unordered, word, thai, han + word + marks + thai + unordered}) {
    ExpectAgrees(text);
    if (HasFatalFailure()) return;
  }
}

// Marks of every class, ligatures, jamo, letters that fold to several, and what folds to a letter although it is a mark
// (U+0345).
TEST(Tokens, LongSlicesAgreeWithTheReference) {
  std::mt19937 random(11);
  std::vector<uint32_t> marks = {0x300, 0x301, 0x308,  0x323,  0x327,   0x345,   0x344,  0xf73,  0xf81, 0x5b0,
                                 0x64b, 0x670, 0x1161, 0x11a8, 0x3099,  0x309a,  0xff9e, 0x200d, 0xad,  0xfe0f,
                                 0x94d, 0x93c, 0x9be,  0x9d7,  0x1d165, 0x1d15e, 0x2126, 0xfb2c};
  const uint32_t letters[] = {'a',    'O',    0x3b1,  0x41,  0x1100, 0xac00, 0x212b,
                              0xfb01, 0xfdfa, 0xff76, 0x9c7, 0x928,  0xdf,   0x1f80};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (uint64_t slices = 1 + random() % 4; slices > 0; --slices) {
      AppendUtf8(letters[random() % std::size(letters)], text);
      const uint64_t kinds = 1 + random() % 6;
      for (uint64_t n = random() % 400; n > 0; --n)
        AppendUtf8(marks[(random() % kinds + static_cast<uint64_t>(round)) % marks.size()], text);
    }
    ExpectAgrees(text);
    if (HasFatalFailure()) return;
  }
}

// ICU alone would take hours for this, and the test's time is limited.
TEST(Tokens, AMegabyteOfMarksOutOfOrderIsLinear) {
  constexpr size_t kMarks = 500'000;
  std::string text = "a", normal;
  for (size_t i = 0; i < kMarks; ++i) AppendUtf8(i % 2 == 0 ? 0x301 : 0x323, text);
  AppendUtf8(0x1ea1, normal);  // a with the first dot below
  for (size_t i = 0; i < kMarks / 2 - 1; ++i) AppendUtf8(0x323, normal);
  for (size_t i = 0; i < kMarks / 2; ++i) AppendUtf8(0x301, normal);
  EXPECT_EQ(FastTokens(text), normal + " ");
}

TEST(Tokens, ThreadsThatFillTheTableAtOnceGetTheSameHashes) {
  std::string text;
  for (uint32_t c = 0x3400; c < 0x4e00; ++c) AppendUtf8(c, text);  // (under ctest no other test has filled it before)
  for (uint32_t c = 0x20000; c < 0x21000; ++c) AppendUtf8(c, text);
  std::vector<std::vector<uint64_t>> hashes(4);
  std::vector<std::jthread> threads;
  for (auto& one : hashes) threads.emplace_back([&] { one = FastHashes(text); });
  threads.clear();
  for (const auto& one : hashes) EXPECT_EQ(one, hashes[0]);
}

TEST(Tokens, RandomMixturesAgreeWithTheReferenceAcrossChunks) {
  std::mt19937 random(7);
  const std::vector<uint32_t> palette = {'a',     'Z',    '0',     ' ',    '<',    '\n',   0xe9,   0x301,  0x323,
                                         0x345,   0xad,   0x200d,  0x6f22, 0x3042, 0x3099, 0xff76, 0xff9e, 0x1112,
                                         0x1161,  0x11ab, 0xac00,  0xe33,  0xe48,  0x64b,  0xfdfa, 0xfb01, 0x130,
                                         0x1f600, 0xfffd, 0x1d400, 0x9be,  0x9c7,  0x0f71, 0x0f72};
  for (int round = 0; round < 320; ++round) {
    std::string text;
    const size_t length = round < 290 ? random() % 60 : 40'000;  // the last ones cross chunk ends,
    const bool ascii = round < 300;                              // and some of those do without ASCII
    while (text.size() < length) {
      const uint32_t c = palette[random() % palette.size()];
      if (ascii || c >= 0x80) AppendUtf8(c, text);
      if (random() % 50 == 0) text += static_cast<char>(random() % 256 | (ascii ? 0 : 0x80));
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

// The first 16 bytes hash to the next 8, and make a factor of the last step 0.
TEST(Tokens, NoPrefixSwallowsWhatIsBehindIt) {
  std::set<uint64_t> hashes;
  for (const std::string_view ending : {"", "a", "b", "paris", "tokyo", "berlin"}) {
    hashes.insert(FastHashes("aarrbaaaaaaaaaaac59ui26d" + std::string(ending)).at(0));
  }
  EXPECT_EQ(hashes.size(), 6u);
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
  EXPECT_LT(collisions, 20u);  // 4.7 expected of ideal 32-bit hashes
}

}  // namespace
}  // namespace unecho::tokens_test
