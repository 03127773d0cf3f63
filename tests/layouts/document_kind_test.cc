// Files that are one document, by how they begin or what they are called.
#include "layouts/document_kind.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "layouts/listing_rules.h"
#include "layouts/release_notes.h"

namespace unecho::document_kind_test {
namespace {

struct KindCase {
  const char* name;
  std::string text;
  std::string_view want;  // empty: none that is known
};
void PrintTo(const KindCase& c, std::ostream* out) { *out << c.name; }

class Kind : public testing::TestWithParam<KindCase> {};

TEST_P(Kind, IsKnown) {
  const KindCase& c = GetParam();
  EXPECT_EQ(DocumentKind(FirstLinesOf(ReadHead(c.text, true))), c.want);
}

INSTANTIATE_TEST_SUITE_P(
    Documents, Kind,
    testing::ValuesIn(std::vector<KindCase>{
        {"Latex", "\\documentclass{article}\n\\begin{document}\nRain.\n\\end{document}\n", "a LaTeX document"},
        {"LatexOfAPart", "\\section{Rain}\nIt rains.\n", "a LaTeX document"},
        {"LinesWithABackslash", "\\lx kanu\n\\ps n\n", ""},
        {"Troff", ".TH RAIN 1\n.SH NAME\nrain\n", "a manual page"},
        {"Org", "#+TITLE: Rain\n* May\nIt rains.\n", "an Org document"},
        {"BulletsAreNoOrg", "* May\nIt rains.\n* June\nIt rains.\n", ""},
        {"AsciiDoc", "= Rain\n:toc:\n\n== May\n", "an AsciiDoc document"},
        {"Wiki", "== Rain ==\nIt [[rain]]s.\n== Snow ==\n", "a page of a wiki"},
        {"Textile", "h1. Rain\n\nIt rains.\n\nh2. May\n", "a Textile document"},
        {"Pod", "=head1 NAME\n\nrain\n\n=head1 USE\n", "a POD document"},
        {"Makefile", "rain: cloud\n\tcc cloud.c\n", "a Makefile"},
        {"Script", "#!/bin/sh\nrain\n", "a program"},
        {"Calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar or an address book"},
        {"Certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "a key or a certificate"},
        {"SubStation", "[Script Info]\nTitle: Rain\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,It rains.\n",
         "a file of subtitles (ASS)"},
        {"Settings", "[rain]\na = 1\nb = 2\n", "a file of settings"},
        {"Patch", "diff --git a/r.c b/r.c\n--- a/r.c\n+++ b/r.c\n@@ -1 +1 @@\n-a\n+b\n", "a patch"},
        {"RulersAreNoPatch", "--- a\nrain\n+++ b\n", ""},
        {"DrawnTable", "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n", "a table that is drawn with signs"},
        {"TableOfADatabase", " id | town\n----+------\n  1 | Oldtown\n", "a table that is drawn with signs"},
        {"TableInMarkdown", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n", ""},
        {"ChangesOfDebian", "rain (1.2-1) unstable; urgency=medium\n\n  * New.\n\n -- Ann Lee <a@b.example>\n",
         "a list of changes"},
        {"ChangesOfGnu", "2022-10-20  Ann Lee  <a@b.example>\n\n\t* Makefile.am (rpm): Remove.\n", "a list of changes"},
        {"ChangesOfSeveral",
         "Mon Jan  1 10:00:00 2001  Ann Lee <a@b.example>\n\t    Bo Ek  <b@b.example>\n\n\t* a.c: New.\n",
         "a list of changes"},
        {"DatesAreNoChanges", "2022-10-20 rain at ann@b.example\n2022-10-21 snow\n", ""},
        {"Lines", "It rains.\nIt snows.\n", ""},
    }),
    [](const auto& param) { return std::string(param.param.name); });

std::vector<Line> LinesOf(const std::string& text) { return ReadHead(text, true).lines; }

TEST(IsSubtitles, TakesCuesWithTimes) {
  EXPECT_TRUE(IsSubtitles(LinesOf("1\n00:00:01,000 --> 00:00:02,000\nHello\n")));
  EXPECT_TRUE(IsSubtitles(LinesOf("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")));
  EXPECT_TRUE(IsSubtitles(LinesOf("0:00:01.000,0:00:02.000\nHello\n")));
  EXPECT_FALSE(IsSubtitles(LinesOf("1\nHello\n")));
  EXPECT_FALSE(IsSubtitles({}));
}

TEST(IsManual, LooksBelowCommentsAndMacros) {
  std::string page = "'\\\" t\n.de Sp\n.if t .sp .5v\n..\n";
  for (int i = 0; i < 60; ++i) page += ".\\\" It is made by a program.\n";
  EXPECT_FALSE(IsManual(LinesOf(page)));
  EXPECT_TRUE(IsManual(LinesOf(page + ".TH RAIN 1\n.SH NAME\nrain\n")));
  EXPECT_TRUE(IsManual(LinesOf(".\n.Dd May 1\n.Sh NAME\n")));
  EXPECT_FALSE(IsManual(LinesOf("rain\n.TH RAIN 1\n.SH NAME\n")));
  EXPECT_FALSE(IsManual(LinesOf(".gitignore\n.DS_Store\n")));
}

TEST(IsConllU, TakesSentencesOfTenColumns) {
  const std::string word = "\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n";
  EXPECT_TRUE(IsConllU(LinesOf("# text = It\n1" + word)));
  EXPECT_TRUE(IsConllU(LinesOf("1" + word + "2" + word + "\n1-2" + word + "1" + word + "2" + word)));
  EXPECT_FALSE(IsConllU(LinesOf("1" + word + "2" + word)));
  EXPECT_FALSE(IsConllU(LinesOf("# text = It\n1\tIt\n")));
  EXPECT_FALSE(IsConllU(LinesOf("# made = today\n1" + word + "1" + word + "3" + word)));
  EXPECT_FALSE(IsConllU(LinesOf("#chrom\n1" + word + "2" + word)));
}

TEST(HasComments, TakesLinesInARowForThem) {
  EXPECT_TRUE(HasComments(LinesOf("# a list\n# of words\napple\npear\n\n# more\nplum\n")));
  EXPECT_TRUE(HasComments(LinesOf("#\n# a list\n#\n\napple\n")));
  EXPECT_FALSE(HasComments(LinesOf("# On Rain\nAnn Lee\n# On Snow\nBo Ek\n")));
  EXPECT_FALSE(
      HasComments(LinesOf("# On Rain\nIt rains on the town and on all of the hills.\n# On Snow\nIt snows.\n")));
  EXPECT_FALSE(HasComments(LinesOf("# Papers\n# May\n\n## On Rain\n\nIt rains.\n")));
  EXPECT_FALSE(HasComments(LinesOf("# Papers\n# May\n- [On Rain](https://e.example)\n")));
  EXPECT_FALSE(HasComments(LinesOf("apple\npear\n")));
}

TEST(IsYaml, TakesKeysWithSomethingBelowThem) {
  EXPECT_TRUE(IsYaml(LinesOf("info:\n  title: Rain\npaths:\n  a: x\n")));
  EXPECT_FALSE(IsYaml(LinesOf("Anna: Where is it?\nBen: Here.\nAnna: Ah.\nBen: Yes.\n")));
}

TEST(HasUnderlinedTitles, TakesTwoOfTheirOwnLengths) {
  EXPECT_TRUE(HasUnderlinedTitles(LinesOf("Rain\n====\nIt rains.\nSnow\n----\nIt snows.\n")));
  EXPECT_FALSE(HasUnderlinedTitles(LinesOf("Rain\n====\nIt rains.\n")));
  EXPECT_FALSE(HasUnderlinedTitles(LinesOf("a short line\n--------------------\nanother\n--------------------\n")));
}

TEST(NameOfASource, SaysThatItIsCodeOrMarkup) {
  for (const std::string_view name : {"src/main.cc", "setup.py.gz", "Makefile", "a.py@2"})
    EXPECT_TRUE(IsSourceCode(name));
  for (const std::string_view name : {"notes.txt", "py", ".py", "a.md"}) EXPECT_FALSE(IsSourceCode(name)) << name;
  for (const std::string_view name : {"app.properties", "a/rain.CONF", "main.ftl.gz"})
    EXPECT_TRUE(IsSettingsByName(name));
  EXPECT_FALSE(IsSettingsByName("conf"));
  EXPECT_EQ(MarkupOf("paper.TEX"), "LaTeX");
  EXPECT_EQ(MarkupOf("notes.txt"), "");
}

TEST(ReleaseNotes, HaveTwoHeadsOrATitle) {
  const auto is_notes = [](const std::string& text) { return IsReleaseNotes(FirstLinesOf(ReadHead(text, true))); };
  const std::string items = "\n- fix the lamp\n- fix the door\n\n";
  for (const std::string head : {"v1.2", "* Version 1.0.18", "Version 10.42 1-May-2022", "1.2.3 / 2012-01-02", "1.2.3",
                                 "Changes with rain 1.2.3  13 Jun 2023", "rain 1.2.3 (2020-01-02)"})
    EXPECT_TRUE(is_notes(head + items + head + items)) << head;
  EXPECT_TRUE(is_notes("Change Log for Rain\n\nVersion 1.2\n\n1. Fixed a lamp.\n"));
  EXPECT_FALSE(is_notes("Version 1.2" + items)) << "one head";
  EXPECT_FALSE(is_notes("Lamp 1.50\nA good lamp.\n\nDoor 2.00\nA good door.\n")) << "prices";
  EXPECT_FALSE(is_notes("rain 1.2.3" + items + "snow 3.2.1" + items)) << "several programs";
  EXPECT_FALSE(is_notes("1.1 Introduction\n\nText.\n\n1.2 Methods\n\nText.\n")) << "sections";
  EXPECT_FALSE(is_notes("10.0.0.1\n10.0.0.2\n\n10.0.0.3\n10.0.0.4\n")) << "addresses";
}

TEST(YamlDocument, IsNoFrontMatter) {
  const auto is_yaml = [](const std::string& text) { return IsYamlDocument(ReadHead(text, true).lines); };
  EXPECT_TRUE(is_yaml("---\n# of rain\ntitle: Rain\ntext: |\n  It rains.\n  ---\n"));
  EXPECT_FALSE(is_yaml("---\ntitle: Rain\n---\nIt rains.\n"));
  EXPECT_FALSE(is_yaml("---\ntitle: Rain\n...\nIt rains.\n"));
  EXPECT_FALSE(is_yaml("---\nIt rains on the town\nand on the hills.\n"));
}

TEST(UnderlinedEntries, HaveAParagraphEach) {
  const std::string text = "\n\nIt rains on the town and on all of the hills.\n\n";
  const auto are = [](const std::string& all) { return AreUnderlinedEntries(ReadHead(all, true).lines); };
  const std::string three = "On Rain\n-------" + text + "On Snow\n-------" + text + "On Hail\n-------" + text;
  EXPECT_TRUE(are(three));
  EXPECT_TRUE(are("Papers\n======\n\n" + three));
  EXPECT_FALSE(are(three + "And more of it, as a text in two paragraphs.\n"));
  EXPECT_FALSE(are("On Rain\n=======" + text + three));
}

}  // namespace
}  // namespace unecho::document_kind_test
