// The table of layouts, and the sniffing: right, and the same for every prefix that is long enough to tell.
#include "unecho/layouts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "layouts/cutter.h"
#include "layouts/sniff.h"

namespace unecho::layouts_test {
namespace {

TEST(Layouts, AreFoundByTheirNames) {
  std::vector<std::string> names;
  for (const LayoutPtr& layout : Layouts()) {
    names.emplace_back(layout->name());
    EXPECT_EQ(FindLayout(layout->name()), layout);
    EXPECT_EQ(&GetLayout(layout->name()), layout.get());
    EXPECT_NE(MakeCutter(*layout, {}), nullptr);
    EXPECT_FALSE(layout->description().empty());
  }
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const char* name : {"page", "jsonl", "lines", "text", "ris", "rss", "csv", "warc"})
    EXPECT_THAT(names, testing::Contains(name));
  EXPECT_EQ(FindLayout("auto"), nullptr);
  EXPECT_EQ(FindLayout("Page"), nullptr);
  EXPECT_EQ(FindLayout(""), nullptr);
}

struct Case {
  const char* name;
  std::string source;
  std::string_view want;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

constexpr std::string_view kNoText = "no text";

class Sniff : public testing::TestWithParam<Case> {};

TEST_P(Sniff, GivesOneAnswerForEveryPrefixThatGivesOne) {
  const Case& c = GetParam();
  const auto whole = SniffLayout(c.source, true);
  const auto name = [](const Detected& detected) {
    return detected.layout == nullptr ? kNoText : detected.layout->name();
  };
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(name(*whole), c.want) << whole->why;
  std::optional<std::string> first;
  for (size_t size = 0; size <= c.source.size(); size += size < 2000 ? 1 : 997) {
    const std::optional<Detected> answer = SniffLayout(std::string_view(c.source).substr(0, size), false);
    if (answer) {
      ASSERT_EQ(name(*answer), c.want) << size;
      ASSERT_EQ(answer->why, whole->why) << size;
    } else {
      ASSERT_FALSE(first.has_value()) << "an answer was taken back at " << size;
      ASSERT_LT(size, kSniffBytes);
    }
    if (!first && answer) first = answer->why;
  }
}

TEST(SniffLayout, SaysOfABeginningWhatItSaysOfTheWhole) {
  std::string source = "// of 2024\nvar all = [\n";
  while (source.size() < kSniffBytes + 1000)
    source += "{\"title\": \"Rain\", \"text\": \"It rains on the garden.\"},\n";
  const auto whole = SniffLayout(source + "];\n", true);
  EXPECT_EQ(whole->layout->name(), "json");
  EXPECT_EQ(SniffLayout(source.substr(0, kSniffBytes), true)->why, whole->why);
  EXPECT_EQ(SniffLayout(source.substr(0, kSniffBytes), false)->why, whole->why);
}

std::string Many(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Sources, Sniff,
    testing::ValuesIn(std::vector<Case>{
        {"Empty", "", "lines"},
        {"Blanks", "\n \n", "lines"},
        {"Calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Tea\nEND:VEVENT\nEND:VCALENDAR\n", "text"},
        {"BlocksOfLabels", Many("Package: ferry\nVersion: 1.2\nDescription: plans ferries\n and more\n\n", 4),
         "separated"},
        {"Settings", "# of a tool\n[server]\nport = 80\nname=here\n[[rule]]\nwhen = \"now\"\n", "text"},
        // Rules that look at all of the head need a hint in the first lines, whether they are asked early or late.
        {"MessagesBehindManyLines",
         Many("A title of no kind\n", 60) + Many("\nmsgid \"garden\"\nmsgstr \"Garten\"\n", 40), "lines"},
        {"PercentSignsBehindManyLines", Many("A title of no kind\n", 60) + Many("%\nAnother title\n", 40), "lines"},
        {"MarkersBehindManyLines", Many("A title of no kind\n", 60) + Many("\\lx kanu\n\\ge boat\n\\ps n\n", 900),
         "lines"},
        {"TitlesFarApart", Many("Title: Rain\n" + Many("It rains on the garden and on the fence.\n", 70), 4),
         "labelled"},
        {"LogWithBrackets", Many("[12:30] a line = here\n[12:31] another\n", 9), "lines"},
        {"YamlWithoutRecords",
         "openapi: 3.0.0\ninfo:\n  title: Ferries\n  description: Of them all\npaths:\n  /a:\n    get: x\n", "text"},
        {"YamlOfLists", "categories:\n- humor\nconversations:\n- - Hi\n  - Hello\n- - Who?\n  - Me\n", "text"},
        {"Sgml", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS ID=1>\n<BODY>Tea</BODY>\n</REUTERS>\n", kNoText},
        {"ListOfLists", "[\n  [\"a\", 1],\n  [\"b\", 2]\n]\n", kNoText},
        {"Object", "{", "jsonl"},
        {"ObjectBehindBomAndBlanks", "\xEF\xBB\xBF\r\n  {\"a\":1}\n", "jsonl"},
        {"HalfABom", "\xEF\xBB", "lines"},
        {"ObjectsWithTheirTextsDeeper",
         Many("{\"id\":1,\"paper\":{\"title\":\"A title\",\"abstract\":\"A text.\"}}\n", 9), "json"},
        {"ObjectsWithTextsAndOthersDeeper", Many("{\"text\":\"A text\",\"paper\":{\"title\":\"A title\"}}\n", 9),
         "jsonl"},
        {"ObjectsWithAWrappedTitle",
         Many("{\"id\":1,\"content\":{\"title\":{\"value\":\"A title\"},\"abstract\":{\"value\":\"A text.\"}}}\n", 9),
         "json"},
        {"ObjectsWithATitleDeeperAndNoText", Many("{\"tale\":\"A text\",\"paper\":{\"title\":\"Notes\"}}\n", 9),
         "jsonl"},
        {"ObjectsWithQuestions", Many("{\"question\":\"A?\",\"answer\":\"B\"}\n", 9), "jsonl"},
        {"AnObjectOfItsOwnFirst",
         "{\"meta\":{\"title\":\"Export\",\"text\":\"of 2024\"}}\n" +
             Many("{\"title\":\"A\",\"text\":\"B\",\"n\":1}\n", 9),
         "jsonl"},
        {"AnObjectOfItsOwnLater",
         Many("{\"paper\":{\"title\":\"A title\",\"abstract\":\"A text.\"}}\n", 5) +
             Many("{\"title\":\"A\",\"text\":\"B\"}\n", 9),
         "jsonl"},
        {"Zeros", Many(std::string("\1\0\2 abc\n", 8), 60), "no text"},
        {"ZerosWithoutAnEnd", std::string(3000, '\0'), "no text"},
        {"AZeroInAShortText", std::string("a line\0with one\nand another\nand a third\n", 40), "lines"},
        {"AZeroHereAndThere", std::string(1, '\0') + Many("some line of some words\n", 60), "lines"},
        {"Furniture", "new\n\nGet trending papers in your email inbox!\n", "page"},
        {"FurnitureBehindBom", "\xEF\xBB\xBF  Subscribe \r\n", "page"},
        {"FurnitureAlone", "new", "page"},
        {"BeginsLikeFurniture", "newer\nlines\n", "lines"},
        {"Paragraphs", Many("Title\n\nSome text.\n\n", 9), "page"},
        {"ParagraphsCrLf", Many("Title\r\n\r\nSome text.\r\n \r\n", 9), "page"},
        {"ParagraphsCr", Many("Title\r\rSome text.\r\r", 9), "page"},
        {"TwoParagraphs", "Title\n\nSome text.", "page"},
        {"OneParagraph", "Title", "lines"},
        {"OneParagraphAndBlanks", "Title\n\n\n", "lines"},
        {"Lines", Many("some line\n", 20), "lines"},
        {"FewLines", "a\nb\nc", "lines"},
        {"BlocksOfLines", Many("a\nb\nc\n\n", 9), "text"},
        {"ReadmeOfNoListing",
         "# Tool\n\nA tool that counts.\n\n## Install\n\nRun it, and wait.\n\n## Usage\n\nCall it.\n\n## "
         "License\n\nMIT.\n",
         "text"},
        {"TitleWithAnIntroduction",
         "# Rain\n\nRain falls on the nine towns of the coast all year.\n\n## In May\n\nIt rains.\n\n## In June\n\nIt "
         "rains.\n",
         "text"},
        {"PaperInMarkdown",
         "# Rain\n\n## Abstract\n\nIt rains.\n\n## 1 Introduction\n\nIt rained.\n\n## 2 Towns\n\nNine of them.\n",
         "text"},
        {"FrontMatterOfAnyKeys", "---\nid: d1\n---\n\n# Rain\n\nIt rains.\n\n## When\n\nIn May.\n\n## How\n\nA lot.\n",
         "text"},
        {"AnswerWithSteps",
         "Here is what we know about the rain of the nine towns.\n\n### Steps\n\n1. **One**: wait.\n2. **Two**: "
         "go.\n\n### "
         "End\n\nDone.\n",
         "text"},
        {"HeadOfPandoc", "% Rain\n% A. Person\n\n# In May\n\nIt rains.\n\n# In June\n\nIt rains.\n", "text"},
        {"HeadingsBesideBodies", Many("## Rain\n\nRain falls on the nine towns of the coast all year.\n\n", 3),
         "markdown-headings"},
        {"PageOfADayWithADot",
         "14. b\u0159ezna 2025\n\n" + Many("On Rain\n\nIt rains, and we have seen that it does. It rained.\n\n", 3),
         "page"},
        {"Wiki", "{{Infobox\n| name = X\n}}\nX is a [[town]].\n\n== Rain ==\n\nIt rains.\n", "text"},
        {"LatexOfAPart", "% of a book\n\\chapter{Rain}\n\nIt rains.\n\n\\section{May}\n\nIt rains.\n", "text"},
        {"Pod", "=head1 NAME\n\nrain\n\n=over\n\n=item a\n\nIt rains.\n\n=back\n", "text"},
        {"Textile", "h1. Rain\n\nIt rains.\n\nh2. May\n\n# one\n# two\n", "text"},
        {"Script", "#!/bin/sh\n\nset -e\n\nrain\n\nsnow\n", "text"},
        {"MarkersInsideLines", "It rains.<|endoftext|>It rained.<|endoftext|>It will.\n", kNoText},
        {"LabelsWithoutABeginning", Many("Cat: 1\nDog: On Rain\nCow: Q\n", 9), kNoText},
        {"LabelsWithoutBlankLines", Many("ID: 1\nTI: On Rain\nAU: Q\nAB: It rains.\n", 9), "labelled"},
        {"TwoTables", "id,title\n1,A\n2,B\n3,C\nname,size,colour\na,1,red\nb,2,blue\n", kNoText},
        {"TableBelowATitle", "Export of rain\n\nid,title,text\n1,A,It rains.\n2,B,It rained.\n3,C,It will.\n", "csv"},
        {"TableWithCarets", "id^title^text\n1^A^It rains.\n2^B^It rained.\n3^C^It will.\n", "csv"},
        {"NumberedLinesInProse",
         Many("We walked along the lake, and it rained.\n\n1. The weather was good.\n2. The birds were there.\n\nThen "
              "we went "
              "home. It was late.\n\n",
              9),
         "text"},
        {"FrontMatterAboveAPost",
         "---\ntitle: A\n---\n\nWe went out.\n\n## One\n\nIn the morning it rained.\n\n## Two\n\nIn the evening, "
         "too.\n",
         "front-matter"},
        {"FrontMatterAboveAListing",
         "---\ntitle: A\n---\n\n" + Many("# 1. Birds\n\nA. Person\n\nWe count swans on twelve lakes.\n\n", 3),
         "markdown-titles"},
        {"FrontMatterAboveLinks", "---\ntitle: A\n---\n" + Many("- [One](https://e.example) - of birds\n", 3),
         "markdown-bullets"},
        {"FrontMatterAboveAPage",
         "---\ntitle: A\n---\n\nDaily Papers\n\n" +
             Many("[-] 3\n\nBirds of the North\n\nWe count swans on twelve lakes.\n\n", 3),
         "page"},
        {"OneEntryWithLabels", "# Birds\n\n**Authors**: A. Person\n\n**Abstract**: We count swans.\n",
         "markdown-titles"},
        {"OneBullet", "- **[Birds](https://e.example)**\n  We count swans.\n", "markdown-bullets"},
        {"HalfOfTheGaps", Many("a\n\nb\nc\n\nd\n\n", 9), "page"},
        {"OneLongLine", std::string(100'000, 'x'), "lines"},
        {"TwoLongParagraphs", std::string(30'000, 'x') + "\n\n" + std::string(100'000, 'y') + "\n\n" + Many("z\n", 20),
         "lines"},
        {"SpacedLines", "rain 3.11.2\n\nsnow 3.2.1\n\nhail 18.2.0\n", "lines"},
        {"RepeatedSections", Many("# Cake\n\n## Ingredients\n\n- eggs\n\n## Steps\n\nBake it.\n\n", 3), "sections"},
        {"OneOfSections", "# Cake\n\n## Ingredients\n\n- eggs\n\n## Notes\n\nBake it.\n", "text"},
        {"CategoryAboveTitle", Many("# Rain\n# On rain\nIt rains on nine towns, and nobody knows why it does.\n\n", 3),
         "markdown-titles"},
        {"WrappedReferences",
         Many("1. Lee A. A study of the lamps of the north and of all who own\n   them. 1990.\n", 1) +
             Many("2. Lee A. A study of the lamps of the north and of all who own\n   them. 1990.\n", 1) +
             Many("3. Lee A. A study of the lamps of the north and of all who own\n   them. 1990.\n", 1),
         "numbered"},
        {"Releases", "v1.5.5 (Apr 2023)\nfix: the lamp\ndoc: of it\n\nv1.5.4 (Feb 2023)\nperf: faster lamp\n", "text"},
        {"ProseWithoutTitles",
         Many("We have seen that it rains. It will rain again, as it always does in this country.\n\n", 60), "text"},
        {"WrappedProse",
         Many("It was in the year of the great rain that the people of the valley first\nspoke of the bridge, and "
              "nobody "
              "who was there has forgotten how it came to be\nthat they built it, although there are few of them left "
              "today. We have heard\nit from the miller.\n\n",
              30),
         "text"},
        {"LowerCaseLines",
         Many("the cat sat on the mat\nit is raining in the whole of the valley today , he said\nno\n", 30), "lines"},
        {"SentencesOfOneLength",
         Many("We have seen that it rains here.\nIt will rain again as it does .\nThe bridge is what they built\n", 30),
         "lines"},
        {"TitlesOfWhichOneNamesASection",
         "Section 230 and the Future of Speech\n\nWe have seen that it rains. It will rain again, and again.\n\n" +
             Many("On Rain and Snow\n\nWe have seen that it rains. It will rain again, and again.\n\n", 9),
         "page"},
        {"ProseWithTitles",
         Many("On Rain and Snow\n\nWe have seen that it rains. It will rain again, as it always does in this "
              "country.\n\n",
              60),
         "page"},
        {"ManyBlankLines", std::string(100'000, '\n') + "{", "lines"},
        {"Array", "[1]\n", "lines"},
        {"ArrayOverLines", "[\n  {\n    \"title\": \"t\",\n    \"abstract\": \"a\"\n  }\n]\n", "json"},
        {"FeedOnOneLine",
         R"({"title":"F","items":[{"id":"1","content_text":"We count swans."},{"id":"2","content_text":"And geese."}]})",
         "json"},
        {"ChannelOnOneLine",
         R"({"name":"C","messages":[{"from":"A","text":"We count swans."},{"from":"B","text":"And geese."}]})", "json"},
        {"LinesOfChats",
         Many(R"({"messages":[{"role":"user","content":"We count swans."}]})"
              "\n",
              3),
         "jsonl"},
        {"LinesWithLists",
         Many(R"({"text":"We count swans.","refs":[{"title":"On Geese"}]})"
              "\n",
              3),
         "jsonl"},
        {"ObjectsSideBySide",
         R"({"text":"We count swans."}{"text":"And geese."})"
         "\n",
         "json"},
        {"JsonBehindAComment", "# of 2024\n[\n  {\n    \"title\": \"t\",\n    \"text\": \"a\"\n  }\n]\n", "json"},
        {"LinesOfJsonBehindAComment", "# of 2024\n" + Many("{\"text\":\"We count swans.\"}\n", 99), "json"},
        {"LinesOfJsonInALog", Many("12:30 {\"text\":\"We count swans.\"}\n", 99), "lines"},
        {"AnObjectBehindProse", "Here is the object that you have asked me for:\n{\n\"a\": \"b\",\n\"c\": 1\n}\n",
         kNoText},
        {"LinesOfPages",
         Many(R"({"page":1,"results":[{"title":"A","text":"We count swans."},{"title":"B","text":"And geese."}]})"
              "\n",
              9),
         "json"},
        {"LinesOfThreads",
         Many(R"({"id":1,"found":[{"title":"A","text":"We count swans."},{"title":"B","text":"x"}]})"
              "\n",
              9),
         "jsonl"},
        {"LinesWithCommas", Many("{\"text\":\"We count swans.\"},\n", 3), "json"},
        {"BrokenJsonBehindAComment", "// x\n[\n  {\n    title: \"t\",\n    text: \"a\"\n  }\n]\n", kNoText},
        {"LinesOfTurns",
         Many(R"([{"role":"user","content":"We count swans."},{"role":"assistant","content":"And geese."}])"
              "\n",
              3),
         "json"},
        {"ColumnsOfLists", R"({"title":["a","b"],"text":["c","d"],"n":[1,2]})", kNoText},
        {"ColumnsByIndex", "{\n\"title\":{\"0\":\"a\",\"4\":\"b\"},\n\"text\":{\"0\":\"c\",\"4\":\"d\"}\n}", kNoText},
        {"ColumnsInAnObject", R"({"data":{"title":["a","b"],"text":["c","d"]}})", kNoText},
        {"LongColumns", "{\"title\":[" + Many("\"a title\",", 9000) + "\"b\"],\"text\":[]}", kNoText},
        {"RowsBesideNames", R"({"columns":["a","b"],"data":[["c",1],["d",2]]})", kNoText},
        {"TemplateOfAWiki", "{{Infobox\n| name = Tea\n}}\nTea is a drink.\n", "lines"},
        {"PythonLines", Many("{'title': \"It's\", 'score': None}\n", 3), "jsonl"},
        {"PythonOverLines", "{'title': 'a',\n 'score': None}\n", kNoText},
        {"PythonList", "[{'title': 'a'}, {'title': 'b'}]\n", kNoText},
        {"Html", "\n<!doctype HTML><html>", "html"},
        {"HtmlAlone", "<html>\n<head><title>t</title></head><article>a</article>\n", "html"},
        {"ArrayOfTexts", std::string("[") + Many("\"a text of some length\",", 300) + "\"and the last one\"]", "json"},
        {"FewTexts", "[\"a text of some length\",\"another of some length\",\"and the last of them\"]\n", "json"},
        {"ArrayOfWords", std::string("[") + Many("\"word\",", 900) + "\"end\"]", "lines"},
        {"LinesOfArrays", Many("[\"a text of some length\",\"another of some length\",\"and the last of them\"]\n", 99),
         kNoText},
        {"NumberedTexts",
         "{\"1\":\"a text of some length\",\"2\":\"another of some length\",\"3\":\"and the last of them\"}", "json"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Sniff, SourceCodeIsKnownByItsName) {
  const std::string source = Many("# Rain\n\nx = 1\n", 99);
  const auto layout = [&](std::string_view name) {
    return std::string(SniffLayout(source, true, {}, name)->layout->name());
  };
  for (const std::string_view name : {"a.py", "dir/A.PY", "x/y.cc.gz", "b.rs.zst", "a.py@2"})
    EXPECT_EQ(layout(name), "text") << name;
  for (const std::string_view name : {"a.tex", "dir/b.org.gz", "c.RST", "Makefile", "x/Dockerfile"})
    EXPECT_EQ(layout(name), "text") << name;
  for (const std::string_view name : {"a.md", "py", ".py", "dir/.c", "-", "a.py/b.txt"})
    EXPECT_NE(layout(name), "text") << name;
}

}  // namespace
}  // namespace unecho::layouts_test
