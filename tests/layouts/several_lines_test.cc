// Records of several lines in plain text: --layout auto knows them where that is safe, and tears nothing where it is
// not. Each source is read in all sizes in which it may arrive.
#include <gmock/gmock.h>

#include <ctime>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "layouts/sniff.h"
#include "support/print_status.h"
#include "support/records_of.h"

namespace unecho::several_lines_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Texts(const Segmented& out) {
  std::vector<std::string> texts;
  for (const OwnedRecord& record : out.records) {
    std::string text(Name(record.reason));
    for (const std::string& piece : record.pieces) text += (text.empty() ? "" : "|") + piece;
    texts.push_back(text);
  }
  return texts;
}

std::string CrLf(const std::string& text) { return absl::StrReplaceAll(text, {{"\n", "\r\n"}}); }

template <typename Write>
std::string Many(size_t times, Write write) {
  std::string out;
  for (size_t i = 1; i <= times; ++i) out += write(i);
  return out;
}

// --- what auto takes them for ----------------------------------------

struct Case {
  const char* name;
  std::string source;
  std::string_view layout;
  size_t records;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class SeveralLines : public testing::TestWithParam<Case> {};

TEST_P(SeveralLines, AreKnownForEveryPrefixAndReadInAllSizes) {
  const Case& c = GetParam();
  const auto whole = SniffLayout(c.source, true);
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->layout->name(), c.layout) << whole->why;
  for (size_t size = 0; size <= c.source.size(); size += size < 1000 ? 1 : 499) {
    const auto answer = SniffLayout(std::string_view(c.source).substr(0, size), false);
    if (!answer) continue;
    ASSERT_EQ(answer->why, whole->why) << size;
  }
  EXPECT_EQ(Drive(*whole->layout, c.source).records.size(), c.records);
}

constexpr std::string_view kProse =
    "We have seen that it rains. It will rain again, as it always does in this country,\nuntil the valley is dry.\n\n";

// Of lines enough to be no page.
constexpr std::string_view kScene =
    "We have seen that it rains. It will rain again,\nas it always does in this country,\nuntil the valley is dry.\n"
    "Nobody has asked when.\n\n";

std::string Person(size_t i) { return absl::StrFormat("Name: person %d\nTown: T%d\n\n%s", i, i, kProse); }

