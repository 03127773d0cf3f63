// What plain lines are: which of them stand for themselves, and what shows that they belong together.
#include "layouts/text_shape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unecho::text_shape_test {
namespace {

struct ShapeCase {
  const char* name;
  std::string text;
  TextShape want;
};
void PrintTo(const ShapeCase& c, std::ostream* out) { *out << c.name; }

class ShapeOfLines : public testing::TestWithParam<ShapeCase> {};

TEST_P(ShapeOfLines, IsFound) {
  const ShapeCase& c = GetParam();
  EXPECT_EQ(ShapeOfText(FirstLinesOf(ReadHead(c.text, true))), c.want);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ShapeOfLines,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"Titles", "Deep Roots for Shallow Soils\nA Survey of Fences\nOn the Sleep of Leeks\nCompost\n",
         TextShape::kLines},
        {"Queries", "how to water beans\nwhen to sow peas\ndo deer eat leeks\nbest compost for carrots\n",
         TextShape::kLines},
        {"SentencesOfEqualLength",
         "Our teacher thought of the harbour last winter.\nThe red tractor wrote about the garden twice.\nA young "
         "lawyer asked about the harbour again.\nMy old neighbour walked to the market early.\n",
         TextShape::kLines},
        {"LowerCaseLinesOfEqualLength",
         "our teacher thought of the harbour last winter\nthe red tractor wrote about the garden twice\na young "
         "lawyer asked about the harbour again\nmy old neighbour walked to the market early\n",
         TextShape::kLines},
        {"HeadlinesOfEqualLength",
         "Mayor Opens New Bridge After Years of Delay\nFlood Warning Issued for Northern Parts\nLocal Team Wins the "
         "Cup in Extra Time\nSchool Lunch Prices to Rise in the Fall\n",
         TextShape::kLines},
        {"ListWithASignBehindEachItem", "beans,\npeas,\nleeks,\ncarrots,\n", TextShape::kLines},
        {"LinesWithNumbers", "1. Water the beans\n2. Mend the fence\n3. Call Ben\n", TextShape::kLines},
        {"SentencesWithoutBlanks", "今天的天气很好，我们去花园里浇水。\n豆子已经熟了，谁想要一些？\n围栏又坏了。\n",
         TextShape::kLines},
        {"ProseThatWasBroken",
         "It was late in the afternoon when the ferry reached the island, and the\npassengers went straight up the "
         "hill "
         "to the only inn that was open. The\nlandlord had been told of their coming and had laid a long table in the\n"
         "garden, under the chestnut trees.\n",
         TextShape::kWrapped},
        {"OneSentenceThatWasBroken",
         "The landlord had been told of their coming and had laid a long table in\nthe garden.\n", TextShape::kWrapped},
        {"ProseWithManyNames",
         "The Treaty of Oldtown was signed by Northland and Southland on the evening of\nMarch 4. It gave to Northland "
         "the harbour and the three islands, and to the\nSouthland Company the right to fish in the bay. The Governor "
         "of Northland, John\nCastor, refused to accept it. He wrote to the Queen that the Company would soon\nown the "
         "whole coast.\n",
         TextShape::kWrapped},
        {"KoreanProseThatWasBroken",
         "섬에 배가 닿은 것은 오후 늦은 시간이었고 손님들은 곧장 언덕 위에 있는\n"
         "오래된 여관으로 올라갔다. 주인은 그들이 온다는 말을 미리 듣고 정원의\n"
         "밤나무 아래에 긴 상을 차려 두었다. 비는 그쳤지만 나뭇잎에서는 아직도\n"
         "물방울이 떨어지고 있었고 아무도 먼저 말을 꺼내려 하지 않았다. 국이 나오자\n"
         "비로소 이야기가 시작되었고 밤이 깊도록 끝나지 않았다.\n",
         TextShape::kWrapped},
        {"Verse",
         "Two roads went down to the quiet sea,\nAnd one was gravel and one was sand,\nAnd neither road had a word for "
         "me,\nAnd neither road would take my hand.\n",
         TextShape::kGoingOn},
        {"IndentedBelowEach", "bed\n    a plot of ground\nframe\n    a box with a lid\nmulch\n    a layer of straw\n",
         TextShape::kGoingOn},
        {"Stanzas", "the rain comes down\nand the gulls call\n\nthe lights are low\nand the tide is slow\n",
         TextShape::kStanzas},
        {"StanzasWithNumbers",
         "1\nthe rain comes down\nand the gulls call\n\n2\nthe lights are low\nthe tide is slow\n\n"
         "3\nthe night is long\nthe wind is strong\n",
         TextShape::kStanzas},
        {"Addresses",
         "Anna Berg\n12 Mill Lane\nOldtown 4410\n\nBen Castor\n7 Harbour Street\nSaltby 1023\n\nClara Duval\n3 rue du "
         "Moulin\n59000 Lilaville\n",
         TextShape::kCards},
        {"QuotationsWithNames",
         "Rain is the only guest.\n-- Anna Berg\n\nA fence is a promise\nthat deer break.\n-- Ben Castor\n\nNothing is "
         "as long as a hose.\n-- David Elm\n",
         TextShape::kCards},
        {"Posts",
         "Posted by ann on 2024-03-04\nThe beans are ready.\nWho wants some?\n\nPosted by bo on 2024-03-04\nI do.\n\n"
         "Posted by cy on 2024-03-05\nThe fence is broken again.\n",
         TextShape::kCards},
        {"SentencesInBlocks",
         "The garden is green.\nDer Garten ist fast gr\u00FCn.\n\nThe fence is broken.\nDer Zaun ist "
         "kaputt.\n\nThe rain is cold.\nDer Regen ist kalt.\n",
         TextShape::kSentences},
        {"Play",
         "HAMLET. To sleep or not to sleep.\n\nHORATIO. My lord, the hour is late.\n\nHAMLET. Then let it go.\n\n"
         "HORATIO. I will, my lord.\n\nHAMLET. There is wine.\n",
         TextShape::kSpeech},
        {"PlayInVerse",
         "ANTON\nHow now, good Bram,\nwhat makes you walk?\n\nBRAM\nI walk to weigh\nthe load of grief.\n\nANTON\nThen "
         "walk with me.\n\nBRAM\nI will.\n",
         TextShape::kSpeech},
        {"Interview",
         "Interviewer: How did you come to it?\n\nRespondent: By chance.\n\nInterviewer: Did you like it?\n\n"
         "Respondent: Not at all.\n",
         TextShape::kSpeech},
        {"ChatWithoutTimes", "Anna: Where is it?\nBen: In the shed.\nAnna: Which one?\nBen: The old one.\n",
         TextShape::kSaid},
        {"LevelsOfALog", "INFO: started\nWARN: frost\nINFO: stopped\nWARN: rain\n", TextShape::kLines},
        {"Chapters", "CHAPTER I\n\nIt was late when they came.\n\nCHAPTER II\n\nIn the morning they left.\n",
         TextShape::kChapters},
        {"ProseInParagraphs",
         "The landlord had laid a long table in the garden. It was late.\n\nNobody spoke much before the soup was "
         "brought.\n",
         TextShape::kProse},
        {"NamesWithBlankLines", "Anna Berg\n\nBen Castor\n\nClara Duval\n", TextShape::kSpaced},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(NamesPart, TakesPartsOfBooksPlaysSongsAndLaws) {
  for (const std::string_view line : {"Chapter 2", "ACT I", "SCENE IV. A street.", "[Verse 1]", "\u00A7 4 Fences",
                                      "Kapitel 3", "INT. KITCHEN - NIGHT", "\u7B2C\u4E00\u7AE0"})
    EXPECT_TRUE(NamesPart(line)) << line;
  for (const std::string_view line :
       {"Chapters of my life", "Act now", "Scenes from a garden", "Record 2 of 4", "Verse", "Interior"})
    EXPECT_FALSE(NamesPart(line)) << line;
}

}  // namespace
}  // namespace unecho::text_shape_test
