// Records whose parts have labels: where each begins, what of it is title and text, and what is no such record.
#include "layouts/label_blocks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/records_of.h"

namespace unecho::label_blocks_test {
namespace {

const std::string kRain = "Rain falls on nine towns of the coast in every month.";

std::string Thrice(std::string_view text) {
  std::string out;
  for (int i = 0; i < 3; ++i) out += text;
  return out;
}

struct BlockCase {
  const char* name;
  std::string text;
  Records want;  // the records alike; none: no answer
};
void PrintTo(const BlockCase& c, std::ostream* out) { *out << c.name; }

class Blocks : public testing::TestWithParam<BlockCase> {};

TEST_P(Blocks, AreFound) {
  const BlockCase& c = GetParam();
  const Head head = ReadHead(c.text, true);
  const auto found = ByLabels(head);
  ASSERT_EQ(found.has_value(), !c.want.empty());
  if (!found) return;
  EXPECT_TRUE(MayBeLabelled(head)) << "a source must not be answered before";
  EXPECT_EQ(RecordsOf(*found->layout, c.text), c.want) << found->why;
}

Records ThreeTimes(const std::string& title, const std::string& text) {
  return {{title, text}, {title, text}, {title, text}};
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Blocks,
    testing::ValuesIn(std::vector<BlockCase>{
        {"TitlesWithAbstracts", Thrice("Title: On Rain\nAuthor: A. Berg\nAbstract: " + kRain + "\n\n"),
         ThreeTimes("On Rain", kRain)},
        {"Tags", Thrice("ID  7\nTI  On Rain\nAB  " + kRain + "\n\n"), ThreeTimes("On Rain", kRain)},
        {"Assignments", Thrice("[[paper]]\ntitle = \"On Rain\"\nabstract = \"" + kRain + "\"\n\n"),
         ThreeTimes("On Rain", kRain)},
        {"QuestionsWithAnswers", Thrice("Q: Does it rain?\nA: It does.\n\n"),
         ThreeTimes("", "Does it rain?\nIt does.")},
        {"CountedRecords",
         "Record 1 of 3\nTI: On Rain\nAB: It rains.\n\nRecord 2 of 3\nTI: On Rain\nAB: It rains.\n\nRecord 3 of 3\nTI: "
         "On "
         "Rain\nAB: It rains.\n",
         ThreeTimes("On Rain", "It rains.")},
        {"MessagesWithNumbers",
         "Message: 1\nFrom: ann\nSubject: Rain\n\nIt rains.\n\nMessage: 2\nFrom: bo\nSubject: Rain\n\nIt rains.\n\n"
         "Message: 3\nFrom: cy\nSubject: Rain\n\nIt rains.\n",
         ThreeTimes("Rain", "It rains.")},
        {"CountedArticles",
         "Article 1\nTI: On Rain\nAB: It rains.\n\nArticle 2\nTI: On Rain\nAB: It rains.\n\nArticle 3\nTI: On "
         "Rain\nAB: It rains.\n",
         ThreeTimes("On Rain", "It rains.")},
        {"Scenes",
         "Scene 1\nAnna: Where?\nBen: Here.\n\nScene 2\nAnna: Why?\nBen: So.\n\nScene 3\nAnna: Ah.\nBen: Yes.\n",
         {}},
        {"TwoAreTooFew", "Title: A\nAbstract: " + kRain + "\n\nTitle: B\nAbstract: " + kRain + "\n", {}},
        {"LabelsThatNameNoText", Thrice("Cat: 1\nDog: 2\n\n"), {}},
        {"Prose", Thrice("We ask: does it rain here, and on whom?\nIt does.\n\n"), {}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(ByHeads, TakesMessagesOneAfterTheOther) {
  const std::string message = "From: ann\nTo: bo\nSubject: Rain\n\nIt rains.\n\n";
  const auto three = ByHeads(ReadHead(Thrice(message), true));
  ASSERT_TRUE(three && three->layout != nullptr);
  const std::string two = message + message;
  const auto unsure = ByHeads(ReadHead(two, true));
  ASSERT_TRUE(unsure);
  EXPECT_EQ(unsure->layout, nullptr) << "two may be a mail that quotes another";
  EXPECT_FALSE(ByHeads(ReadHead(message, true)));
  EXPECT_FALSE(
      ByHeads(ReadHead("From: ann\nTo: bo\nSubject: Rain\n\nAnn wrote:\n\nFrom: bo\nTo: ann\nSubject: Rain\n\n"
                       "It rains.\n",
                       true)))
      << "a quotation that is announced";
  EXPECT_FALSE(
      ByHeads(ReadHead("From: ann\nTo: bo\nSubject: Rain\n\nSee below.\n\nFrom: cy\nSent: today\n\nIt rains.\n", true)))
      << "another head";
}

TEST(LabelsThatComeAgain, AreNamed) {
  EXPECT_EQ(LabelsThatComeAgain(ReadHead(Thrice("Cat: 1\nDog: 2\nCow: 3\n"), true).lines), "Cat:, Dog:, Cow:");
  EXPECT_EQ(LabelsThatComeAgain(ReadHead(Thrice("Cat: 1\nDog: 2\n"), true).lines), "");
}

}  // namespace
}  // namespace unecho::label_blocks_test
