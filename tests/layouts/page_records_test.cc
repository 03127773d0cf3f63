// Layout page: what a record says besides its text (span, line, snapshot, reason, order value), and the rules one by
// one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "layouts/date_lines.h"
#include "layouts/entry_facts.h"
#include "layouts/page_rules.h"
#include "support/page_builder.h"

namespace unecho::page_records_test {
namespace {

using testing::ElementsAre;

const std::string kHeadText = Join(kHead) + "\n\n";

TEST(PageRecords, SpanFromTheFirstByteOfTheTitleToTheLastOfTheBody) {
  const std::string source =
      kHeadText + "Mar 14\n\nA Title of Things\n\nSubscribe\n\n" + Long("x") + "\n\n" + "Next Title: Things\n";
  const Segmented out = SegmentPages(source);
  ASSERT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].offset_bytes, source.find("A Title"));
  EXPECT_EQ(out.records[0].raw, "A Title of Things\n\nSubscribe\n\n" + Long("x"));
  EXPECT_EQ(out.records[0].line, 11u);
  EXPECT_EQ(out.records[0].title, "A Title of Things");
  EXPECT_EQ(out.records[1].raw, "Next Title: Things");
  EXPECT_EQ(out.records[1].line, 17u);
  EXPECT_EQ(out.num_lines, 17u);
  // Furniture inside the span is furniture.
  const uint64_t head = Join(kHead, "").size() + std::string("Mar 14Subscribe").size();
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], head);
  EXPECT_EQ(out.ledger[ByteClass::kRecord], out.records[0].raw.size() - 9 + out.records[1].raw.size());
}

TEST(PageRecords, CountLinesForEveryKindOfLineEnd) {
  for (const char* line_end : {"\n", "\r\n", "\r"}) {
    const Segmented out = SegmentPages(
        Replace(kHeadText + "A Title of Things\n\n" + Long("x") + "\n\nOther Title\n\n" + Long("y"), "\n", line_end));
    ASSERT_EQ(out.records.size(), 2u);
    EXPECT_EQ(out.records[0].line, 9u);
    EXPECT_EQ(out.records[1].line, 13u);
    EXPECT_EQ(out.num_lines, 14u);
  }
}

std::vector<std::string> Snapshots(std::string_view source) {
  std::vector<std::string> snapshots;
  for (const OwnedRecord& record : SegmentPages(source).records) snapshots.push_back(record.snapshot);
  return snapshots;
}

TEST(PageRecords, HaveTheLastDateOfTheirPage) {
  const std::string a = "A Title of Things\n\n" + Long("a") + "\n\n", b = "B Title of Things\n\n" + Long("b") + "\n\n";
  EXPECT_THAT(Snapshots(a + b), ElementsAre("", ""));
  EXPECT_THAT(Snapshots(kHeadText + "Mar 14\n\n" + a + b), ElementsAre("Mar 14", "Mar 14"));
  EXPECT_THAT(Snapshots(kHeadText + "Mar 14\n\n" + a + "May 5, 2024\n\n" + b), ElementsAre("Mar 14", "May 5, 2024"));
  EXPECT_THAT(Snapshots(kHeadText + "Mar 14\n\n" + a + kHeadText + b), ElementsAre("Mar 14", ""));
  EXPECT_THAT(Snapshots(kHeadText + "Mar 14\n\n" + a + "Subscribe\n\n" + b), ElementsAre("Mar 14", "Mar 14"));
  const std::string glued = a.substr(0, a.size() - 2) + kHeadText + b;
  EXPECT_THAT(Snapshots(kHeadText + "Mar 14\n\n" + glued), ElementsAre("Mar 14", ""));
}

TEST(PageRecords, HaveADateBelowTheirTitleForThemselves) {
  const std::string title_a = "A Title of Things\n\n", a = Long("a") + "\n\n";
  const std::string title_b = "B Title of Things\n\n", b = Long("b") + "\n\n";
  EXPECT_THAT(Snapshots(title_a + "14 March 2025\n\n" + a + title_b + b), ElementsAre("14 March 2025", ""));
  EXPECT_THAT(Snapshots(title_a + "May 5\n\n" + a + title_b + "May 4\n\n" + b), ElementsAre("May 5", "May 4"));
  EXPECT_THAT(Snapshots("Yesterday\n\n" + title_a + "2 days ago\n\n" + a + title_b + "Mar 14\n\n" + b),
              ElementsAre("Yesterday", "Yesterday"));
  // Between two titles, or behind a body, it is that of what follows.
  EXPECT_THAT(Snapshots(title_a + "May 5\n\n" + title_b + b), ElementsAre("", "May 5"));
  EXPECT_THAT(Snapshots(title_a + "May 5\n\n" + a + "May 4\n\n" + title_b + b), ElementsAre("May 5", "May 4"));
  const std::string source = kHeadText + title_a + "May 5\n\n" + a + Long("x") + "\n\n" + title_b + "May 4\n\n" + b;
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), {}, source), "");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(300), source), "");
}

