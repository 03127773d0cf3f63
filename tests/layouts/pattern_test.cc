// The pattern engine: which line begins, ends and interrupts a record, which field a line belongs to, and what is
// counted.
#include <gmock/gmock.h>

#include <random>

#include "layouts/line_rules.h"
#include "support/page_builder.h"
#include "support/records_of.h"

namespace unecho::pattern_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const Layout> Made(std::string_view pattern) {
  auto profile = ParseProfile("name = 'x'\nengine = 'pattern'\n" + std::string(pattern), "test");
  EXPECT_TRUE(profile.ok()) << profile.status();
  return std::make_shared<const Layout>(*std::move(profile));
}

constexpr std::string_view kPlain = R"(
[pattern]
furniture = ['^!']
inside = ['^#a']
snapshot = ['^@(.*)']
section = ['^=']
separator = ['^-+$']
end = ['^;']
start = ['^#']
maybe = ['^[?]']
[[pattern.field]]
name = "title"
line = '^[#?] *(.*?)(?: - (.*))?$'
more = '^ +(.*)'
[[pattern.field]]
name = "body"
line = '^b:(.*)'
rest = true
[[pattern.field]]
name = "id"
line = '^i:(.*)'
[[pattern.field]]
name = "body"
)";

Segmented Read(std::string_view source, const LayoutOptions& options = {}) {
  return Drive(*Made(kPlain), source, options);
}

// "title|paragraph|paragraph", or the reason.
std::vector<std::string> Texts(const Segmented& out) {
  std::vector<std::string> texts;
  for (const OwnedRecord& record : out.records) {
    std::string text(Name(record.reason));
    for (const std::string& piece : record.pieces) text += (text.empty() ? "" : "|") + piece;
    texts.push_back(text);
  }
  return texts;
}

TEST(PatternRecords, BeginAtAStart) { EXPECT_THAT(Texts(Read("# A\nx\n# B\ny\n")), ElementsAre("A|x", "B|y")); }
TEST(PatternRecords, AreNoneBeforeTheFirstStart) { EXPECT_THAT(Texts(Read("x\n\ny\n# A\n")), ElementsAre("A")); }
TEST(PatternRecords, EndBehindAnEnd) { EXPECT_THAT(Texts(Read("# A\nx\n;\nz\n# B\n")), ElementsAre("A|x\n;", "B")); }
TEST(PatternRecords, EndBeforeASeparator) { EXPECT_THAT(Texts(Read("# A\nx\n---\nz\n")), ElementsAre("A|x")); }
TEST(PatternRecords, EndBeforeASection) { EXPECT_THAT(Texts(Read("# A\nx\n== 2\nz\n")), ElementsAre("A|x")); }
TEST(PatternRecords, GoOnBehindFurniture) { EXPECT_THAT(Texts(Read("# A\nx\n!ad\ny\n")), ElementsAre("A|x\ny")); }
TEST(PatternRecords, GoOnAtALineThatIsInside) { EXPECT_THAT(Texts(Read("# A\n#also\nx\n")), ElementsAre("A|x")); }
TEST(PatternRecords, KnowTheDateInForce) {
  const Segmented out = Read("# A\n@May 1\n# B\n== 2\n# C\n@May 2\n# D\n");
  std::vector<std::string> dates;
  for (const OwnedRecord& record : out.records) dates.push_back(record.snapshot);
  EXPECT_THAT(dates, ElementsAre("", "May 1", "May 1", "May 2"));
}
TEST(PatternRecords, ThatMayBeOnesAreOnlyWithABody) {
  const Segmented out = Read("? A\n\n? B\nx\n? C\n");
  EXPECT_THAT(Texts(out), ElementsAre("B|x"));
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 6u);  // "? A", "? C"
}
TEST(PatternRecords, WithoutATitleAreRejected) {
  EXPECT_THAT(Texts(Read("#\nx\n# A\n")), ElementsAre("no_title", "A"));
}
TEST(PatternRecords, WithoutABodyAreRejectedOnDemand) {
  LayoutOptions options;
  options.require_body = true;
  EXPECT_THAT(Texts(Read("# A\n# B\nx\n", options)), ElementsAre("title_without_body", "B|x"));
}
TEST(PatternRecords, ReadAllLineEnds) {
  EXPECT_THAT(Texts(Read("\xEF\xBB\xBF# A\r\nx\r\n\r\ny\r\n# B\rz\r# C")), ElementsAre("A|x|y", "B|z", "C"));
}
TEST(PatternRecords, OutsideTextIsRejectedOnDemand) {
  const auto layout = Made(
      "[pattern]\nstart = '^#'\nseparator = '^-'\noutside = 'reject'\n[[pattern.field]]\nname = 'title'\nline = "
      "'^#(.*)'\n");
  EXPECT_THAT(Texts(Drive(*layout, "x\ny\n\nz\n#A\nin\n-\nw\n")),
              ElementsAre("orphan_body", "orphan_body", "A", "orphan_body"));
}

