#include "works/work_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unecho/layouts.h"

namespace unecho::work_fields_test {
namespace {

struct Field {
  const char *name, *value;
  bool is_json = false;
};

std::string Shown(const WorkFields& fields) {
  std::string text;
  const auto add = [&text](const char* name, const std::string& value) {
    if (!value.empty()) text += std::string(name) + "=" + value + "|";
  };
  add("title", fields.title);
  for (const std::string& each : fields.authors) add("author", each);
  add("year", fields.year);
  add("in", fields.container);
  add("vol", fields.volume);
  add("no", fields.number);
  add("p", fields.pages);
  add("doi", fields.doi);
  add("pmid", fields.pmid);
  add("isbn", fields.isbn);
  add("issn", fields.issn);
  add("ed", fields.edition);
  add("abstract", fields.abstract);
  return text;
}

std::string Said(const std::vector<Field>& written, std::vector<StandardName> names = {}) {
  std::vector<NamedField> fields;
  for (const Field& each : written) {
    NamedField field;
    field.name = each.name;
    field.value = each.value;
    field.is_json = each.is_json;
    fields.push_back(field);
  }
  return Shown(WorkFieldsOf(fields, names, "", ""));
}

std::vector<StandardName> NamesOf(std::string_view layout) {
  const LayoutPtr found = FindLayout(layout);
  EXPECT_NE(found, nullptr) << layout;
  return found == nullptr ? std::vector<StandardName>() : found->profile().names;
}

TEST(FieldsOfAWork, AreThoseOfRis) {
  EXPECT_EQ(
      Said({{"TY", "JOUR"},
            {"TI", "A title"},
            {"AU", "Smith, J"},
            {"AU", "Doe, A"},
            {"PY", "2010"},
            {"JF", "The Lancet"},
            {"JO", "Lancet"},
            {"VL", "3"},
            {"IS", "4"},
            {"SP", "5"},
            {"EP", "9"},
            {"DO", "10.1/x"},
            {"SN", "0140-6736"},
            {"N2", "Text."},
            {"UR", "https://x.org"}},
           NamesOf("ris")),
      "title=A title|author=Smith, J|author=Doe, A|year=2010|in=Lancet|vol=3|no=4|p=5-9|doi=10.1/x|isbn=0140-6736|"
      "abstract=Text.|");
  EXPECT_EQ(
      Said({{"T1", "A title"}, {"A1", "Smith, J"}, {"Y1", "2010/01/02"}, {"T2", "Lancet"}, {"SP", "5-9"}, {"EP", "9"}},
           NamesOf("ris")),
      "title=A title|author=Smith, J|year=2010/01/02|in=Lancet|p=5-9|");
}

TEST(FieldsOfAWork, AreThoseOfMedline) {
  EXPECT_EQ(
      Said({{"PMID", "19179316"},
            {"IS", "0140-6736 (Print)"},
            {"VI", "3"},
            {"DP", "2010 Jan"},
            {"TI", "A title"},
            {"PG", "314-20"},
            {"LID", "10.1/x [doi]"},
            {"AB", "Text."},
            {"FAU", "Smith, John"},
            {"AU", "Smith J"},
            {"TA", "Lancet"},
            {"JT", "Lancet (London, England)"}},
           NamesOf("medline")),
      "title=A title|author=Smith, John|year=2010 Jan|in=Lancet (London, England)|vol=3|p=314-20|doi=10.1/x [doi]|"
      "pmid=19179316|issn=0140-6736 (Print)|abstract=Text.|");
  // LID may be another number.
  EXPECT_EQ(Said({{"TI", "A title"}, {"LID", "S0140-6736(10)1 [pii]"}}, NamesOf("medline")), "title=A title|");
}

TEST(FieldsOfAWork, AreThoseOfBibtex) {
  EXPECT_EQ(
      Said({{"key", "smith2010"},
            {"title", "A {Title}"},
            {"author", "Smith, J and Doe, A"},
            {"year", "2010"},
            {"journal", "Lancet"},
            {"volume", "3"},
            {"number", "4"},
            {"pages", "5--9"},
            {"doi", "10.1/x"},
            {"isbn", "1-2"},
            {"edition", "2nd"}},
           NamesOf("bibtex")),
      "title=A {Title}|author=Smith, J and Doe, A|year=2010|in=Lancet|vol=3|no=4|p=5--9|doi=10.1/x|isbn=1-2|ed=2nd|");
  EXPECT_EQ(Said({{"title", "A title"}, {"booktitle", "Proceedings"}, {"date", "2010-05"}}, NamesOf("bibtex")),
            "title=A title|year=2010-05|in=Proceedings|");
}

TEST(FieldsOfAWork, AreThoseOfEndNoteAndWebOfScience) {
  EXPECT_EQ(Said({{"0", "Journal Article"},
                  {"T", "A title"},
                  {"A", "Smith, J"},
                  {"A", "Doe, A"},
                  {"D", "2010"},
                  {"J", "Lancet"},
                  {"V", "3"},
                  {"N", "4"},
                  {"P", "5-9"},
                  {"R", "10.1/x"},
                  {"7", "2nd"},
                  {"X", "Text."}},
                 NamesOf("endnote-tags")),
            "title=A title|author=Smith, J|author=Doe, A|year=2010|in=Lancet|vol=3|no=4|p=5-9|doi=10.1/x|ed=2nd|"
            "abstract=Text.|");
  EXPECT_EQ(Said({{"TI", "A title"},
                  {"AU", "Smith, J"},
                  {"AF", "Smith, John"},
                  {"PY", "2010"},
                  {"SO", "LANCET"},
                  {"VL", "3"},
                  {"IS", "4"},
                  {"BP", "5"},
                  {"EP", "9"},
                  {"DI", "10.1/x"},
                  {"PM", "19179316"},
                  {"AB", "Text."}},
                 NamesOf("isi")),
            "title=A title|author=Smith, John|year=2010|in=LANCET|vol=3|no=4|p=5-9|doi=10.1/x|pmid=19179316|"
            "abstract=Text.|");
}

TEST(FieldsOfAWork, AreThoseOfTables) {
  // Scopus, Embase, PubMed.
  EXPECT_EQ(Said({{"Authors", "Smith J., Doe A."},
                  {"Title", "A title"},
                  {"Year", "2010"},
                  {"Source title", "Lancet"},
                  {"Volume", "3"},
                  {"Issue", "4"},
                  {"Art. No.", ""},
                  {"Page start", "5"},
                  {"Page end", "9"},
                  {"DOI", "10.1/x"},
                  {"PubMed ID", "19179316"},
                  {"Abstract", "Text."}}),
            "title=A title|author=Smith J., Doe A.|year=2010|in=Lancet|vol=3|no=4|p=5-9|doi=10.1/x|pmid=19179316|"
            "abstract=Text.|");
  EXPECT_EQ(Said({{"Title", "A title"},
                  {"Author Names", "Smith J."},
                  {"Source", "Lancet (2010) 3:4 (5-9)"},
                  {"Publication Year", "2010"},
                  {"Medline PMID", "19179316"}}),
            "title=A title|author=Smith J.|year=2010|in=Lancet|pmid=19179316|");
  EXPECT_EQ(Said({{"PMID", "19179316"},
                  {"Title", "A title"},
                  {"Authors", "Smith J, Doe A."},
                  {"Journal/Book", "Lancet"},
                  {"Publication Year", "2010"},
                  {"DOI", "10.1/x"}}),
            "title=A title|author=Smith J, Doe A.|year=2010|in=Lancet|doi=10.1/x|pmid=19179316|");
  EXPECT_EQ(Said({{"title", "A title"}, {"link", "https://doi.org/10.1234/x"}}),
            "title=A title|doi=https://doi.org/10.1234/x|");
  EXPECT_EQ(Said({{"title", "A title"}, {"link", "https://x.org/10.1234/x"}}), "title=A title|");
  EXPECT_EQ(Said({{"name", "soup"}, {"price", "3"}}), "");
  EXPECT_EQ(Said({{"title", "  "}, {"articletitle", " A title "}}), "title=A title|");
}

TEST(FieldsOfAWork, HaveAllIsbnsAndIssns) {
  EXPECT_EQ(Said({{"SN", "1619-8360"}, {"SN", "978-3-540-12345-6"}, {"SN", "3-540-12345-X"}}, NamesOf("ris")),
            "isbn=978-3-540-12345-6|issn=1619-8360; 3-540-12345-X|");
  EXPECT_EQ(Said({{"isbn", "0-306-40615-2"}, {"issn", "0140-6736"}}, NamesOf("bibtex")),
            "isbn=0-306-40615-2|issn=0140-6736|");
  EXPECT_EQ(Said({{"SN", "0140-6736"}, {"EI", "1474-547X"}}, NamesOf("isi")), "issn=0140-6736; 1474-547X|");
  EXPECT_EQ(Said({{"ISSN/ISBN", "0140-6736"}}), "isbn=0140-6736|");
  EXPECT_EQ(Said({{"ISSN", R"(["0140-6736", "1474-547X"])", true}}), "issn=0140-6736; 1474-547X|");
}

TEST(FieldsOfAWork, HaveTheNumberOfAnArticleForPages) {
  EXPECT_EQ(Said({{"TI", "A title"}, {"C7", "e2864"}}, NamesOf("ris")), "title=A title|p=e2864|");
  EXPECT_EQ(Said({{"TI", "A title"}, {"C7", "e2864"}, {"SP", "5"}, {"EP", "9"}}, NamesOf("ris")),
            "title=A title|p=5-9|");
  EXPECT_EQ(Said({{"title", "A title"}, {"art_number", "12"}}, NamesOf("bibtex")), "title=A title|p=12|");
  EXPECT_EQ(Said({{"TI", "A title"}, {"AR", "12"}}, NamesOf("isi")), "title=A title|p=12|");
  EXPECT_EQ(PageNameOf("C7", NamesOf("ris")), PageName::kNone);
  EXPECT_EQ(PageNameOf("SP", NamesOf("ris")), PageName::kFirst);
}

TEST(FieldsOfAWork, HaveThePartsOfACitation) {
  EXPECT_EQ(Said({{"TI", "A title"}, {"SO", "J Coast Med. 12(3):314-20, 2011 Mar 03."}}, NamesOf("ovid")),
            "title=A title|year=2011|in=J Coast Med|vol=12|no=3|p=314-20|");
  // What has a field of its own is not looked for.
  EXPECT_EQ(Said({{"TI", "A title"}, {"VO", "4"}, {"SO", "J Coast Med. 12(3):314-20, 2011."}}, NamesOf("ovid")),
            "title=A title|in=J Coast Med. 12(3):314-20, 2011.|vol=4|");
}

TEST(FieldsOfAWork, AreThoseOfOpenAlexAndSemanticScholar) {
  EXPECT_EQ(Said({{"title", "A title"},
                  {"authorships", R"([{"author_position": "first", "author": {"display_name": "John Smith"}}])", true},
                  {"publication_year", "2010", true},
                  {"primary_location", R"({"is_oa": true, "source": {"display_name": "Lancet"}})", true},
                  {"biblio", R"({"volume": "3", "issue": "4", "first_page": "5", "last_page": "9"})", true}}),
            "title=A title|author=John Smith|year=2010|in=Lancet|vol=3|no=4|p=5-9|");
  EXPECT_EQ(Said({{"display_name", "A title"},
                  {"title", "A title"},
                  {"authorships.author.display_name", "John Smith|Anna Doe"},
                  {"publication_year", "2010"},
                  {"primary_location.source.display_name", "Lancet"},
                  {"biblio.volume", "3"},
                  {"biblio.first_page", "5"},
                  {"biblio.last_page", "9"},
                  {"ids.pmid", "https://pubmed.ncbi.nlm.nih.gov/19179316"}}),
            "title=A title|author=John Smith|Anna Doe|year=2010|in=Lancet|vol=3|p=5-9|"
            "pmid=https://pubmed.ncbi.nlm.nih.gov/19179316|");
  EXPECT_EQ(Said({{"title", "A title"},
                  {"authors", R"([{"authorId": "1", "name": "John Smith"}])", true},
                  {"journal", R"({"name": "Lancet", "pages": "5-9", "volume": "3"})", true},
                  {"externalIds", R"({"DOI": "10.1234/x", "PubMed": "19179316"})", true}}),
            "title=A title|author=John Smith|in=Lancet|vol=3|p=5-9|doi=10.1234/x|pmid=19179316|");
}

TEST(FieldsOfAWork, AreThoseOfCslAndZotero) {
  EXPECT_EQ(Said({{"title", "\"A title\"", true},
                  {"author", R"([{"family": "Smith", "given": "John"}, {"literal": "WHO"}, {"family": "Doe"}])", true},
                  {"issued", R"({"date-parts": [[2010, 1, 2]]})", true},
                  {"container-title", R"(["The Lancet"])", true},
                  {"page", "5-9"},
                  {"volume", "3", true},
                  {"DOI", "10.1/x"}}),
            "title=A title|author=Smith, John|author=WHO|author=Doe,|year=2010|in=The Lancet|vol=3|p=5-9|doi=10.1/x|");
  EXPECT_EQ(Said({{"title", "A title"},
                  {"creators",
                   R"([{"creatorType": "author", "firstName": "John", "lastName": "Smith"}, {"name": "WHO"}])", true},
                  {"date", "2010-01-02"},
                  {"publicationTitle", "Lancet"},
                  {"abstractNote", "Text."}}),
            "title=A title|author=Smith, John|author=WHO|year=2010-01-02|in=Lancet|abstract=Text.|");
  EXPECT_EQ(Said({{"issued", R"({"raw": "2010"})", true}}), "year=2010|");
  for (const char* const odd :
       {"null", "[]", "{}", "[[]]", "[null]", R"({"date-parts": []})", R"({"date-parts": [[]]})", "{broken", ""})
    EXPECT_EQ(Said({{"issued", odd, true}, {"author", odd, true}}), "") << odd;
}

TEST(FieldsOfAWork, TakeTheirTitleAndTextWhereNoFieldIsCalledSo) {
  EXPECT_EQ(Shown(WorkFieldsOf({}, {}, "A title", "Text.")), "title=A title|abstract=Text.|");
  const NamedField title{.name = "TI", .value = "Another"};
  EXPECT_EQ(Shown(WorkFieldsOf({&title, 1}, {}, "A title", "Text.")), "title=Another|abstract=Text.|");
}

TEST(FieldsOfAWork, AreNotWhatStandsForNoValue) {
  for (const char* const none : {"n/a", "N.A.", "null", "-", "--", "?", "None", "0", "[No abstract available]",
                                 "No abstract.", "Abstract not available", "N.PAG", "(no pagination)", "n.d."}) {
    EXPECT_EQ(Said({{"title", "Fog"},
                    {"authors", none},
                    {"year", none},
                    {"journal", none},
                    {"volume", none},
                    {"issue", none},
                    {"pages", none},
                    {"doi", none},
                    {"pmid", none},
                    {"isbn", none},
                    {"abstract", none}}),
              "title=Fog|")
        << none;
    EXPECT_TRUE(IsSilentField({.name = "doi", .value = none})) << none;
    EXPECT_EQ(Said({{"journal", none}, {"Source title", "Mist"}}), "in=Mist|") << none;
  }
  EXPECT_EQ(Said({{"title", "Unknown"}, {"journal", "Nature"}, {"volume", "10"}, {"pages", "e0"}}),
            "title=Unknown|in=Nature|vol=10|p=e0|");
  EXPECT_EQ(Said({{"volume", "0", true}, {"doi", "[null, \"n/a\"]", true}, {"issue", "5", true}}), "no=5|");
  EXPECT_TRUE(IsSilentField({.name = "doi", .value = "[null, \"n/a\"]", .is_json = true}));
  EXPECT_FALSE(
      IsSilentField({.name = "abstract", .value = "No abstract art is as blue as the sea, and no sea is as abstract"}));
}

TEST(FieldsOfAWork, HaveAllNamesOfTheContainer) {
  const std::vector<StandardName> ris = {{"journal", {"JO", "JF", "T2", "JA"}}};
  const auto others = [](const std::vector<NamedField>& fields, std::span<const StandardName> names) {
    const WorkFields work = WorkFieldsOf(fields, names, {}, {});
    std::string said = work.container;
    for (const std::string& each : work.other_containers) said += "|" + each;
    return said;
  };
  EXPECT_EQ(others({{.name = "J2", .value = "J Fog"},
                    {.name = "T2", .value = "Journal of Fog"},
                    {.name = "JF", .value = "Fog"},
                    {.name = "JO", .value = "n/a"},
                    {.name = "JA", .value = "Fog"}},
                   ris),
            "Fog|Journal of Fog|J Fog");
  // By names that are usual only one is it, besides short forms: "Source" says which database, too.
  EXPECT_EQ(others({{.name = "Source title", .value = "Journal of Fog"},
                    {.name = "Source", .value = "Scopus"},
                    {.name = "Abbreviated Source Title", .value = "J. Fog"}},
                   {}),
            "Journal of Fog|J. Fog");
  EXPECT_EQ(others({{.name = "J2", .value = "J Fog"}}, ris), "J Fog");
}

TEST(FieldsOfAWork, AreNotWhatTheLayoutTakesForSomethingElse) {
  const std::vector<StandardName> names = {{"issn", {"IS"}}, {"id", {"PMID"}}};
  EXPECT_EQ(Said({{"IS", "0140-6736"}, {"PMID", "19179316"}}, names), "pmid=19179316|issn=0140-6736|");
  EXPECT_EQ(Said({{"IS", "4"}}), "no=4|");
}

}  // namespace
}  // namespace unecho::work_fields_test
