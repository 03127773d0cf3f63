// Which lines of a page say something about an entry that changes, and which are titles and text.
#include "layouts/entry_facts.h"

#include <gtest/gtest.h>

#include "layouts/date_lines.h"

namespace unecho::entry_facts_test {
namespace {

TEST(EntryFacts, AreCountsTimesAndSenders) {
  for (const char* line : {"12 authors",
                           "[3 authors](https://x.org/1)",
                           "\u25B2 12",
                           "Upvotes: 12",
                           "\u2605 100 (+1 today)",
                           "2 days ago",
                           "5h ago",
                           "vor 3 Tagen",
                           "Submitted 6 May \u00B7 3 comments",
                           "Submitted 6 May, 3 comments",
                           "(Submitted on 14 March 2025)",
                           "[Submitted on 14 Mar 2025 (v1), last revised 5 Apr 2025 (this version, v2)]",
                           "Submitted 14 March, 2025; originally announced March 2025.",
                           "Published: 2025-03-14",
                           "Published on March 14, 2025",
                           "Last updated 14 March 2025",
                           "Ver\u00F6ffentlicht am 1. M\u00E4rz 2025",
                           "Publi\u00E9 le 14 mars 2025",
                           "May 1, 2025 \u00B7 3 min read",
                           "3 min read",
                           "Jan 1, 2025 (updated Mar 2, 2025)",
                           "21 points by anna_b 1 hour ago | hide | 3 comments",
                           "21 points by anna_b 1 hour ago | 3 comments",
                           "submitted 5 hours ago by anna_b to r/knitting",
                           "r/knitting \u2022 Posted by u/anna_b 3 hours ago",
                           "3 comments share save hide report",
                           "Posted by anna_b 2 hours ago",
                           "PDF \u00B7 Code \u00B7 \u2605 3",
                           "by Anna Berg and 12 others"}) {
    EXPECT_TRUE(IsEntryFact(line)) << line;
  }
}

TEST(EntryFacts, AreNeitherTitlesNorTextNorADateAlone) {
  for (const char* line : {"Lichen Fronts on Slate Roofs",
                           "By the 1950s",
                           "100 Views of Mount Fuji",
                           "12 Comments on Hegel",
                           "A Day Ago in Summer",
                           "Published Works of 2025",
                           "Updated: A Play in 3 Acts",
                           "3 Stars Over Berlin",
                           "Reading in 5 Minutes a Day",
                           "Posted to Nowhere",
                           "14 March 2025",
                           "6 May",
                           "March 2025",
                           "Yesterday",
                           "May 1, 2025: The Day It Rained",
                           "Paper, Code and Data",
                           "It was published on 14 March 2025.",
                           "He had 3 comments.",
                           "by Anna Berg",
                           "5",
                           ""}) {
    EXPECT_FALSE(IsEntryFact(line)) << line;
    EXPECT_FALSE(IsCount(line)) << line;
  }
}

TEST(EntryFacts, LeaveDatesToWhoKnowsWhatTheyAreOf) {
  for (const char* line : {"6 May", "6th of May", "May 6", "6 mai", "14 March 2025"}) EXPECT_TRUE(IsDate(line)) << line;
  for (const char* line : {"6. May", "6. Mai", "6 Mayflowers", "32 May"}) EXPECT_FALSE(IsDate(line)) << line;
}

}  // namespace
}  // namespace unecho::entry_facts_test
