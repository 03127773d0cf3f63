// Records, what they take from their copies (--merge), and how they read then: for the program that fills them in, and
// for the audit's own.
#ifndef UNECHO_TESTS_SUPPORT_FILL_CASES_H_
#define UNECHO_TESTS_SUPPORT_FILL_CASES_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "layouts/profile.h"
#include "unecho/layouts.h"
#include "works/fillable_fields.h"

namespace unecho {

struct FillCase {
  const char* name;
  const char* layout;
  std::string source;  // with one record
  std::vector<std::pair<MergeField, std::string>> fillings;
  std::string filled;              // the source with that record as it is written
  std::vector<MergeField> missed;  // that have no place there
  const char* names = "";          // [names] of a profile of the user's, of the layout's engine
  const char* tex = "";            // of the first filling, which comes from BibTeX
};

// `own`: holds the layout of a case with a profile of its own.
inline const Layout& LayoutOf(const FillCase& each, LayoutPtr& own) {
  if (each.names[0] == '\0') return GetLayout(each.layout);
  const std::string toml = GetLayout(each.layout).profile().source + "\n[names]\n" + each.names;
  own = std::make_shared<Layout>(ParseProfile(toml, "own.toml").value());
  return *own;
}

inline std::vector<FillCase> FillCases() {
  using enum MergeField;
  const std::string ris = "TY  - JOUR\nTI  - Sea fog\nPY  - 2011\n";
  const std::string csl = R"([{"type":"article-journal","title":"Sea fog","issued":{"date-parts":[[2011]]}}])";
  return {
      {"RisInFrontOfItsEnd",
       "ris",
       ris + "ER  - \n",
       {{kPages, "314-20"}, {kDoi, "10.5/x"}},
       ris + "SP  - 314\nEP  - 20\nDO  - 10.5/x\nER  - \n",
       {}},
      {"RisWithoutAnEnd", "ris", ris, {{kVolume, "12"}}, ris + "VL  - 12\n", {}},
      {"RisWithoutALineEnd",
       "ris",
       "TY  - JOUR\nTI  - Sea fog",
       {{kVolume, "12"}},
       "TY  - JOUR\nTI  - Sea fog\nVL  - 12",
       {}},
      {"RisOfWindows",
       "ris",
       "TY  - JOUR\r\nTI  - Sea fog\r\nER  - \r\n",
       {{kContainer, "Fog"}},
       "TY  - JOUR\r\nTI  - Sea fog\r\nJO  - Fog\r\nER  - \r\n",
       {}},
      {"RisWithAnEmptyTag",
       "ris",
       "TY  - JOUR\nDO  - \nTI  - Sea fog\nER  - \n",
       {{kDoi, "10.5/x"}},
       "TY  - JOUR\nDO  - 10.5/x\nTI  - Sea fog\nER  - \n",
       {}},
      {"RisHasNoPmid", "ris", ris + "ER  - \n", {{kPmid, "12345"}, {kNumber, "3"}}, ris + "IS  - 3\nER  - \n", {kPmid}},
      {"Medline",
       "medline",
       "PMID- 99000001\nTI  - Sea fog\nDP  - 2011\n\n",
       {{kPages, "314-20"}, {kDoi, "10.5/x"}, {kContainer, "Fog"}},
       "PMID- 99000001\nTI  - Sea fog\nDP  - 2011\nPG  - 314-20\nLID - 10.5/x [doi]\nJT  - Fog\n\n",
       {}},
      {"EndNoteTags",
       "endnote-tags",
       "%0 Journal Article\n%T Sea fog\n%D 2011\n",
       {{kDoi, "10.5/x"}, {kPages, "3-9"}},
       "%0 Journal Article\n%T Sea fog\n%D 2011\n%R 10.5/x\n%P 3-9\n",
       {}},
      {"WebOfScience",
       "isi",
       "PT J\nTI Sea fog\nPY 2011\nER\n",
       {{kPages, "3-9"}, {kPmid, "12345"}},
       "PT J\nTI Sea fog\nPY 2011\nBP 3\nEP 9\nPM 12345\nER\n",
       {}},
      {"Ovid",
       "ovid",
       "VN  - Ovid Technologies\nTI  - Sea fog\nYR  - 2011\n",
       {{kVolume, "12"}, {kIsbn, "9780000000000"}},
       "VN  - Ovid Technologies\nTI  - Sea fog\nYR  - 2011\nVO  - 12\n",
       {kIsbn}},
      {"Cochrane",
       "cochrane",
       "Record #1 of 1\nID: CN-1\nTI: Sea fog\n",
       {{kVolume, "12"}, {kDoi, "10.5/x"}},
       "Record #1 of 1\nID: CN-1\nTI: Sea fog\nVL: 12\nDOI: 10.5/x\n",
       {}},
      {"BibtexOnItsLines",
       "bibtex",
       "@article{a1,\n  title = {Sea Fog},\n  year = 2011\n}\n",
       {{kDoi, "10.5/x_y"}, {kContainer, "Fog & Mist"}},
       "@article{a1,\n  title = {Sea Fog},\n  year = 2011,\n  doi = {10.5/x_y},\n  journal = {Fog \\& Mist}\n}\n",
       {}},
      {"BibtexWithALastComma",
       "bibtex",
       "@inproceedings{a1,\n\ttitle = \"Sea, Fog\",\n}\n",
       {{kContainer, "Congress"}, {kYear, "2011"}},
       "@inproceedings{a1,\n\ttitle = \"Sea, Fog\",\n\tbooktitle = {Congress},\n\tyear = {2011},\n}\n",
       {}},
      {"BibtexThatReadsOtherwise",
       "bibtex",
       "@article{k,\n  title = {Sea fog}a\n  year = 2011\n}\n",
       {{kVolume, "12"}},
       "@article{k,\n  title = {Sea fog}a\n  year = 2011\n}\n",
       {kVolume}},
      {"BibtexWithHalfOfThePages",
       "bibtex",
       "@article{k,\n  title = {Sea fog}\n}\n",
       {{kPages, "314-"}},
       "@article{k,\n  title = {Sea fog},\n  pages = {314-}\n}\n",
       {}},
      {"MedlineThatALineWouldCut",
       "medline",
       "PMID-12345\nTI  - Sea fog\n",
       {{kPmid, "12345"}, {kVolume, "12"}},
       "PMID-12345\nTI  - Sea fog\nVI  - 12\n",
       {kPmid}},
      {"BibtexOnOneLine",
       "bibtex",
       "@article{a1, title = {Sea {Fog}}, doi = {}}",
       {{kDoi, "10.5/x"}, {kPages, "314-20"}},
       "@article{a1, title = {Sea {Fog}}, doi = {10.5/x}, pages = {314--20}}",
       {}},
      {"BibtexInRoundBrackets",
       "bibtex",
       "@article(a1, title = {Sea Fog})",
       {{kAbstract, "50% of {all} cats ~ $1 ^ \\"}},
       "@article(a1, title = {Sea Fog}, abstract = {50\\% of \\{all\\} cats \\textasciitilde{} \\$1 "
       "\\textasciicircum{} \\textbackslash{}})",
       {}},
      {"RisWithAPlaceholder",
       "ris",
       "TY  - JOUR\nDO  - n/a\nAB  - [No abstract available]\nTI  - Sea fog\nER  - \n",
       {{kDoi, "10.5/x"}, {kAbstract, "Cats sleep"}},
       "TY  - JOUR\nDO  - 10.5/x\nAB  - Cats sleep\nTI  - Sea fog\nER  - \n",
       {}},
      {"BibtexWithAPlaceholder",
       "bibtex",
       "@article{a1, title = {Sea Fog}, doi = \"N/A\", volume = 0}",
       {{kDoi, "10.5/x"}, {kVolume, "12"}},
       "@article{a1, title = {Sea Fog}, doi = {10.5/x}, volume = {12}}",
       {}},
      {"CsvWithPlaceholders",
       "csv",
       "title,doi,volume,abstract\nSea fog,NULL,\"-\",n/a\n",
       {{kDoi, "10.5/x"}, {kVolume, "12"}, {kAbstract, "Cats sleep"}},
       "title,doi,volume,abstract\nSea fog,10.5/x,\"12\",Cats sleep\n",
       {}},
      {"MembersWithPlaceholders",
       "jsonl",
       R"({"title":"Sea fog","doi":"n/a","volume":0,"abstract":["No abstract"]})"
       "\n",
       {{kDoi, "10.5/x"}, {kVolume, "12"}, {kAbstract, "Cats sleep"}},
       R"({"title":"Sea fog","doi":"10.5/x","volume":"12","abstract":"Cats sleep"})"
       "\n",
       {}},
      {"ElementsWithPlaceholders",
       "endnote-xml",
       "<xml><records><record><titles><title>Sea fog</title></titles><volume> N/A </volume></record></records></xml>",
       {{kVolume, "12"}},
       "<xml><records><record><titles><title>Sea fog</title></titles><volume>12</volume></record></records></xml>",
       {}},
      {"BibtexTakesBracesThatHaveNoOther",
       "bibtex",
       "@article{a1, title = {Sea Fog}}",
       {{kAbstract, "a } b { c {d} -- --- `` ''"}, {kContainer, "{Fog} \\{Mist}"}},
       "@article{a1, title = {Sea Fog}, abstract = {a \\textbraceright{} b \\textbraceleft{} c "
       "\\textbraceleft{}d\\textbraceright{} -{}- -{}-{}- `{}` '{}'}, journal = {\\{Fog\\} "
       "\\textbackslash{}\\{Mist\\}}}",
       {}},
      {"BibtexTakesTexAsItIs",
       "bibtex",
       "@article{a1, title = {Sea Fog}}",
       {{kAbstract, "Of $x^2$ & \\alpha cats"}},
       "@article{a1, title = {Sea Fog}, abstract = {Of $x^2$ \\& {\\alpha} \\emph{cats}}}",
       {},
       "",
       "Of $x^2$ \\& {\\alpha} \\emph{cats}"},
      {"BibtexTakesNoTexThatEndsIt",
       "bibtex",
       "@article{a1, title = {Sea Fog}}",
       {{kContainer, "Fog } Mist"}},
       "@article{a1, title = {Sea Fog}, journal = {Fog \\textbraceright{} Mist}}",
       {},
       "",
       "Fog } Mist"},
      {"RisTakesWhatTexPrints",
       "ris",
       ris + "ER  - \n",
       {{kContainer, "Fog & Mist"}},
       ris + "JO  - Fog & Mist\nER  - \n",
       {},
       "",
       "Fog \\& Mist"},
      {"BibtexTakesNoBracketInAnId",
       "bibtex",
       "@article{a1, title = {Sea Fog}}",
       {{kDoi, "10.5/x{y"}},
       "@article{a1, title = {Sea Fog}}",
       {kDoi}},
      {"Csv",
       "csv",
       "title,year,Page start,Page end,doi\nSea fog,2011,,,\n",
       {{kPages, "314-320"}, {kDoi, "10.5/x"}, {kVolume, "12"}},
       "title,year,Page start,Page end,doi\nSea fog,2011,314,320,10.5/x\n",
       {kVolume}},
      {"CsvQuotesWhatItMust",
       "csv",
       "title,Source title,abstract\n\"Sea fog\",,\"\"\n",
       {{kContainer, "Fog, Mist"}, {kAbstract, "A \"cat\"; sleeps"}},
       "title,Source title,abstract\n\"Sea fog\",\"Fog, Mist\",\"A \"\"cat\"\"; sleeps\"\n",
       {}},
      {"CsvHasAnArticlesNumber",
       "csv",
       "title,Art. No.,doi\nSea fog,,\n",
       {{kPages, "3-9"}, {kDoi, "10.5/x"}},
       "title,Art. No.,doi\nSea fog,,10.5/x\n",
       {kPages}},
      {"Tsv",
       "csv",
       "title\tjournal\tdoi\nSea fog\t\t\n",
       {{kContainer, "Fog, Mist"}, {kDoi, "10.5/\"x\""}},
       "title\tjournal\tdoi\nSea fog\tFog, Mist\t\n",
       {kDoi}},
      {"CslJson",
       "json",
       csl,
       {{kContainer, "Fog \"x\""}, {kPages, "3-9"}, {kNumber, "4"}, {kDoi, "10.5/x"}},
       csl.substr(0, csl.size() - 2) + R"(,"container-title":"Fog \"x\"","page":"3-9","issue":"4","DOI":"10.5/x"}])",
       {}},
      {"JsonOnItsLines",
       "json",
       "[\n  {\n    \"title\": \"Sea fog\",\n    \"year\": 2011\n  }\n]\n",
       {{kDoi, "10.5/x"}},
       "[\n  {\n    \"title\": \"Sea fog\",\n    \"year\": 2011,\n    \"doi\": \"10.5/x\"\n  }\n]\n",
       {}},
      {"JsonlInPlace",
       "jsonl",
       "{\"title\":\"Sea fog\",\"DOI\":null,\"year\":\"\",\"startPage\":\"\",\"endPage\":\"\"}\n",
       {{kYear, "2011"}, {kPages, "3-9"}, {kDoi, "10.5/x"}},
       "{\"title\":\"Sea fog\",\"DOI\":\"10.5/x\",\"year\":2011,\"startPage\":\"3\",\"endPage\":\"9\"}\n",
       {}},
      {"CslJsonOfNothing",
       "json",
       R"([{"issued":{"date-parts":[[null]]},"container-title":[""],"DOI":{"title":null},"ISBN":[]}])",
       {{kYear, "2011"}, {kContainer, "Fog"}, {kDoi, "10.5/x"}, {kIsbn, "9780000000000"}},
       R"([{"issued":{"date-parts":[[2011]]},"container-title":"Fog","DOI":"10.5/x","ISBN":"9780000000000"}])",
       {}},
      {"JsonHasNoNameTwice",
       "jsonl",
       R"({"title":"Sea fog","d\u006fi":"","Volume":"7","container":"x","issued":"2011"})"
       "\n",
       {{kYear, "2011"}, {kVolume, "12"}, {kDoi, "10.5/x"}},
       R"({"title":"Sea fog","d\u006fi":"10.5/x","Volume":"7","container":"x","issued":"2011"})"
       "\n",
       {kYear, kVolume}},
      {"PythonLiteral",
       "jsonl",
       "{'title': 'Sea fog', 'year': None, 'doi': ('',), 'pages': ''}\n",
       {{kYear, "2011"}, {kPages, "3-9"}, {kDoi, "10.5/x"}, {kVolume, "12"}},
       "{'title': 'Sea fog', 'year': 2011, 'doi': \"10.5/x\", 'pages': \"3-9\", \"volume\": \"12\"}\n",
       {}},
      {"JsonOfAProfile",
       "jsonl",
       R"({"title":"Sea fog","identifier":"","von":null,"bis":[],"doi":"7"})"
       "\n",
       {{kVolume, "12"}, {kPages, "3-9"}, {kDoi, "10.5/x"}},
       R"({"title":"Sea fog","identifier":"10.5/x","von":"3","bis":"9","doi":"7","band":"12"})"
       "\n",
       {},
       "doi = ['identifier']\npages = ['von']\nlast_page = ['bis']\nvolume = ['band']\n"},
      {"JsonOfAProfileThatTakesANameForSomethingElse",
       "jsonl",
       R"({"title":"Sea fog","doi":"978-0"})"
       "\n",
       {{kDoi, "10.5/x"}},
       R"({"title":"Sea fog","doi":"978-0"})"
       "\n",
       {kDoi},
       "isbn = ['doi']\n"},
      {"CsvOfAProfile",
       "csv",
       "title,identifier,seiten\nSea fog,,\n",
       {{kPages, "3-9"}, {kDoi, "10.5/x"}},
       "title,identifier,seiten\nSea fog,10.5/x,3-9\n",
       {},
       "doi = ['identifier']\npages = ['seiten']\n"},
      {"BibtexOfNothing",
       "bibtex",
       "@article{a1, title = {Sea {Fog}}, doi={{}}, issue = \"\", Journal = { {} }, year = {~}}",
       {{kYear, "2011"}, {kContainer, "Fog"}, {kNumber, "3"}, {kDoi, "10.5/x"}},
       "@article{a1, title = {Sea {Fog}}, doi={10.5/x}, issue = {3}, Journal = {Fog}, year = {2011}}",
       {}},
      {"BibtexHasNoNameTwice",
       "bibtex",
       "@article{a1, title = {Sea {Fog}}, volume = {7}}",
       {{kVolume, "12"}, {kNumber, "3"}},
       "@article{a1, title = {Sea {Fog}}, volume = {7}, number = {3}}",
       {kVolume}},
      {"RisWithPagesThatHaveHyphens",
       "ris",
       ris + "ER  - \n",
       {{kPages, "S1-5\xe2\x80\x93S1-9"}},
       ris + "SP  - S1-5\nEP  - S1-9\nER  - \n",
       {}},
      {"RisWithPagesThatCannotBeParted",
       "ris",
       ris + "ER  - \n",
       {{kPages, "S1-5-S1-9"}},
       ris + "SP  - S1-5-S1-9\nER  - \n",
       {}},
      {"EndNoteXml",
       "endnote-xml",
       "<xml><records><record><titles><title>Sea fog</title></titles><dates/></record></records></xml>",
       {{kYear, "2011"}, {kContainer, "Fog & Mist"}, {kDoi, "10.5/x"}},
       "<xml><records><record><titles><title>Sea "
       "fog</title></titles><dates><year>2011</year></dates><periodical><full-title>Fog &amp; "
       "Mist</full-title></periodical><electronic-resource-num>10.5/x</electronic-resource-num></record></records></"
       "xml>",
       {}},
      {"PubmedXmlInItsOrder",
       "pubmed-xml",
       "<PubmedArticleSet>\n<PubmedArticle>\n  <MedlineCitation>\n    <PMID>1</PMID>\n    <Article>\n      "
       "<ArticleTitle>Sea "
       "fog</ArticleTitle>\n      <AuthorList/>\n    </Article>\n  "
       "</MedlineCitation>\n</PubmedArticle>\n</PubmedArticleSet>\n",
       {{kDoi, "10.5/x"}, {kAbstract, "They <sleep>"}, {kIsbn, "9780000000000"}},
       "<PubmedArticleSet>\n<PubmedArticle>\n  <MedlineCitation>\n    <PMID>1</PMID>\n    <Article>\n      "
       "<ArticleTitle>Sea "
       "fog</ArticleTitle>\n      <ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.5/x</ELocationID>\n      "
       "<Abstract><AbstractText>They "
       "&lt;sleep&gt;</AbstractText></Abstract>\n      <AuthorList/>\n    </Article>\n  "
       "</MedlineCitation>\n</PubmedArticle>\n"
       "</PubmedArticleSet>\n",
       {kIsbn}},
      {"PubmedXmlOnNewLines",
       "pubmed-xml",
       "<PubmedArticleSet>\n<PubmedArticle>\n  <MedlineCitation>\n    <Article>\n      <Journal>\n        "
       "<Title>Fog</Title>\n        "
       "<JournalIssue>\n          <Volume></Volume>\n        </JournalIssue>\n      </Journal>\n      "
       "<ArticleTitle>Sea fog</ArticleTitle>\n    "
       "</Article>\n  </MedlineCitation>\n</PubmedArticle>\n</PubmedArticleSet>\n",
       {{kYear, "2011"}, {kVolume, "12"}, {kPages, "3-9"}},
       "<PubmedArticleSet>\n<PubmedArticle>\n  <MedlineCitation>\n    <Article>\n      <Journal>\n        "
       "<Title>Fog</Title>\n        "
       "<JournalIssue>\n          <Volume>12</Volume>\n          <PubDate><Year>2011</Year></PubDate>\n        "
       "</JournalIssue>\n      "
       "</Journal>\n      <ArticleTitle>Sea fog</ArticleTitle>\n      "
       "<Pagination><MedlinePgn>3-9</MedlinePgn></Pagination>\n    "
       "</Article>\n  </MedlineCitation>\n</PubmedArticle>\n</PubmedArticleSet>\n",
       {}},
  };
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_FILL_CASES_H_
