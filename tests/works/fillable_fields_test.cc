#include "works/fillable_fields.h"

#include <gtest/gtest.h>

#include <string>

namespace unecho::fillable_fields_test {
namespace {

struct Case {
  const char* name;
  MergeField field;
  std::string written, given;
};

void Set(WorkFields& fields, MergeField field, const std::string& value) {
  switch (field) {
    case MergeField::kYear: fields.year = value; break;
    case MergeField::kContainer: fields.container = value; break;
    case MergeField::kVolume: fields.volume = value; break;
    case MergeField::kNumber: fields.number = value; break;
    case MergeField::kPages: fields.pages = value; break;
    case MergeField::kDoi: fields.doi = value; break;
    case MergeField::kPmid: fields.pmid = value; break;
    case MergeField::kIsbn: fields.isbn = value; break;
    case MergeField::kAbstract:
    case MergeField::kCount: fields.abstract = value; break;
  }
}

class GivenByTest : public testing::TestWithParam<Case> {};

TEST_P(GivenByTest, GivesWhatCanBeWrittenInAnyFormat) {
  const auto& [name, field, written, given] = GetParam();
  WorkFields fields;
  Set(fields, field, written);
  EXPECT_EQ(GivenBy(fields, field), given);
  EXPECT_EQ(SaidIn(fields), written.empty() ? 0 : BitOf(field));
  EXPECT_EQ(GivenIn(fields), given.empty() ? 0 : BitOf(field));
}

const std::string kTwenty = "a b c d e f g h i j k l m n o p q r s t";

INSTANTIATE_TEST_SUITE_P(Values, GivenByTest,
                         testing::ValuesIn(std::vector<Case>{
                             {"YearOfADate", MergeField::kYear, "2011/03//", "2011"},
                             {"NoYear", MergeField::kYear, "in press", ""},
                             {"YearBehindANumber", MergeField::kYear, "12345 2011", "2011"},
                             {"Container", MergeField::kContainer, " Fog \n and  mist ", "Fog and mist"},
                             {"Placeholder", MergeField::kContainer, "N/A", ""},
                             {"Volume", MergeField::kVolume, "12 Suppl 1", "12 Suppl 1"},
                             {"NoVolume", MergeField::kVolume, "(Pt", ""},
                             {"Doi", MergeField::kDoi, "https://doi.org/10.5/X", "10.5/X"},
                             {"DoiOfMedline", MergeField::kDoi, "10.5/x [doi]", "10.5/x"},
                             {"DoiOfASentence", MergeField::kDoi, "doi: 10.5/x.", "10.5/x"},
                             {"NoDoi", MergeField::kDoi, "S0140-6736(12)", ""},
                             {"Pmid", MergeField::kPmid, "PMID: 123456", "123456"},
                             {"Isbn", MergeField::kIsbn, "978-0-00-000000-2", "978-0-00-000000-2"},
                             {"IssnIsNone", MergeField::kIsbn, "1234-5678", ""},
                             {"Abstract", MergeField::kAbstract, kTwenty, kTwenty},
                             {"ShortAbstract", MergeField::kAbstract, kTwenty.substr(2), ""},
                             {"Malformed", MergeField::kContainer, "F\xffg", ""},
                             {"Long", MergeField::kContainer, std::string(1001, 'x'), ""},
                             {"Nothing", MergeField::kDoi, "", ""},
                         }),
                         [](const auto& param) { return std::string(param.param.name); });

// What the layout takes for the text of a record without an abstract is none.
TEST(GivenBy, TakesNoTextForAnAbstract) {
  WorkFields fields;
  fields.abstract = kTwenty;
  fields.abstract_is_text = true;
  EXPECT_EQ(SaidIn(fields), 0);
  EXPECT_EQ(GivenIn(fields), 0);
}

}  // namespace
}  // namespace unecho::fillable_fields_test
