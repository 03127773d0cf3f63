// What the first rows of a table show: the same for every prefix that is long enough to tell, and nothing where it is
// uncertain.
#include "layouts/csv_shape.h"

#include <gtest/gtest.h>

#include "layouts/sniff.h"
#include "support/records_of.h"

namespace unecho::csv_shape_test {
namespace {

std::string Many(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

// Rows that differ: # becomes their number.
std::string Rows(std::string_view row, int times) {
  std::string out;
  for (int i = 1; i <= times; ++i) {
    for (const char c : row) out += c == '#' ? std::to_string(i) : std::string(1, c);
  }
  return out;
}

struct Case {
  const char* name;
  std::string source;
  std::string want;  // "header ," or "rows ;", and the number of columns; "none": no table
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

std::string Said(const CsvShape& shape) {
  if (!shape.is_table) return "none";
  const std::string delimiter = shape.delimiter == '\t' ? "tab" : std::string(1, shape.delimiter);
  return (shape.has_header ? "header " : "rows ") + delimiter + " " + std::to_string(shape.columns);
}

class Shape : public testing::TestWithParam<Case> {};

TEST_P(Shape, IsTheSameForEveryPrefixThatTells) {
  const Case& c = GetParam();
  const CsvProfile& profile = GetLayout("csv").profile().csv;
  const auto whole = ShapeOfCsv(c.source, true, profile, {});
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(Said(*whole), c.want) << whole->why;
  for (size_t size = 0; size <= c.source.size(); size += size < 1500 ? 1 : 1997) {
    const auto shape = ShapeOfCsv(std::string_view(c.source).substr(0, size), false, profile, {});
    if (!shape) continue;
    ASSERT_EQ(Said(*shape), c.want) << size;
    ASSERT_EQ(shape->why, whole->why) << size;
  }
  // What a run takes it for is this, and what it reads is the same in all sizes in which it may arrive.
  const auto detected = SniffLayout(c.source, true);
  ASSERT_TRUE(detected && detected->layout != nullptr);
  EXPECT_EQ(detected->layout->name() == "csv", c.want != "none") << detected->why;
  Drive(GetLayout("csv"), c.source);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, Shape,
    testing::ValuesIn(std::vector<Case>{
        {"Prices", "Product,Price,Last Update\nTable,150,2020-11-10\nTable,170,2020-02-01\n", "header , 3"},
        {"OneRow", "Product,Price,Last Update\nTable,150,2020-11-10\n", "header , 3"},
        {"KnownNames", "title,abstract\nA,B\n", "header , 2"},
        {"KnownNamesAlone", "title,abstract\n", "header , 2"},
        {"GermanNames", "Überschrift;Preis\nEin Stuhl;1,50\nEin Tisch;2,99\n", "header ; 2"},
        {"ChineseNames", "标题,内容,日期\n" + Rows("河流,冬天的船只在港口等待,2020-01-0#\n", 6), "header , 3"},
        {"QuotedNames",
         "\"frage\",\"antwort\"\n" + Rows("\"Was ist denn # im Topf?\",\"Das ist ein Fisch, sagt #.\"\n", 4),
         "header , 2"},
        {"ByteOrderIsElsewhere",
         "src\ttrg\n" + Rows("Der Hund # schläft heute lang.\tThe dog # sleeps long today.\n", 4), "header tab 2"},
        {"SeparatorHint", "sep=;\nfoo;bar\nx, y;z\nu, v;w\n", "rows ; 2"},
        {"TrailingDelimiter", "a_name,b_name,\n" + Rows("foo#,#,\n", 6), "header , 3"},
        {"EmptyFields", "city_name,note,pop\nA,,1\nB,old,2\n,,3\n", "header , 3"},
        {"RowsOverLines", "src_text,trg_text\n" + Rows("\"one #\ntwo, three\",\"four\n\n- five\n- six #\"\n", 9),
         "header , 2"},
        {"RowsOverManyLines", "frage,antwort\n" + Rows("\"one #\n" + Many("two, three\n", 70) + "\",\"b, #\"\n", 9),
         "header , 2"},
        {"RowsOverMoreThanTheHead",
         "frage,antwort\n" + Rows("\"one #\n" + Many("two, three\n", 7000) + "\",\"b\"\n", 2), "none"},
        {"MarkdownInFields",
         "prompt_id,completion\n" + Rows("#,\"# Heading\n\n- a bullet\n- another\n\nTitle: x\"\n", 30), "header , 2"},
        {"QuotesAreCharacters", "id\tquote_of\twho\n" + Rows("#\t\"Never say # again\tNobody#\n", 12), "header tab 3"},
        {"QuotesOverLinesBetweenTabs",
         "src\ttrg\tscore\n" + Rows("One row here #\t\"and a text\nof lines #\"\t0.#\n", 9), "header tab 3"},
        {"QuotesOverLinesInTheLastColumn",
         "src\ttrg\n" + Rows("One rather long row here #\t\"and a text\nof lines #\"\n", 9), "header tab 2"},
        {"Bars", "term_id|term_text|weight\n" + Rows("#|some text|0.#\n", 4), "header | 3"},
        {"ManyColumns", Many("col_a,", 199) + "col_b\n" + Many(Many("1,", 199) + "2\n", 5), "none"},
        {"NamesThatComeTwice", "x,y,y,value\n" + Many("foo,bar,baz,1\n", 4), "header , 4"},
        {"NumbersOnly", "1,2,3\n4,5,6\n7,8,9\n", "rows , 3"},
        {"ShortTextsFirst",
         "Hi there\tSalut toi\n" + Rows("How are you today, # of you?\tComment allez-vous tous les #?\n", 3),
         "rows tab 2"},
        {"QuotedRows", Rows("\"#\",\"Title #\",\"He said \"\"yes\"\", #.\"\n", 4), "rows , 3"},
        {"TabsWithoutAHeader", Rows("Some text of # words\tand more of it\n", 5), "rows tab 2"},
        {"ALabelIsNoName", Many("spam\tBuy this now and do not wait\nham\tSee you at the station then\n", 4),
         "rows tab 2"},
        {"RowNumbersHaveNoName", ",text_of,label_of\n" + Rows("#,\"one, two #\",0\n", 5), "header , 3"},
        {"OneRowInTenIsBroken", "prompt,reply,rating\n" + Rows("\"Say, #\",\"Well, #\",5\n", 20) + "broken,row\n",
         "header , 3"},
        {"KnownForSomethingElse", "author,year,url\n" + Rows("A#,19#0,https://x.example/#\n", 4), "header , 3"},
        {"DecimalCommas", "Artikel;Preis;Menge\r\n" + Rows("Schraube #;#,99;3\r\n", 5), "header ; 3"},
        {"Languages", "en\tde\n" + Rows("house#\tHaus#\n", 4), "header tab 2"},
        {"LanguagesOfCountries", "en-US,pt_BR,zh\n" + Rows("house #,casa #,jia #\n", 4), "header , 3"},
        {"SidesOfCards", "Front;Back\nhouse;Haus\ntree;Baum\n", "header ; 2"},
        {"SidesOfCardsWithTags", "Front,Back,Tags\nhouse,Haus,a\ntree,Baum,b\n", "header , 3"},
        {"SidesOfCardsAndMore", "Front,Back,Deck\nhouse,Haus,a\ntree,Baum,b\ndog,Hund,a\n", "none"},
        {"SourceAndTarget", "src\ttgt\na b\tc d\ne f\tg h\n", "header tab 2"},
        {"WordsAreNoSides", "house,Haus\ntree,Baum\ndog,Hund\n", "none"},
        {"SidesInProse", "en,de\nThe house is big.\nThe tree is old, and high.\nThe dog sleeps.\n", "none"},
        {"TheSameSideTwice", "en,en\nhouse,Haus\ntree,Baum\n", "none"},
        {"SidesThatComeAgain", "it\tis\nit\twas\nit\tis\n", "rows tab 2"},
        {"CardsWithSettings", "#separator:tab\n#html:true\n#tags column:3\nfront\tback\tx\nb\tc d\t\n", "rows tab 3"},
        {"CardsWithCommas", "#separator:Comma\n#html:false\na,b\nc,d\n", "rows , 2"},
        {"CardsWithNothingKnown", "#separator:Space\na b\nc d\n", "none"},
        {"Survey",
         "Start,Q1,Q2\nStart Date,\"What, do you like?\",How "
         "much?\n\"{\"\"ImportId\"\":\"\"s\"\"}\",\"{\"\"ImportId\"\":"
         "\"\"Q1\"\"}\",\"{\"\"ImportId\"\":\"\"Q2\"\"}\"\n" +
             Rows("2024-01-0#,Good,#\n", 4),
         "header , 3"},
        {"SpacesBehindCommas", "name of it, age\nBob, 12\nAl, 13\nCy, 14\n", "header , 2"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    NoTables, Shape,
    testing::ValuesIn(std::vector<Case>{
        {"Empty", "", "none"},
        {"ProseWithACommaALine", "The boat left, and we waited.\nIt rained, as it does here.\nWe went home, at last.\n",
         "none"},
        {"TwoLinesWithAComma", "apples,pears\nplums,cherries\n", "none"},
        {"OneColumn", "satz\nHier steht etwas.\nHier auch.\n", "none"},
        {"HeaderOfUnknownNamesAlone", "Product,Price\n", "none"},
        {"LogOfPython", Rows("2024-01-01 10:00:00,12# - root - INFO - started job #\n", 20), "none"},
        {"LogWithCommas", Rows("2024-01-01 10:00:00,12# INFO connected, retry #\n", 20), "none"},
        {"LogWithBars", Rows("2024-01-01 10:00:00 | INFO | started job #\n", 20), "none"},
        {"Chat", Rows("0#.02.24, 18:03 - Anna: See you at #\n", 9), "none"},
        {"ChatInBrackets", Rows("[12.03.26, 09:14:0#] Ana: Who brings the cake?\n", 9), "none"},
        {"KeysAndValues", Rows("key#: one, two\n", 9), "none"},
        {"KeysAndValuesInColumns", Rows("key#:\tone\n", 9), "none"},
        {"CodeWithSemicolons", Rows("int a#, b#;\n", 9), "none"},
        {"Css", "color: red;\nmargin: 0;\npadding: 1px;\nborder: none;\n", "none"},
        {"Makefile", "all: a b\n\tcc -o a a.c\n\tcc -o b b.c\nclean:\n\trm a b\n", "none"},
        {"MarkdownTable", "| Name | Age |\n|---|---|\n| Bob | 3 |\n| Al | 4 |\n", "none"},
        {"MarkdownTableWithoutOuterBars", "Name | Age\n--- | ---\nBob | 3\nAl | 4\n", "none"},
        {"Places", Many("Berlin, Germany\nParis, France\nRome, Italy\n", 5), "none"},
        {"Poem", Rows("A line of # words,\n", 8), "none"},
        {"Dialogue", Rows("\"We have # of them,\" she said, \"and no more.\"\n", 6), "none"},
        {"Sql", Rows("INSERT INTO t VALUES (#, 'foo', 'bar');\n", 9), "none"},
        {"Bytes", Many("0x01, 0x02, 0x03,\n0x04, 0x05, 0x06,\n", 9), "none"},
        {"Instructions", Rows("add r1,r2,#\n", 9), "none"},
        {"ListsInCode", Rows("{#,2,3},\n", 9), "none"},
        {"PairsOfNumbers", Rows("#,5\n", 9), "none"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(CsvShapeWhy, SaysWhatItChose) {
  const auto why = [](std::string_view source) { return SniffLayout(source, true)->why; };
  EXPECT_EQ(why("Product,Price,Date\nTable,150,2020-11-10\n"), "3 columns; the first row names them");
  EXPECT_EQ(why("1,2,3\n4,5,6\n7,8,9\n"), "no header: 3 columns, and the first row does not read like their names");
  EXPECT_EQ(why("id,name\n1,a\n2,b\n3,c\nnr,town,size,weather,visits,harbours,nn\xC3\xA9\xC3\xA9,more\n"
                "1,a,b,c,d,e,f,g\n2,b,c,d,e,f,g,h\n3,c,d,e,f,g,h,i\n"),
            "it is two tables, one below the other: 2 columns, and from the row "
            "'nr,town,size,weather,visits,harbours,...' on 8; give them as two files");
}

TEST(CsvShapes, RowsBelowTheHeaderOfASurveyAreNoRecords) {
  const std::string source =
      "Q1,Q2\nWhat?,\"How,\nand why?\"\n\"{\"\"ImportId\"\":\"\"Q1\"\"}\",\"{\"\"ImportId\"\":"
      "\"\"Q2\"\"}\"\nGood,3\nBad,1\n";
  EXPECT_EQ(RecordsOf(GetLayout("csv"), source), (Records{{"", "Good\n3"}, {"", "Bad\n1"}}));
}

TEST(CsvShapes, LinesAboveTheHeaderAreNoRecords) {
  const Records two = {{"A", "It rains."}, {"B", "It rained."}};
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "Export of rain\n2026-03-01\n\nnr,title,text\n1,A,It rains.\n2,B,It rained.\n"),
            two);
  // A spreadsheet gives them as many columns as the table has.
  EXPECT_EQ(RecordsOf(GetLayout("csv"),
                      "QUERY;rain:ti;;;;;;;\n-----;;;;;;;;\n;;;;;;;;\nnr;title;text;a;b;c;d;e;f\n1;A;It "
                      "rains.;;;;;;\n2;B;It rained.;;;;;;\n"),
            two);
}

TEST(CsvShapes, NamesBetweenTabsMayHaveCommas) {
  EXPECT_EQ(
      RecordsOf(GetLayout("csv"),
                "Authors, Primary\tTitle Primary\tTitle, Tertiary\tAbstract\nLee, A.\tA\t\tIt rains, and snows.\nLee, "
                "B.\tB\t\tIt rained, and it snowed.\n"),
      (Records{{"A", "It rains, and snows."}, {"B", "It rained, and it snowed."}}));
}

TEST(CsvShapes, ABlankBehindTheLastColumnDoesNoHarm) {
  EXPECT_EQ(RecordsOf(GetLayout("csv"), "nr\ttitle\ttext\t\n1\tA\tIt rains.\t \n2\tB\tIt rained.\t\n"),
            (Records{{"A", "It rains."}, {"B", "It rained."}}));
}

}  // namespace
}  // namespace unecho::csv_shape_test
