// Engine xml: which elements are records, what their fields say, and that broken markup costs no more than it must.
#include "support/records_of.h"

namespace unecho::xml_test {
namespace {

const Layout& Xml() { return GetLayout("xml"); }

// A profile of its own: records of two names, a snapshot, and paths.
const Layout& Custom() {
  static const Layout layout([] {
    Profile profile;
    profile.name = "custom";
    profile.engine = Engine::kXml;
    profile.xml.record = {"rec", "x:paper"};
    profile.xml.title = {"titles/title", "@Title", "name"};
    profile.xml.body = {"abstract", "link/@href"};
    profile.xml.snapshot = {"dates/year"};
    return profile;
  }());
  return layout;
}

std::string Times(std::string_view text, size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}
std::string Item(std::string_view inside) { return "<channel><item>" + std::string(inside) + "</item></channel>"; }

class XmlField : public testing::TestWithParam<RecordsCase> {};
TEST_P(XmlField, IsTheTextOfItsElement) { EXPECT_EQ(RecordsOf(Xml(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Fields, XmlField,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Plain", Item("<title>T</title><abstract>A</abstract>"), {{"T", "A"}}},
        {"Prefixes", Item("<dc:title>T</dc:title><dc:description>A</dc:description>"), {{"T", "A"}}},
        {"MarkupInside",
         Item("<title><fixed-case>BERT</fixed-case> and H<sub>2</sub>O</title><abstract>a <i>b</i> "
              "<b>c</b>d</abstract>"),
         {{"BERT and H2O", "a b cd"}}},
        {"Entities",
         Item("<title>a &amp; b &lt;c&gt; &quot;d&apos; &#228;&#x1F30A;</title><abstract>x</abstract>"),
         {{"a & b <c> \"d' \u00E4\U0001F30A", "x"}}},
        {"EntityOfTheSource",
         "<!DOCTYPE x [<!ENTITY mill 'the old mill'>]><x>" + Item("<title>On &mill; and &unknown;</title>") + "</x>",
         {{"On the old mill and &unknown;", ""}}},
        {"EntityThatIsTooLong",
         "<!DOCTYPE x [<!ENTITY a '" + std::string(5000, 'a') + "'>]><x>" + Item("<title>On &a;</title>") + "</x>",
         {{"On &a;", ""}}},
        {"EntitiesThatGrowWithoutBound",
         "<!DOCTYPE x [<!ENTITY a '" + std::string(4000, 'a') + "'>]><x><item><title>T</title><abstract>" +
             Times("&a;", 500) + "</abstract></item><item><title>U</title><abstract>b &a; c</abstract></item></x>",
         {{"", "", Reason::kMalformed}, {"U", "b " + std::string(4000, 'a') + " c"}}},
        {"NamesOfHtml",
         Item("<title>caf&eacute; &mdash; &nbsp;x &unknown; &</title>"),
         {{"caf\u00E9 \u2014 \u00A0x &unknown; &", ""}}},
        {"DecodedOnce", Item("<title>&amp;eacute; &amp;lt;</title>"), {{"&eacute; &lt;", ""}}},
        {"Cdata",
         Item("<title><![CDATA[a &amp; <b> ]] > c]]></title><description>x<![CDATA[</item>]]>y</description>"),
         {{"a &amp; <b> ]] > c", "x</item>y"}}},
        {"Comments", Item("<title>a<!-- </title></item> -->b<?pi </item> ?>c</title>"), {{"abc", ""}}},
        {"TagInAnAttribute",
         "<x><item a=\"1>2\" b='</item>'><title x='>'>T</title></item></x>",
         {{"", "", Reason::kMalformed}}},
        {"Attributes", "<x><item a=\"1>2\" b='/'><title x='>'>T</title></item></x>", {{"T", ""}}},
        {"LineEndsInATitle",
         Item("<title>\n  A title\r\n  in  two   lines\n</title>"),
         {{"A title in  two   lines", ""}}},
        {"LinesOfABody", Item("<abstract>\n  one\n  two\n\n\n  three\n</abstract>"), {{"", "one\ntwo\n\nthree"}}},
        {"Paragraphs",
         Item("<abstract><p>one</p><p>two</p>\n  <sec><title>H</title><p>three</p></sec></abstract><title>T</title>"),
         {{"T", "one\ntwo\nH\nthree"}}},
        {"LabelledAbstract",
         Item("<title>T</title><abstract><AbstractText Label='A'>One.</AbstractText><AbstractText>Two.</AbstractText>"
              "<CopyrightInformation>c</CopyrightInformation></abstract>"),
         {{"T", "One.\nTwo."}}},
        {"TitleOfTheArticle",
         Item("<article-title>T</article-title><abstract><sec><title>S</title>x</sec></abstract>"),
         {{"T", "S\nx"}}},
        {"Row", "<rows><row Title='T &amp; t' Body='b'/></rows>", {{"T & t", "b"}}},
        {"OutermostTitle",
         Item("<source><title>Feed</title></source><media:title>M</media:title><title>T</title>"),
         {{"T", ""}}},
        {"FirstNameThatHasText",
         Item("<title> </title><title/><name>N</name><abstract></abstract><summary>S</summary>"),
         {{"N", "S"}}},
        {"FieldsByAttribute", Item("<field name=\"title\">T</field><str name=\"abstract\">A</str>"), {{"T", "A"}}},
        {"FieldsOfDifferentNames", Item("<abstract><who>Ann</who><says>Yes.</says></abstract>"), {{"", "Ann Yes."}}},
        {"FieldsOfOneName", Item("<abstract><l>alpha</l><l>beta</l></abstract>"), {{"", "alpha\nbeta"}}},
        {"FieldsInTurns",
         Item("<abstract><t><who>Ann</who><says>Yes.</says></t><t><who>Bob</who></t></abstract>"),
         {{"", "Ann Yes.\nBob"}}},
        {"UnknownMarksInALine", Item("<abstract>a<x>b</x><y>c</y>d <z>e</z></abstract>"), {{"", "abcd e"}}},
        {"WordByWord",
         Item("<abstract><w>It</w><w>rains</w><pc>.</pc> <w>Yes</w></abstract>"),
         {{"", "It rains. Yes"}}},
        {"Formulas",
         Item("<abstract>where <math><mi>x</mi><mo>=</mo><mn>1</mn></math></abstract>"),
         {{"", "where x=1"}}},
        {"NoTitle", Item("<abstract>A</abstract>"), {{"", "A"}}},
        {"Neither", Item("<author>A</author>"), {{"", "A"}}},
        {"Utf8", Item("<title>\u6CB3\U0001F30A</title>"), {{"\u6CB3\U0001F30A", ""}}},
        {"NotUtf8", Item("<title>a\xFF\xE2\x82</title>"), {{"a\xFF\xE2\x82", ""}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// The built-in layout takes all prose for text (XmlProfile::prose).
class XmlProse : public testing::TestWithParam<RecordsCase> {};
TEST_P(XmlProse, IsText) { EXPECT_EQ(RecordsOf(GetLayout("xml"), GetParam().source), GetParam().want); }

constexpr char kProse[] = "a b c d e f g h";

INSTANTIATE_TEST_SUITE_P(
    Records, XmlProse,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"BesideTheBody",
         Item("<title>T</title><abstract>A</abstract><x>1</x><note2>" + std::string(kProse) + "</note2>"),
         {{"T", "A\n" + std::string(kProse)}}},
        {"InTheOrderOfTheDocument",
         Item("<lead><p>" + std::string(kProse) + "</p></lead><abstract>A</abstract><title>T</title>"),
         {{"T", std::string(kProse) + "\nA"}}},
        {"HeadingsBesideABodyInside",
         Item("<title>T</title><part><head>One</head><text>A</text><head>Two</head><text>B</text></part>"),
         {{"T", "One\nA\nTwo\nB"}}},
        {"DetailsAreNone",
         Item("<title>T</title><abstract>A</abstract><authors>" + std::string(kProse) + "</authors><ref-list><ref>" +
              kProse + "</ref></ref-list>"),
         {{"T", "A"}}},
        {"DetailsInsideAText",
         Item("<title>T</title><back><ack>" + std::string(kProse) + "</ack><ref-list>" + kProse + "</ref-list></back>"),
         {{"T", kProse}}},
        {"KnownTextInADetail",
         Item("<teiHeader><title>T</title><x>" + std::string(kProse) + "</x><abstract>A</abstract></teiHeader>"),
         {{"T", "A"}}},
        {"ATeaserIsSaidOnce",
         Item("<title>T</title><summary>a b c d e f g h...</summary><content>a b c d e f g h i</content>"),
         {{"T", "a b c d e f g h i"}}},
        {"NeitherTitleNorTextSaysAll", Item("<year>2001</year><place>Rome</place>"), {{"", "2001 Rome"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Xml, CountsCharacterDataThatIsNotCompared) {
  const Segmented out = Drive(GetLayout("xml"), Item("<title a='12'>T</title><text>A&amp;B</text> <year>2001</year>"));
  EXPECT_EQ(out.ledger[ByteClass::kLeftOut], 6u);
}

TEST(Xml, DeepNestingDoesNotMakeProseSlow) {
  constexpr size_t kDepth = 200000;
  std::string source = "<item><title>T</title>";
  for (size_t i = 0; i < kDepth; ++i) source += "<x>";
  source += std::string("<text>A</text>") + kProse;
  for (size_t i = 0; i < kDepth; ++i) source += "</x>";
  source += "</item>";
  const Segmented out = SegmentDriver(GetLayout("xml"), LayoutOptions()).Run(source, source.size(), source.size());
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].pieces.back(), "A\n" + std::string(kProse));
}

class XmlRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(XmlRecords, AreTheElementsOfTheirName) { EXPECT_EQ(RecordsOf(Xml(), GetParam().source), GetParam().want); }

const std::string kA = "<item><title>A</title></item>", kB = "<item><title>B</title></item>",
                  kC = "<item><title>C</title></item>";
const Got kBroken{"", "", Reason::kMalformed};

INSTANTIATE_TEST_SUITE_P(
    Sources, XmlRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"NoRecords", "<?xml version='1.0'?><x><title>t</title></x>", {}},
        {"Several", "\xEF\xBB\xBF<?xml version='1.0'?>\r\n<x>" + kA + "\r\n" + kB + "</x>\r\n", {{"A", ""}, {"B", ""}}},
        {"OfTwoNames", "<x><paper><title>P</title></paper>" + kA + "</x>", {{"P", ""}, {"A", ""}}},
        {"WithoutARoot", kA + kB, {{"A", ""}, {"B", ""}}},
        {"TheRootItself", "<article><front><article-title>A</article-title></front></article>", {{"A", ""}}},
        {"RootOfThatNameAroundThem",
         "<document>\n <!-- x --><row><title>A</title></row><row><title>B</title></row></document>",
         {{"A", ""}, {"B", ""}}},
        {"Prefixed", "<f><a:entry><title>A</title></a:entry></f>", {{"A", ""}}},
        {"LongerNames", "<x><items><title>x</title></items><item-x/><ite/></x>", {}},
        {"Upper", "<x><ITEM><title>x</title></ITEM></x>", {}},
        {"Nested",
         "<x>"
         "<item><item><title>in</title></item><name>n</name></item>" +
             kB + "</x>",
         {{"in", ""}, {"B", ""}}},
        {"SelfClosing",
         "<x><item/><item a='/' />" + kA + "</x>",
         {{"", "", Reason::kNoMatchField}, {"", "", Reason::kNoMatchField}, {"A", ""}}},
        {"InComment", "<x><!--" + kB + "-->" + kA + "<![CDATA[" + kB + "]]></x>", {{"A", ""}}},
        {"CommentNeverClosed", "<x><!-- " + kA + "</x>", {{"A", ""}}},
        {"DocumentType",
         "<!DOCTYPE x [<!ENTITY e '<item>'> <!-- ' ]> --> <!ENTITY lol '&e;&e;'>]><x>" + Item("<title>&lol;</title>") +
             "</x>",
         {{"&e;&e;", ""}}},
        {"EndTagMissing", "<x><item><title>lost</title>" + kB + kC + "</x>", {kBroken, {"B", ""}, {"C", ""}}},
        {"EndTagMissingTwice",
         "<x><item><title>lost</title><item><title>too</title>" + kB + "</x>",
         {kBroken, kBroken, {"B", ""}}},
        {"Truncated", "<x>" + kA + "<item><title>cut of", {{"A", ""}, kBroken}},
        {"TruncatedInATag", "<x>" + kA + "<item><title", {{"A", ""}, kBroken}},
        {"TagsCross", "<x><item><title>A</item></title>" + kB + "</x>", {kBroken, {"B", ""}}},
        {"EndTagsTooMany", "<x></item>" + kA + "</item></item>" + kB + "</x>", {{"A", ""}, {"B", ""}}},
        {"NotATag", "<x><item><title>1 &lt; 2</title><name>a < b</name></item>" + kB + "</x>", {kBroken, {"B", ""}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Xml, TakesPathsAndAttributes) {
  const Segmented out = Drive(
      Custom(),
      "<set><rec><title>no</title><titles><title>T</title></titles><dates><year>2020</year></dates>"
      "<link href='u&amp;v'/></rec><x:paper Title='P'/><paper><name>N</name><abstract>A</abstract></paper></set>");
  ASSERT_EQ(out.records.size(), 3u);
  EXPECT_EQ(out.records[0].pieces, (std::vector<std::string>{"T", "u&v"}));
  EXPECT_EQ(out.records[0].snapshot, "2020");
  EXPECT_EQ(out.records[1].pieces, std::vector<std::string>{"P"});
  EXPECT_EQ(out.records[2].pieces, (std::vector<std::string>{"N", "A"}));
}

TEST(Xml, GivesFieldsAsJson) {
  LayoutOptions options;
  options.id_field = "guid";
  options.order_field = "year";
  const Segmented out = Drive(Xml(), Item("<title>T</title><guid>a\"b</guid><year>2020</year>"), options);
  ASSERT_EQ(out.records.size(), 1u);
  EXPECT_EQ(out.records[0].id, "\"a\\\"b\"");
  EXPECT_EQ(out.records[0].order_value, "2020");
}

TEST(Xml, CountsWhatIsAroundRecordsAsFurniture) {
  const std::string source = "<?xml version='1.0'?>\n<channel> <title>Feed</title>\n" + kA + "\n</channel>\n";
  const Segmented out = Drive(Xml(), source);
  EXPECT_EQ(out.ledger[ByteClass::kRecord], kA.size());
  EXPECT_EQ(out.ledger[ByteClass::kSeparator], 6u);
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], source.size() - kA.size() - 6);
}

TEST(Xml, ARecordOverTheLimitIsRejectedAndTheNextOneIsNot) {
  LayoutOptions options;
  options.max_record_bytes = 60;
  for (const size_t size : {10, 50, 500, 20'000}) {
    const std::string text(size, 'x');
    EXPECT_EQ(RecordsOf(Xml(), "<x><item><title>" + text + "</title></item>" + kB + "</x>", options),
              (Records{size == 10 ? Got{text, ""} : Got{"", "", Reason::kTooLong}, {"B", ""}}));
    // Without its end tag: up to where the next one begins.
    EXPECT_EQ(RecordsOf(Xml(), "<x><item><title>" + text + "</title>" + kB + "</x>", options),
              (Records{size == 10 ? kBroken : Got{"", "", Reason::kTooLong}, {"B", ""}}));
  }
}

TEST(Xml, MissingEndTagsDoNotMakeItSlow) {
  std::string source = "<x>";
  for (int i = 0; i < 20'000; ++i) source += "<item><title>lost</title><![CDATA[<!--";
  const Segmented out = SegmentDriver(Xml(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  EXPECT_EQ(out.records.size(), 20'000u);
}

TEST(Rss, ReadsTheSummaryBehindWhatChangesFromDayToDay) {
  const auto item = [](std::string_view votes) {
    return "<rss><channel><item><title>T  t</title><description>&lt;p&gt;&lt;img "
           "alt=\"x\"/&gt;&lt;/p&gt;&lt;p&gt;&lt;b&gt;Upvotes:&lt;/b&gt; " +
           std::string(votes) +
           "&lt;/p&gt;&lt;p&gt;&lt;b&gt;Summary:&lt;/b&gt; We &amp;amp; "
           "they&lt;br&gt;do.&lt;/p&gt;</description></item></channel></rss>";
  };
  EXPECT_EQ(RecordsOf(GetLayout("rss"), item("3")), (Records{{"T  t", "We & they\ndo."}}));
  EXPECT_EQ(RecordsOf(GetLayout("rss"), item("4")), RecordsOf(GetLayout("rss"), item("3")));
}

TEST(Rss, WithoutASummaryTheWholeDescriptionCounts) {
  EXPECT_EQ(RecordsOf(GetLayout("rss"),
                      "<rss><item><title>T &amp;amp; t</title><description>a &lt;i&gt;b&lt;/i&gt;</description>"
                      "<content:encoded><![CDATA[<p>c</p><p>d</p>]]></content:encoded></item></rss>"),
            (Records{{"T & t", "c\n\nd"}}));
}

TEST(Xml, EmptyTitlesInEachOtherDoNotMakeItSlow) {
  std::string source = "<records><record>";
  for (int i = 0; i < 100'000; ++i) source += "<title>";
  for (int i = 0; i < 100'000; ++i) source += "</title>";
  source += "</record><record><title>a</title></record></records>";
  EXPECT_EQ(SegmentDriver(GetLayout("xml"), {}).Run(source, 1 << 16, 1 << 16).broken, "");
}

}  // namespace
}  // namespace unecho::xml_test