TEST(PageRecords, WithoutABodyAreRejectedOnlyWhenABodyIsRequired) {
  const std::string source = kHeadText + "A Title of Things\n\nB Title of Things\n\n" + Long("b");
  EXPECT_TRUE(Rejected(SegmentPages(source)).empty());
  LayoutOptions options;
  options.require_body = true;
  const Segmented out = SegmentPages(source, options);
  EXPECT_EQ(out.broken, "");
  EXPECT_THAT(Rejected(out), ElementsAre(Reason::kTitleWithoutBody));
  EXPECT_EQ(out.records[0].raw, "A Title of Things");
}

TEST(PageRecords, HaveTheFieldThatKeepAsksFor) {
  const std::string source = kHeadText + "Mar 14\n\nA \"Title\" of Things\n\n" + Long("b");
  LayoutOptions options;
  for (const auto& [field, want] :
       std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                        {"title", "\"A \\\"Title\\\" of Things\""},
                                                        {"text", "\"" + Long("b") + "\""},
                                                        {"snapshot", "\"Mar 14\""},
                                                        {"date", ""}}) {
    options.order_field = field;
    EXPECT_EQ(SegmentPages(source, options).records.at(0).order_value, want) << field;
  }
}

TEST(PageRecords, LongerThanTheLimitAreRejectedWholeAndChangeNoOther) {
  const std::string huge = Long("h") + std::string(20'000, 'h') + "\n\n" + Long("i");
  const std::string before = kHeadText + "A Title of Things\n\n", after = "B Title of Things\n\n" + Long("b");
  for (const std::string& source :
       {before + huge + "\n\n" + after, kHeadText + huge + "\n\n" + after, before + huge + kHeadText + after}) {
    const Segmented out = SegmentPages(source, Limit(5000));
    EXPECT_EQ(out.broken, "");
    EXPECT_EQ(Rejected(out).at(0), Reason::kTooLong);
    EXPECT_EQ(out.records.back().pieces, (std::vector<std::string>{"B Title of Things", Long("b")}));
    EXPECT_LT(out.largest_buffer, 20'000u);
    EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(5000), source), "");
  }
}

TEST(PageRecords, WaitNeitherForABlankRunNorForABlankLineLongerThanTheLimit) {
  const std::string furniture = Replace(std::string(9'000, 'x'), "x", "Subscribe\n\n");
  for (const std::string& gap : {std::string(60'000, '\n'), std::string(60'000, ' '), furniture}) {
    const std::string source =
        kHeadText + "A Title of Things\n\n" + gap + "\n\n" + Long("a") + "\n\nB Title of Things\n\n" + Long("b");
    EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(3000), source), "");
    EXPECT_EQ(SegmentPages(source, Limit(3000)).records.back().title, "B Title of Things");
  }
}

TEST(PageRecords, AreFoundBehindAFirstLineLongerThanTheLimit) {
  const std::string source = std::string(3000, 'x') + "\n\nB Title of Things\n\n" + Long("b");
  EXPECT_EQ(CheckAllSizes(GetLayout("page"), Limit(900), source), "");
  EXPECT_EQ(SegmentPages(source, Limit(900)).records.back().title, "B Title of Things");
}

