#include "text/field_value.h"

#include <gtest/gtest.h>

#include <vector>

namespace unecho::field_value_test {
namespace {

std::string Normal(std::string_view value, Normaliser normaliser) {
  std::string out;
  AppendNormalValue(value, normaliser, out);
  return out;
}

struct Case {
  const char* in;
  const char* want;
};

TEST(FieldValue, ExactIsTheValueWithoutBlanksAtItsEnds) {
  for (const auto& [in, want] : std::vector<Case>{{"a", "a"},
                                                  {" \t a  B \n", "a  B"},
                                                  {"", ""},
                                                  {" \xc2\xa0 ", ""},
                                                  {"10.5/X", "10.5/X"},
                                                  {"[1,2]", "[1,2]"},
                                                  {"2009///", "2009"},
                                                  {"2009/", "2009"},
                                                  {"2009/05//", "2009/05"},
                                                  {"2009/05/12/", "2009/05/12"},
                                                  {"2009//12/", "2009//12"},
                                                  {"2009/05/12/Spring", "2009/05/12/Spring"},
                                                  {"2009/spring/", "2009/spring/"},
                                                  {"2009/123/", "2009/123/"},
                                                  {"209///", "209///"},
                                                  {"20091///", "20091///"},
                                                  {"////", "////"}})
    EXPECT_EQ(Normal(in, Normaliser::kExact), want) << in;
}

TEST(FieldValue, FoldIsWithoutCaseWidthAndRunsOfWhiteSpace) {
  for (const auto& [in, want] : std::vector<Case>{{"  Straße \n  EINS ", "strasse eins"},
                                                  {"ＡＢ\u3000ｃ", "ab c"},
                                                  {"e\u0301", "\u00e9"},
                                                  {" \u2003 ", ""},
                                                  {"", ""},
                                                  {"a\u00adb", "ab"},
                                                  {"!", "!"}})
    EXPECT_EQ(Normal(in, Normaliser::kFold), want) << in;
}

TEST(FieldValue, DoiIsWithoutResolverAndCase) {
  for (const auto& [in, want] : std::vector<Case>{
           {"10.5555/FOG.1", "10.5555/fog.1"},
           {"https://doi.org/10.5555/fog.1", "10.5555/fog.1"},
           {"http://dx.doi.org/10.5555/fog.1", "10.5555/fog.1"},
           {"HTTPS://www.DOI.org/10.5555/fog.1", "10.5555/fog.1"},
           {"doi.org/10.5555/fog.1", "10.5555/fog.1"},
           {" DOI: 10.5555/fog.1 ", "10.5555/fog.1"},
           {"https://doi.org/doi:10.5555/fog.1", "10.5555/fog.1"},
           {"https://example.org/10.5555/fog.1", "https://example.org/10.5555/fog.1"},
           {"10.5555/doi:1", "10.5555/doi:1"},
           {"DOI 10.5555/fog.1", "10.5555/fog.1"},
           {"doi10.5555/fog.1", "10.5555/fog.1"},
           {"info:doi/10.5555/fog.1", "10.5555/fog.1"},
           {"urn:DOI:10.5555/fog.1", "10.5555/fog.1"},
           {"<10.5555/fog.1>", "10.5555/fog.1"},
           {"<https://doi.org/10.5555/fog.1>", "10.5555/fog.1"},
           {"(doi: 10.5555/fog.1).", "10.5555/fog.1"},
           {"10.5555/fog.1.", "10.5555/fog.1"},
           {"10.5555/fog.1,", "10.5555/fog.1"},
           {"10.5555/fog.1)", "10.5555/fog.1"},
           {"10.5555/fog(1)", "10.5555/fog(1)"},
           {"10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI2>3.0.CO;2-T",
            "10.1002/(sici)1097-4571(1999)50:1<1::aid-asi2>3.0.co;2-t"},
           {"https://doi.org/10.1002/(SICI)1097-4571(1999)50:1%3C1::AID-ASI2%3E3.0.CO;2-T",
            "10.1002/(sici)1097-4571(1999)50:1<1::aid-asi2>3.0.co;2-t"},
           {"10.5555%2Ffog.1", "10.5555/fog.1"},
           {"10.5555/fog%2", "10.5555/fog%2"},
           {"10.5555/\u200bfog\u00ad.1\ufeff", "10.5555/fog.1"},
           {"10.5555/S0140\u20136736", "10.5555/s0140-6736"},
           {"10.5555/caf\u00e9", "10.5555/caf\u00e9"},
           {"see page 3.", "see page 3."},
           {"[\"x\"]", "[\"x\"]"},
           {"doi", "doi"},
           {"<>", "<>"},
           {"doi:", ""},
           {"", ""},
       })
    EXPECT_EQ(Normal(in, Normaliser::kDoi), want) << in;
}

TEST(FieldValue, UrlIsTheSamePageWithoutWhatSaysNothingOfIt) {
  for (const auto& [in, want] : std::vector<Case>{
           {"https://n.example/a", "n.example/a"},
           {"http://n.example/a", "n.example/a"},
           {"HTTP://WWW.N.example/a/", "n.example/a"},
           {"//n.example/a", "n.example/a"},
           {"n.example/a", "n.example/a"},
           {"https://n.example", "n.example"},
           {"https://n.example/", "n.example"},
           {"https://n.example:443/a", "n.example/a"},
           {"http://n.example:80/a", "n.example/a"},
           {"http://n.example:443/a", "n.example:443/a"},
           {"https://n.example:8080/a", "n.example:8080/a"},
           {"https://n.example/a#part", "n.example/a"},
           {"https://n.example/a?utm_source=x&UTM_medium=y", "n.example/a"},
           {"https://n.example/a/?gclid=1&id=7&fbclid=2", "n.example/a?id=7"},
           {"https://n.example/a?id=7&ref=utm_source", "n.example/a?id=7&ref=utm_source"},
           {"https://n.example/a?b=&&c", "n.example/a?b=&&c"},
           {"https://n.example/a?q=x/", "n.example/a?q=x/"},
           {"https://n.example/A?Q=X", "n.example/A?Q=X"},
           {"https://n.example/a%2Fb;c=1", "n.example/a%2Fb;c=1"},
           {"https://n.example/www./a", "n.example/www./a"},
           {"https://n.example?x=1", "n.example?x=1"},
           {"https://User@N.example/a", "User@n.example/a"},
           {"FTP://N.example/a", "ftp://n.example/a"},
           {"n.example/a?to=https://m.example", "n.example/a?to=https://m.example"},
           {"https://www.www.example/a", "www.example/a"},
           {"<https://n.example/a>", "n.example/a"},
           {"https://n.example/\u200ba", "n.example/a"},
           {"https://n.example/%7euser/%41", "n.example/~user/A"},
           {"https://n.example/a%2fb", "n.example/a%2Fb"},
           {"https://n.example/a%3fb", "n.example/a%3Fb"},
           {"https://n.example/100%", "n.example/100%"},
           {"https://n.example/a.", "n.example/a."},
           {"https://n.example/a\u2013b", "n.example/a\u2013b"},
           {"https://", ""},
           {"", ""},
       })
    EXPECT_EQ(Normal(in, Normaliser::kUrl), want) << in;
}

TEST(FieldValue, TheNameOfAFieldSaysHowItIsCompared) {
  EXPECT_EQ(NormaliserFor("DOI"), Normaliser::kDoi);
  EXPECT_EQ(NormaliserFor("url"), Normaliser::kUrl);
  EXPECT_EQ(NormaliserFor("link"), Normaliser::kUrl);
  EXPECT_EQ(NormaliserFor("ids[].doi[]"), Normaliser::kDoi);
  EXPECT_EQ(NormaliserFor("dois"), Normaliser::kExact);
  EXPECT_EQ(NormaliserByName("fold"), Normaliser::kFold);
  EXPECT_EQ(NormaliserByName("Fold"), std::nullopt);
}

TEST(FieldValue, StandsForNoneWhereNobodyKnowsIt) {
  for (const std::string_view none : {"N/A",     "n/a",
                                      " NA ",    "-",
                                      "--",      "?",
                                      "none",    "NULL",
                                      "null",    "Unknown",
                                      "0",       "n.a.",
                                      "NaN",     "not available",
                                      "\\N",     "...",
                                      "TBD",     "#N/A",
                                      "<NA>",    "(none)",
                                      "N / A",   "\uFF2E\uFF0F\uFF21",
                                      "\u2014",  "'-'",
                                      "n.d.",    "00",
                                      "0.0",     "0000-0000",
                                      "doi:N/A", "https://doi.org/N/A",
                                      "\u200B",  "/"})
    EXPECT_TRUE(IsPlaceholder(none, Zero::kIsNone)) << none;
  for (const std::string_view some : {"", " ", "0x", "n0ne", "nd", "\u2605", "C", "1", "-1", "10.1/x", "nano",
                                      "Nan Goldin", "a-", "unknown 2", "none of them", "not available yet", "N"})
    EXPECT_FALSE(IsPlaceholder(some, Zero::kIsNone)) << some;
}

TEST(FieldValue, AmongNumbersZeroIsOne) {
  for (const std::string_view zero : {"0", "00", "0.0", "0000-0000"})
    EXPECT_FALSE(IsPlaceholder(zero, Zero::kIsValue)) << zero;
  for (const std::string_view none : {"N/A", "-", "unknown", "\uFF2E\uFF0F\uFF21"})
    EXPECT_TRUE(IsPlaceholder(none, Zero::kIsValue)) << none;
}

}  // namespace
}  // namespace unecho::field_value_test
