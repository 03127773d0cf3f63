#include "works/plain_text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unecho::plain_text_test {
namespace {

std::string Plain(std::string_view text) {
  PlainText plain;
  std::string out = "left over";
  plain.Read(text, out);
  return out;
}

std::string Words(std::string_view plain) {
  std::string buffer, joined;
  std::vector<std::string_view> words;
  AppendPlainWords(plain, buffer, words);
  for (const std::string_view word : words) joined += std::string(word) + "|";
  return joined;
}

TEST(PlainText, IsLowerCaseWithoutAccentsAndMarkup) {
  const struct {
    const char* text;
    const char* plain;
  } cases[] = {
      {"", ""},
      {"Ischemic Stroke, 2nd", "ischemic stroke, 2nd"},
      {"Ménière's disease", "meniere's disease"},
      {"Me\u0301nie\u0300re", "meniere"},
      {"Straße, STRASSE", "strasse, strasse"},
      {"Cæsar Œuvre Ångström Łódź Þór ıi", "caesar oeuvre angstrom lodz thor ii"},
      {"β-blockers, Β, μ and µ", "beta-blockers, beta, mu and mu"},
      {"TGF-β1", "tgf-beta1"},
      {"in <i>vitro</i> H<sub>2</sub>O", "in vitro h2o"},
      {"p < 0.05 and q > 3", "p < 0.05 and q > 3"},
      {"a <b", "a <b"},
      {"{\\\"o}ber \\emph{alpha} $x$", "\"ober alpha x"},
      {"$5 a day", "$5 a day"},
      {"R&amp;D &eacute;t&eacute; &#955; &lt;i&gt;x", "r&d ete lambda x"},
      {"R&D", "r&d"},
      {"1999–2001 — − ‐", "1999-2001 - - -"},
      {"O’Brien O‘Brien O´Brien OʼBrien O`Brien O'Brien", "o'brien o'brien o'brien o'brien o'brien o'brien"},
      {"“quoted” … ©", " quoted  ...  "},
      {"line\nbreak\ttab\x01", "line break tab "},
      {"Ⅳ ½ ﬁ Ａ１", "iv 1 2 fi a1"},
      {"جلد ٣ १२", "جلد 3 12"},
      {"日本語", " 日  本  語 "},
      {"한국어", "한국어"},
      {"Лечение Малярии", "лечение малярии"},
      {"\xff\x80 a\xe4\xb8", "\xff\x80 a\xe4\xb8"},
  };
  for (const auto& each : cases) EXPECT_EQ(Plain(each.text), each.plain) << each.text;
}

TEST(PlainText, HasWordsOfLettersAndDigits) {
  EXPECT_EQ(Words(""), "");
  EXPECT_EQ(Words("a b-c, d2_e."), "a|b|c|d2|e|");
  EXPECT_EQ(Words("o'brien's 'quoted' d''d rock 'n"), "obriens|quoted|d|d|rock|n|");
  EXPECT_EQ(Words("'"), "");
  EXPECT_EQ(Words("хлеб-соль"), "хлеб|соль|");
  EXPECT_EQ(Words(Plain("日本 2")), "日|本|2|");
}

TEST(PlainText, ALetterIsAByteWithThoseThatContinueIt) {
  EXPECT_EQ(NumLetters(""), 0U);
  EXPECT_EQ(NumLetters("abc"), 3U);
  EXPECT_EQ(NumLetters("мир"), 3U);
  EXPECT_EQ(NumLetters("\x80\x80"), 1U);
  EXPECT_EQ(NumLetters("\xff\xfe"), 2U);
  EXPECT_EQ(FirstLetter("мир"), "м");
  EXPECT_EQ(FirstLetter("\x80\x80x"), "\x80\x80");
  std::vector<std::string_view> letters = {"left over"};
  SetLetters("aмb", letters);
  EXPECT_EQ(letters, (std::vector<std::string_view>{"a", "м", "b"}));
  EXPECT_TRUE(IsAscii("a~"));
  EXPECT_FALSE(IsAscii("aм"));
}

TEST(PlainText, ACharacterAloneIsOfAScriptWithoutSpaces) {
  for (const char* const word : {"日", "の", "カ", "ก"}) EXPECT_TRUE(IsCharacterAlone(word)) << word;
  for (const char* const word : {"", "a", "я", "日本", "한", "日a", "\xe6\x97", "\xff\xff\xff"})
    EXPECT_FALSE(IsCharacterAlone(word)) << word;
}

}  // namespace
}  // namespace unecho::plain_text_test
