#include "works/citation.h"

#include <gtest/gtest.h>

#include <string>

namespace unecho::citation_test {
namespace {

std::string Shown(std::string_view text) {
  const auto citation = CitationIn(text);
  if (!citation) return "none";
  std::string shown;
  for (const std::string_view part :
       {citation->container, citation->volume, citation->number, citation->pages, citation->year})
    shown += (shown.empty() ? "" : "|") + std::string(part);
  return shown;
}

TEST(Citation, HasTheNotationsOfDatabases) {
  const struct {
    const char *text, *parts;
  } cases[] = {
      {"J Coast Med. 12(3):314-20, 2011 Mar 03.", "J Coast Med|12|3|314-20|2011"},
      {"Fog Quarterly.   28:103-106, April 2015.", "Fog Quarterly|28||103-106|2015"},
      {"Fog & Mist January/February 2010;14(1):56", "Fog & Mist January/February 2010|14|1|56|2010"},
      {"Journal of Fog, 2013(1): 3-28.", "Journal of Fog|2013|1|3-28|2013"},
      {"Journal of Fog. 12 (3) (pp 314-320), 2011. Date of Publication: March 2011.",
       "Journal of Fog|12|3|314-320|2011"},
      {"Fog Proceedings. Conference: 2nd Fog Meeting: Part 2. Spain. 12 (Supplement 3) (no pagination), 2018.",
       "Fog Proceedings. Conference: 2nd Fog Meeting: Part 2. Spain|12|Supplement 3||2018"},
      {"Fog Psychology. Vol.43(5), Sep 2015, pp. 623-634. ", "Fog Psychology|43|5|623-634|2015"},
      {"Fog Titles. Vol 28(2) April 2015, 103-106.", "Fog Titles|28|2|103-106|2015"},
  };
  for (const auto& each : cases) EXPECT_EQ(Shown(each.text), each.parts) << each.text;
}

TEST(Citation, IsNoOtherNameOfAContainer) {
  for (const char* const text :
       {"", "Fog", "J Coast Med. 2011.", "Fog 802.11: 2", "ICFM 2010: 27th International Conference on Fog",
        "12(3):314-20, 2011", "Fog of 2010 and 2011"})
    EXPECT_EQ(Shown(text), "none") << text;
}

}  // namespace
}  // namespace unecho::citation_test
