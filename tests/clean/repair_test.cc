// Text repair, rule by rule.
#include "clean/repair.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/entity_names.h"
#include "text/json.h"
#include "text/windows_1252.h"
#include "unecho/clean.h"

namespace unecho::clean::repair_test {
namespace {

// The text after the rule, which must say that it did something exactly if it did.
std::string After(Rewrite rule, std::string_view text) {
  const std::string padded = std::string(text) + std::string(64, '\0');
  std::string out;
  const uint64_t places = Repair(rule, std::string_view(padded).substr(0, text.size()), out);
  if (places == 0) {
    EXPECT_EQ(out, "") << text;
    return std::string(text);
  }
  EXPECT_NE(out, text);
  return out;
}

struct Case {
  std::string_view in, want;
};

TEST(HtmlEntities, BecomeTheCharactersTheyName) {
  for (const Case& c :
       std::vector<Case>{{"a &amp; b &lt;i&gt;", "a & b <i>"},
                         {"&quot;&apos;&nbsp;", "\"'\xc2\xa0"},
                         {"caf&eacute;", "café"},
                         {"&#8217;&#x2019;&#X2019;", "’’’"},
                         {"&#146;", "’"},
                         {"&#129;", "\xc2\x81"},
                         {"&amp;lt;", "&lt;"},
                         {"&thetasym;", "ϑ"},
                         {"&#x1F600;", "😀"},
                         {"&#10;x", "\nx"},
                         // none
                         {"AT&T; &nosuch; &amp &", "AT&T; &nosuch; &amp &"},
                         {"&#0; &#xD800; &#x110000; &#7; &#xFFFE;", "&#0; &#xD800; &#x110000; &#7; &#xFFFE;"},
                         {"&#; &#x; &#12", "&#; &#x; &#12"},
                         {"&Amp;", "&Amp;"},
                         {"&thetasymx;", "&thetasymx;"}}) {
    EXPECT_EQ(After(Rewrite::kHtmlEntities, c.in), c.want) << c.in;
  }
}

TEST(HtmlEntities, AreListedInOrder) {
  for (size_t i = 1; i < std::size(kEntities); ++i) EXPECT_LT(kEntities[i - 1].name, kEntities[i].name);
  for (const Entity& entity : kEntities) EXPECT_LE(entity.name.size(), kLongestEntity);
}

// What reading UTF-8 as Windows-1252 (or Latin-1) makes of a text.
std::string Broken(std::string_view text, bool latin1) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    uint32_t code = byte;
    if (!latin1 && byte >= 0x80 && byte < 0xa0 && kWindows1252[byte - 0x80] != 0) code = kWindows1252[byte - 0x80];
    if (code < 0x80)
      out += c;
    else if (code < 0x800)
      out += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
    else
      out += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
              static_cast<char>(0x80 | (code & 0x3f))};
  }
  return out;
}

TEST(Mojibake, IsUndoneWhereItIsBeyondDoubt) {
  for (const std::string_view text : std::vector<std::string_view>{
           "café", "don’t “quote” – or — …", "naïve über Ärger", "niño, ¿qué? ¡sí!", "10 °C, £5, ±2 µm, ½",
           "x ∈ A, y ≤ 2, a → b", "привет, мир", "日本語のテキスト", "emoji 😀 here",
           "\xef\xbb\xbf"
           "BOM",
           "Ünïcödé", "αβγ δεζ"}) {
    for (const bool latin1 : {false, true}) {
      const std::string broken = Broken(text, latin1);
      ASSERT_NE(broken, text);
      EXPECT_EQ(After(Rewrite::kMojibake, broken), text) << broken;
    }
  }
}

TEST(Mojibake, GoodTextStays) {
  for (const std::string_view text : std::vector<std::string_view>{
           "plain", "café über naïve", "CAFÉ” he said", "«CAFÉ» et «OLÉ…»", "MÜ–NCHEN", "SÃO PAULO, AÇÃO",
           "l’été à Orléans – déjà vu", "ÂGE, ÎLE", "5 € – 10 €", "©2020 ®", "voilà… déjà”", "привет", "日本語",
           "Œuvre, Ÿ", "Ä Ö Ü ß", "IRMÔ", "IRMÃ”", "é…» bien", "ð and þ in Íslenska: Það"}) {
    EXPECT_EQ(After(Rewrite::kMojibake, text), text);
  }
}

TEST(Mojibake, AmongGoodTextOnlyWhatIsCertainIsUndone) {
  EXPECT_EQ(After(Rewrite::kMojibake, "été: donâ€™t"), "été: don’t");
  EXPECT_EQ(After(Rewrite::kMojibake, "été: Ð¿Ñ€Ð¸"), "été: Ð¿Ñ€Ð¸");
}

