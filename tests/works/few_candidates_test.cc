// Who meets whom: titles that many works have do not bring all of these together, and what can be the same still meets.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "works/candidate_keys.h"
#include "works/judge.h"
#include "works/make_work.h"

namespace unecho::few_candidates_test {
namespace {

struct Pair {
  const char* name;
  WorkFields kept, looking;
  bool meet;
};

class CandidatesTest : public testing::TestWithParam<Pair> {};

TEST_P(CandidatesTest, MeetWhereTheyCanBeTheSame) {
  WorkMaker maker;
  std::vector<uint32_t> kept_words, looking_words;
  maker.Append(GetParam().kept, kept_words);
  maker.Append(GetParam().looking, looking_words);
  Work kept, looking;
  kept.Read(kept_words), looking.Read(looking_words);
  CandidateKeys keys, other;
  keys.Set(kept), other.Set(looking);
  const bool meet = std::ranges::any_of(
      other.as_new, [&keys](uint64_t key) { return std::ranges::find(keys.as_kept, key) != keys.as_kept.end(); });
  EXPECT_EQ(meet, GetParam().meet);
  if (!GetParam().meet) {
    EXPECT_FALSE(Judge(looking, kept).is_same());
  }
}

WorkFields Paper(std::string title, std::string author, std::string year, std::string volume, std::string pages) {
  return {.title = std::move(title),
          .abstract = {},
          .authors = author.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(author)},
          .year = std::move(year),
          .container = "Journal of Tables",
          .volume = std::move(volume),
          .number = {},
          .pages = std::move(pages),
          .doi = {},
          .pmid = {},
          .edition = {},
          .isbn = {}};
}

INSTANTIATE_TEST_SUITE_P(
    Works, CandidatesTest,
    testing::Values(Pair{"ColumnsOfOtherIssues", Paper("In this issue", "", "2001", "7", "310-312"),
                         Paper("In this issue", "", "2002", "8", "402-405"), false},
                    Pair{"ColumnsByTheSamePen", Paper("In this issue", "Moor, A.", "2001", "7", "310-312"),
                         Paper("In this issue", "Moor, A.", "2002", "8", "402-405"), true},
                    Pair{"ColumnsByOthers", Paper("Tables", "Moor, A.", "2001", "7", "310"),
                         Paper("Tables", "Lund, B.", "2001", "7", "402"), false},
                    Pair{"AColumnTwiceWithoutItsYear", Paper("In this issue", "", "2001", "7", "310-312"),
                         Paper("In This Issue.", "", "", "7", "310-2"), true},
                    Pair{"AnEditorialTwiceWithoutItsVolume", Paper("Editorial", "", "2001", "7", "310"),
                         Paper("EDITORIAL", "", "2001", "", "310"), true},
                    Pair{"EditorialsBySameEditor", Paper("Editorial", "Moor, A.", "2001", "7", "310"),
                         Paper("Editorial", "Moor, A.", "2001", "7", "402"), false},
                    Pair{"EditorialsOnPagesOne", Paper("Editorial", "Moor, A.", "2001", "7", "1-3"),
                         Paper("Editorial", "Moor, A.", "2001", "7", "1-2"), false},
                    Pair{"AnEditorialOnPageOneTwice", Paper("Editorial", "Moor, A.", "2001", "7", "1-3"),
                         Paper("Editorial", "Moor, A.", "2001", "7", "1-3"), true},
                    Pair{"NamesInOtherOrder", Paper("Round tables", "Moor, Ada", "2001", "", ""),
                         Paper("Round tables", "Ada Moor", "2001", "", ""), true},
                    Pair{"FourWordsAreEnough", Paper("Round tables in large rooms", "", "2001", "", ""),
                         Paper("Round tables in large rooms", "", "", "", ""), true},
                    Pair{"FourWordsAndThree", Paper("Round tables and odd rooms", "Moor, A.", "2001", "", ""),
                         Paper("Round tables, rooms", "Moor, A.", "2001", "", ""), true}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace unecho::few_candidates_test
