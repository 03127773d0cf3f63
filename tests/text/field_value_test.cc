#include "text/field_value.h"

#include <gtest/gtest.h>

#include <vector>

namespace unecho {
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
  for (const auto& [in, want] : std::vector<Case>{
           {"a", "a"}, {" \t a  B \n", "a  B"}, {"", ""}, {" \xc2\xa0 ", ""}, {"10.5/X", "10.5/X"}, {"[1,2]", "[1,2]"}})
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
           {"https://", ""},
           {"", ""},
       })
    EXPECT_EQ(Normal(in, Normaliser::kUrl), want) << in;
}

TEST(FieldValue, TheNameOfAFieldSaysHowItIsCompared) {
  EXPECT_EQ(NormaliserFor("DOI"), Normaliser::kDoi);
  EXPECT_EQ(NormaliserFor("url"), Normaliser::kUrl);
  EXPECT_EQ(NormaliserFor("link"), Normaliser::kUrl);
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
    EXPECT_TRUE(IsPlaceholder(none)) << none;
  for (const std::string_view some : {"", " ", "0x", "n0ne", "nd", "\u2605", "C", "1", "-1", "10.1/x", "nano",
                                      "Nan Goldin", "a-", "unknown 2", "none of them", "not available yet", "N"})
    EXPECT_FALSE(IsPlaceholder(some)) << some;
}

}  // namespace
}  // namespace unecho
