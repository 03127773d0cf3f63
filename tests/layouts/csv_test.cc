// Engine csv: rows, quotes, delimiters, and that a quote that is never closed costs one line.
#include <random>

#include "base/batch.h"
#include "layouts/csv_row.h"
#include "support/records_of.h"

namespace unecho {
namespace {

const Layout& Csv() { return GetLayout("csv"); }
const Got kBroken{"", "", Reason::kMalformed};

class CsvRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(CsvRecords, AreItsRows) { EXPECT_EQ(RecordsOf(Csv(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Sources, CsvRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"HeaderOnly", "title,abstract\n", {}},
        {"Plain", "title,abstract\nA,B\nC,D\n", {{"A", "B"}, {"C", "D"}}},
        {"NoFinalLineEnd", "title,abstract\nA,B", {{"A", "B"}}},
        {"CrLfAndBom", "\xEF\xBB\xBFtitle,abstract\r\nA,B\r\n\r\nC,D\r\n", {{"A", "B"}, {"C", "D"}}},
        {"LoneCr", "title,abstract\rA,B\rC,D\r", {{"A", "B"}, {"C", "D"}}},
        {"Columns", "id, Abstract ,x,TITLE\n1,B,y,A\n", {{"A", "B"}}},
        {"QuotedHeader", "\"title\",\"abstract\"\n\"A\",\"B\"\n", {{"A", "B"}}},
        {"DelimiterInQuotes", "title,abstract\n\"A, a\",\"B, b\"\n", {{"A, a", "B, b"}}},
        {"LineEndsInQuotes",
         "title,abstract\nA,\"one\ntwo\r\n\r\nthree\"\nC,D\n",
         {{"A", "one\ntwo\n\nthree"}, {"C", "D"}}},
        {"DoubledQuotes", "title,abstract\n\"a \"\"b\"\" c\",\"\"\"\"\n", {{"a \"b\" c", "\""}}},
        {"QuotesInAnUnquotedField", "title,abstract\na \"b\" c,5\" x\n", {{"a \"b\" c", "5\" x"}}},
        {"StrayQuoteInAQuotedField", "title,abstract\n\"a \"b\" c\",D\nE,F\n", {{"a \"b\" c", "D"}, {"E", "F"}}},
        {"Ragged", "title,abstract\nA\nB,C,D\nE,F\n", {kBroken, kBroken, {"E", "F"}}},
        {"EmptyColumnsBehindTheLast", "title,abstract\nA,B,,\n", {{"A", "B"}}},
        {"EmptyFields", "title,abstract\n,B\nA,\n,\n", {{"", "B"}, {"A", ""}, {"", "", Reason::kNoMatchField}}},
        {"Tabs", "title\tabstract\nA, a\tB\nC\t\"D\td\"\n", {{"A, a", "B"}, {"C", "D\td"}}},
        {"Semicolons", "title;abstract;x\nA, a;B, b;1\nC;D;2\n", {{"A, a", "B, b"}, {"C", "D"}}},
        {"Bars", "title|abstract\nA|B\n", {{"A", "B"}}},
        {"DelimiterHint", "sep=;\ntitle;abstract\nA,1;B\n", {{"A,1", "B"}}},
        {"OneColumn", "title\nA\nB\n", {{"A", ""}, {"B", ""}}},
        {"NoSuchColumns", "a,b\n1,2\n", {{"", "", Reason::kNoMatchField}}},
        {"NeverClosed", "title,abstract\nA,\"open\nB,\"text\"\nC,D\n", {kBroken, {"B", "text"}, {"C", "D"}}},
        {"NeverClosedAtAll", "title,abstract\nA,\"open\nB,x\nC,D\n", {kBroken, {"B", "x"}, {"C", "D"}}},
        {"NeverClosedInTheLastRow", "title,abstract\nA,B\nC,\"D", {{"A", "B"}, kBroken}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

Layout Custom(bool header, char delimiter) {
  Profile profile;
  profile.name = "custom";
  profile.engine = Engine::kCsv;
  profile.csv = {
      .delimiter = delimiter, .header = header, .title = {"2"}, .body = {"1"}, .snapshot = {"3"}, .other = {}};
  return Layout(profile);
}

TEST(Csv, WithoutAHeaderColumnsHaveNumbers) {
  const Layout layout = Custom(false, ':');
  const Segmented out = Drive(layout, "B:A,a:2020\nD:C:2021\n");
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].pieces, (std::vector<std::string>{"A,a", "B"}));
  EXPECT_EQ(out.records[0].snapshot, "2020");
  EXPECT_EQ(out.records[1].snapshot, "2021");
}

TEST(Csv, GivesFieldsAsJson) {
  LayoutOptions options;
  options.id_field = "Key";
  options.order_field = "votes";
  const Segmented out = Drive(Csv(), "title,key,votes\nA,x,-1.5\nB,2,n/a\n", options);
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].id, "\"x\"");
  EXPECT_EQ(out.records[0].order_value, "-1.5");
  EXPECT_EQ(out.records[1].id, "2");
  EXPECT_EQ(out.records[1].order_value, "\"n/a\"");
}

TEST(Csv, TheHeaderIsFurnitureAndLineEndsAreSeparators) {
  const Segmented out = Drive(Csv(), "title,text\n\nA,B\r\n");
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 10u);
  EXPECT_EQ(out.ledger[ByteClass::kSeparator], 4u);
  EXPECT_EQ(out.ledger[ByteClass::kRecord], 3u);
  EXPECT_EQ(out.records.at(0).line, 3u);
}

TEST(Csv, ARowOverTheLimitIsRejectedUpToItsEnd) {
  LayoutOptions options;
  options.max_record_bytes = 20;
  for (const size_t size : {18, 19, 300, 10'000}) {
    const std::string text(size, 'x');
    const Got want = size == 18 ? Got{"A", text} : Got{"", "", Reason::kTooLong};
    EXPECT_EQ(RecordsOf(Csv(), "title,text\nA," + text + "\nC,D\n", options), (Records{want, {"C", "D"}}));
  }
  // A field in quotes that passes the limit may be one that was never closed: only its line goes.
  EXPECT_EQ(RecordsOf(Csv(), "title,text\nA,\"b\nc,d\ne,f\ng,h\ni,j\nk,l\"\n", options).at(0), kBroken);
}

TEST(Csv, QuotesThatAreNeverClosedDoNotMakeItSlow) {
  std::string source = "title,text\n";
  for (int i = 0; i < 20'000; ++i) source += "A,\"\"\"\n,\"\"\n";
  const Segmented out = SegmentDriver(Csv(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
}

// The oracle: rows written by the rules, of random fields.
TEST(CsvRow, ReadsBackWhatIsWritten) {
  std::mt19937 random(1);
  constexpr std::string_view kBytes = "ab,;\t|\"\n\r \xC3\xA4";
  for (int round = 0; round < 5000; ++round) {
    const char delimiter = kCsvDelimiters[random() % kCsvDelimiters.size()];
    std::vector<std::string> fields(1 + random() % 4);
    std::string row;
    for (std::string& field : fields) {
      for (size_t n = random() % 6; n > 0; --n) field += kBytes[random() % kBytes.size()];
      if (&field != fields.data()) row += delimiter;
      const bool needs_quotes = field.find_first_of("\r\n\"") != field.npos || field.find(delimiter) != field.npos;
      if (!needs_quotes && random() % 2 == 0) {
        row += field;
        continue;
      }
      row += '"';
      for (const char c : field) row += c == '"' ? std::string("\"\"") : std::string(1, c);
      row += '"';
    }
    const CsvSpan span = FindCsvRow(row + "\r\nnext", delimiter, false);
    ASSERT_EQ(span.state, CsvRow::kComplete) << row;
    ASSERT_EQ(span.end, row.size()) << row;
    ASSERT_EQ(span.next, row.size() + 2);
    TextArena arena;
    std::vector<std::string_view> got;
    SplitCsvRow(row, delimiter, arena, got);
    ASSERT_EQ(std::vector<std::string>(got.begin(), got.end()), fields) << row;
  }
}

TEST(CsvDelimiter, IsTheOneThatTheFirstRowsAgreeOn) {
  EXPECT_EQ(DetectDelimiter("a,b;c\n1;2,3\n", true), ',');
  EXPECT_EQ(DetectDelimiter("a;b\n1,5;2\n1,5,6;2\n", true), ';');
  EXPECT_EQ(DetectDelimiter("a\tb, c\n1\t2\n", true), '\t');
  EXPECT_EQ(DetectDelimiter("\"a;b\",c\n\"d;e\",f\n", true), ',');
  EXPECT_EQ(DetectDelimiter("", true), ',');
  EXPECT_EQ(DetectDelimiter("one long line|with|bars", false), '|');
}

TEST(Csv, AHeaderWithoutEndNamesNoColumns) {
  std::string source = "title";
  for (int i = 0; i < 20'000; ++i) source += ",text";
  const Segmented out = SegmentDriver(GetLayout("csv"), {}).Run(source + "\ntitle,text\na,b\n", 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].reason, Reason::kMalformed);
  EXPECT_EQ(out.records[1].pieces, (std::vector<std::string>{"a", "b"}));
}

TEST(Csv, ARunOfCarriageReturnsLeaves) {
  const std::string source = "title,text\na,b\n" + std::string(1 << 20, '\r') + "\nc,d\n";
  LayoutOptions options;
  options.max_record_bytes = 1000;
  const Segmented out = SegmentDriver(GetLayout("csv"), options).Run(source, 1 << 12, 1 << 12);
  EXPECT_EQ(out.broken, "");
  EXPECT_EQ(out.records.size(), 2u);
}

// What is no title, no date, no address... is the text, if it is the only one.
TEST(Csv, TheOnlyUnknownColumnIsTheText) {
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "id,title,tale\n1,T,once\n"), (Records{{"T", "once"}}));
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "title,tale,saga\nT,once,upon\n"), (Records{{"T", ""}}));
}

}  // namespace
}  // namespace unecho
