// Which field an option means.
#include "layouts/named_field.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unecho/layouts.h"

namespace unecho::named_field_test {
namespace {

struct Given {
  std::string_view name, value;
};

std::string Found(const std::vector<Given>& fields, std::string_view asked, std::string_view layout = "ris") {
  Batch batch;
  batch.layout = &GetLayout(layout);
  Record record;
  for (const Given& each : fields) batch.fields.push_back({.name = each.name, .value = each.value});
  record.num_fields = static_cast<uint32_t>(fields.size());
  const FoundField found = FindField(batch, record, asked);
  return found.field == nullptr ? "none" : std::string(found.value);
}

TEST(NamedField, OneThatIsCalledExactlySoComesFirst) {
  EXPECT_EQ(Found({{"DOI", "1"}, {"doi", "2"}}, "doi"), "2");
  EXPECT_EQ(Found({{"DOI", "1"}, {"Doi", "2"}}, "doi"), "1");
  EXPECT_EQ(Found({{" Doi ", "1"}, {"DO", "2"}}, "doi"), "1");
  EXPECT_EQ(Found({{"doi", "1"}, {"doi", "2"}}, "doi"), "1");
  EXPECT_EQ(Found({{"do", "1"}}, "doi", "csv"), "none");
  EXPECT_EQ(Found({}, "doi"), "none");
}

TEST(NamedField, OneThatSaysNothingHidesNoOther) {
  EXPECT_EQ(Found({{"doi", ""}, {"DOI", "1"}}, "doi"), "1");
  EXPECT_EQ(Found({{"doi", " "}, {"doi", "1"}}, "doi"), "1");
  EXPECT_EQ(Found({{"doi", ""}, {"DO", "1"}}, "doi"), "1");
  EXPECT_EQ(Found({{"DOI", ""}, {"doi", " "}}, "doi"), " ");
}

TEST(NamedField, ThenWhatTheLayoutCallsSo) {
  EXPECT_EQ(Found({{"UR", "0"}, {"DO", "1"}}, "doi"), "1");
  EXPECT_EQ(Found({{"do", "1"}}, "DOI"), "1");
  EXPECT_EQ(Found({{"T1", "1"}, {"TI", "2"}}, "title"), "2");  // the preferred name
  EXPECT_EQ(Found({{"DO", "1"}}, "DO"), "1");
  EXPECT_EQ(Found({{"DI", "1"}}, "doi", "isi"), "1");
  EXPECT_EQ(Found({{"R", "1"}}, "doi", "endnote-tags"), "1");
  EXPECT_EQ(Found({{"Subject", "1"}}, "title", "mail"), "1");
}

TEST(NamedField, TheEndOfAValueMaySayWhatItIs) {
  EXPECT_EQ(Found({{"LID", "S01 [pii]"}, {"LID", "10.5/a [doi]"}}, "doi", "medline"), "10.5/a");
  EXPECT_EQ(Found({{"LID", "S01 [pii]"}, {"AID", "10.5/b [doi]"}}, "doi", "medline"), "10.5/b");
  EXPECT_EQ(Found({{"LID", "S01 [pii]"}}, "doi", "medline"), "none");
}

TEST(StandardNames, AreThoseOfTags) {
  const StandardNames ris(&GetLayout("ris")), csv(&GetLayout("csv")), none(nullptr);
  EXPECT_EQ(ris.Of("DO"), "doi");
  EXPECT_EQ(ris.Of("T1"), "title");
  EXPECT_EQ(ris.Of("C1"), "");  // nobody has a name for it
  EXPECT_EQ(StandardNames(&GetLayout("medline")).Of("LID"), "doi");
  EXPECT_EQ(csv.Of("DO"), "DO");
  EXPECT_EQ(none.Of("DO"), "DO");
}

}  // namespace
}  // namespace unecho::named_field_test
