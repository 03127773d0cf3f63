// Engine csv: rows, quotes, delimiters, and that a quote that is never closed costs one line.
#include <random>

#include "base/batch.h"
#include "layouts/csv_row.h"
#include "support/records_of.h"

namespace unecho::csv_test {
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
        {"TwoTexts",
         "article,highlights,x\na,b c d e f g h i,1\nb,c d e f g h i j,2\n",
         {{"", "a\nb c d e f g h i"}, {"", "b\nc d e f g h i j"}}},
        {"AuthorsAreNoText",
         "title,text,authors\nA,a,b c d e f g h i\nB,b,c d e f g h i j\n",
         {{"A", "a"}, {"B", "b"}}},
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
        {"NoKnownColumns", "a,b\n1,2\n\n", {{"", "1\n2"}}},
        {"NoKnownColumnsAndEmptyFields",
         "Product,Price,Last Update\nTable,150,2020-11-10\nTable,,2020-11-10\n,,\n",
         {{"", "Table\n150\n2020-11-10"}, {"", "Table\n2020-11-10"}, {"", "", Reason::kNoMatchField}}},
        {"OnlyColumnsThatAreNoText", "id,year,url\n1,1990,u\n", {{"", "1990\nu"}}},
        {"NoHeader", "\"1\",\"A, a\"\n\"2\",\"B\nb\"\n", {{"", "1\nA, a"}, {"", "2\nB\nb"}}},
        {"NoHeaderAndOneColumn", "one\ntwo\n", {{"", "one"}, {"", "two"}}},
        {"NoHeaderAndARaggedRow", "a,b\nc,d\ne\nf,g\n", {{"", "a\nb"}, {"", "c\nd"}, kBroken, {"", "f\ng"}}},
        {"ABlankLineInFrontOfTheHeader", " \t\ntitle,abstract\nA,B\n", {{"A", "B"}}},
        {"RowNumbers", ",words,label_of\n1,one two,0\n2,three,1\n", {{"", "one two\n0"}, {"", "three\n1"}}},
        {"HintInQuotes", "\"sep=;\"\ntitle;abstract\nA,1;B\n", {{"A,1", "B"}}},
        {"TabsAndAQuoteThatIsACharacter",
         "title\tabstract\nA\t\"B b\nC\tD\nE\tF\"\n\"G\tH\n",
         {{"A", "\"B b"}, {"C", "D"}, {"E", "F\""}, {"\"G", "H"}}},
        {"TabsAndQuotesOverLines",
         "title\tabstract\nA\t\"B\nb\"\n\"C\nc\"\tD\nE\t\"F \"\"f\"\"\"\n",
         {{"A", "B\nb"}, {"C c", "D"}, {"E", "F \"f\""}}},
        {"TabsAndABrokenRowWithAQuote", "title\tabstract\n\"A\nC\tD\n", {kBroken, {"C", "D"}}},
        {"BarsAndAQuoteThatIsACharacter", "title|abstract\nA|\"B\nC|D\n", {{"A", "\"B"}, {"C", "D"}}},
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
  EXPECT_EQ(out.records[0].order_value, "\"-1.5\"");
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

// What is no title, no date, no address... is the text beside a title, if it is the only one, or sentences.
TEST(Csv, TheOnlyUnknownColumnIsTheText) {
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "id,title,tale\n1,T,once\n"), (Records{{"T", "once"}}));
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "title,tale,saga\nT,once,upon\n"), (Records{{"T", "once\nupon"}}));
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "title,tale,saga\nT,once there was a ferry that never came home again,upon\n"),
            (Records{{"T", "once there was a ferry that never came home again\nupon"}}));
}

LayoutOptions Asked(std::vector<std::string> match_fields, std::vector<std::string> columns = {}) {
  LayoutOptions options;
  options.match_fields = std::move(match_fields);
  options.columns = std::move(columns);
  return options;
}