INSTANTIATE_TEST_SUITE_P(
    Sources, SeveralLines,
    testing::ValuesIn(std::vector<Case>{
        {"Fortunes", "a\n  -- b\n%\n\"c\"\n\nd\n%\ne\n%\n", "fortunes", 3},
        {"FortunesCrLf", CrLf("a\n  -- b\n%\nc\n%\nd"), "fortunes", 3},
        {"FortunesOfTwoSigns", "a\nb\n%%\nc\n%%\nd\n%%\n", "fortunes", 3},
        {"FortunesBeyondTheFirstLines",
         Many(20, [](size_t i) { return absl::StrFormat("%s%d\n%%\n", Many(30, [](size_t) { return "line\n"; }), i); }),
         "fortunes", 20},
        {"OnePercentSign", "a\n%\nb\n", "lines", 3},
        {"CommentsOfMatlab", "x = 1;\n%\n% Adds one.\n%\ny = 2;\n", "text", 1},
        {"CommentsOfLatex", "\\section{A}\nText.\n%\nmore\n%\nend\n", "text", 1},
        {"LabelsBetweenRulers", "----------\n" + Many(9, [](size_t i) { return Person(i) + "----------\n"; }),
         "separated", 9},
        {"LabelsBetweenRulersCrLf", CrLf(Many(9, [](size_t i) { return Person(i) + "==========\n"; })), "separated", 9},
        {"LabelsBetweenRulersBeyondTheHead",
         Many(99, [](size_t i) { return Person(i) + Many(9, [](size_t) { return kProse; }) + "****\n"; }), "separated",
         99},
        {"QuestionsBetweenRulers",
         Many(3, [](size_t i) { return absl::StrFormat("Q: %d?\nA: No.\nNot at all.\n____\n", i); }), "labelled", 3},
        {"TwoBlocks", Person(1) + "-----\n" + Person(2), "text", 1},
        {"ScenesOfANovel", Many(30, [](size_t) { return std::string(kScene) + "* * *\n\n"; }), "text", 1},
        {"ScenesBetweenRulers", Many(30, [](size_t) { return std::string(kScene) + "***\n\n"; }), "text", 1},
        {"Dialogues", Many(9, [](size_t) { return "Ann: yes\nBob: no\nAnn: yes\n-----\n"; }), "separated", 9},
        {"LogBetweenRulers",
         Many(9, [](size_t i) { return absl::StrFormat("=====\nINFO: run %d\nINFO: loaded\nWARN: slow\n", i); }),
         "lines", 36},
        {"LogWithTimes",
         Many(9, [](size_t i) { return absl::StrFormat("-----\n2026-03-01 10:00:0%d start: a\nstep: one\n", i); }),
         "log", 10},
        {"LogOfPython",
         Many(9, [](size_t i) { return absl::StrFormat("2026-03-01 10:00:0%d,123 - root - INFO - text\n", i); }),
         "lines", 9},
        {"Notes", Many(9, [](size_t) { return std::string(kScene) + "Note: mind the step.\n\n---\n\n"; }), "text", 1},
        {"Chat",
         "[12.03.26, 09:14:02] Ana: Who?\n[12.03.26, 09:14:40] Bo: I do,\n\nreally\n[12.03.26, 09:15:02] Ana: ok\n",
         "chat", 3},
        {"ChatOfAnotherPhone",
         "12/03/26, 09:14 - Messages are encrypted.\n3/12/26, 9:15\xE2\x80\xAFPM - Ana: Who\nbrings it?\n3/12/26, 9:16 "
         "PM - Bo: I do\n",
         "chat", 3},
        {"LogWithTraces",
         Many(9, [](size_t i) { return absl::StrFormat("2026-03-01 10:00:0%d ERROR bad\n\tat a.b(C:1)\n", i); }), "log",
         9},
        {"RecordsThatCountUp",
         Many(9,
              [](size_t i) { return absl::StrFormat("Record #%d of 9\nID: C%d\nTI: On Rain\nAB: %s", i, i, kProse); }),
         "cochrane", 9},
        {"LabelsAboveTheirTexts",
         Many(9, [](size_t i) { return absl::StrFormat("<%d>\nTitle\n  On Rain\nAbstract\n  It rains.\n\n", i); }),
         "labelled", 9},
        {"NamesInBrackets",
         "version: 1\n\n" +
             Many(9, [](size_t i) { return absl::StrFormat("[Term]\nid: T%d\nname: rain\ndef: \"wet\"\n\n", i); }),
         "labelled", 10},
        {"NamesInBracketsWithControlCharacters",
         Many(9, [](size_t i) { return absl::StrFormat("[Te\x01\x7Frm]\nid: T%d\nname: rain\ndef: \"wet\"\n\n", i); }),
         "labelled", 9},
        {"TablesOfToml",
         Many(9, [](size_t) { return "[[paper]]\ntitle = \"Rain\"\nabstract = \"\"\"\nIt rains.\"\"\"\n\n"; }),
         "labelled", 9},
        {"LabelsWithPaths",
         Many(9, [](size_t i) { return absl::StrFormat("a/id: %d\nb/summary: Wet\nb/text: It rains.\n\n", i); }),
         "labelled", 9},
        {"LabelsOfSeveralWords",
         Many(9, [](size_t i) { return absl::StrFormat("productId: B%d\nscore: 5\nreviewText: It rains.\n\n", i); }),
         "labelled", 9},
        {"TitlesAboveParagraphs", Many(9, [](size_t i) { return absl::StrFormat("Title: Rain %d\n\n%s", i, kProse); }),
         "labelled", 9},
        {"TagsOfTwoLetters",
         Many(9, [](size_t i) { return absl::StrFormat("ID   X%d\nTI   On Rain\nAB   It rains.\n//\n", i); }),
         "labelled", 9},
        {"TitlesAboveRulers",
         Many(9, [](size_t i) { return absl::StrFormat("Title: Rain %d\nURL: x\n-----\n\n%s", i, kProse); }), "labels",
         9},
        {"RulesOfMake", "all: a\n\tcc -o a a.c\n\nclean:\n\trm a\n", "text", 1},
        {"RulesOfMakeCrLf", CrLf("all: a\n\tcc -o a a.c\n\nclean:\n\trm a\n"), "text", 1},
        {"ListsBehindBlanks", "all: a\n  cc -o a a.c\nclean:\n  rm a\n", "text", 1},
        {"OneStepAfterAnother",
         Many(9, [](size_t i) { return absl::StrFormat("Step %d\nGo on, and look at it.\n", i); }), "lines", 18},
        {"Fasta", Many(3, [](size_t i) { return absl::StrFormat(">s%d gene\nACGTACGTAC\nGGTTA\n", i); }), "fasta", 3},
        {"GamesOfChess",
         Many(3,
              [](size_t i) {
                return absl::StrFormat("[Event \"Open %d\"]\n[White \"Lee\"]\n[Black \"Ek\"]\n\n1. e4 e5 1-0\n\n", i);
              }),
         "pgn", 3},
        {"QuotationsOfMail", ">Rain falls on small towns\n>as it does on large ones.\n\nI agree with that.\n", "text",
         1},
        {"CommitsOfGit",
         Many(3,
              [](size_t i) {
                return absl::StrFormat("commit 4f1c2a%d\nAuthor: A <a@b.c>\nDate: x\n\n    Rain.\n\n", i);
              }),
         "git-log", 3},
        {"CommitsOfSubversion",
         Many(3, [](size_t i) { return absl::StrFormat("-----\nr%d | ann | 2024-03-0%d\n\nRain.\n", i, i + 1); }) +
             "-----\n",
         "separated", 3},
        {"RulersBetweenAllLines", "###\nRain.\n###\nSnow.\n###\nWind.\n", "separated", 3},
        {"TranscriptWithTimes", "[00:00:01] Ana: Who goes\nthere?\n[00:00:05] Bo: I do.\n[00:00:09] Ana: Ah.\n", "log",
         3},
        {"Gettext",
         Many(9, [](size_t i) { return absl::StrFormat("#: a.c:%d\nmsgid \"rain\"\nmsgstr \"Regen\"\n\n", i); }),
         "separated", 9},
        {"ChatOfTelegram",
         Many(9, [](size_t i) { return absl::StrFormat("Ana B, [0%d.01.2026 21:10]\nIt rains.\nStill.\n\n", i + 1); }),
         "chat", 9},
        {"ChatOfDiscord",
         Many(9, [](size_t i) { return absl::StrFormat("[0%d-Jan-26 09:10 PM] ana#1\nIt rains.\nStill.\n\n", i + 1); }),
         "chat", 9},
        {"SubtitlesOfSubViewer", "0:00:01.000,0:00:02.000\nHello\n\n0:00:03.000,0:00:04.000\nBye\n", "subtitles", 1},
        {"Toolbox",
         "\\_sh v3.0  400  MDF\n\n" +
             Many(9, [](size_t i) { return absl::StrFormat("\\lx w%d\n\\ps n\n\\ge gloss\n\n", i); }),
         "toolbox", 9},
        {"GlossedText",
         "\\id A\n\n" +
             Many(9, [](size_t i) { return absl::StrFormat("\\ref A.%d\n\\tx ka nu\n\\ge the boat\n\n", i); }),
         "toolbox", 9},
        {"ABible",
         "\\id GEN\n\\c 1\n\\p\n" + Many(9, [](size_t i) { return absl::StrFormat("\\v %d In the beginning.\n", i); }),
         "text", 1},
        {"AListOfLatex", Many(9, [](size_t i) { return absl::StrFormat("\\item one of %d\n", i); }), "lines", 9},
        {"Subtitles", "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n", "subtitles",
         1},
        {"SubtitlesWithoutNumbers", "00:01.000 --> 00:02.000\nHello\n\n00:03.000 --> 00:04.000\nBye\n", "subtitles", 1},
        {"DocumentsOfMany",
         "____________________\n\nTable of contents\n\n1. A\n\n" +
             Many(3,
                  [](size_t i) {
                    return absl::StrFormat(
                        "____________________\n\nDocument %d of 3\n\nOn Rain\n\nAuthor: K\n\nAbstract: %s", i, kProse);
                  }),
         "proquest", 3},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// Heads of nothing but labels, of which many come again: each of the first may begin the records.
TEST(ManyLabels, AreReadOnce) {
  constexpr size_t kBlocks = 4;
  const auto many = [](std::string_view begin, std::string_view end, std::string_view ruler) {
    std::string out;
    for (size_t block = 0; block < kBlocks; ++block) {
      out += ruler;
      for (size_t i = 0; i < 40; ++i) out += absl::StrFormat("%s%sa%d%s\n", ruler.empty() ? "\n" : "", begin, i, end);
      for (size_t i = 3000 * (block % 2); out.size() < (block + 1) * kSniffBytes / kBlocks; ++i)
        out += absl::StrFormat("%sb%d%s\n", begin, i, end);
    }
    return out;
  };
  for (const std::string& source : {many("", ": 1", ""), many("", " = 1", ""), many("\\", " 1", ""), many("[", "]", ""),
                                    many("", ": 1", "---\n")}) {
    const std::clock_t begin = std::clock();
    EXPECT_TRUE(SniffLayout(source, true).has_value());
    EXPECT_LT(std::clock() - begin, CLOCKS_PER_SEC) << source.substr(0, 20);
  }
}

// --- what is in them ----------------------------------------

TEST(Separators, PartRecordsThatStayAsTheyAre) {
  const LayoutPtr layout = SeparatedLayout("^-+$").value();
  const Segmented out = Drive(*layout, "\n  a\n b \n\n--\n---  \n\nc\n----x\n-\n");
  EXPECT_THAT(Texts(out), ElementsAre("  a\n b ", "c\n----x"));
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 0u);
  EXPECT_EQ(out.ledger[ByteClass::kSeparator], 1u + 2u + 3u + 6u + 1u + 1u + 2u);
}
TEST(Separators, CanBeBlankLines) {
  const LayoutPtr layout = SeparatedLayout("^$").value();
  EXPECT_THAT(Texts(Drive(*layout, "\n\na\nb\n\n \t\n\nc\r\n\r\nd")), ElementsAre("a\nb", "c", "d"));
}
TEST(Separators, NeedNotMatchAWholeLine) {
  EXPECT_THAT(Texts(Drive(*SeparatedLayout("END").value(), "a\nthe END of it\nb\n")), ElementsAre("a", "b"));
}
TEST(Separators, AreInTheProfileAsTheyWereGiven) {
  for (const std::string_view separator : {"^\\s*\"x\\\\\"$", "a\tb", "\\x{20AC}\x7f", "\u20AC", "'''"}) {
    const auto layout = SeparatedLayout(separator);
    ASSERT_TRUE(layout.ok()) << layout.status();
    EXPECT_EQ((*layout)->profile().pattern.separator.at(0).text(), separator);
    EXPECT_EQ(ParseProfile((*layout)->profile().source, "again")->pattern.separator.at(0).text(), separator);
  }
}
TEST(Separators, ThatAreWrongAreToldWhere) {
  EXPECT_THAT(std::string(SeparatedLayout("^a(b").status().message()), HasSubstr("it is character 3"));
  EXPECT_THAT(std::string(SeparatedLayout("ab)").status().message()), HasSubstr("it is character 3"));
  EXPECT_THAT(std::string(SeparatedLayout("ab[c").status().message()), HasSubstr("it is character 3"));
  EXPECT_THAT(std::string(SeparatedLayout("a**").status().message()), HasSubstr("it is character 2"));
  for (const char* all : {"", "x*", ".*", "^"})
    EXPECT_THAT(std::string(SeparatedLayout(all).status().message()), HasSubstr("matches every line"));
}
TEST(Separators, PartRecordsThatAreTooLong) {
  LayoutOptions options;
  options.max_record_bytes = 10;
  EXPECT_THAT(Texts(Drive(*SeparatedLayout("^%$").value(), "a\n%\n" + std::string(40, 'x') + "\n%\nb\n", options)),
              ElementsAre("a", "too_long", "b"));
}

constexpr std::string_view kCues =
    "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE a remark\nof two lines\n\n"
    "cue-1\n00:01.000 --> 00:02.000 align:start position:0%\n<v Ana>Hello &amp; <i>goodbye</i></v>\n- <laughs> a < "
    "b\n\n"
    "00:00:03.000 --> 00:00:04.000\n1984\n\nis a year\n4\n00:00:05,000-->00:00:06,000 X1:1 "
    "Y1:2\n{\\an8}last<00:00:05.500><c.red> one</c>\n";

TEST(Subtitles, AreOneTextWithoutNumbersTimesAndTags) {
  for (const std::string& source : {std::string(kCues), CrLf(std::string(kCues))}) {
    const Segmented out = Drive(GetLayout("subtitles"), source);
    EXPECT_THAT(Texts(out), ElementsAre("Hello & goodbye\n- <laughs> a < b|1984|is a year\nlast one"));
  }
}
TEST(Subtitles, HaveNamesOfAnyWords) {
  constexpr std::string_view kNamed =
      "WEBVTT\n\nThe beginning\n00:01.000 --> 00:02.000\nHello\n\n2 - in town\n00:03.000 --> 00:04.000\nBye\nAnd "
      "bye\n\n"
      "The end\n\nis near\n";
  EXPECT_THAT(Texts(Drive(GetLayout("subtitles"), kNamed)), ElementsAre("Hello|Bye\nAnd bye|The end|is near"));
  EXPECT_THAT(Texts(Drive(GetLayout("srt"), kNamed)), ElementsAre("Hello", "Bye\nAnd bye|The end|is near"));
  // What stands directly behind a cue, or behind a time and a blank line, is its text.
  constexpr std::string_view kCrowded = "0:01 --> 0:02\nHello\n0:03 --> 0:04\n\nBye\n0:05 --> 0:06\nAnd bye\n";
  EXPECT_THAT(Texts(Drive(GetLayout("subtitles"), kCrowded)), ElementsAre("Hello|Bye\nAnd bye"));
}
TEST(Subtitles, CanBeReadCueByCue) {
  const Segmented out = Drive(GetLayout("srt"), kCues);
  EXPECT_THAT(Texts(out), ElementsAre("Hello & goodbye\n- <laughs> a < b", "1984|is a year", "last one"));
  EXPECT_TRUE(out.records.at(0).raw.starts_with("cue-1\n00:01"));
  EXPECT_TRUE(out.records.at(2).raw.starts_with("4\n00:00:05"));
}
TEST(Subtitles, CountNumbersTimesAndRemarksAsFurniture) {
  const Segmented out = Drive(GetLayout("subtitles"), "1\n0:01 --> 0:02\nA\n\n2\n0:03 --> 0:04\nB\n");
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 2u * (1 + 13));
}

TEST(Exports, HaveTheirTitlesTextsAndDates) {
  const std::string source = Many(2, [](size_t i) {
    return absl::StrFormat(
        "____________________\n\nDocument %d of 2\n\nOn Rain\nand Snow\n\nAuthor: K\n\nProQuest document link\n\n"
        "Abstract: Short.\n\nFull text: First.\n\nNote: stays.\n\nSubject: a\n\n",
        i);
  });
  const std::string want = "On Rain and Snow|Short.|First.|Note: stays.";
  EXPECT_THAT(Texts(Drive(GetLayout("proquest"), source + "____________________\n\nDatabase copyright 2015\n")),
              ElementsAre(want, want));
  EXPECT_THAT(
      Texts(Drive(GetLayout("proquest"),
                  "1 of 1 DOCUMENTS\n\nThe Daily\n\nHEADLINE: Rain\n\nBODY:\nIt rains.\n\nStill.\n\nLENGTH: 3\n")),
      ElementsAre("Rain|It rains.|Still."));
  EXPECT_THAT(Texts(Drive(GetLayout("proquest"), "Document 1 of 1\n\nRain\n\nIt rains.\n\nStill.\n")),
              ElementsAre("Rain|It rains.|Still."));
}
TEST(Exports, OfLabelsHaveAbstractAndFullText) {
  EXPECT_THAT(Texts(Drive(GetLayout("labels"), "Title: Rain\nAbstract: Short.\nFull text: Long.\nLonger.\n")),
              ElementsAre("Rain|Short.\nLong.\nLonger."));
}

TEST(Markers, AreTakenOffTheirTexts) {
  EXPECT_THAT(
      Texts(Drive(
          GetLayout("toolbox"),
          "\\_sh v3.0\n\n\\lx kanu\n\\hm 1\n\\ps n\n\\ge boat\n\\xv A long\nexample.\n\\dt 1/Mar/2010\n\n\\lx to\n")),
      ElementsAre("kanu|n\nboat\nA long\nexample.", "to"));
}

}  // namespace
}  // namespace unecho::several_lines_test
