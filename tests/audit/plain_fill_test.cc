#include "audit/plain_fill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "layouts/cutter.h"
#include "support/fill_cases.h"

namespace unecho::plain_fill_test {
namespace {

class PlainFillTest : public testing::TestWithParam<FillCase> {};

// A second program of the same: what one writes the other expects.
TEST_P(PlainFillTest, ExpectsWhatIsWritten) {
  const FillCase& each = GetParam();
  LayoutPtr own;
  const Layout& layout = LayoutOf(each, own);
  Batch batch;
  batch.layout = &layout;
  ASSERT_EQ(MakeCutter(layout, {})->Cut({each.source.data(), each.source.size()}, 0, true, batch), each.source.size());
  batch.bytes.assign(each.source.size() + Batch::kPaddingBytes, ' ');
  std::memcpy(batch.bytes.data(), each.source.data(), each.source.size());
  batch.size = each.source.size();
  batch.ends_source = true;
  Segment(layout, {}, batch);
  ASSERT_EQ(batch.records.size(), 1U);
  const Record& record = batch.records.front();
  AuditSpan span;
  span.bytes = record.raw;
  span.segmented.emplace().fields = batch.FieldsOf(record);
  std::vector<PlainFill> fills;
  for (const auto& [field, value] : each.fillings)
    fills.push_back({kPlainMergeFields.at(static_cast<size_t>(field)).first, value});
  fills.front().tex = each.tex;
  const std::string filled = PlainFilled(span, layout, fills);
  const auto begin = static_cast<size_t>(record.raw.data() - batch.bytes.data());
  EXPECT_EQ(each.source.substr(0, begin) + filled + each.source.substr(begin + record.raw.size()), each.filled);
  for (size_t i = 0; i < fills.size(); ++i) {
    const bool is_missed = std::ranges::find(each.missed, each.fillings[i].first) != each.missed.end();
    EXPECT_EQ(fills[i].is_written, !is_missed) << fills[i].field;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, PlainFillTest, testing::ValuesIn(FillCases()),
                         [](const auto& param) { return std::string(param.param.name); });

// What is nested deep, or is no element, ends no audit.
TEST(PlainFilled, TakesAnyXml) {
  const Layout& layout = GetLayout("endnote-xml");
  constexpr size_t kDeep = 200'000;
  std::string deep = "<record>";
  for (size_t i = 0; i < kDeep; ++i) deep += "<a>";
  for (const std::string& text : {std::string(), std::string("<"), std::string("</record>"), deep}) {
    AuditSpan span;
    span.bytes = text;
    std::vector<PlainFill> fills = {{.field = "volume", .value = "12"}};
    const std::string filled = PlainFilled(span, layout, fills);
    EXPECT_EQ(fills[0].is_written, filled != text) << text.substr(0, 10);
  }
}

}  // namespace
}  // namespace unecho::plain_fill_test
