#include "works/bibliography.h"

#include <gtest/gtest.h>

#include <string>

#include "unecho/layouts.h"

namespace unecho::bibliography_test {
namespace {

struct Case {
  const char *layout, *begin;
  Bibliography is_one;
};

TEST(BibliographyTest, IsKnownByItsLayoutOrColumnsAndByWhatItsRecordsSay) {
  const Case cases[] = {
      {"ris", "TY  - JOUR\nTI  - Sea fog\nAU  - Alund\nPY  - 2011\nER  - \n", Bibliography::kYes},
      {"ris", "TY  - JOUR\nTI  - Sea fog\nAB  - It was foggy.\nER  - \n", Bibliography::kNo},
      {"ris", "TY  - JOUR\nTI  - Sea fog\nDO  - 10.1/a\nER  - \n", Bibliography::kYes},
      // Most of them, not one.
      {"ris",
       "TY  - JOUR\nTI  - A\nDO  - 10.1/a\nER  - \n\nTY  - JOUR\nTI  - B\nER  - \n\nTY  - JOUR\nTI  - C\nER  - \n",
       Bibliography::kNo},
      {"bibtex", "@article{a, title={Sea fog}, author={Alund}, year=2011}\n", Bibliography::kYes},
      {"bibtex", "@misc{a, title={Sea fog}}\n", Bibliography::kNo},
      {"csv", "Title,Authors,Source title,Volume\nSea fog,Alund,J Fog,3\n", Bibliography::kYes},
      {"csv", "Title,Authors,Source title,Volume\nSea fog,,,\n", Bibliography::kNo},
      {"csv", "title,author,source,date\nSea fog,Alund,The Times,2011\n", Bibliography::kNo},
      {"csv", "title,text\nSea fog,It was foggy.\n", Bibliography::kNo},
      {"json", R"([{"title":"Sea fog","author":[{"family":"Alund"}],"container-title":"J Fog","volume":"3"}])",
       Bibliography::kYes},
      {"json", R"([{"title":"Sea fog","authors":["Alund"],"journal":"J Fog","volume":"3"}])", Bibliography::kNo},
      {"jsonl", R"({"title":"Sea fog","authors":["Alund"],"journal":"J Fog","volume":"3"})", Bibliography::kNo},
      {"csv", "Title,Authors,Source title,Volume\n", Bibliography::kNoRecords},
      {"jsonl", R"({"ref":"a.ris#1","title":"Sea fog","fields":{"TY":"JOUR","AU":"Alund","PY":"2011"}})",
       Bibliography::kYes},
      {"jsonl", R"({"ref":"a.json#1","title":"Sea fog","fields":{"author":"Alund","year":"2011"}})", Bibliography::kNo},
      {"lines", "Alund, M. (2011). Sea fog. J Fog, 3.\n", Bibliography::kNo},
      {"ris", "", Bibliography::kNoRecords},
  };
  for (const auto& [layout, begin, is_one] : cases)
    EXPECT_EQ(IsBibliography(*FindLayout(layout), {}, begin, true), is_one) << layout << ": " << begin;
}

TEST(BibliographyTest, TheAnswerDoesNotDependOnHowMuchIsThere) {
  const std::string tables[] = {"Title,Authors,Source title,Volume\nSea fog,Alund,J Fog,3\nMist,Alund,J Fog,4\n",
                                "title,text\nSea fog,It was foggy.\nMist,It was misty.\n"};
  for (const std::string& table : tables) {
    const Layout& csv = *FindLayout("csv");
    const std::optional<Bibliography> answer = IsBibliography(csv, {}, table, true);
    for (size_t size = 0; size <= table.size(); ++size) {
      const std::optional<Bibliography> early = IsBibliography(csv, {}, std::string_view(table).substr(0, size), false);
      if (early) EXPECT_EQ(early, answer) << table.substr(0, size);
    }
  }
}

}  // namespace
}  // namespace unecho::bibliography_test
