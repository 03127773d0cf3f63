// Dumps of one kind, written in many ways: --layout auto knows them, and each gives the same titles and abstracts.
#include <gmock/gmock.h>

#include <functional>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "layouts/sniff.h"
#include "support/records_of.h"

namespace unecho::layout_variants_test {
namespace {

struct Paper {
  std::string title, abstract, authors, url;
};

// What is hard: a colon and a question mark in titles, a bar, a formula, an abstract of two lines.
const std::vector<Paper>& Papers() {
  static const std::vector<Paper> papers = {
      {"Sleep Is All You Need: A Study", "We propose a simple plan, based solely on sleep. It works well: 28.4 points.",
       "Ann Lee, Bo Chen", "https://arxiv.org/abs/2401.00001"},
      {"Can $x_i$ Count (Some) Sheep?", "Counting is hard. In this paper, we show that sheep learn.\nThey also jump.",
       "Carl Diaz", "https://arxiv.org/abs/2401.00002"},
      {"Fog-4 Technical Report", "We report the development of Fog-4, a large-scale, multimodal fog.", "OpenFog",
       "https://arxiv.org/abs/2401.00003"},
      {"Scaling Laws for Pillows", "We study empirical scaling laws for pillow height on the loss of sleep.",
       "Jared K. et al.", "https://arxiv.org/abs/2401.00004"},
      {"On the Softness of |x| Norms", "Norms are surprisingly soft, and we explain why.", "Zoe M.",
       "https://arxiv.org/abs/2401.00005"}};
  return papers;
}

using Write = std::function<std::string(const Paper&, int number)>;

std::string OneLine(const std::string& text) { return absl::StrReplaceAll(text, {{"\n", " "}}); }
std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }
std::string Escaped(const std::string& text) { return absl::StrReplaceAll(text, {{"|", "\\|"}}); }
std::string CrLf(const std::string& text) { return absl::StrReplaceAll(text, {{"\n", "\r\n"}}); }

std::string Dump(std::string_view head, const Write& write, std::string_view tail = "") {
  std::string out(head);
  int number = 0;
  for (const Paper& paper : Papers()) out += write(paper, ++number);
  return out += tail;
}

enum class Body {
  kNone,
  kWhole,
  kFirstLine,
  kSomewhere
};  // kSomewhere: authors in front of it, which nothing tells apart

struct Variant {
  const char* name;
  std::string_view layout;
  Body body;
  std::string source;
};
void PrintTo(const Variant& v, std::ostream* out) { *out << v.name; }

class LayoutVariants : public testing::TestWithParam<Variant> {};

TEST_P(LayoutVariants, AreKnownAndReadTheSame) {
  const Variant& v = GetParam();
  const auto detected = SniffLayout(v.source, true);
  ASSERT_TRUE(detected.has_value());
  EXPECT_EQ(detected->layout->name(), v.layout) << detected->why;
  Segmented out = Drive(GetLayout(v.layout), v.source);
  // Text above and between the records.
  std::erase_if(out.records, [](const OwnedRecord& record) { return record.reason == Reason::kOrphanBody; });
  ASSERT_EQ(out.records.size(), Papers().size());
  for (size_t i = 0; i < Papers().size(); ++i) {
    const OwnedRecord& record = out.records[i];
    const Paper& paper = Papers()[i];
    EXPECT_EQ(record.reason, Reason::kNone);
    ASSERT_FALSE(record.pieces.empty());
    EXPECT_EQ(record.pieces[0], paper.title);
    std::string body;
    for (size_t piece = 1; piece < record.pieces.size(); ++piece)
      body += (piece > 1 ? "\n\n" : "") + OneLine(record.pieces[piece]);
    switch (v.body) {
      case Body::kNone: EXPECT_EQ(body, ""); break;
      case Body::kWhole: EXPECT_EQ(body, OneLine(paper.abstract)); break;
      case Body::kFirstLine: EXPECT_EQ(body, FirstLine(paper.abstract)); break;
      case Body::kSomewhere: EXPECT_THAT(body, testing::EndsWith(OneLine(paper.abstract))); break;
    }
  }
}

std::string Ris(const char* title, const char* body, const char* dash) {
  return Dump("", [=](const Paper& p, int) {
    return absl::StrFormat("TY%sJOUR\nAU%s%s\n%s%s%s\n%s%s%s\nPY%s2024\nER%s\n\n", dash, dash, p.authors, title, dash,
                           p.title, body, dash, p.abstract, dash, dash);
  });
}

// A title that is broken into two lines.
std::string Broken(const std::string& title, const char* indent) {
  const size_t blank = title.find(' ', 8);
  return title.substr(0, blank) + "\n" + indent + title.substr(blank + 1);
}

INSTANTIATE_TEST_SUITE_P(Markdown, LayoutVariants, testing::ValuesIn(std::vector<Variant>{
    {"HeadingsWithLinks", "markdown-headings", Body::kWhole,
     Dump("# Daily\n\nA list of papers.\n\n## 2024-05-01\n\n", [](const Paper& p, int) {
       return absl::StrFormat("### [%s](%s)\n\n*%s*\n\n%s\n\n", p.title, p.url, p.authors, p.abstract); })},
    {"HeadingsWithLinksAlone", "markdown-headings", Body::kNone,
     Dump("# Papers\n\n## Sleep\n\n", [](const Paper& p, int) { return absl::StrFormat("### [%s](%s)\n\n", p.title, p.url); })},
    {"HeadingsNumberedWithDetails", "markdown-headings", Body::kWhole,
     Dump("<div id=toc></div>\n\n# Table of Contents\n\n- [cs.CL](#cs.CL) [Total: 5]\n\n\n<div id='cs.CL'></div>\n\n# cs.CL [[Back]](#toc)\n\n",
          [](const Paper& p, int n) {
       return absl::StrFormat("### [%d] [%s](%s)\n*%s*\n\nMain category: cs.CL\n\nTL;DR: short.\n\n\n<details>\n  <summary>Details</summary>\n"
                              "Motivation: m.\n\nMethod: n.\n\nAbstract: %s\n\n</details>\n\n---\n\n", n, p.title, p.url, p.authors, p.abstract); })},
    {"HeadingsPlainWithLabels", "markdown-headings", Body::kWhole,
     Dump("# Digest\n\n", [](const Paper& p, int n) {
       return absl::StrFormat("## %d. %s\n\n**Authors:** %s\n**Link:** %s\n\n**Abstract:** %s\n\n---\n\n", n, p.title, p.authors, p.url,
                              p.abstract); })},
    {"HeadingsWithPartsAsHeadings", "markdown-headings", Body::kWhole,
     Dump("# Digest\n\n## May 5, 2024\n\n", [](const Paper& p, int) {
       return absl::StrFormat("### %s\n\n#### Authors\n\n%s\n\n#### Abstract\n\n%s\n\n#### Links\n\n[pdf](%s) | [code](%s)\n\n", p.title,
                              p.authors, p.abstract, p.url, p.url); })},
    {"HeadingsWithPartsAsBullets", "markdown-headings", Body::kWhole,
     Dump("# Papers\n\n", [](const Paper& p, int) {
       return absl::StrFormat("## [%s](%s)\n- **Authors:** %s\n- **PDF:** [link](%s)\n- **Abstract:** %s\n\n", p.title, p.url, p.authors,
                              p.url, p.abstract); })},
    {"HeadingsWithOneLineDetails", "markdown-headings", Body::kWhole,
     Dump("# Papers\n\n", [](const Paper& p, int) {
       return absl::StrFormat("### %s [[pdf](%s)]\n<details><summary>Abstract</summary>%s</details>\n\n", p.title, p.url, p.abstract); })},
    {"HeadingsWithDetailsBlocks", "markdown-headings", Body::kSomewhere,
     Dump("# Papers\n\n", [](const Paper& p, int) {
       return absl::StrFormat("### [%s](%s)\n%s\n\n<details><summary>Abstract</summary>\n\n%s\n\n</details>\n\n", p.title, p.url, p.authors,
                              p.abstract); })},
    {"BoldLinesForHeadings", "markdown-headings", Body::kSomewhere,
     Dump("# Digest\n\n", [](const Paper& p, int) {
       return absl::StrFormat("**%s**\n\n%s\n\n[[pdf]](%s)\n\n%s\n\n", p.title, p.authors, p.url, p.abstract); })},
    {"HeadingsOfTheFirstLevel", "markdown-titles", Body::kWhole,
     Dump("", [](const Paper& p, int) { return absl::StrFormat("# %s\n\n%s\n\n", p.title, p.abstract); })},
    {"HeadingsCrLfAndBom", "markdown-headings", Body::kWhole,
     CrLf(Dump("\xEF\xBB\xBF# Daily\n\n", [](const Paper& p, int) {
       return absl::StrFormat("### [%s](%s)\n\n%s\n\n", p.title, p.url, p.abstract); }))},
    {"BulletsWithLinks", "markdown-bullets", Body::kFirstLine,
     Dump("# Awesome\n\n- [NLP](#nlp)\n- [CV](#cv)\n\n## NLP\n\n", [](const Paper& p, int) {
       return absl::StrFormat("- [%s](%s) - %s\n", p.title, p.url, FirstLine(p.abstract)); })},
    {"BulletsInBold", "markdown-bullets", Body::kNone,
     Dump("# List\n\n", [](const Paper& p, int) {
       return absl::StrFormat("* **%s** - %s. [[paper](%s)] [[code](%s)]\n", p.title, p.authors, p.url, p.url); })},
    {"BulletsInBoldWithParts", "markdown-bullets", Body::kWhole,
     Dump("# List\n\n", [](const Paper& p, int) {
       return absl::StrFormat("* **%s**\n  * Authors: %s\n  * Link: %s\n  * Abstract: %s\n", p.title, p.authors, p.url, OneLine(p.abstract)); })},
    {"BulletsWithDetails", "markdown-bullets", Body::kWhole,
     Dump("# List\n\n", [](const Paper& p, int) {
       return absl::StrFormat("- [%s](%s), %s\n  <details><summary>Abstract</summary>\n  %s\n  </details>\n", p.title, p.url, p.authors,
                              p.abstract); })},
    {"BulletsWithDates", "markdown-bullets", Body::kNone,
     Dump("> Updated on 2022.12.29\n\n", [](const Paper& p, int n) {
       return absl::StrFormat("- 2022-12-2%d, **%s**, %s et.al., Paper: [%s](%s), Code: **[https://a.b/c](https://a.b/c)**\n", n, p.title,
                              p.authors, p.url, p.url); })},
    {"BulletsWithVenueInFront", "markdown-bullets", Body::kNone,
     Dump("# List\n\n", [](const Paper& p, int) {
       return absl::StrFormat("- **[CVPR 2024]** [%s](%s) [[code]](%s)\n", p.title, p.url, p.url); })},
    {"BulletsWithLinksBehind", "markdown-bullets", Body::kNone,
     Dump("# List\n\n", [](const Paper& p, int n) {
       return absl::StrFormat("- (arXiv 2024.0%d) %s, [[Paper]](%s), [[Code]](%s)\n", n, p.title, p.url, p.url); })},
    {"BulletsWithBoldLinksAndANote", "markdown-bullets", Body::kFirstLine,
     Dump("# List\n\n", [](const Paper& p, int) {
       return absl::StrFormat("- **[%s](%s)** (%s, 2024)\n  - %s\n", p.title, p.url, p.authors, FirstLine(p.abstract)); })},
    {"NumbersWithLinks", "markdown-bullets", Body::kSomewhere,
     Dump("# List\n\n", [](const Paper& p, int n) {
       return absl::StrFormat("%d. [%s](%s)\n   %s\n\n   %s\n\n", n, p.title, p.url, p.authors, p.abstract); })},
    {"NumbersInBrackets", "markdown-bullets", Body::kWhole,
     Dump("", [](const Paper& p, int n) { return absl::StrFormat("[%d] %s\n%s\n\n", n, p.title, p.abstract); })},
    {"DetailsWithTheTitle", "markdown-details", Body::kWhole,
     Dump("# Daily\n\n## 2024-05-01\n\n", [](const Paper& p, int) {
       return absl::StrFormat("<details>\n<summary>%s</summary>\n\n**Authors:** %s\n\n**Abstract:** %s\n\n[Link](%s)\n</details>\n\n", p.title,
                              p.authors, p.abstract, p.url); })},
    {"DetailsWithTheTitleBelow", "markdown-details", Body::kSomewhere,
     Dump("# Daily\n\n", [](const Paper& p, int n) {
       return absl::StrFormat("<details>\n<summary>\n<b>%d. %s</b>\n</summary>\n\n%s\n\n%s\n</details>\n\n", n, p.title, p.authors, p.abstract); })},
    {"DetailsInDetails", "markdown-details", Body::kWhole,
     Dump("# Daily\n\n", [](const Paper& p, int) {
       return absl::StrFormat("<details>\n  <summary>%s</summary>\n\n  *%s*\n  <details><summary>Abstract</summary>\n\n  %s\n\n  </details>\n</details>\n\n",
                              p.title, p.authors, OneLine(p.abstract)); })},
    {"Tables", "markdown-table", Body::kNone,
     Dump("## Updated on 2024.05.01\n\n## SLAM\n\n|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n", [](const Paper& p, int n) {
       return absl::StrFormat("|**2024-04-0%d**|**%s**|%s et.al.|[2401](%s)|null|\n", n, p.title, p.authors, p.url); },
          "\n<p align=right>(<a href=#updated>back to top</a>)</p>\n\n[a-shield]: https://img.shields.io/a\n")},
    {"TablesInAnotherOrder", "markdown-table", Body::kWhole,
     Dump("| # | Paper | Venue | Abstract |\n|:-:|:---|---|---|\n", [](const Paper& p, int n) {
       return absl::StrFormat("| %d | [%s](%s) | arXiv | %s |\n", n, Escaped(p.title), p.url, OneLine(p.abstract)); })},
    {"TablesWithoutOuterBars", "markdown-table", Body::kNone,
     Dump("Title | Authors | Date\n--- | --- | ---\n", [](const Paper& p, int n) {
       return absl::StrFormat("%s | %s | 2024-05-0%d\n", Escaped(p.title), p.authors, n); })},
    {"TablesCrLfAndBom", "markdown-table", Body::kFirstLine,
     CrLf(Dump("\xEF\xBB\xBF## 2024-05-01\n\n| Date | **Title** | TL;DR |\n| --- | --- | --- |\n", [](const Paper& p, int n) {
       return absl::StrFormat("| 2024-05-0%d | **%s** | %s |\n", n, p.title, FirstLine(p.abstract)); }))},
    {"TablesWithDetails", "markdown-table", Body::kFirstLine,
     Dump("|Publish Date|Title|Abstract|\n|---|---|---|\n", [](const Paper& p, int n) {
       return absl::StrFormat("|2024-05-0%d|[%s](%s)|<details><summary>Show</summary>%s</details>|\n", n, Escaped(p.title), p.url,
                              FirstLine(p.abstract)); })},
    {"TablesCutOffAtTheTop", "markdown-table", Body::kNone,
     Dump("gi et.al.|[2208](http://a)|null|\n", [](const Paper& p, int n) {
       return absl::StrFormat("|**2024-04-0%d**|**%s**|%s et.al.|[2401](%s)|null|\n", n, p.title, p.authors, p.url); },
          "\n|Publish Date|Title|Authors|\n|---|---|---|\n")},
    {"OtherTablesBeforeAndBehind", "markdown-table", Body::kNone,
     Dump("|Count|Of|\n|---|---|\n|5|papers|\n\n|Title|Authors|\n|---|---|\n", [](const Paper& p, int) {
       return absl::StrFormat("|%s|%s|\n", Escaped(p.title), p.authors); }, "\n|Key|Value|\n|---|---|\n|a|b|\n")},
}), [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(Tagged, LayoutVariants, testing::ValuesIn(std::vector<Variant>{
    {"YamlQuoted", "yaml", Body::kWhole,
     Dump("papers:\n", [](const Paper& p, int) {
       return absl::StrFormat("  - title: \"%s\"\n    authors: %s\n    abstract: \"%s\"\n", p.title, p.authors, OneLine(p.abstract)); })},
    {"YamlFolded", "yaml", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("- id: %d\n  title: %s\n  abstract: >\n    %s\n  url: %s\n", n, p.title, OneLine(p.abstract), p.url); })},
    {"LabelsAboveATextWithout", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("[%d] arXiv:2401.0000%d [pdf, html]\nTitle: %s\nAuthors: %s\nSubjects: cs.CL\n\n%s\n\n", n, n, p.title, p.authors,
                              p.abstract); })},
    {"FrontMatter", "front-matter", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("---\nlayout: post\ntitle: \"%s\"\ndate: 2024-05-0%d\ntags:\n  - a\n  - b\n---\n\n%s\n\n", p.title, n, p.abstract); })},
    {"WikiExtractor", "xml", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("<doc id=\"%d\" url=\"%s\" title=\"%s\">\n%s\n</doc>\n", n, p.url, p.title, p.abstract); })},
    {"Trec", "xml", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("<DOC>\n<DOCNO>AP-%d</DOCNO>\n<HEADLINE>%s</HEADLINE>\n<TEXT>\n%s\n</TEXT>\n</DOC>\n", n, p.title, p.abstract); })},
    {"Solr", "xml", Body::kWhole,
     Dump("<add>\n", [](const Paper& p, int n) {
       return absl::StrFormat("<doc><field name=\"id\">%d</field><field name=\"title\">%s</field><field name=\"abstract\">%s</field></doc>\n", n,
                              p.title, p.abstract); }, "</add>\n")},
    {"Labels", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int) { return absl::StrFormat("Title: %s\nPDF: %s\nSummary: %s\n---\n", p.title, p.url, p.abstract); })},
    {"LabelsCrLf", "labels", Body::kWhole,
     CrLf(Dump("", [](const Paper& p, int) { return absl::StrFormat("Title: %s\nPDF: %s\nSummary: %s\n---\n", p.title, p.url, p.abstract); }))},
    {"LabelsInBold", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int) {
       return absl::StrFormat("**Title:** %s\n\n**Authors:** %s\n\n**Abstract:** %s\n\n**Link:** %s\n\n", p.title, p.authors, p.abstract, p.url); })},
    {"LabelsAboveTheirText", "labels", Body::kWhole,
     Dump("Papers of today\n===========\n\n", [](const Paper& p, int) {
       return absl::StrFormat("Title: %s\nAuthors: %s\nAbstract:\n  %s\n\nURL: %s\n====\n", p.title, p.authors, p.abstract, p.url); })},
    {"LabelsNumbered", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("[%d] Title: %s\n    Authors: %s\n    Summary: %s\n\n", n, p.title, p.authors, p.abstract); })},
    {"LabelsInCapitals", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int) { return absl::StrFormat("TITLE: %s\nDATE: 2024-05-01\nABSTRACT: %s\n\n", p.title, p.abstract); })},
    {"LabelsWithTheTitleInTheMiddle", "labels", Body::kWhole,
     Dump("", [](const Paper& p, int) {
       return absl::StrFormat("arXiv: 2401.1\nTitle: %s\nAuthors: %s\n\nAbstract: %s\n\n--------------------\n\n", p.title, p.authors, p.abstract); })},
    {"Ris", "ris", Body::kWhole, Ris("TI", "AB", "  - ")},
    {"RisOldTags", "ris", Body::kWhole, Ris("T1", "N2", "  - ")},
    {"RisOneBlank", "ris", Body::kWhole, Ris("TI", "AB", " - ")},
    {"RisCrLfAndBom", "ris", Body::kWhole, "\xEF\xBB\xBF" + CrLf(Ris("TI", "AB", "  - "))},
    {"RisWithJunk", "ris", Body::kWhole,
     "Exported on 2024-05-05\nRecords: 5\n\n" +
         absl::StrReplaceAll(Ris("TI", "AB", "  - "), {{"ER  - \n", "ER  - \n<<< page 17 >>>\n1. Provider: Foo\nContent: text/plain\n"}})},
    {"RisWithoutEnds", "ris", Body::kWhole, absl::StrReplaceAll(Ris("TI", "AB", "  - "), {{"ER  - \n", ""}})},
    {"Medline", "medline", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("\nPMID- 100%d\nOWN - NLM\nTI  - %s\nAB  - %s\nFAU - %s\n", n, Broken(p.title, "      "),
                              absl::StrReplaceAll(p.abstract, {{"\n", "\n      "}}), p.authors); })},
    {"Eric", "eric", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("OWN - ERIC\nTI  - %s\nAU  - %s\nAB  - %s\nDP  - 2020\nOID - EJ%d\n\n", OneLine(p.title), p.authors, OneLine(p.abstract),
                              n); })},
    {"Ovid", "ovid", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("<%d>\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - %d\nTI  - %s\nAU  - %s\nAB  - %s\n\n", n, n,
                              Broken(p.title, "      "), p.authors, absl::StrReplaceAll(p.abstract, {{"\n", "\n      "}})); })},
    {"OvidFields", "ovid-fields", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("<%d>\nUnique Identifier\n  %d\nTitle\n  %s\nSource\n  J Rain. 12(3):31-40, 2011.\nAuthors\n  %s\nAbstract\n  %s\n\n",
                              n, n, OneLine(p.title), p.authors, absl::StrReplaceAll(p.abstract, {{"\n", "\n  "}})); })},
    {"RefWorks", "refworks", Body::kWhole,
     Dump("", [](const Paper& p, int n) {
       return absl::StrFormat("RT Journal Article\nSR Electronic(1)\nID %d\nA1 %s\nT1 %s\nYR 2020\nAB %s\n\n", n, p.authors, OneLine(p.title),
                              OneLine(p.abstract)); })},
    {"EndNoteTags", "endnote-tags", Body::kWhole,
     Dump("", [](const Paper& p, int) {
       return absl::StrFormat("%%0 Journal Article\n%%A %s\n%%T %s\n%%D 2024\n%%X %s\n%%U %s\n\n", p.authors, p.title, p.abstract, p.url); })},
    {"WebOfScience", "isi", Body::kWhole,
     Dump("FN Clarivate\nVR 1.0\n", [](const Paper& p, int) {
       return absl::StrFormat("PT J\nAU %s\nTI %s\nAB %s\nPY 2024\nER\n\n", p.authors, Broken(p.title, "   "), OneLine(p.abstract)); }, "EF\n")},
    {"MailOfArxiv", "arxiv-mail", Body::kWhole,
     Dump("-----------\nSubmissions to:\nComputation\n received from  Thu 2 May 24\n-----------\n", [](const Paper& p, int n) {
       return absl::StrFormat("\\\\\narXiv:2405.0000%d\nDate: Thu, 2 May 2024 09:00:00 GMT   (100kb,D)\n\nTitle: %s\nAuthors: %s\n"
                              "Categories: cs.CL\nComments: 10 pages\n\\\\\n  %s\n\\\\ ( %s ,  100kb)\n-----------\n", n,
                              Broken(p.title, "  "), p.authors, absl::StrReplaceAll(p.abstract, {{"\n", "\n  "}}), p.url); }, "%%--%%--\n")},
}), [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace unecho::layout_variants_test