TEST(Csv, ComparesTheColumnsThatAreNamed) {
  constexpr std::string_view kSource = "src\ttrg\tTitle\na\tb\tT\n";
  EXPECT_EQ(RecordsOf(Csv(), kSource, Asked({"SRC"})), (Records{{"", "a"}}));
  EXPECT_EQ(RecordsOf(Csv(), kSource, Asked({"trg", " src "})), (Records{{"", "b\na"}}));
  EXPECT_EQ(RecordsOf(Csv(), kSource, Asked({"trg", "title"})), (Records{{"T", "b"}}));
  EXPECT_EQ(RecordsOf(Csv(), kSource, Asked({"title"})), (Records{{"T", ""}}));
  EXPECT_EQ(RecordsOf(Csv(), "a,b\nc,d\n", Asked({"2"})), (Records{{"", "b"}, {"", "d"}}));
  // A name that is asked for is a name: what has it is the header.
  EXPECT_EQ(RecordsOf(Csv(), "a,b\nc,d\n", Asked({"b"})), (Records{{"", "d"}}));
}

TEST(Csv, TakesTheNamesOfColumnsThatAreGiven) {
  EXPECT_EQ(RecordsOf(Csv(), "1,A,B\n2,C,D\n", Asked({}, {"id", "Title", "text"})), (Records{{"A", "B"}, {"C", "D"}}));
  EXPECT_EQ(RecordsOf(Csv(), "title,text\nA,B\n", Asked({}, {"title", "text"})),
            (Records{{"title", "text"}, {"A", "B"}}));
  EXPECT_EQ(RecordsOf(Csv(), "1,A,B\n2,C,D\n", Asked({}, {"", "", "text"})), (Records{{"", "B"}, {"", "D"}}));
}

std::string MisfitOf(std::string_view source, const LayoutOptions& options) {
  Batch batch;
  batch.bytes.assign(source.size() + Batch::kPaddingBytes, '\0');
  std::memcpy(batch.bytes.data(), source.data(), source.size());
  batch.size = MakeCutter(Csv(), options)->Cut({batch.bytes.data(), source.size()}, 0, true, batch);
  Segment(Csv(), options, batch);
  return batch.misfit;
}

TEST(Csv, SaysWhichNameNoColumnHas) {
  EXPECT_EQ(MisfitOf("src,trg,score\na,b,1\n", Asked({"src", "score"})), "");
  EXPECT_EQ(MisfitOf("src,trg,score\na,b,1\n", Asked({"trg", "sorce"})),
            "--match-fields: no column is called 'sorce'; there are src, trg, score");
  EXPECT_EQ(MisfitOf("a,b\nc,d\n", Asked({"text"})),
            "--match-fields: no column is called 'text'; there is no header, and the columns are called 1 to 2 "
            "(--columns gives them names)");
  EXPECT_EQ(MisfitOf("a,b\nc,d\n", Asked({"text"}, {"key", "text"})), "");
  EXPECT_EQ(MisfitOf("a,b\nc,d\n", Asked({}, {"key", "text", "more"})),
            "--columns names 3 columns, and its rows have 2");
  EXPECT_EQ(MisfitOf("a\nc\n", Asked({}, {"key", "text", "title"})), "--columns names 3 columns, and its rows have 1");
  LayoutOptions options;
  options.id_field = "key";
  EXPECT_EQ(MisfitOf("title,text\na,b\n", options), "--id-field: no column is called 'key'; there are title, text");
  options.id_field = "TITLE";
  options.order_field = "year";
  EXPECT_EQ(MisfitOf("title,text\na,b\n", options), "--keep: no column is called 'year'; there are title, text");
  options.order_field = "snapshot";
  EXPECT_EQ(MisfitOf("title,text\na,b\n", options), "");
  EXPECT_EQ(MisfitOf("", Asked({"text"})), "");
}

TEST(Csv, OpenQuotesBetweenTabsDoNotMakeItSlow) {
  std::string source = "title\ttext\n";
  for (int i = 0; i < 20'000; ++i) source += "A\n\"B\"\"\n";
  const Segmented out = SegmentDriver(Csv(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  LayoutOptions options;
  options.max_record_bytes = 200;
  EXPECT_EQ(CheckAllSizes(Csv(), options, source.substr(0, 3000)), "");
}

}  // namespace
}  // namespace unecho::csv_test
