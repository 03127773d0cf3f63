// Engine bibtex: entries, values, LaTeX, and that an entry that is never closed costs no other.
#include "support/records_of.h"
#include "text/scan.h"

namespace unecho::bibtex_test {
namespace {

const Layout& Bibtex() { return GetLayout("bibtex"); }
const Got kMalformed{"", "", Reason::kMalformed}, kNothing{"", "", Reason::kNoMatchField};

std::string Entry(std::string_view fields) { return "@article{key,\n" + std::string(fields) + "\n}\n"; }

class BibtexRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(BibtexRecords, AreItsEntries) { EXPECT_EQ(RecordsOf(Bibtex(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Entries, BibtexRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"Braces", Entry("title = {A},\n abstract = {b}"), {{"A", "b"}}},
        {"Quotes", Entry("title = \"A {\"}x{\"} \", abstract=\"b, c\","), {{"A \"x\"", "b, c"}}},
        {"Upper", "\xEF\xBB\xBF@ARTICLE{K,\r\nTITLE={A},\r\nAbstract={b}}\r\n", {{"A", "b"}}},
        {"Parentheses",
         "@misc(key, title = {A :)}, note = \"b )\")\n" + Entry("title={B}"),
         {{"A :)", "b )"}, {"B", ""}}},
        {"OnOneLine", "@a{k,title={A}}@b{k,title={B}} @c{k,title={C}}", {{"A", ""}, {"B", ""}, {"C", ""}}},
        {"NoKey", "@misc{title={A}, abstract={b}}", {{"A", "b"}}},
        {"EmptyKey", "@misc{,title={A}}", {{"A", ""}}},
        {"Nested", Entry("title = {{The {N}ested {{T}itle}}}"), {{"The Nested Title", ""}}},
        {"Joined",
         "@string{acl = \"ACL\"}\n@STRING(x = {y # z})" + Entry("title = acl # \" and \" # {b} # 7 # X # unknown"),
         {{"ACL and b7y # zunknown", ""}}},
        {"CommaMissing", Entry("title = {A}\n abstract = {b} year = 2020"), {{"A", "b"}}},
        {"LineEnds",
         Entry("title = {A long\n    title},\n abstract = {one\n two\n\n three}"),
         {{"A long title", "one two\n\nthree"}}},
        {"Accents",
         Entry(R"(title = {G{\"o}del, Erd\H{o}s, {\'E}cole, \ss, na\"{\i}ve, {\o}, \v{C}})"),
         {{"G\u00F6del, Erd\u0151s, \u00C9cole, \u00DF, na\u00EFve, \u00F8, \u010C", ""}}},
        {"Dashes",
         Entry(R"(title = {a--b --- ``c'' \& 5\% \emph{d}~e})"),
         {{"a\u2013b \u2014 \u201C"
           "c\u201D & 5% d e",
           ""}}},
        {"Furniture",
         "Some text, mail@example.org (x).\n@comment{title = {no}}\n@Comment no braces\n@preamble{\"x\"}\n" +
             Entry("title={A}") + "@",
         {{"A", ""}}},
        {"NothingInIt", Entry("author = {X}") + "@misc{}", {kNothing, kNothing}},
        {"AtInAField",
         Entry("title = {mail a@b{c}, @inbook{x}},\n abstract = {\n@property (x)\n}"),
         {{"mail a@bc, @inbookx", "@property (x)"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Broken, BibtexRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"NeverClosed",
         Entry("title={A}") + "@article{x,\n title = {lost {b},\n}\n  " + Entry("title={B}") + Entry("title={C}"),
         {{"A", ""}, kMalformed, {"B", ""}, {"C", ""}}},
        {"NeverClosedQuote",
         "@article{x,\n title = \"lost,\n year = {1}\n}\n" + Entry("title={B}"),
         {kMalformed, {"B", ""}}},
        {"TooManyBraces", "@article{x, title = {A}}, abstract = {b}}\n" + Entry("title={B}"), {{"A", ""}, {"B", ""}}},
        {"NoValue",
         Entry("title = ,") + Entry("title {A}") + Entry("= {A}") + Entry("title={B}"),
         {kMalformed, kMalformed, kMalformed, {"B", ""}}},
        {"Truncated", Entry("title={A}") + "@article{x, title = {B}", {{"A", ""}, kMalformed}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Bibtex, GivesFieldsAsJson) {
  LayoutOptions options;
  options.id_field = "key";
  options.order_field = "year";
  const Segmented out =
      Drive(Bibtex(), "@misc{a:1 , title={A}, year = 2020}@misc{b, title={B}, Year={in press}}", options);
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].id, "\"a:1\"");
  EXPECT_EQ(out.records[0].order_value, "2020");
  EXPECT_EQ(out.records[1].order_value, "\"in press\"");
}

TEST(Bibtex, AMacroCountsForWhatIsBehindIt) {
  std::string source = "@misc{k, title = m}\n@string{m = {one}}\n";
  for (int i = 0; i < 300; ++i) source += "@misc{k, title = m}\n";
  source += "@string{m = {two}}@misc{k, title = M}\n";
  const Records records = RecordsOf(Bibtex(), source);
  ASSERT_EQ(records.size(), 302u);
  EXPECT_EQ(records.front().title, "m");
  EXPECT_EQ(records[1].title, "one");
  EXPECT_EQ(records[300].title, "one");
  EXPECT_EQ(records.back().title, "two");
}

TEST(Bibtex, ARecordOverTheLimitIsRejectedAndTheNextOneIsNot) {
  LayoutOptions options;
  options.max_record_bytes = 60;
  for (const size_t size : {20, 200, 20'000}) {
    const std::string text(size, 'x');
    const Got want = size == 20 ? Got{text, ""} : Got{"", "", Reason::kTooLong};
    EXPECT_EQ(RecordsOf(Bibtex(), Entry("title={" + text + "}") + Entry("title={B}"), options),
              (Records{want, {"B", ""}}));
    EXPECT_EQ(RecordsOf(Bibtex(), "@string{x={" + text + "}}" + Entry("title={B}"), options),
              size == 20 ? (Records{{"B", ""}}) : (Records{{"", "", Reason::kTooLong}, {"B", ""}}));
  }
}

// Ten of ten of ten...: 760 bytes stood for ten thousand million.
TEST(Bibtex, MacrosOfMacrosDoNotGrowWithoutEnd) {
  std::string source = "@string{m0 = \"" + std::string(50, 'x') + "\"}\n";
  for (int i = 1; i <= 10; ++i) {
    source += "@string{m" + std::to_string(i) + " = ";
    for (int k = 0; k < 10; ++k) source += (k > 0 ? " # m" : "m") + std::to_string(i - 1);
    source += "}\n";
  }
  source += "@article{k, title = {T}, abstract = {d}}\n@article{k, title = m3}\n";
  const Records records = RecordsOf(Bibtex(), source);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0], (Got{"T", "d"}));
  EXPECT_EQ(records[1].title, std::string(50'000, 'x'));
}

}  // namespace
}  // namespace unecho::bibtex_test
