#include "works/bibliography.h"

#include <gtest/gtest.h>

#include <string>

#include "unecho/layouts.h"

namespace unecho {
namespace {

struct Case {
  const char *layout, *begin;
  bool is_one;
};

TEST(BibliographyTest, IsKnownByItsLayoutOrColumnsAndByWhatItsRecordsSay) {
  const Case cases[] = {
      {"ris", "TY  - JOUR\nTI  - Sea fog\nAU  - Alund\nPY  - 2011\nER  - \n", true},
      {"ris", "TY  - JOUR\nTI  - Sea fog\nAB  - It was foggy.\nER  - \n", false},
      {"ris", "TY  - JOUR\nTI  - Sea fog\nDO  - 10.1/a\nER  - \n", true},
      // Most of them, not one.
      {"ris",
       "TY  - JOUR\nTI  - A\nDO  - 10.1/a\nER  - \n\nTY  - JOUR\nTI  - B\nER  - \n\nTY  - JOUR\nTI  - C\nER  - \n",
       false},
      {"bibtex", "@article{a, title={Sea fog}, author={Alund}, year=2011}\n", true},
      {"bibtex", "@misc{a, title={Sea fog}}\n", false},
      {"csv", "Title,Authors,Source title,Volume\nSea fog,Alund,J Fog,3\n", true},
      {"csv", "Title,Authors,Source title,Volume\nSea fog,,,\n", false},
      {"csv", "title,author,source,date\nSea fog,Alund,The Times,2011\n", false},
      {"csv", "title,text\nSea fog,It was foggy.\n", false},
      {"json", R"([{"title":"Sea fog","author":[{"family":"Alund"}],"container-title":"J Fog","volume":"3"}])", true},
      {"json", R"([{"title":"Sea fog","authors":["Alund"],"journal":"J Fog","volume":"3"}])", false},
      {"jsonl", R"({"title":"Sea fog","authors":["Alund"],"journal":"J Fog","volume":"3"})", false},
      {"lines", "Alund, M. (2011). Sea fog. J Fog, 3.\n", false},
      {"ris", "", false},
  };
  for (const auto& [layout, begin, is_one] : cases)
    EXPECT_EQ(IsBibliography(*FindLayout(layout), {}, begin, true), is_one) << layout << ": " << begin;
}

TEST(BibliographyTest, TheAnswerDoesNotDependOnHowMuchIsThere) {
  const std::string tables[] = {"Title,Authors,Source title,Volume\nSea fog,Alund,J Fog,3\nMist,Alund,J Fog,4\n",
                                "title,text\nSea fog,It was foggy.\nMist,It was misty.\n"};
  for (const std::string& table : tables) {
    const Layout& csv = *FindLayout("csv");
    const std::optional<bool> answer = IsBibliography(csv, {}, table, true);
    for (size_t size = 0; size <= table.size(); ++size) {
      const std::optional<bool> early = IsBibliography(csv, {}, std::string_view(table).substr(0, size), false);
      if (early) EXPECT_EQ(early, answer) << table.substr(0, size);
    }
  }
}

}  // namespace
}  // namespace unecho
