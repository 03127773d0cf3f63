#include "works/title.h"

#include <gtest/gtest.h>

#include <string>

#include "works/plain_text.h"

namespace unecho::title_test {
namespace {

TEST(TitleOfAWork, IsWithoutWhatDatabasesAdd) {
  const struct {
    const char* plain;
    const char* title;
    WorkKind kind = WorkKind::kItself;
  } cases[] = {
      {"", ""},
      {"  a title. ", "a title"},
      {"a long title [chinese]", "a long title"},
      {"[a translated title]. [spanish]", "a translated title"},
      {"[a translated title]", "a translated title"},
      {"a long title [erratum appears in lan", "a long title"},
      {"a long title [see comment] [chinese].", "a long title"},
      {"word [chinese]", "word [chinese]"},
      {"[only]", "only"},
      {"[", "["},
      {"[]", ""},
      {"()", ""},
      {"query plans (panel)", "query plans"},
      {"query plans (extended abstract)", "query plans"},
      {"query (panel) plans", "query   plans"},
      {"query plans (a survey)", "query plans (a survey)"},
      {"tutorial: query plans", "query plans"},
      {"keynote address: query plans", "keynote address: query plans"},
      {"tutorial: [query plans]", "query plans"},
      {"malaria in children (vol 360, pg 542, 2009)", "malaria in children", WorkKind::kErratum},
      {"malaria in children (lancet (2009) 360 (542-4))", "malaria in children", WorkKind::kErratum},
      {"malaria in children (volume of blood)", "malaria in children (volume of blood)"},
      {"a title... j med. 2009 jan 29;360(5):544-6", "a title"},
      {"a title... and more", "a title... and more"},
      {"erratum: a title", "erratum: a title", WorkKind::kErratum},
      {"erratum to a title", "erratum to a title", WorkKind::kErratum},
      {"publisher's correction: a title", "publisher's correction: a title", WorkKind::kErratum},
      {"corrigendum", "corrigendum", WorkKind::kErratum},
      {"corrigenda. a title", "corrigenda. a title", WorkKind::kErratum},
      {"a title. erratum", "a title. erratum", WorkKind::kErratum},
      {"surgical correction of scoliosis", "surgical correction of scoliosis"},
      {"correction of scoliosis", "correction of scoliosis", WorkKind::kErratum},
      {"corrective surgery", "corrective surgery"},
      {"retracted: a title", "retracted: a title", WorkKind::kRetraction},
      {"a title (retracted article)", "a title (retracted article)"},
      {"a title retracted article", "a title retracted article", WorkKind::kRetraction},
      {"expression of concern: a title", "expression of concern: a title", WorkKind::kRetraction},
      {"reply", "reply", WorkKind::kReply},
      {"authors' reply", "authors' reply", WorkKind::kReply},
      {"the authors respond to smith", "the authors respond to smith", WorkKind::kReply},
      {"response to treatment", "response to treatment", WorkKind::kReply},
      {"dose response", "dose response"},
      {"re: a title", "re: a title", WorkKind::kComment},
      {"comment on a title", "comment on a title", WorkKind::kComment},
      {"commentary", "commentary", WorkKind::kComment},
      {"letter to the editor", "letter to the editor", WorkKind::kComment},
      {"invited commentaries", "invited commentaries", WorkKind::kComment},
      {"recent results", "recent results"},
      {"book review", "book review", WorkKind::kBookReview},
      {"review of a book", "review of a book", WorkKind::kBookReview},
      {"a review of malaria", "a review of malaria"},
  };
  for (const auto& each : cases) {
    const TitleParts parts = PartsOfTitle(each.plain);
    EXPECT_EQ(parts.text, each.title) << each.plain;
    EXPECT_EQ(parts.kind, each.kind) << each.plain;
  }
}

TEST(TitleOfAWork, HasNumbersInDigits) {
  const struct {
    const char *word, *before, *number;
  } cases[] = {{"fourth", "", "4"}, {"four", "", "4"},    {"4th", "", "4"},        {"iv", "", "4"},
               {"i", "part", "1"},  {"i", "and", "i"},    {"v", "", "v"},          {"x", "factor", "10"},
               {"007", "", "7"},    {"0", "", "0"},       {"000", "", "0"},        {"1st", "", "1"},
               {"21st", "", "21"},  {"3d", "", "3d"},     {"h2o", "", "h2o"},      {"2a", "", "2a"},
               {"xii", "", "12"},   {"xiii", "", "xiii"}, {"eleven", "", "eleven"}};
  for (const auto& each : cases) EXPECT_EQ(NumberOf(each.word, each.before), each.number) << each.word;
}

TEST(TitleOfAWork, HasWordsThatMeanSomething) {
  for (const char* const word : {"the", "und", "los", "of"}) EXPECT_TRUE(IsStopWord(word)) << word;
  for (const char* const word : {"", "theory", "not"}) EXPECT_FALSE(IsStopWord(word)) << word;
  for (const char* const word : {"editorial", "reviews", "2010"}) EXPECT_TRUE(IsRecurringWord(word)) << word;
  for (const char* const word : {"malaria", "2010a"}) EXPECT_FALSE(IsRecurringWord(word)) << word;
  for (const char* const word : {"vivo", "vitro", "part", "update"}) EXPECT_TRUE(MakesAnother(word)) << word;
  for (const char* const word : {"in", "parts", "dates"}) EXPECT_FALSE(MakesAnother(word)) << word;
}

}  // namespace
}  // namespace unecho::title_test