TEST(PageRecords, AreTheSameInAllSizesForRandomPagesAndLimits) {
  static constexpr std::string_view kParts[] = {"new",
                                                "Get trending papers in your email inbox!",
                                                "Subscribe",
                                                "Mar 14",
                                                "A Title of Things",
                                                "We study X. It is.",
                                                "\n",
                                                "\n\n",
                                                "\n\n",
                                                "\r\n\r\n",
                                                "\r",
                                                " ",
                                                "\t\n",
                                                "\xEF\xBB\xBF",
                                                "\xC2\xA0",
                                                "\xC3\xA9",
                                                "\xFF",
                                                "ne",
                                                "w",
                                                "B: C",
                                                "new\n\nGet trending papers in your email inbox!\n\n"};
  static constexpr size_t kLimits[] = {1, 3, 8, 20, 60, 200, 900, 1100, 1500, 3000, 100'000};
  std::mt19937_64 random(11);
  for (int round = 0; round < 600; ++round) {
    std::string source;
    for (size_t parts = 1 + random() % 40; parts > 0; --parts) {
      const size_t choice = random() % (std::size(kParts) + 6);
      if (choice < std::size(kParts)) {
        source += kParts[choice];
      } else if (choice == std::size(kParts)) {
        source += std::string(random() % 3000, "x \n"[random() % 3]);
      } else {
        for (size_t words = random() % 60; words > 0; --words) source += random() % 9 == 0 ? "\nabc de" : " abc de";
      }
    }
    const size_t limit = kLimits[random() % std::size(kLimits)];
    ASSERT_EQ(CheckAllSizes(GetLayout("page"), Limit(limit), source), "") << "round " << round << ", limit " << limit;
  }
}

TEST(PageRecords, CountMalformedUtf8AndKeepItAsItIs) {
  const std::string source = "A Title\xFF of Things\n\n" + Long("a") + " \xE2\x82\n\nB Title of Things\n\n" + Long("b");
  const Segmented out = SegmentPages(source);
  EXPECT_EQ(out.broken, "");
  EXPECT_EQ(out.records.at(0).invalid_utf8, 2u);
  EXPECT_EQ(out.records[0].title, "A Title\xFF of Things");
  EXPECT_EQ(out.ledger.invalid_utf8, 2u);
}

TEST(PageRecords, LeaveAsSoonAsTheNextEntryIsKnown) {
  // A pipe that stalls has shown all but the last entry.
  auto cutter = MakeCutter(GetLayout("page"), {});
  Batch batch;
  const std::string source =
      kHeadText + Join({"A Title of Things", Long("a"), "B Title of Things", Long("b"), "C Title"}) + "\n\n";
  EXPECT_EQ(cutter->Cut(source, 0, false, batch), source.find("B Title"));
}

TEST(PageRules, KnowDates) {
  for (const char* date :
       {"Mar 14", "May 5", "Mar 14, 2024", "March 14, 2024", "Sept 3", "Sep. 3", "Dec 31 1999", "2025-03-14",
        "2025/3/14", "14.03.2025", "14 March 2025", "14. M\u00E4rz 2025", "14 mars 2025", "14 de marzo de 2025",
        "March 14th, 2025", "Fri, 14 Mar 2025 10:30 UTC", "2025\u5E743\u670814\u65E5"}) {
    EXPECT_TRUE(IsDate(date)) << date;
  }
  for (const char* text : {"", "Mar", "Mar 32", "Mar 0", "Mar 14th", "Mar 141", "Mar 14, 24", "Marx 14", "14. Mar",
                           "Mar 14, 2024 x", "March of 5"}) {
    EXPECT_FALSE(IsDate(text)) << text;
  }
}

TEST(PageRules, KnowWhatAPageSaysOfAnEntry) {
  for (const char* text :
       {"12 authors", "- 3 authors", "\u00B7 5 authors", "[4 authors](https://e.example/4)",
        "2 authors](https://e.example/2)", "1,203 upvotes", "Upvotes: 12", "Upvote 12", "[-] 12", "[+] 3", "\u25B2 12",
        "1.2k stars", "5 authors \u00B7 Mar 14, 2025", "3 comments | 2 days ago"}) {
    EXPECT_TRUE(IsCount(text)) << text;
    EXPECT_EQ(NoTextOf(text, false, false), NoText::kEntryFurniture) << text;
  }
  for (const char* text : {"2 days ago", "an hour ago", "vor 3 Tagen", "Published on 2025-03-14", "\u00B7", "["})
    EXPECT_EQ(NoTextOf(text, false, false), NoText::kEntryFurniture) << text;
  for (const char* text : {"https://e.example/1", "<https://e.example/1>", "[LINK: GitHub 0.3k](https://e.example/1)"})
    EXPECT_EQ(NoTextOf(text, false, false), NoText::kFurniture) << text;
  for (const char* text : {"12 Angry Authors", "Authors", "Two days ago we went home.", "See https://e.example/1",
                           "[Counting Sheep](https://e.example/1)", "Years ago", "1984", "Models", "Weekly"})
    EXPECT_EQ(NoTextOf(text, false, false), NoText::kNone) << text;
  for (const char* text : {"1984", "1.2k", "Models", "Weekly", "Log In"})
    EXPECT_EQ(NoTextOf(text, true, false), NoText::kFurniture) << text;
  EXPECT_EQ(NoTextOf("May 5", false, false), NoText::kDate);
  EXPECT_EQ(NoTextOf("May 5", false, true), NoText::kEntryFurniture);
}

TEST(PageRules, TakeAnyParagraphOfMoreThan250CodePointsForABody) {
  EXPECT_EQ(BodyScore(std::string(251, 'x')), kSureBody);
  EXPECT_LT(BodyScore(std::string(250, 'x')), kSureBody);
  std::string wide;
  for (int i = 0; i < 250; ++i) wide += "\xF0\x9D\x94\xB8";
  EXPECT_LT(BodyScore(wide), kSureBody);
  EXPECT_EQ(BodyScore(wide + "x"), kSureBody);
  EXPECT_EQ(BodyScore(std::string(1001, '\x80')), kSureBody);
}

TEST(PageRules, TellSentencesFromHeadlines) {
  for (const char* title :
       {"Counting Sheep", "On the theory of fences", "Who counts?", "X: What Is It?", "Sheep vs. Wolves in St. Ives"}) {
    EXPECT_LT(BodyScore(title), 0) << title;
  }
  for (const char* body : {"We study X.", "Code: https://example.org/x", "In this work, we count sheep",
                           "It works. Nobody knows why.", "however, sheep are hard to count,"}) {
    EXPECT_GT(BodyScore(body), 0) << body;
  }
}

}  // namespace
}  // namespace unecho::page_records_test
