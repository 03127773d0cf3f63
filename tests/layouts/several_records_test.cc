// What shows that a source may have records of several lines, and lists whose items are records.
#include "layouts/several_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "layouts/list_items.h"
#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho::several_records_test {
namespace {

using testing::HasSubstr;

const std::string kBody = "Lichens spread over slate roofs in nine towns, and nobody knows why they do.";

std::string Times(size_t n, std::string_view text) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

std::string Several(const std::string& text) {
  const Head head = ReadHead(text, true);
  return ShowsSeveral(head.lines);
}

TEST(SeveralRecords, AreShownByTitlesMarksAndTurns) {
  EXPECT_THAT(Several(Times(4, "On Slate Roofs\n" + kBody + "\n\n")), HasSubstr("a title above a text"));
  EXPECT_THAT(Several(Times(4, "> " + kBody + "\n>\n> Ann\n\n")), HasSubstr("begin with '>'"));
  EXPECT_THAT(Several(Times(4, "On Slate Roofs\n\nAnn Berg\n\n" + kBody + "\n\n")), HasSubstr("take turns"));
  EXPECT_THAT(Several(Times(4, kBody + "\n\n-----\n\n")), HasSubstr("'^[-]+$'"));
  EXPECT_THAT(Several(Times(4, "Slate - A stone that splits into thin plates, and roofs.\n\n")), HasSubstr("a term"));
  EXPECT_THAT(Several(Times(4, "On Roofs\n" + kBody + "\n***\n")), HasSubstr("'^[*]+$'"));
}

TEST(SeveralRecords, AreNotShownByProseAndVerse) {
  EXPECT_EQ(Several(Times(6, kBody + "\n\n")), "");
  EXPECT_EQ(Several(Times(6, kBody + "\n\n") + "* * *\n\n" + Times(6, kBody + "\n\n")), "");
  EXPECT_EQ(Several("On Roofs\n\n" + Times(5, kBody + "\n\n") + "On Slate\n\n" + Times(5, kBody + "\n\n")), "");
  EXPECT_EQ(Several(Times(5,
                          "The rain falls on the slate,\nand on the sea it falls,\nthe hour is getting late,\n"
                          "and someone calls.\n\n")),
            "");
  EXPECT_EQ(Several(Times(2, kBody + "\n***\n") + kBody), "");
  EXPECT_EQ(Several("On Slate Roofs\n" + kBody + "\n\nOn Rain\n" + kBody), "");
}

TEST(ListItems, AreRecordsWhereTheirTextIsIndentedBelowThem) {
  const auto items = [](const std::string& text) {
    const auto found = SniffLayout(text, true);
    return found && found->layout != nullptr && found->layout->name() == "items";
  };
  for (const char* const mark : {"- ", "* ", "*   ", "\u2022 "}) {
    const std::string title = std::string(mark) + "On Slate Roofs\n";
    EXPECT_TRUE(items(Times(4, title + "\n  " + kBody + "\n\n"))) << mark;
    EXPECT_TRUE(items(Times(4, title + "  " + kBody + "\n"))) << mark;
    EXPECT_TRUE(items(Times(4, title + "\n\t" + kBody + "\n\n\t" + kBody + "\n\n"))) << mark;
  }
  EXPECT_FALSE(items(Times(6, "- Buy milk\n- Buy bread\n\n")));
  EXPECT_FALSE(items(Times(6, "- Step\n  - Part of it\n\n")));
  EXPECT_FALSE(items("What there is:\n\n" + Times(4, "- On Roofs\n\n  " + kBody + "\n\n")));
  EXPECT_FALSE(items(Times(2, "- On Roofs\n\n  " + kBody + "\n\n")));
  EXPECT_FALSE(items(Times(4, "- On Roofs\n\n  " + kBody + "\n\n") + "The end of it.\n"));
}

}  // namespace
}  // namespace unecho::several_records_test
