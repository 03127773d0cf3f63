// The table of layouts, and the sniffing: right, and the same for every prefix that is long enough to tell.
#include <gtest/gtest.h>

#include <set>

#include "unecho/layouts.h"

namespace unecho {
namespace {

TEST(Layouts, AreFoundByTheirNames) {
  std::vector<std::string> names;
  for (const Layout& layout : Layouts()) {
    names.emplace_back(layout.name);
    EXPECT_EQ(LayoutByName(layout.name), layout.kind);
    EXPECT_EQ(&GetLayout(layout.kind), &layout);
    EXPECT_NE(layout.make_cutter({}), nullptr);
    EXPECT_FALSE(layout.description.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"page", "jsonl", "lines", "text"}));
  EXPECT_EQ(LayoutByName("auto"), LayoutKind::kAuto);
  EXPECT_EQ(LayoutByName("Page"), std::nullopt);
  EXPECT_EQ(LayoutByName(""), std::nullopt);
}

struct Case {
  const char* name;
  std::string source;
  LayoutKind want;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Sniff : public testing::TestWithParam<Case> {};

TEST_P(Sniff, GivesOneAnswerForEveryPrefixThatGivesOne) {
  const Case& c = GetParam();
  EXPECT_EQ(SniffLayout(c.source, true), c.want);
  std::optional<LayoutKind> first;
  for (size_t size = 0; size <= c.source.size(); size += size < 2000 ? 1 : 997) {
    const std::optional<LayoutKind> answer = SniffLayout(std::string_view(c.source).substr(0, size), false);
    if (answer) {
      ASSERT_EQ(*answer, c.want) << size;
    } else {
      ASSERT_FALSE(first.has_value()) << "an answer was taken back at " << size;
      ASSERT_LT(size, kSniffBytes);
    }
    if (!first) first = answer;
  }
}

std::string Many(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

INSTANTIATE_TEST_SUITE_P(Sources, Sniff, testing::ValuesIn(std::vector<Case>{
    {"Empty", "", LayoutKind::kLines},
    {"Blanks", "\n \n", LayoutKind::kLines},
    {"Object", "{", LayoutKind::kJsonl},
    {"ObjectBehindBomAndBlanks", "\xEF\xBB\xBF\r\n  {\"a\":1}\n", LayoutKind::kJsonl},
    {"HalfABom", "\xEF\xBB", LayoutKind::kLines},
    {"Furniture", "new\n\nGet trending papers in your email inbox!\n", LayoutKind::kPage},
    {"FurnitureBehindBom", "\xEF\xBB\xBF  Subscribe \r\n", LayoutKind::kPage},
    {"FurnitureAlone", "new", LayoutKind::kPage},
    {"BeginsLikeFurniture", "newer\nlines\n", LayoutKind::kLines},
    {"Paragraphs", Many("Title\n\nSome text.\n\n", 9), LayoutKind::kPage},
    {"ParagraphsCrLf", Many("Title\r\n\r\nSome text.\r\n \r\n", 9), LayoutKind::kPage},
    {"ParagraphsCr", Many("Title\r\rSome text.\r\r", 9), LayoutKind::kPage},
    {"TwoParagraphs", "Title\n\nSome text.", LayoutKind::kPage},
    {"OneParagraph", "Title", LayoutKind::kLines},
    {"OneParagraphAndBlanks", "Title\n\n\n", LayoutKind::kLines},
    {"Lines", Many("some line\n", 20), LayoutKind::kLines},
    {"FewLines", "a\nb\nc", LayoutKind::kLines},
    {"LinesWithAFewGaps", Many("a\nb\nc\n\n", 9), LayoutKind::kLines},
    {"HalfOfTheGaps", Many("a\n\nb\nc\n\nd\n\n", 9), LayoutKind::kPage},
    {"OneLongLine", std::string(100'000, 'x'), LayoutKind::kLines},
    {"TwoLongParagraphs", std::string(30'000, 'x') + "\n\n" + std::string(100'000, 'y') + "\n\n" + Many("z\n", 20),
        LayoutKind::kPage},
    {"ManyBlankLines", std::string(100'000, '\n') + "{", LayoutKind::kLines},
    {"Array", "[1]\n", LayoutKind::kLines},
}), [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho
