// Layout html: a page is one record, whatever it is made of.
#include "support/records_of.h"

namespace unecho::html_layout_test {
namespace {

const Layout& Html() { return GetLayout("html"); }

class HtmlRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(HtmlRecords, AreOnePerSource) { EXPECT_EQ(RecordsOf(Html(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Pages, HtmlRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"Blanks", "\xEF\xBB\xBF \r\n\t", {}},
        {"Page",
         "\xEF\xBB\xBF<!DOCTYPE html>\n<html><head><title>On\n "
         "rain</title><style>p{}</style></head><body><nav>Home</nav><p>It "
         "rains &amp; pours.<script>x()</script><p>Again.</body></html>\n\n",
         {{"On rain", "It rains & pours.\n\nAgain."}}},
        {"NoTitle", "<html><body>text</body></html>", {{"", "text"}}},
        {"NoText", "<html><head><title>T</title></head></html>", {{"T", ""}}},
        {"Nothing", "<html><script>x()</script></html>", {{"", "", Reason::kNoMatchField}}},
        {"CutOff", "<html><head><title>T</title><body><p>some <b>te", {{"T", "some te"}}},
        {"NotUtf8", "<html><title>a\xFF</title><body>\xE2\x82</body></html>", {{"a\uFFFD", "\uFFFD"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Html, IsTooLongAsAWhole) {
  LayoutOptions options;
  options.max_record_bytes = 50;
  EXPECT_EQ(RecordsOf(Html(), "<html><body>" + std::string(100, 'x') + "</body></html>", options),
            (Records{{"", "", Reason::kTooLong}}));
}

TEST(Html, WhatTheParserRefusesIsMalformed) {
  std::string source = "<html>";
  for (int i = 0; i < 100'000; ++i) source += "<b>";
  const Segmented out = SegmentDriver(Html(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_NE(out.records[0].reason, Reason::kNone);
}

}  // namespace
}  // namespace unecho::html_layout_test
