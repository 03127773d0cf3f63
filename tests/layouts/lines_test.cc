// Layouts lines and text, and the line cutter they share with jsonl.
#include <gtest/gtest.h>

#include "base/batch.h"
#include "layouts/cutter.h"
#include "support/segment_driver.h"

namespace unecho::lines_test {
namespace {

using Strings = std::vector<std::string>;

Segmented Segments(const Layout& layout, std::string_view source, size_t max_record_bytes = 1000,
                   size_t block_bytes = 4096) {
  LayoutOptions options;
  options.max_record_bytes = max_record_bytes;
  EXPECT_EQ(CheckAllSizes(layout, options, source), "");
  return SegmentDriver(layout, options).Run(source, block_bytes, block_bytes);
}

struct Case {
  const char* name;
  std::string source;
  Strings want;
  std::vector<uint64_t> lines;
  uint64_t num_lines;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class LinesCase : public testing::TestWithParam<Case> {};

TEST_P(LinesCase, GivesOneRecordPerLine) {
  const Case& c = GetParam();
  const Segmented out = Segments(GetLayout("lines"), c.source);
  EXPECT_EQ(out.broken, "");
  Strings got;
  std::vector<uint64_t> lines;
  for (const OwnedRecord& record : out.records) {
    EXPECT_EQ(record.pieces, (Strings{"", record.raw}));
    got.push_back(record.raw);
    lines.push_back(record.line);
  }
  EXPECT_EQ(got, c.want);
  EXPECT_EQ(lines, c.lines);
  EXPECT_EQ(out.num_lines, c.num_lines);
}

INSTANTIATE_TEST_SUITE_P(Sources, LinesCase,
                         testing::ValuesIn(std::vector<Case>{
                             {"Empty", "", {}, {}, 0},
                             {"Lf", "a\nb\n", {"a", "b"}, {1, 2}, 2},
                             {"NoFinalLineEnd", "a\nb", {"a", "b"}, {1, 2}, 1},
                             {"CrLf", "a\r\nb\r\n", {"a", "b"}, {1, 2}, 2},
                             {"LoneCr", "a\rb\r", {"a", "b"}, {1, 2}, 2},
                             {"Mixed", "a\r\r\nb\n\rc", {"a", "b", "c"}, {1, 3, 5}, 4},
                             {"Blank", "\n \t\n\na\n  \n", {"a"}, {4}, 5},
                             {"InnerAndOuterBlanksStay", "  a b \n", {"  a b "}, {1}, 1},
                             {"Bom",
                              "\xEF\xBB\xBF"
                              "a\n\xEF\xBB\xBF"
                              "b\n",
                              {"a",
                               "\xEF\xBB\xBF"
                               "b"},
                              {1, 2},
                              2},
                             {"OnlyBom", "\xEF\xBB\xBF", {}, {}, 0},
                             {"HalfABom", "\xEF\xBB", {"\xEF\xBB"}, {1}, 0},
                             {"Nul", std::string("a\0b\nc", 5), {std::string("a\0b", 3), "c"}, {1, 2}, 1},
                             {"VerticalTabIsText", "\v\n", {"\v"}, {1}, 1},
                         }),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(Lines, RejectALineOverTheLimitInOnePieceOrMany) {
  for (const char* line_end : {"\n", "\r\n", "\r", ""}) {
    for (size_t size : {size_t{10}, size_t{11}, size_t{12}, size_t{5000}}) {
      const std::string source = "before\n" + std::string(size, 'x') + line_end + (*line_end == 0 ? "" : "after");
      for (size_t block_bytes : {size_t{1}, size_t{64}, size_t{100'000}}) {
        const Segmented out = Segments(GetLayout("lines"), source, 10, block_bytes);
        ASSERT_EQ(out.broken, "");
        ASSERT_EQ(out.records.size(), *line_end == 0 ? 2u : 3u);
        EXPECT_EQ(out.records[1].reason, size > 10 ? Reason::kTooLong : Reason::kNone);
        EXPECT_EQ(out.records[1].offset_bytes, 7u);
        EXPECT_EQ(out.records[1].size_bytes, size);
        EXPECT_EQ(out.records[1].line, 2u);
      }
    }
  }
}

TEST(Lines, TearNoCodePointBetweenFragments) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "\xF0\x9D\x94\xB8\xE2\x82\xAC\xC3\xA9x";
  EXPECT_EQ(Segments(GetLayout("lines"), text, 7, 1).ledger.invalid_utf8, 0u);
  const std::string broken = text.substr(0, 101) + "\xFF\x80\x80\xE2\x82" + text;
  EXPECT_EQ(Segments(GetLayout("lines"), broken, 7, 1).ledger.invalid_utf8, CountMalformedUtf8(broken));
}

TEST(Lines, SayWhereMalformedUtf8Is) {
  const std::string source =
      "good\nba\xFF"
      "d\n\xE2\x82\n";
  Batch batch;
  batch.offset_bytes = 100;
  batch.size = source.size();
  batch.bytes.assign(source.begin(), source.end());
  batch.bytes.resize(source.size() + Batch::kPaddingBytes);
  Segment(GetLayout("lines"), {}, batch);
  ASSERT_EQ(batch.bad_utf8.size(), 2u);
  EXPECT_EQ(batch.bad_utf8[0].offset_bytes, 107u);
  EXPECT_EQ(batch.bad_utf8[0].line_in_batch, 1u);
  EXPECT_EQ(batch.bad_utf8[1].offset_bytes, 110u);
  EXPECT_EQ(batch.bad_utf8[1].line_in_batch, 2u);
  EXPECT_EQ(batch.ledger.invalid_utf8, 2u);
}

TEST(Lines, CutBehindTheLastLineEndThatIsComplete) {
  auto cutter = MakeCutter(GetLayout("lines"), {});
  Batch batch;
  EXPECT_EQ(cutter->Cut("ab", 0, false, batch), 0u);
  EXPECT_EQ(cutter->Cut("ab\r", 2, false, batch), 0u) << "LF may follow";
  EXPECT_EQ(cutter->Cut("ab\r\ncd", 3, false, batch), 4u);
  batch.offset_bytes = 4;
  EXPECT_EQ(cutter->Cut("cd\re", 0, false, batch), 3u);
  batch.offset_bytes = 7;
  EXPECT_EQ(cutter->Cut("e", 1, true, batch), 1u);
}

TEST(Text, IsOneRecordWithoutItsLastBlanks) {
  for (const auto& [source, want] : std::vector<std::pair<std::string, Strings>>{{"", {}},
                                                                                 {" \r\n\t", {}},
                                                                                 {"\xEF\xBB\xBF\n", {}},
                                                                                 {"a", {"a"}},
                                                                                 {"\xEF\xBB\xBF"
                                                                                  "a\n\nb \r\n\n",
                                                                                  {"a\n\nb"}},
                                                                                 {"\n a", {"\n a"}}}) {
    const Segmented out = Segments(GetLayout("text"), source);
    EXPECT_EQ(out.broken, "");
    Strings got;
    for (const OwnedRecord& record : out.records) got.push_back(record.pieces.at(1));
    EXPECT_EQ(got, want) << source;
  }
}

TEST(Text, OverTheLimitIsRejectedWhole) {
  const std::string source = "\xEF\xBB\xBF" + std::string(3000, 'x') + "\r\n\r\n";
  const Segmented out = Segments(GetLayout("text"), source, 1000, 10);
  EXPECT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].reason, Reason::kTooLong);
  EXPECT_EQ(out.records[0].size_bytes, 3004u);
  EXPECT_EQ(out.num_lines, 2u);
}

}  // namespace
}  // namespace unecho::lines_test