TEST(ControlCharacters, GoAndBlanksStay) {
  for (const Case& c : std::vector<Case>{{std::string_view("a\0b\x01"
                                                           "c\x7f",
                                                           6),
                                          "abc"},
                                         {"a\tb\r\nc", "a\tb\r\nc"},
                                         {"a\fb\vc", "a b c"},
                                         {"a\xc2\x85"
                                          "b\xc2\x9f"
                                          "c\xc2\xa0"
                                          "d",
                                          "abc\xc2\xa0"
                                          "d"},
                                         {"\xef\xbb\xbfx\xef\xbb\xbf", "x"},
                                         {"\xef\xbf\xbd", "\xef\xbf\xbd"},
                                         {"Âé ¢", "Âé ¢"}}) {
    EXPECT_EQ(After(Rewrite::kControlCharacters, c.in), c.want) << c.in;
  }
}

TEST(SoftHyphens, GoWithTheLineEndBehindThem) {
  EXPECT_EQ(After(Rewrite::kSoftHyphens,
                  "in\xc2\xad"
                  "for\xc2\xad\nma\xc2\xad\r\ntion"),
            "information");
  EXPECT_EQ(After(Rewrite::kSoftHyphens, "a-b"), "a-b");
}

constexpr char kWrapped[] =
    "The quick brown fox jumps over the lazy dog and runs\n"
    "into the forest, where it meets a bear who is asleep\n"
    "and does not want to be woken by well-known and well-\n"
    "meaning foxes.\n";

TEST(HardWrapped, FilledLinesAreJoined) {
  EXPECT_EQ(After(Rewrite::kHardWrapped, kWrapped),
            "The quick brown fox jumps over the lazy dog and runs into the forest, where it meets a bear who is asleep "
            "and does not "
            "want to be woken by well-known and well-meaning foxes.\n");
}

TEST(HardWrapped, ParagraphsStayApartAndTwoLinesFollowTheWidthOfOthers) {
  const std::string text = std::string(kWrapped) + "\nAnother paragraph of the text has only two lines, yes\nindeed.\n";
  EXPECT_TRUE(After(Rewrite::kHardWrapped, text)
                  .ends_with("foxes.\n\nAnother paragraph of the text has only two lines, yes indeed.\n"));
  EXPECT_EQ(After(Rewrite::kHardWrapped, "Another paragraph of the text has only two lines, yes\nindeed.\n"),
            "Another paragraph of the text has only two lines, yes\nindeed.\n");
}

TEST(HardWrapped, WhatIsNotFilledStays) {
  for (const std::string_view text : std::vector<std::string_view>{
           "one line", "short\nlines\nof a\npoem",
           "A first sentence that is long enough to be a line.\nShort.\nAnother sentence that is also quite long, see.",
           "- an item of a list that is about as long as a line\n- another item of the list that is as long as that "
           "one\n- and the third item of the list, which is that long",
           "\n\n\n"}) {
    EXPECT_EQ(After(Rewrite::kHardWrapped, text), text);
  }
}

TEST(Nfc, ComposesAndCountsThePlaces) {
  EXPECT_EQ(After(Rewrite::kNfc, "e\xcc\x81t\xc3\xa9"), "été");
  EXPECT_EQ(After(Rewrite::kNfc, "été plain"), "été plain");
  std::string out;
  const std::string text = "e\xcc\x81 and o\xcc\x88" + std::string(64, '\0');
  EXPECT_EQ(Repair(Rewrite::kNfc, std::string_view(text).substr(0, text.size() - 64), out), 2u);
}

// Every rule gives well-formed UTF-8 again, and has nothing left to do (mojibake may have been broken twice).
TEST(Repairs, AreDoneOnceAndKeepTextWellFormed) {
  std::mt19937 random(3);
  constexpr std::string_view kParts[] = {"é",
                                         "Ã©",
                                         "â€™",
                                         "&amp;",
                                         "&#146;",
                                         "\xc2\xad",
                                         "\n",
                                         "word ",
                                         "\x01",
                                         "e\xcc\x81",
                                         "\xc2\x85",
                                         "😀",
                                         "&",
                                         ";",
                                         "Ð",
                                         "¿",
                                         "\r\n",
                                         "-",
                                         "a line that is much longer than the other parts are, ",
                                         "\xef\xbb\xbf"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (size_t k = random() % 14; k > 0; --k) text += kParts[random() % std::size(kParts)];
    for (size_t rule = 0; rule < kNumRepairs; ++rule) {
      const auto rewrite = static_cast<Rewrite>(rule);
      const std::string once = After(rewrite, text);
      ASSERT_TRUE(IsValidUtf8(once)) << text;
      const bool settles = rewrite == Rewrite::kControlCharacters || rewrite == Rewrite::kNfc;
      ASSERT_EQ(settles ? After(rewrite, once) : once, once) << text;
    }
  }
}

}  // namespace
}  // namespace unecho::clean::repair_test