TEST(PatternRecords, ThatMayBeOnesAndAreTextAreRejectedOnDemand) {
  const auto layout = Made(
      "[pattern]\nmaybe = ['^[?#]']\nfurniture = ['^!']\noutside = 'reject'\n[[pattern.field]]\nname = 'title'\nline = "
      "'^[?#] *(.*)'\n[[pattern.field]]\nname = 'other'\nline = '^o'\n[[pattern.field]]\nname = 'body'\n");
  EXPECT_THAT(Texts(Drive(*layout, "# A\n\n# B\n!x\n\n# C\no\n? D\n? E\nx\n")),
              ElementsAre("title_without_body", "title_without_body", "E|x"));
}
TEST(PatternRecords, BeginBehindFrontMatter) {
  const auto layout = Made(
      "[pattern]\nstart = '^t'\nfront_matter = true\noutside = 'reject'\n[[pattern.field]]\nname = 'title'\nline = "
      "'^t[a-z]*: *(.*)'\n");
  EXPECT_THAT(Texts(Drive(*layout, "\n---\ntitle: x\ntags:\n  - y\n\n# z\n---\ntitle: A\n---\ntitle: B\n---\n")),
              ElementsAre("A", "B"));
  EXPECT_THAT(Texts(Drive(*layout, "---\ntitle: x\n")), ElementsAre("orphan_body", "x"));
  EXPECT_THAT(Texts(Drive(*layout, "---\nno key\ntitle: x\n---\n")), ElementsAre("orphan_body", "x"));
  EXPECT_THAT(Texts(Drive(*layout, "---\ntitle: " + std::string(5000, 'x') + "\n---\n")).size(), 2u);
}

TEST(PatternFields, GoOnByMoreInOneLine) {
  EXPECT_THAT(Texts(Read("# A\n  b\n c\nx\n d\n")), ElementsAre("A b c|x\nd"));
}
TEST(PatternFields, GoOnToTheNextFieldByRest) {
  EXPECT_THAT(Texts(Read("# A\nb:x\ny\n\nz\ni:7\nw\n")), ElementsAre("A|x\ny|z"));
}
TEST(PatternFields, OfOneNameTheFirstOfTheListCounts) {
  EXPECT_THAT(Texts(Read("# A\nfree\nb:x\n")), ElementsAre("A|x"));
}
TEST(PatternFields, OfOneNameTheFirstWithTextCounts) {
  EXPECT_THAT(Texts(Read("# A\nfree\nb:\ni:1\n")), ElementsAre("A|free"));
}
TEST(PatternFields, OfTwoLinesTheFirstCounts) {
  EXPECT_THAT(Texts(Read("# A\nb:x\ni:1\nb:y\nz\n")), ElementsAre("A|x"));
}
TEST(PatternFields, GiveTheirSecondGroupToTheBody) {
  EXPECT_THAT(Texts(Read("# A - what it is\n")), ElementsAre("A|what it is"));
}
TEST(PatternFields, CanBeIdAndOrder) {
  LayoutOptions options;
  options.id_field = "id";
  options.order_field = "id";
  const Segmented out = Read("# A\ni: a\"7\n# B\n", options);
  EXPECT_EQ(out.records.at(0).id, R"("a\"7")");
  EXPECT_EQ(out.records.at(0).order_value, R"("a\"7")");
  EXPECT_EQ(out.records.at(1).id, "");
  options.order_field = "title";
  EXPECT_EQ(Read("# A\n", options).records.at(0).order_value, R"("A")");
}
TEST(PatternFields, AreStripped) {
  const auto layout = Made(
      "[pattern]\nstart = '^#'\n[[pattern.field]]\nname = 'title'\nline = '^#(.*)'\nstrip = ['^[0-9]+[.]', '[*]', ' "
      "x$']\n"
      "[[pattern.field]]\nname = 'title'\nline = '^#.*(.)$'\n");
  EXPECT_THAT(Texts(Drive(*layout, "#12. A*B x\n#34.\n")), ElementsAre("AB", "."));
}

