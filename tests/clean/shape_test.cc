// Lines, words and repeated n-grams, against plain twins that keep strings.
#include "clean/shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "clean/repetition.h"
#include "match/unicode_words.h"
#include "text/unicode_table.h"

namespace unecho::clean::shape_test {
namespace {

using testing::ElementsAre;

struct Padded {
  explicit Padded(std::string_view text)
      : bytes(std::string(text) + std::string(64, '\0')), view(std::string_view(bytes).substr(0, text.size())) {}
  std::string bytes;
  std::string_view view;
};

std::vector<uint32_t> Lengths(const Shape& shape) { return {shape.lengths().begin(), shape.lengths().end()}; }

TEST(Shape, AWordIsWhatIsBetweenThePunctuationOfAChunk) {
  Shape shape;
  const Padded text("(\"well-known\"). Don't  stop; 3.14 !? #tag x…");
  shape.Read(text.view);
  // (" well-known "). Don't stop ; 3.14 !? # tag x …
  EXPECT_THAT(Lengths(shape), ElementsAre(2, 10, 3, 5, 4, 1, 4, 2, 1, 3, 1, 1));
  EXPECT_EQ(shape.num_proper(), 6u);
  EXPECT_EQ(shape.proper_chars(), 27u);
  EXPECT_EQ(shape.num_with_letter(), 5u);
  EXPECT_EQ(shape.num_hash_signs(), 1u);
  EXPECT_EQ(shape.num_ellipses(), 1u);
  EXPECT_EQ(shape.lines()[0].chunks, 7u);
  EXPECT_EQ(shape.lines()[0].longest_chunk, 15u);
}

TEST(Shape, WideSpacesSeparateAndCharactersOfScriptsWithoutSpacesAreWords) {
  Shape shape;
  const Padded text("naïve\xc2\xa0été\xe3\x80\x80日本語。 a日b");
  shape.Read(text.view);
  EXPECT_THAT(Lengths(shape), ElementsAre(5, 3, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_EQ(shape.num_proper(), 8u);
  EXPECT_EQ(shape.lines()[0].chunks, 4u);
}

TEST(Shape, LinesAreSplitAtLineFeedsAndRepeatsAreMarked) {
  Shape shape;
  const Padded text("one\n\n \ntwo words\none\n");
  shape.Read(text.view);
  std::vector<std::string_view> lines;
  std::vector<bool> repeats, blanks;
  for (const Line& line : shape.lines()) {
    lines.push_back(shape.Text(line));
    repeats.push_back(line.repeat);
    blanks.push_back(line.blank);
  }
  EXPECT_THAT(lines, ElementsAre("one", "", " ", "two words", "one", ""));
  EXPECT_THAT(repeats, ElementsAre(false, false, false, false, true, true));
  EXPECT_THAT(blanks, ElementsAre(false, true, true, false, false, true));
  EXPECT_EQ(shape.lines()[3].chunks, 2u);
}

TEST(Shape, DotsAreCountedInThreesWhereverTheBlocksFall) {
  for (size_t before = 0; before < 130; ++before) {
    for (size_t dots = 0; dots < 8; ++dots) {
      Shape shape;
      const Padded text(std::string(before, 'a') + std::string(dots, '.') + "b");
      shape.Read(text.view);
      EXPECT_EQ(shape.num_ellipses(), dots / 3) << before << " " << dots;
    }
  }
}

// --- plain twins ----------------------------------------------------------------------------------------------------

bool IsPunctuation(char c) {
  return static_cast<uint8_t>(c) > 0x20 && static_cast<uint8_t>(c) < 0x7f &&
         std::isalnum(static_cast<unsigned char>(c)) == 0;
}

std::vector<std::string> PlainWords(const std::string& text) {  // of ASCII
  std::vector<std::string> words;
  for (size_t i = 0; i < text.size();) {
    if (text[i] <= 0x20) {
      ++i;
      continue;
    }
    std::string chunk;
    while (i < text.size() && text[i] > 0x20) chunk += text[i++];
    size_t head = 0, tail = chunk.size();
    while (head < tail && IsPunctuation(chunk[head])) ++head;
    while (tail > head && IsPunctuation(chunk[tail - 1])) --tail;
    for (const std::string& part : {chunk.substr(0, head), chunk.substr(head, tail - head), chunk.substr(tail)}) {
      if (!part.empty()) words.push_back(part);
    }
  }
  return words;
}

TEST(Shape, AgreesWithThePlainSplitterOnRandomAscii) {
  std::mt19937 random(4);
  constexpr std::string_view kLetters = "aab.,!#(\"'-xyz019 \n\t  ";
  Shape shape;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (size_t k = random() % 300; k > 0; --k) text += kLetters[random() % kLetters.size()];
    const std::vector<std::string> want = PlainWords(text);
    const Padded padded(text);
    shape.Read(padded.view);
    ASSERT_EQ(shape.num_words(), want.size()) << text;
    std::map<uint64_t, std::string> by_hash;
    for (size_t w = 0; w < want.size(); ++w) {
      ASSERT_EQ(shape.lengths()[w], want[w].size()) << text;
      ASSERT_EQ(by_hash.emplace(shape.hashes()[w], want[w]).first->second, want[w]) << text;
    }
    ASSERT_EQ(by_hash.size(), std::set<std::string>(want.begin(), want.end()).size()) << text;
  }
}

// The same for any text, by code points.
std::vector<std::string> PlainUnicodeWords(const std::string& text) {
  struct Character {
    std::string bytes;
    char kind;  // ' ' space, 'p' punctuation, 's' a word of its own, 'w' part of a word
  };
  std::vector<Character> characters;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    const int32_t begin = i;
    const auto c = static_cast<uint32_t>(std::max(0, NextCodePoint(text.data(), i, static_cast<int32_t>(text.size()))));
    CharInfo info = UnicodeTable::Find(c);
    if (info.kind() == CharKind::kExpands || info.kind() == CharKind::kJoins) info = UnicodeTable::OfNormal(c);
    char kind = 'w';
    if (c <= 0x20 || IsWideSpace(c))
      kind = ' ';
    else if (info.IsSolo())
      kind = 's';
    else if (!info.IsWord() && info.kind() != CharKind::kRemoved)
      kind = 'p';
    characters.push_back({text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin)), kind});
  }
  std::vector<std::string> words;
  for (size_t i = 0; i < characters.size();) {
    size_t end = i;  // of a run without spaces and characters that are words
    while (end < characters.size() && characters[end].kind != ' ' && characters[end].kind != 's') ++end;
    size_t head = i, tail = end;
    while (head < tail && characters[head].kind == 'p') ++head;
    while (tail > head && characters[tail - 1].kind == 'p') --tail;
    for (const auto& [from, to] : {std::pair{i, head}, std::pair{head, tail}, std::pair{tail, end}}) {
      std::string word;
      for (size_t k = from; k < to; ++k) word += characters[k].bytes;
      if (!word.empty()) words.push_back(word);
    }
    if (end < characters.size() && characters[end].kind == 's') words.push_back(characters[end].bytes);
    i = end + 1;
  }
  return words;
}

