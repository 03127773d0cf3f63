#include "works/make_work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "works/support.h"
#include "works/work.h"

namespace unecho::make_work_test {
namespace {

struct Case {
  const char *value, *lines;
};

TEST(Work, HasTheWordsOfItsTitle) {
  for (const auto& [value, lines] : {
           Case{"The Effect of β-Blockers on Stroke", "Teffect beta blockers stroke\n"},
           Case{"", ""},
           Case{"The", ""},
           Case{"...", ""},
           Case{"[Malaria in children]. [Spanish]", "Tmalaria children\n"},
           Case{"Trial, Part II", "Ttrial part 2\n"},
           Case{"A study invivo and in-vitro", "Tstudy vivo vitro\n"},
           Case{"Haemoglobin and oesophagus", "Themoglobin esophagus\n"},
           Case{"Erratum: Malaria", "K1\nTerratum malaria\n"},
           Case{"日本語 2", "T日 本 語 2\n"},
           Case{"Dvořák's \xff", "Tdvoraks \xff\n"},
       })
    EXPECT_EQ(LinesOf(Only(&WorkFields::title, value)), lines) << value;
}

TEST(Work, HasItsAuthorsByFamilyNameAndInitials) {
  for (const auto& [value, lines] : {
           Case{"Zuber, Julien", "Azuber|julien zuber|j\n"},
           Case{"Zuber J", "Azuber|zuber|j\n"},
           Case{"Zuber JM", "Azuber|jm zuber|j\n"},
           Case{"Julien Zuber", "Azuber|julien zuber|j\n"},
           Case{"Zuber, J.-M.", "Azuber|zuber|j m\n"},
           Case{"Le Quintrec, M.", "Ale quintrec|le quintrec|m\n"},
           Case{"Zuber J, Loirat C", "Azuber|zuber|j\nAloirat|loirat|c\n"},
           Case{"Zuber, J. and Loirat, C.", "Azuber|zuber|j\nAloirat|loirat|c\n"},
           Case{"Zuber, J.; Loirat, C. & Day, A.;Ray, B.",
                "Azuber|zuber|j\nAloirat|loirat|c\nAday|day|a\nAray|ray|b\n"},
           Case{"Smith J et al.", "Asmith|smith|j\n"},
           Case{"Smith, J., et al.", "Asmith|smith|\n"},
           Case{"Smith, John, et al", "Asmith|smith|\nAjohn|john|\n"},
           Case{"O'Brien, C.", "Aobrien|obrien|c\n"},
           Case{"Müller, K.", "Amuller|muller|k\n"},
           Case{"Mueller, K.", "Ameller|meller|k\n"},
           Case{"[Anonymous]", ""},
           Case{"Anonymous, A.", ""},
           Case{"[No authors listed]", ""},
           Case{"n/a", ""},
           Case{"NA", ""},
           Case{"Na, L.", "Ana|na|l\n"},
           Case{"Iceland and Anderson, B.", "Aiceland|iceland|\nAanderson|anderson|b\n"},
           Case{"", ""},
           Case{" ; , ;", ""},
           Case{"J.", ""},
           Case{"Иванов, А. П.", "Aиванов|иванов|а п\n"},
           Case{"王小明", "A王|小 明 王|小 明\n"},
       })
    EXPECT_EQ(LinesOf(FieldsOf("author=" + std::string(value))), lines) << value;
  EXPECT_EQ(LinesOf(FieldsOf("author=Zuber, J|author=|author=Loirat C")), "Azuber|zuber|j\nAloirat|loirat|c\n");
}

TEST(Work, HasItsContainersByName) {
  for (const auto& [value, lines] : {
           Case{"The Lancet (London, England)", "Clancet\n"},
           Case{"J. Clin. Invest.", "Cj clin invest\n"},
           Case{"Blood. Conference: 54th Annual Meeting", "Cblood\nC54th annual meeting\n"},
           Case{"A journal|Another one", "Cjournal\nCanother one\n"},
           Case{"2010", ""},
           Case{"(x", "Cx\n"},
           Case{"[x] z [", "Cz\n"},
           Case{"a1|b1|c1|d1|e1", "Ca1\nCb1\nCc1\nCd1\n"},
       })
    EXPECT_EQ(LinesOf(Only(&WorkFields::container, value)), lines) << value;
}

TEST(Work, HasFirstAndLastPage) {
  for (const auto& [value, lines] : {
           Case{"100-110", "F 100\nL 110\n"},
           Case{"314-20", "F 314\nL 320\n"},
           Case{"100–110", "F 100\nL 110\n"},
           Case{"S12-S15", "Fs 12\nLs 15\n"},
           Case{"e1001", "Fe 1001\n"},
           Case{"pp. 5-9", "F 5\nL 9\n"},
           Case{"p 7", "F 7\n"},
           Case{"pages 7", "F 7\n"},
           Case{"t-20", "L 20\n"},
           Case{"-20", "L 20\n"},
           Case{"suppl-20", "L 20\n"},
           Case{"a-20", "F 20\n"},
           Case{"215 p", ""},
           Case{"215 pages.", ""},
           Case{"215p.", ""},
           Case{"12-15 p", "F 12\nL 15\n"},
           Case{"Suppl 1: 5-9", "Fsuppl 1\nL 9\n"},
           Case{"2205-2205", "F 2205\nL 2205\n"},
           Case{"0012", "F 12\n"},
           Case{"0", ""},
           Case{"", ""},
           Case{"n/a", ""},
           Case{"arXiv:2004.01234", ""},
           Case{"123456789012345678901234567890-5",
                "F 123456789012345678901234567890\nL 123456789012345678901234567895\n"},
       })
    EXPECT_EQ(LinesOf(Only(&WorkFields::pages, value)), lines) << value;
}

TEST(Work, HasNumbersAndIds) {
  const struct {
    const char *fields, *lines;
  } cases[] = {
      {"year=2010", "Y2010\n"},
      {"year=Jan 2010-12", "Y2010\n"},
      {"year=20101201", ""},
      {"year=1499; 2100", ""},
      {"year=c1998", "Y1998\n"},
      {"vol=12", "V12\n"},
      {"vol=012(3)", "V12\n"},
      {"vol=1)", ""},
      {"vol=30 Suppl 1", "V30\n"},
      {"vol=0", ""},
      {"vol=1234567", ""},
      {"year=2010|vol=2010", "Y2010\n"},
      {"no=Suppl. 4", "N4\n"},
      {"doi=https://doi.org/10.1000/ABC.1).", "D10.1000/abc.1\n"},
      {"doi=10.1/x", ""},
      {"doi=10.10001/x y", "D10.10001/x\n"},
      {"doi=10.2010 10.1234/ 10.1234/z", "D10.1234/z\n"},
      {"doi=10.1234567890/x", ""},
      {"pmid=PMID: 19179316", "P19179316\n"},
      {"pmid=123", ""},
      {"isbn=0-306-40615-X", "I030640615\n"},
      {"isbn=978-0-306-40615-7 (hardback); 0306406152", "I030640615\n"},
      {"isbn=978 0 306 40615 7", "I030640615\n"},
      {"isbn=979-8-88645-174-0", "I979888645174\n"},
      {"isbn=0-306-40615", ""},
      {"isbn=97803064061571", ""},
      {"isbn=x-306-40615-1", ""},
      {"isbn=978030640615x", ""},
      {"isbn=0140-6736", "S01406736\n"},
      {"issn=1474-547X, 0140-6736, 1474-547x", "S01406736\nS1474547x\n"},
      {"issn=1619-8360; 978-3-540-12345-6", "I354012345\nS16198360\n"},
      {"issn=0140–6736", "S01406736\n"},
      {"issn=1-5 0", ""},
      {"ed=2nd ed.", "E2\n"},
      {"ed=second", ""},
  };
  for (const auto& each : cases) EXPECT_EQ(LinesOf(FieldsOf(each.fields)), each.lines) << each.fields;
}

size_t NumShingles(const std::string& abstract) { return PackedOf(Only(&WorkFields::abstract, abstract))[2]; }

TEST(Work, HasShinglesOfALongAbstract) {
  const auto words = [](size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += "w" + std::to_string(i) + " ";
    return text;
  };
  EXPECT_EQ(NumShingles(""), 0U);
  EXPECT_EQ(NumShingles(words(19)), 0U);
  EXPECT_EQ(NumShingles(words(20)), 18U);
  EXPECT_EQ(NumShingles(words(500)), 498U);
  EXPECT_EQ(NumShingles(words(900)), 498U);
  EXPECT_EQ(PackedOf(Only(&WorkFields::abstract, words(500))), PackedOf(Only(&WorkFields::abstract, words(900))));
  EXPECT_EQ(PackedOf(Only(&WorkFields::abstract, words(20)))[1], Work::kMostRuns);
  std::string same;
  for (int i = 0; i < 30; ++i) same += "again ";
  EXPECT_EQ(NumShingles(same), 1U);
}

TEST(Work, SaysNothingWhereNoFieldDoes) {
  EXPECT_TRUE(SaysNothing(PackedOf({})));
  EXPECT_TRUE(SaysNothing(PackedOf(FieldsOf("title=...|author=[Anonymous]|p=n/a"))));
  EXPECT_FALSE(SaysNothing(PackedOf(FieldsOf("title=x"))));
  EXPECT_FALSE(SaysNothing(PackedOf(FieldsOf("year=2010"))));
}

WorkFields AllSay(const std::string& value) {
  WorkFields fields;
  fields.title = fields.abstract = fields.year = fields.container = fields.volume = fields.number = fields.pages =
      fields.doi = fields.pmid = fields.isbn = fields.issn = fields.edition = value;
  fields.authors = {value};
  return fields;
}

TEST(Work, HasBoundsWhateverTheRecordSays) {
  WorkFields fields;
  for (int i = 0; i < 250000; ++i) fields.title += "word ";
  fields.authors.assign(10000, "Smith, John");
  fields.container = fields.pages = fields.abstract = fields.doi = fields.title;
  const std::vector<uint32_t> packed = PackedOf(fields);
  Work work;
  work.Read(packed);
  EXPECT_EQ(work.title().size(), 64U);
  EXPECT_EQ(work.authors.size(), 50U);
  EXPECT_LT(packed.size() * sizeof(uint32_t), 5000U);
  // Values that are made to be slow.
  for (const std::string piece : {"a b [c] ", "(panel)", "[", "((", "'", "... ", "vol 1 ", "<", "a;", "10.", "ae"}) {
    std::string value = "a title ";
    while (value.size() < 1000000) value += piece;
    const auto begin = std::chrono::steady_clock::now();
    PackedOf(AllSay(value));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << piece;
  }
}

TEST(Work, IsReadAsItWasMade) {
  const WorkFields fields = FieldsOf(
      "title=Reply to Smith|author=Zuber, Julien|author=Le Quintrec, M.|year=2010|in=Blood|vol=3|no=4|p=s1-s20|"
      "doi=10.1234/x|pmid=12345|isbn=0306406152|issn=0140-6736|ed=2");
  const std::vector<uint32_t> packed = PackedOf(fields);
  Work work;
  for (int round = 0; round < 2; ++round) {  // the second time into a used one
    work.Read(packed);
    EXPECT_EQ(std::vector<std::string_view>(work.title().begin(), work.title().end()),
              (std::vector<std::string_view>{"reply", "smith"}));
    EXPECT_EQ(work.kind, WorkKind::kReply);
    ASSERT_EQ(work.authors.size(), 2U);
    EXPECT_EQ(work.Of(work.authors[1].family).size(), 2U);
    EXPECT_EQ(work.Of(work.authors[0].initials).front(), "j");
    ASSERT_EQ(work.containers.size(), 1U);
    EXPECT_EQ(work.year, 2010);
    EXPECT_EQ(work.volume, "3");
    EXPECT_EQ(work.number, "4");
    EXPECT_EQ(work.first_page.letters, "s");
    EXPECT_EQ(work.last_page.digits, "20");
    EXPECT_EQ(work.doi, "10.1234/x");
    EXPECT_EQ(work.pmid, "12345");
    EXPECT_EQ(work.isbns, (std::vector<std::string_view>{"030640615"}));
    EXPECT_EQ(work.issns, (std::vector<std::string_view>{"01406736"}));
    EXPECT_EQ(work.edition, "2");
    EXPECT_TRUE(work.shingles.empty());
  }
}

}  // namespace
}  // namespace unecho::make_work_test