TEST(PatternLedger, CountsEachClass) {
  const Segmented out = Read("junk\n# A\n!ad\nx \n\n---\n@May\n#\ny\n");
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 4u + 3u + 4u);    // junk, !ad, @May
  EXPECT_EQ(out.ledger[ByteClass::kRecord], 3u + 1u + 1u + 2u);  // "# A", line ends around !ad, "x "
  EXPECT_EQ(out.ledger[ByteClass::kRejected], 3u);               // "#", line end, "y"
  EXPECT_TRUE(out.ledger.Balances());
}

TEST(PatternLimits, RejectWhatIsTooLong) {
  const std::string text(40, 'x');
  EXPECT_THAT(Texts(Read("# A\n" + text + "\n# B\ny\n", Limit(20))), ElementsAre("too_long", "B|y"));
  // A line beyond the limit matches nothing, not even `start`.
  EXPECT_THAT(Texts(Read("# B\ny\n# " + text + "\n", Limit(20))), ElementsAre("too_long"));
  EXPECT_THAT(Texts(Read("# " + text + "\n# B\ny\n", Limit(20))), ElementsAre("B|y"));
  // Nothing joins across a gap of that length.
  EXPECT_THAT(Texts(Read("# A\nx" + std::string(30, '\n') + "y\n", Limit(20))), ElementsAre("A|x"));
  EXPECT_THAT(Texts(Read("# A\nx" + std::string(10, '\n') + "y\n", Limit(20))), ElementsAre("A|x|y"));
}