TEST(Shape, AgreesWithThePlainSplitterOnRandomUnicode) {
  std::mt19937 random(6);
  constexpr std::string_view kParts[] = {"a",        "Z",        "9",        " ", " ",       "\n",       ".",
                                         "-",        "(",        "é",        "ß", "×",       "÷",        "ŋ",
                                         "ǆ",        "ʁ",        "α",        "Ω", "·",       "΄",        "϶",
                                         "я",        "Ж",        "҂",        "ӈ", "Σ",       "日",       "本",
                                         "ไ",        "…",        "“",        "€", "😀",       "\xc2\xa0", "\xe3\x80\x80",
                                         "\xc2\x85", "\xcc\x81", "\xc2\xad", "١", "\xce\xa2"};
  Shape shape;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (size_t k = random() % 60; k > 0; --k) text += kParts[random() % std::size(kParts)];
    const std::vector<std::string> want = PlainUnicodeWords(text);
    const Padded padded(text);
    shape.Read(padded.view);
    ASSERT_EQ(shape.num_words(), want.size()) << text;
    for (size_t w = 0; w < want.size(); ++w) {
      ASSERT_EQ(shape.lengths()[w], CountChars(want[w])) << text;
      ASSERT_EQ(shape.hashes()[w], HashBytes(Padded(want[w]).view)) << text;
    }
  }
}

std::string Joined(const std::vector<std::string>& words, size_t at, size_t n, const char* separator) {
  std::string joined;
  for (size_t i = at; i < at + n; ++i) joined += (i > at ? separator : "") + words[i];
  return joined;
}

uint64_t PlainTopChars(const std::vector<std::string>& words, size_t n) {
  std::vector<std::pair<std::string, uint64_t>> counts;  // in order of first appearance
  for (size_t i = 0; i + n <= words.size(); ++i) {
    const std::string gram = Joined(words, i, n, " ");
    const auto found =
        std::find_if(counts.begin(), counts.end(), [&](const auto& entry) { return entry.first == gram; });
    if (found == counts.end())
      counts.push_back({gram, 1});
    else
      ++found->second;
  }
  const auto top =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return top == counts.end() ? 0 : top->first.size() * top->second;
}

uint64_t PlainDuplicateChars(const std::vector<std::string>& words, size_t n) {
  std::set<std::vector<std::string>> seen;
  uint64_t chars = 0;
  for (size_t i = 0; i + n <= words.size();) {
    const std::vector<std::string> gram(words.begin() + static_cast<std::ptrdiff_t>(i),
                                        words.begin() + static_cast<std::ptrdiff_t>(i + n));
    if (!seen.insert(gram).second) {
      chars += Joined(words, i, n, "").size();
      i += n;
    } else {
      ++i;
    }
  }
  return chars;
}

TEST(Repetition, AgreesWithPlainCountsForEveryN) {
  std::mt19937 random(5);
  Shape shape;
  Repetition repetition;
  for (int i = 0; i < 3'000; ++i) {
    const size_t vocabulary = 1 + random() % 12;
    std::vector<std::string> words;
    std::string text;
    for (size_t k = random() % 60; k > 0; --k) {
      words.push_back(std::string(1 + random() % vocabulary, 'a'));
      text += words.back() + ' ';
    }
    const Padded padded(text);
    shape.Read(padded.view);
    repetition.Begin(shape.hashes(), shape.lengths());
    for (size_t n = 2; n <= 10; ++n) {
      if (n > 2) repetition.NextLevel();
      ASSERT_EQ(repetition.TopChars(), PlainTopChars(words, n)) << n << ": " << text;
      ASSERT_EQ(repetition.DuplicateChars(), PlainDuplicateChars(words, n)) << n << ": " << text;
    }
  }
}

}  // namespace
}  // namespace unecho::clean::shape_test
