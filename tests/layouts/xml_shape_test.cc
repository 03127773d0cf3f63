// Which elements of XML are records, whether a page is HTML, and that no part of a source changes the answer once it is
// given.
#include "layouts/sniff.h"
#include "layouts/source_head.h"
#include "support/records_of.h"

namespace unecho::xml_shape_test {
namespace {

const std::string kRain = "Rain falls on nine towns of the coast in every month.";
const std::string kSnow = "Snow lies on the passes until late in the month of May.";
const std::string kWind = "Wind from the west breaks the masts of the small boats.";

std::string Tei(std::string_view head, std::string_view text) {
  return "<?xml version='1.0'?>\n<TEI xmlns='t'><teiHeader><fileDesc><titleStmt><title>On Rain</title></titleStmt>"
         "</fileDesc>" +
         std::string(head) + "</teiHeader><text><body>" + std::string(text) + "</body></text></TEI>";
}

std::string P(std::string_view text) { return "<p>" + std::string(text) + "</p>"; }

std::string In(std::string_view name, std::string_view inside) {
  return "<" + std::string(name) + ">" + std::string(inside) + "</" + std::string(name) + ">";
}

std::string Rec(std::string_view name, std::string_view title, std::string_view text) {
  return In(name, In("title", title) + In("abstract", text)) + "\n";
}

struct ShapeCase {
  const char* name;
  std::string source;
  std::string_view layout;
  Records want;
};
void PrintTo(const ShapeCase& c, std::ostream* out) { *out << c.name; }

class XmlSource : public testing::TestWithParam<ShapeCase> {};

TEST_P(XmlSource, IsFoundWhateverIsThereYet) {
  const ShapeCase& c = GetParam();
  const auto whole = SniffLayout(c.source, true);
  ASSERT_TRUE(whole && whole->layout != nullptr);
  EXPECT_EQ(whole->layout->name(), c.layout) << whole->why;
  EXPECT_EQ(RecordsOf(*whole->layout, c.source), c.want) << whole->why;
  for (size_t size = 0; size <= c.source.size(); ++size) {
    if (const auto answer = SniffLayout(std::string_view(c.source).substr(0, size), false))
      ASSERT_EQ(answer->why, whole->why) << size;
  }
}

const std::string kPage = "<html><head><title>On Rain</title></head><body><article>" + P(kRain) + "</article>" +
                          P(kSnow) + "</body></html>\n";
const Records kPageRecord = {{"On Rain", kRain + "\n\n" + kSnow}};

INSTANTIATE_TEST_SUITE_P(
    Documents, XmlSource,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"Keywords",
         Tei("<keywords><list><item>Weather</item><item>Towns</item></list></keywords>",
             In("div", P(kRain) + P(kSnow))),
         "xml",
         {{"On Rain", kRain + "\n" + kSnow}}},
        {"Divisions",
         Tei("", In("div", "<head>I</head>" + P(kRain)) + In("div", "<head>II</head>" + P(kSnow))),
         "xml",
         {{"On Rain", "I\n" + kRain + "\nII\n" + kSnow}}},
        {"Drama",
         Tei("", "<sp><speaker>ANN</speaker>" + P(kRain) + "</sp><sp><speaker>BOB</speaker>" + P(kSnow) + "</sp>"),
         "xml",
         {{"On Rain", "ANN\n" + kRain + "\nBOB\n" + kSnow}}},
        {"Verse",
         Tei("", "<lg><l>one alpha</l><l>beta two</l></lg><lg><l>" + kRain + "</l></lg>"),
         "xml",
         {{"On Rain", "one alpha\nbeta two\n" + kRain}}},
        {"TableAndList",
         Tei("", P(kRain) +
                     "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table><list><item>" +
                     kSnow + "</item><item>d</item></list>"),
         "xml",
         {{"On Rain", kRain + "\na\nb\nc\n" + kSnow + "\nd"}}},
        {"WordsThatDetailsAreCalled",
         Tei("", P("We met on <date>5 May</date> at the house of <author>Lee</author>, and it rained.")),
         "xml",
         {{"On Rain", "We met on 5 May at the house of Lee, and it rained."}}},
        {"Book",
         In("book", "<title>On Rain</title>" + In("chapter", "<title>One</title>" + In("para", kRain)) +
                        In("chapter", "<title>Two</title><screen>x</screen>" + In("para", kSnow))),
         "xml",
         {{"On Rain", "One\n" + kRain + "\nTwo\nx\n" + kSnow}}},
        {"Fiction",
         "<?xml version='1.0'?><FictionBook><description><title-info><book-title>On Rain</book-title></title-info>"
         "</description><body>" +
             In("section", P(kRain)) + In("section", P(kSnow)) + "</body><body name='notes'>" +
             In("section", P(kWind)) + "</body></FictionBook>",
         "xml",
         {{"On Rain", kRain + "\n" + kSnow + "\n" + kWind}}},
        {"ActsOfUnknownNames",
         In("PLAY", "<TITLE>On Rain</TITLE>" + In("ACT", "<TITLE>I</TITLE><LINE>" + kRain + "</LINE>") +
                        In("ACT", "<TITLE>II</TITLE><LINE>" + kSnow + "</LINE>")),
         "xml",
         {{"On Rain", "I\n" + kRain + "\nII\n" + kSnow}}},
        {"RecordsWithLittleText",
         In("letter",
            "<title>On Rain</title>" + In("intro", P(kRain) + P(kSnow) + P(kWind)) +
                "<item><title>Ferry</title><text>late</text></item><item><title>Bus</title><text>gone</text></item>"),
         "xml",
         {{"On Rain", kRain + "\n" + kSnow + "\n" + kWind + "\nFerry\nlate\nBus\ngone"}}},
        {"ADialogIsOne",
         In("dialog", In("turn", "<who>Ann</who><says>" + kRain + "</says>") +
                          In("turn", "<who>Bob</who><says>" + kSnow + "</says>")),
         "xml",
         {{"", "Ann " + kRain + "\nBob " + kSnow}}},
        {"AThreadIsOne",
         In("topic", In("subject", "On Rain") + In("post", "<by>x</by>" + In("body", kRain)) +
                         In("post", "<by>y</by>" + In("body", kSnow))),
         "xml",
         {{"On Rain", "x\n" + kRain + "\ny\n" + kSnow}}},
        {"ATextCalledLikeARecord",
         In("full",
            In("core", "<title>On Rain</title>" + In("abstract", kWind)) +
                In("original", In("doc", In("section", In("heading", "I") + P(kRain)) + In("section", P(kSnow))))),
         "xml",
         {{"On Rain", kWind + "\nI\n" + kRain + "\n" + kSnow}}},
        {"PersonsOfAWork",
         In("work", In("title", "On Rain") + In("abstract", kRain) +
                        In("persons", In("person", In("name", "Ann Lee") + In("affiliation", kSnow)) +
                                          In("person", In("name", "Bob Lee") + In("affiliation", kWind)))),
         "xml",
         {{"On Rain", kRain}}},
        {"TextsOfAProgram",
         In("resources", "<string name='a'>Save</string><string name='b'>" + kRain +
                             "</string><string name='text'>Quit"
                             "</string>"),
         "xml",
         {{"", "Save\n" + kRain + "\nQuit"}}},
        {"PagesThatHoldTheText",
         In("scan",
            "<title>On Rain</title>" + In("pages", In("page", In("line", kRain)) + In("page", In("line", kSnow)))),
         "xml",
         {{"On Rain", kRain + "\n" + kSnow}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Lists, XmlSource,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"OfTexts",
         "<teiCorpus>" + Tei("", P(kRain)).substr(22) + Tei("", P(kSnow)).substr(22) + "</teiCorpus>",
         "xml",
         {{"On Rain", kRain}, {"On Rain", kSnow}}},
        {"OfSeveralNames",
         In("bib", Rec("article", "A", kRain) + Rec("report", "B", kSnow) + Rec("thesis", "C", kWind)),
         "xml",
         {{"A", kRain}, {"B", kSnow}, {"C", kWind}}},
        {"InTwoPlaces",
         In("db", In("papers", Rec("paper", "A", kRain) + Rec("paper", "B", kSnow)) +
                      In("reports", Rec("report", "C", kWind) + Rec("report", "D", kRain))),
         "xml",
         {{"A", kRain}, {"B", kSnow}, {"C", kWind}, {"D", kRain}}},
        {"InAFeedThatIsNone",
         In("feed", Rec("doc", "A", kRain) + Rec("doc", "B", kSnow)),
         "xml",
         {{"A", kRain}, {"B", kSnow}}},
        {"OfClasses",
         "<?xml version='1.0'?><rdf:RDF xmlns:rdf='r'><s:Concept><s:prefLabel>A</s:prefLabel><s:definition>" + kRain +
             "</s:definition></s:Concept><s:Concept><s:prefLabel>B</s:prefLabel><s:definition>" + kSnow +
             "</s:definition></s:Concept></rdf:RDF>",
         "xml",
         {{"A", kRain}, {"B", kSnow}}},
        {"OfItemsInThreads",
         In("threads", In("thread", "<title>A</title>" + In("item", "<by>x</by><said>" + kRain + "</said>") +
                                        In("item", "<by>y</by><said>" + kSnow + "</said>")) +
                           In("thread", "<title>B</title>" + In("item", "<by>x</by><said>" + kWind + "</said>"))),
         "xml",
         {{"A", "x " + kRain + "\ny " + kSnow}, {"B", "x " + kWind}}},
        {"InShelves",
         In("lib", "<shelf name='a'>" + Rec("book", "A", kRain) + Rec("book", "B", kSnow) + "</shelf><shelf name='b'>" +
                       Rec("book", "C", kWind) + "</shelf>"),
         "xml",
         {{"A", kRain}, {"B", kSnow}, {"C", kWind}}},
        {"WithATitleByItsPlace",
         In("log", In("case", "<id>1</id><topic>On Rain</topic><msg>" + kRain + "</msg>") +
                       In("case", "<id>2</id><topic>On Snow</topic><msg>" + kSnow + "</msg>")),
         "xml",
         {{"On Rain", kRain}, {"On Snow", kSnow}}},
        {"OfAnswersToOneQuestion",
         In("quiz",
            In("q", "<stem>Who?</stem><answer>Ann</answer>") + In("q", "<stem>Who?</stem><answer>Bob</answer>")),
         "xml",
         {{"", "Ann"}, {"", "Bob"}}},
        {"OfTextsWithoutParts",
         In("quotes", In("quote", kRain) + In("quote", kSnow)),
         "xml",
         {{"", kRain}, {"", kSnow}}},
        {"BehindAComment",
         "<!-- of us -->\n" + In("set", Rec("job", "A", kRain) + Rec("job", "B", kSnow)),
         "xml",
         {{"A", kRain}, {"B", kSnow}}},
        {"WithADocumentTypeAlone",
         "<!DOCTYPE dblp SYSTEM 'dblp.dtd'>\n" + In("dblp", Rec("article", "A", kRain) + Rec("www", "B", kSnow)),
         "xml",
         {{"A", kRain}, {"B", kSnow}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Pages, XmlSource,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"BehindAComment", "<!-- saved -->\n<!DOCTYPE html>\n" + kPage, "html", kPageRecord},
        {"BehindAScript", "<script>if (a<b) f('</p>');</script>\n" + kPage, "html", kPageRecord},
        {"BehindAScriptInCapitals", "<Script>if (a<b) f('</p>');</SCRIPT>\n" + kPage, "html", kPageRecord},
        {"BehindPhp", "<?php echo 1; ?>\n" + kPage, "html", kPageRecord},
        {"BehindADeclaration", "<?xml version='1.0'?>\n<!-- x -->\n" + kPage, "html", kPageRecord},
        {"AFragment",
         "<h1>On Rain</h1>\n" + P(kRain) + "\n<ul><li>x<li>y</ul>",
         "html",
         {{"", "On Rain\n\n" + kRain + "\n\nx\ny"}}},
        {"AFragmentOfArticles",
         In("article", "<h1>On Rain</h1>" + P(kRain)) + In("article", P(kSnow)),
         "html",
         {{"", "On Rain\n\n" + kRain + "\n\n" + kSnow}}},
        {"ArticlesOfXml",
         In("article", "<title>A</title><body>" + kRain + "</body>") + "\n" +
             In("article", "<title>B</title><body>" + kSnow + "</body>"),
         "xml",
         {{"A", kRain}, {"B", kSnow}}},
        {"MarkdownBelowATag",
         "<p align='center'><img src='x'></p>\n\n# On Rain\n\n" + kRain + "\n\n## More\n\n" + kSnow,
         "text",
         {{"", "<p align='center'><img src='x'></p>\n\n# On Rain\n\n" + kRain + "\n\n## More\n\n" + kSnow}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Sniff, AnElementCalledAlmostLikeAScriptIsNone) {
  for (const char* name : {"scripture", "styles", "scripts", "styleguide", "noscripts"}) {
    const std::string source = In(name, Rec("paper", "A", kRain) + Rec("paper", "B", kSnow));
    const auto detected = SniffLayout(source, true);
    ASSERT_TRUE(detected && detected->layout != nullptr) << name;
    EXPECT_EQ(detected->layout->name(), "xml") << name;
    EXPECT_EQ(RecordsOf(*detected->layout, source), (Records{{"A", kRain}, {"B", kSnow}})) << name;
  }
}

TEST(Sniff, SaysNoNameThatMovesTheCursor) {
  for (const std::string name : {"it\x1b[2Jem",
                                 "it\xff"
                                 "em",
                                 "it\xE2\x80\xAE"
                                 "em"}) {
    const auto list = SniffLayout(In("set", Rec(name, "A", kRain) + Rec(name, "B", kSnow)), true);
    ASSERT_TRUE(list && list->layout != nullptr);
    EXPECT_EQ(list->why.find(name), std::string::npos) << list->why;
    EXPECT_THAT(list->why, testing::HasSubstr("<it"));
  }
  EXPECT_EQ(Quoted("a \t\x1b[2J"), "'a ?[2J'");
}

TEST(Sniff, XmlIsTheSameByItsBeginning) {
  std::string source = "<corpus>";
  for (const char* id : {"a", "b"}) {
    source += "<text id='" + std::string(id) + "'>";
    while (source.size() % (3 * kSniffBytes / 2) < kSniffBytes) source += P(kRain);
    source += "</text>";
  }
  source += "</corpus>";
  const auto whole = SniffLayout(source, true);
  const auto begin = SniffLayout(std::string_view(source).substr(0, kSniffBytes), true);
  ASSERT_TRUE(whole->layout != nullptr && begin->layout != nullptr);
  EXPECT_EQ(whole->why, begin->why);
  EXPECT_EQ(SegmentDriver(*whole->layout, {}).Run(source, source.size(), source.size()).records.size(), 2u);
}

// Paragraphs and rows that are made of fields alone are records.
INSTANTIATE_TEST_SUITE_P(
    OfFields, XmlSource,
    testing::ValuesIn(std::vector<ShapeCase>{
        {"Products",
         In("ps", In("p", In("name", "A b") + In("desc", kRain)) + In("p", In("name", "C d") + In("desc", kSnow))),
         "xml",
         {{"A b", kRain}, {"C d", kSnow}}},
        {"NotOneWithText",
         In("ps", In("p", In("name", "A b") + In("desc", kRain)) + In("p", In("desc", kSnow) + kWind + In("x", "y"))),
         "xml",
         {{"A b", kRain + "\n" + kSnow + kWind + "y"}}},
        {"NotMarks",
         In("doc", In("title", "On Rain") + In("p", In("persName", kRain) + In("hi", "a")) +
                       In("p", In("hi", kSnow) + In("emph", "b"))),
         "xml",
         {{"On Rain", kRain + "a\n" + kSnow + "b"}}},
        {"PagesInCdata",
         In("en-export", In("note", In("title", "A") +
                                        "<content><![CDATA[<?xml version='1.0'?>\n<!DOCTYPE en-note SYSTEM "
                                        "'e.dtd'><en-note><div>" +
                                        kRain +
                                        "</div><div>a &amp; b</div>"
                                        "</en-note>]]></content>") +
                             In("note", In("title", "B") + "<content><![CDATA[<p>" + kSnow + "</p>]]></content>")),
         "xml",
         {{"A", kRain + "\na & b"}, {"B", kSnow}}},
        {"CodeInCdata",
         In("doc", In("title", "On Rain") + In("para", kRain) + In("screen", "<![CDATA[" + P(kSnow) + "]]>")),
         "xml",
         {{"On Rain", kRain + "\n" + P(kSnow)}}},
        {"CutOff",
         "<items>\n" + Rec("item", "A", kRain) + Rec("item", "B", kSnow) + "<item><title>C</title><abstract>Wind",
         "xml",
         {{"A", kRain}, {"B", kSnow}, {"", "", Reason::kMalformed}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Sniff, XmlWithoutAnElementIsRefused) {
  for (const std::string& source : {std::string("<?xml version='1.0'?>\n"),
                                    "<?xml version='1.0'?>\n<!-- " + std::string(2 * kSniffBytes, 'x') + " --><a/>"}) {
    const auto detected = SniffLayout(source, true);
    ASSERT_TRUE(detected);
    EXPECT_EQ(detected->layout, nullptr);
    EXPECT_THAT(detected->why, testing::HasSubstr("--record"));
  }
}

TEST(Sniff, AnEmptyListIsJson) {
  for (const std::string_view source : {"[]", "[ ]\n", "[\n]\n", "[[]]"}) {
    const auto detected = SniffLayout(source, true);
    ASSERT_TRUE(detected && detected->layout != nullptr) << source;
    EXPECT_EQ(detected->layout->name(), "json") << source;
    EXPECT_FALSE(SniffLayout(source, false)) << source;
  }
  EXPECT_NE(SniffLayout("[] a task\n[] another\n", true)->layout->name(), "json");
}

TEST(Sniff, JsonThatGoesOnBehindItsFirstLineIsADocument) {
  const auto name = [](std::string_view source) {
    const auto all = SniffLayout(source, true);
    for (size_t size = 0; size < source.size(); ++size) {
      if (const auto early = SniffLayout(source.substr(0, size), false)) EXPECT_EQ(early->layout, all->layout) << size;
    }
    return all->layout == nullptr ? std::string_view() : all->layout->name();
  };
  for (const std::string_view source :
       {"{\"title\": \"A\",\n\"talks\": [\n{\"title\": \"B\"}\n]}\n", "{\"text\": \"A\",\r\n \"n\": 1}\r\n",
        "{\"title\": \"A\", \"n\":\n 1}\n", "{\"title\": \"A\", \"list\": [{\"text\": \"b\"},\n{\"text\": \"c\"}]}",
        "{\"title\": \"A\",\n\"broken\": \"b}\n"})
    EXPECT_EQ(name(source), "json") << source;
  const std::string good = "{\"title\": \"B\"}\n{\"title\": \"C\"}\n";
  for (const std::string_view cut : {"{\"title\": \"A\",", "{\"title\": \"A", "{\"title\": \"A\", \"n\":",
                                     "{\"title\": \"A\", \"list\": [{\"text\": \"b\"},", "{\"title\": \"A\""})
    EXPECT_EQ(name(std::string(cut) + "\n" + good), "jsonl") << cut;
}

TEST(Sniff, KnowsAPageByItsName) {
  const std::string source = "On Rain<br>\n" + P(kRain);
  EXPECT_EQ(SniffLayout(source, true, {}, "a/page.HTM")->layout->name(), "html");
  EXPECT_EQ(SniffLayout(source, true, {}, "page.html.gz")->layout->name(), "html");
  EXPECT_NE(SniffLayout(source, true, {}, "page.txt")->layout->name(), "html");
  EXPECT_NE(SniffLayout("On Rain, and a < b\n", true, {}, "page.html")->layout->name(), "html");
}

}  // namespace
}  // namespace unecho::xml_shape_test