TEST(PatternTables, AreReadByTheirHeader) {
  const Layout& table = GetLayout("markdown-table");
  EXPECT_THAT(Texts(Drive(table, "|B|Title|\n|-|-|\n|1|A|\n||B|\n\n|x|y|\n")), ElementsAre("A|1", "B", "orphan_body"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Authors|Notes|Link|\n|-|-|-|-|\n|A|B|new|[pdf](http://x)|\n|A|C|old||\n")),
              ElementsAre("A|new", "A|old"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|Notes|\n|-|-|-|\n|A|x|new|\n")), ElementsAre("A|x"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|\n|:--|--:|\n|A|x|\n|B||\n|C|\n|||\n||z|\n")),
              ElementsAre("A|x", "B", "C", "no_title"));
  EXPECT_THAT(Texts(Drive(table, "|Key|Value|\n|-|-|\n|A|x|\n")), IsEmpty());
  EXPECT_THAT(Texts(Drive(table, "|Title|\n")), ElementsAre("orphan_body"));
}

TEST(PatternTables, HaveRowsThatAreBrokenOverLines) {
  const Layout& table = GetLayout("markdown-table");
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|\n|-|-|\n| A long\n  title | its\r\n text |\n|B|\n|C|x|\n")),
              ElementsAre("A long title|its text", "B", "C|x"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|\n|-|-|\n|A|x\n\nprose\n\n|Title|Abstract|\n|-|-|\n|B|\n## C\n")),
              ElementsAre("A|x", "orphan_body", "B"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|\n|-|-|\n|A|x\n\ny|\n|B|z|\n")),
              ElementsAre("A|x", "orphan_body", "B|z"));
  EXPECT_THAT(Texts(Drive(table, "|Title|Abstract|\n|-|-|\n|A (Read more on [here](https://e.example))|x|\n")),
              ElementsAre("A|x"));
}

TEST(PatternTables, SplitCellsAtBarsThatAreNeitherEscapedNorBold) {
  EXPECT_THAT(RowCells("| a | b\\|c | |", 3), ElementsAre("a", "b\\|c", ""));
  EXPECT_THAT(RowCells("a|b", 2), ElementsAre("a", "b"));
  EXPECT_THAT(RowCells("|1|**p(x|y) and |z|**|c|", 3), ElementsAre("1", "**p(x|y) and |z|**", "c"));
  EXPECT_THAT(RowCells("|1|**p|c|", 3), ElementsAre("1", "**p", "c"));
  EXPECT_THAT(RowCells("|1|We count |x| here.| And more. |", 2), ElementsAre("1", "We count |x| here.| And more."));
  EXPECT_THAT(RowCells("|1|We count |x| here.|u|", 3, 1), ElementsAre("1", "We count |x| here.", "u"));
  EXPECT_THAT(RowCells("|1|2| | |", 2), ElementsAre("1", "2"));
  EXPECT_THAT(RowCells("", 0), ElementsAre(""));
}

TEST(PatternTables, KnowDelimiterRows) {
  for (const char* row : {"|---|", "| :---: | --- |", "---|---", "|-|", " |:-|-:| "})
    EXPECT_TRUE(IsDelimiterRow(row)) << row;
  for (const char* row : {"", "---", "|", "| |", "|a|", "- - -", "|:|"}) EXPECT_FALSE(IsDelimiterRow(row)) << row;
}

// Any mix of lines, any limit: CheckAllSizes compares all sizes of blocks and batches, and checks every invariant.
TEST(PatternRecords, DoNotDependOnHowTheSourceArrives) {
  constexpr std::string_view kLines[] = {"# A - b",
                                         "#also",
                                         "? maybe",
                                         "b: text",
                                         "i:7",
                                         "!ad",
                                         "@May 5",
                                         "== x",
                                         "---",
                                         ";",
                                         " more",
                                         "text",
                                         "",
                                         "\t ",
                                         "|t|title|",
                                         "|-|-|",
                                         "|a|**b|c**|",
                                         "7",
                                         "3 > 4",
                                         "NOTE x",
                                         "\xC3",
                                         "\xE2\x82\xAC uro",
                                         "a longer line of text, longer than most limits here"};
  constexpr std::string_view kEnds[] = {"\n", "\n", "\r\n", "\r", "\n\n"};
  std::vector<std::shared_ptr<const Layout>> layouts = {Made(kPlain)};
  layouts.push_back(Made(std::string(kPlain) + "[pattern.table]\ntitle = 'title'\nrow = '^[|]a[|](.*?)[|]'\n"));
  layouts.push_back(Made("[pattern]\nstart = '^#'\nend = '^;'\noutside = 'reject'\nrequire_title = false\n"));
  constexpr std::string_view kNotes = "above = '^[0-9]+$'\nblock = '^NOTE'\n[[pattern.field]]\nname = 'body'\n";
  layouts.push_back(Made("[pattern]\nrequire_title = false\nstart = '^3 >'\n" + std::string(kNotes)));
  layouts.push_back(
      Made("[pattern]\nrequire_title = false\noutside = 'record'\nfurniture = '^3 >'\n" + std::string(kNotes)));
  layouts.push_back(
      Made("[pattern]\nrequire_title = false\noutside = 'record'\nfurniture = '^!'\nseparator = ['^-', '^$']\n"));
  std::mt19937 random(7);
  for (int round = 0; round < 600; ++round) {
    std::string source;
    for (size_t i = random() % 30; i > 0; --i) {
      source += kLines[random() % std::size(kLines)];
      source += kEnds[random() % std::size(kEnds)];
    }
    if (round % 3 == 0 && !source.empty()) source.pop_back();
    const size_t limit = round % 2 == 0 ? 1 + random() % 40 : 10'000;
    for (const auto& layout : layouts) {
      ASSERT_EQ(CheckAllSizes(*layout, Limit(limit), source), "") << "round " << round << ", limit " << limit << "\n"
                                                                  << source;
    }
  }
}

}  // namespace
}  // namespace unecho::pattern_test
