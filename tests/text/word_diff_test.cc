#include "text/word_diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"

namespace unecho::word_diff_test {
namespace {

using Words = std::vector<std::string>;

Words Split(std::string_view text) {
  return absl::StrSplit(absl::string_view(text.data(), text.size()), ' ', absl::SkipEmpty());
}

std::string Rendered(std::string_view a, std::string_view b, DiffStyle style = {}) {
  return RenderDiff(DiffWords(Split(a), Split(b)), SplitWords(a), SplitWords(b), style);
}

// Length of a longest common subsequence, by the table.
size_t Common(const Words& a, const Words& b) {
  std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

// The runs rebuild both texts; returns how many words they share.
size_t CheckRuns(const Words& a, const Words& b) {
  size_t i = 0, j = 0, same = 0;
  for (const DiffRun& run : DiffWords(a, b)) {
    EXPECT_EQ(run.a_begin, i);
    EXPECT_EQ(run.b_begin, j);
    EXPECT_GT(run.size, 0u);
    if (run.kind == DiffRun::Kind::kSame) {
      EXPECT_TRUE(std::equal(a.begin() + static_cast<std::ptrdiff_t>(i),
                             a.begin() + static_cast<std::ptrdiff_t>(i + run.size),
                             b.begin() + static_cast<std::ptrdiff_t>(j)));
      same += run.size;
    }
    if (run.kind != DiffRun::Kind::kOnlyB) i += run.size;
    if (run.kind != DiffRun::Kind::kOnlyA) j += run.size;
  }
  EXPECT_EQ(i, a.size());
  EXPECT_EQ(j, b.size());
  return same;
}

TEST(WordDiff, SharesAsManyWordsAsALongestCommonSubsequence) {
  std::mt19937 random(1);
  for (int round = 0; round < 4000; ++round) {
    const auto text = [&](size_t size, size_t vocabulary) {
      Words words(size);
      for (std::string& word : words) word = std::string(1, static_cast<char>('a' + random() % vocabulary));
      return words;
    };
    const size_t vocabulary = 1 + random() % 6;
    const Words a = text(random() % 30, vocabulary);
    Words b = random() % 2 ? text(random() % 30, vocabulary) : a;
    for (auto edits = random() % 4; edits > 0 && !b.empty(); --edits)
      b.erase(b.begin() + static_cast<std::ptrdiff_t>(random() % b.size()));
    ASSERT_EQ(CheckRuns(a, b), Common(a, b));
  }
}

TEST(WordDiff, EndsSoonWithTextsThatHaveNothingInCommon) {
  Words a(100'000), b(100'000);
  for (size_t i = 0; i < a.size(); ++i) a[i] = absl::StrFormat("a%d", i), b[i] = absl::StrFormat("b%d", i);
  a[50'000] = b[50'000];
  EXPECT_LE(CheckRuns(a, b), 1u);
}

struct Case {
  const char* a;
  const char* b;
  const char* plain;
};

TEST(WordDiff, IsRenderedAsTextWithMarks) {
  for (const Case& c :
       {Case{"", "", ""}, Case{"a b", "a b", "a b"}, Case{"a b c", "a x c", "a [-b-] {+x+} c"}, Case{"", "a", "{+a+}"},
        Case{"a b", "", "[-a b-]"}, Case{"x\x1b[31m y", "x\x1b[31m z", "x?[31m [-y-] {+z+}"}}) {
    EXPECT_EQ(Rendered(c.a, c.b), c.plain);
  }
  EXPECT_EQ(Rendered("a b", "a c", {.colour = true}), "a \x1b[31mb\x1b[m \x1b[32mc\x1b[m");
}

TEST(WordDiff, LeavesOutLongStretchesOfSharedWords) {
  EXPECT_EQ(
      Rendered("1 2 3 4 5 6 x 1 2 3 4 5 6 7 y 1 2 3 4 5 6", "1 2 3 4 5 6 1 2 3 4 5 6 7 1 2 3 4 5 6", {.context = 2}),
      "... 4 words ... 5 6 [-x-] 1 2 ... 3 words ... 6 7 [-y-] 1 2 ... 4 words ...");
}

}  // namespace
}  // namespace unecho::word_diff_test
