#include "write/fill_record.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <string>

#include "layouts/cutter.h"
#include "support/fill_cases.h"
#include "works/work_fields.h"
#include "write/fill_forms.h"

namespace unecho::fill_record_test {
namespace {

// All of a source in one batch.
void Read(const std::string& source, const Layout& layout, Batch& batch) {
  LayoutOptions options;
  options.list_fields = true;
  batch.layout = &layout;
  auto cutter = MakeCutter(layout, options);
  const size_t taken = cutter->Cut({source.data(), source.size()}, 0, true, batch);
  ASSERT_EQ(taken, source.size());
  batch.bytes.assign(source.size() + Batch::kPaddingBytes, ' ');
  std::memcpy(batch.bytes.data(), source.data(), source.size());
  batch.size = source.size();
  batch.ends_source = true;
  Segment(layout, options, batch);
}

std::vector<Filling> FillingsOf(const FillCase& each) {
  std::vector<Filling> fillings;
  for (const auto& [field, value] : each.fillings) fillings.push_back({field, value});
  fillings.front().tex = each.tex;
  return fillings;
}

class FillRecordTest : public testing::TestWithParam<FillCase> {};

TEST_P(FillRecordTest, PutsFieldsWhereTheFormatHasThem) {
  const FillCase& each = GetParam();
  LayoutPtr own;
  const Layout& layout = LayoutOf(each, own);
  ASSERT_TRUE(CanBeFilled(layout));
  Batch batch;
  Read(each.source, layout, batch);
  ASSERT_EQ(batch.records.size(), 1U);
  const Record& record = batch.records.front();
  std::string filled;
  const MergeMask done = FillRecord({}, batch, record, FillingsOf(each), filled);
  const auto begin = static_cast<size_t>(record.raw.data() - batch.bytes.data());
  EXPECT_EQ(each.source.substr(0, begin) + filled + each.source.substr(begin + record.raw.size()), each.filled);
  for (const auto& [field, value] : each.fillings) {
    const bool is_missed = std::ranges::find(each.missed, field) != each.missed.end();
    EXPECT_EQ((done & BitOf(field)) == 0, is_missed) << Name(field);
  }
}

// What has been filled in is there for whoever reads the record: the value itself, and nothing is missing any more.
TEST_P(FillRecordTest, CanBeReadAgain) {
  const FillCase& each = GetParam();
  LayoutPtr own;
  Batch batch;
  Read(each.filled, LayoutOf(each, own), batch);
  ASSERT_EQ(batch.records.size(), 1U);
  ASSERT_EQ(batch.records.front().reason, Reason::kNone);
  const WorkFields fields = WorkFieldsOf(batch, batch.records.front());
  for (const auto& [field, value] : each.fillings) {
    if (std::ranges::find(each.missed, field) != each.missed.end()) continue;
    EXPECT_NE(SaidIn(fields) & BitOf(field), 0) << Name(field);
    if (field != MergeField::kPages && field != MergeField::kAbstract) {
      EXPECT_EQ(GivenBy(fields, field), value);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, FillRecordTest, testing::ValuesIn(FillCases()),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(FillRecord, KnowsWhereNoFieldCanBeWritten) {
  for (const char* const layout :
       {"page", "text", "lines", "mail", "proquest", "markdown-bullets", "xml", "warc", "html", "yaml"})
    EXPECT_FALSE(CanBeFilled(GetLayout(layout))) << layout;
}

TEST(FillFields, ReplacesWhatIsEmptyAndAddsTheRest) {
  Batch batch;
  Read("title,doi,year\nSea fog,,2011\n", GetLayout("csv"), batch);
  Record& record = batch.records.front();
  FillFields(batch, record, std::vector<Filling>{{MergeField::kDoi, "10.5/x"}, {MergeField::kContainer, "Fog"}});
  std::string shown;
  for (const NamedField& field : batch.FieldsOf(record))
    shown.append(field.name).append("=").append(field.value).append("|");
  EXPECT_EQ(shown, "title=Sea fog|doi=10.5/x|year=2011|journal=Fog|");
}

TEST(FillFields, HasNoNameTwice) {
  Batch batch;
  Read("{\"title\":\"Sea fog\",\"doi\":[\"\"],\"year\":2011,\"issued\":{\"date-parts\":[[null]]}}\n",
       GetLayout("jsonl"), batch);
  Record& record = batch.records.front();
  EXPECT_EQ(FillFields(batch, record, std::vector<Filling>{{MergeField::kYear, "2012"}, {MergeField::kDoi, "10.5/x"}}),
            BitOf(MergeField::kYear) | BitOf(MergeField::kDoi));
  std::string shown;
  for (const NamedField& field : batch.FieldsOf(record))
    shown.append(field.name).append("=").append(field.value).append("|");
  EXPECT_EQ(shown, "title=Sea fog|doi=10.5/x|year=2011|issued=2012|");
  EXPECT_EQ(FillFields(batch, record, std::vector<Filling>{{MergeField::kYear, "2012"}}), 0);
}

// Whatever the copy says: the entry has one end, and reads as that.
TEST(FillEntry, GivesEveryValueBack) {
  constexpr std::array<const char*, 22> kParts = {"{",   "}", "\\", "$", "~", "^", "-", "--", "`",   "'",  "\"",
                                                  "@a{", "%", "&",  "#", "_", "=", ",", " ",  "fog", "10", "\xc3\xa4"};
  std::minstd_rand random(7);
  const std::string source = "@article{a1, title = {Sea Fog}}\n@article{b2, title = {Mist}}\n";
  for (int i = 0; i < 20'000; ++i) {
    std::string value = "x";
    for (auto parts = random() % 12; parts > 0; --parts) value += kParts.at(random() % kParts.size());
    value += 'x';
    Batch batch;
    Read(source, GetLayout("bibtex"), batch);
    std::string filled;
    const std::vector<Filling> fillings = {{MergeField::kContainer, value}};
    ASSERT_NE(FillRecord({}, batch, batch.records.front(), fillings, filled), 0) << value;
    const auto begin = static_cast<size_t>(batch.records.front().raw.data() - batch.bytes.data());
    Batch again;
    Read(source.substr(0, begin) + filled + source.substr(begin + batch.records.front().raw.size()),
         GetLayout("bibtex"), again);
    ASSERT_EQ(again.records.size(), 2U) << filled;
    ASSERT_EQ(WorkFieldsOf(again, again.records.front()).container, value) << filled;
  }
}

// What programs read is no text: two hyphens of a DOI are no dash, and ~ in a URL is no blank.
TEST(FillEntry, HasItsIdsAsTheyStand) {
  Batch batch;
  Read(
      R"(@misc{k, doi = {{10.5/a--b\_c}}, url = {http://x.example/~fog/a\%20b}, note = {a~b--c}, file = {\url{a--b}}})",
      GetLayout("bibtex"), batch);
  ASSERT_EQ(batch.records.size(), 1U);
  std::string read;
  for (const NamedField& field : batch.FieldsOf(batch.records.front()).subspan(2)) read.append(field.value).append("|");
  EXPECT_EQ(read,
            "10.5/a--b_c|http://x.example/~fog/a%20b|a b\xe2\x80\x93"
            "c|a\xe2\x80\x93"
            "b|");
}

TEST(FillElements, ReportsWhatItCannotWrite) {
  for (const std::string text : {"", "<", "Sea fog", "</record>"}) {
    std::string out = text;
    const std::vector<Filling> fillings = {{MergeField::kVolume, "12"}};
    const MergeMask filled = FillElements(GetLayout("endnote-xml").profile(), fillings, out);
    EXPECT_EQ(filled != 0, out != text) << text;
  }
}

TEST(SplitPages, TakesAnyDash) {
  for (const char* const pages : {"314-20", "314--20", "314 - 20",
                                  "314\xe2\x80\x93"
                                  "20"}) {
    EXPECT_EQ(SplitPages(pages).first, "314") << pages;
    EXPECT_EQ(SplitPages(pages).last, "20") << pages;
  }
  for (const char* const pages : {"S1-5\xe2\x80\x93S1-9", "S1-5--S1-9", "S1-5 \xe2\x80\x94 S1-9"}) {
    EXPECT_EQ(SplitPages(pages).first, "S1-5") << pages;
    EXPECT_EQ(SplitPages(pages).last, "S1-9") << pages;
  }
  for (const char* const pages : {"S1-5-S1-9", "-5",
                                  "3\xe2\x80\x93"
                                  "4, 7\xe2\x80\x93"
                                  "9"}) {
    EXPECT_EQ(SplitPages(pages).first, pages);
    EXPECT_EQ(SplitPages(pages).last, "") << pages;
  }
  EXPECT_EQ(SplitPages("e55").first, "e55");
  EXPECT_EQ(SplitPages("e55").last, "");
}

}  // namespace
}  // namespace unecho::fill_record_test
