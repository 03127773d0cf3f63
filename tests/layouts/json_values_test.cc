// Engine json: where the records of a document are, and that a broken one costs no other.
#include "absl/strings/str_cat.h"
#include "layouts/json_place.h"
#include "support/records_of.h"
#include "text/json.h"

namespace unecho::json_values_test {
namespace {

const Layout& Json() { return GetLayout("json"); }
const Got kMalformed{"", "", Reason::kMalformed}, kInvalid{"", "", Reason::kInvalidJson},
    kNothing{"", "", Reason::kNoMatchField}, kOrphan{"", "", Reason::kOrphanBody};
const Got kA{"A", "a"}, kB{"B", "b"};
const std::string kTextA = R"({"title":"A","abstract":"a"})", kTextB = R"({"title":"B","abstract":"b"})";

class JsonRecords : public testing::TestWithParam<RecordsCase> {};
TEST_P(JsonRecords, AreFoundWhereverTheyAre) { EXPECT_EQ(RecordsOf(Json(), GetParam().source), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Shapes, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Empty", "", {}},
        {"EmptyArray", "[]", {}},
        {"Array", "[" + kTextA + "," + kTextB + "]", {kA, kB}},
        {"ArrayOverLines", "\xEF\xBB\xBF[\r\n  " + kTextA + ",\r\n  " + kTextB + "\r\n]\r\n", {kA, kB}},
        {"ObjectOfObjects", "{\"1\":" + kTextA + ",\"2\":" + kTextB + "}", {kA, kB}},
        {"ObjectWithAnArray",
         "{\"n\":2,\"m\":{\"x\":1},\"papers\":[" + kTextA + "," + kTextB + "],\"z\":[{\"y\":1}]}",
         {kA, kB}},
        {"Deeper", "{\"data\":{\"list\":[" + kTextA + "," + kTextB + "]}}", {kA, kB}},
        {"FeedWithATitle",
         "{\"title\":\"Feed\",\"description\":\"x\",\"items\":[" + kTextA + "," + kTextB + "]}",
         {kA, kB}},
        {"FeedInAnObject", "{\"feed\":{\"title\":\"Feed\",\"entry\":[" + kTextA + "]}}", {kA}},
        {"ArraysByDate", "{\"2024-05-01\":[" + kTextA + "],\"2024-05-02\":[" + kTextB + "]}", {kA, kB}},
        {"ArraysByTopic",
         "{\"Vision\":[" + kTextA + "],\"Language\":[" + kTextB + "],\"tags\":[{\"n\":1}]}",
         {kA, kB, kNothing}},
        {"ArrayOfPages", "[{\"papers\":[" + kTextA + "]},{\"papers\":[" + kTextB + "]}]", {kA, kB}},
        {"InnerLists",
         "[{\"authors\":[{\"name\":\"X\"}],\"title\":\"A\",\"abstract\":\"a\",\"references\":[{\"title\":\"Y\"}]}," +
             kTextB + "]",
         {kA, kB}},
        {"InnerListsInAnObject",
         "{\"1\":{\"title\":\"A\",\"abstract\":\"a\",\"authors\":[{\"name\":\"X\"}]},\"2\":" + kTextB + "}",
         {kA, kB}},
        {"Documents",
         "{\n\"title\":\"A\",\n\"abstract\":\"a\"\n}\n{\n\"title\":\"B\",\n\"abstract\":\"b\"\n}\n",
         {kA, kB}},
        {"OneDocument", "{\n\"title\":\"A\",\n\"abstract\":\"a\",\n\"n\":[{\"x\":1}]}", {kA}},
        {"NothingLikeARecord", "{\"x\":1,\"list\":[{\"y\":1},{\"y\":2}]}", {kNothing, kNothing}},
        {"NotebookIsOne",
         R"({"cells":[{"cell_type":"code","source":["a\n","b"]}],"metadata":{"kernel":{"name":"K","x":"y"}}})",
         {{"", "code\na\n\nb\nK\ny"}}},
        {"TwoTexts",
         R"([{"title":"A","article":"a","x":"1 2 3 4 5 6 7","highlights":"b c d e f g h i"},)" + kTextB + "]",
         {{"A", "a\nb c d e f g h i"}, kB}},
        {"AnswersBelowAPost",
         R"([{"title":"A","body":"a","answers":[{"by":"x","text":"b c d e f g h i"},{"text":"j"}],"tags":["t"]},)" +
             kTextB + "]",
         {{"A", "a\nx\nb c d e f g h i\nj"}, kB}},
        {"TextsInsideAnObject",
         R"([{"paper":{"title":"A","summary":"a","tldr":"b c d e f g h i"},"note":"j k l m n o p q r"}])",
         {{"A", "a\nb c d e f g h i"}}},
        {"CommentsBesideAList",
         "{\"posts\":[" + kTextA + "," + kTextB + "],\"comments\":[{\"by\":\"x\",\"said\":\"a b c d e f g h\"}]}",
         {kA, kB, {"", "", Reason::kOrphanBody}}},
        {"FeedOfHtml",
         R"({"title":"F","items":[{"content_html":"<p>a &amp; b</p>"},{"content_html":"c"}]})",
         {{"", "a & b"}, {"", "c"}}},
        {"WholeBesideAText",
         R"([{"prompt":"p","content":"c"},{"prompt":null,"content":"d"}])",
         {{"", "p\nc"}, {"", "d"}}},
        {"AuthorsAreParts", "{\n\"title\":\"A\",\n\"authors\":[{\"name\":\"X\"},{\"name\":\"Y\"}]}", {{"A", ""}}},
        {"NotANumber", R"([{"title":"A","abstract":"a","x":NaN}])", {kA}},
        {"PathsOfNames",
         "[{\"paper\":{\"title\":\"A\",\"summary\":\"a\"}},{\"paper\":{\"title\":\"B\",\"summary\":\"b\"}}]",
         {kA, kB}},
        {"OtherValues",
         "[" + kTextA + ",3,\"x\",null,[1,{\"title\":\"no\"}],nonsense," + kTextB + "]",
         {kA, kMalformed, kMalformed, kMalformed, kMalformed, kMalformed, kB}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// An object with an identity of its own, or with others beside it, is a record, whatever its lists are called.
const std::string kTurnsA = R"([{"who":"x","said":"a"},{"who":"y","said":"b"}])",
                  kTurnsB = R"([{"who":"x","said":"c"},{"who":"y","said":"d"}])",
                  kChatA = R"([{"from":"human","value":"a"},{"from":"gpt","value":"b"}])",
                  kChatB = R"([{"from":"human","value":"c"},{"from":"gpt","value":"d"}])";
const Records kTurns = {{"", "x\na\ny\nb"}, {"", "x\nc\ny\nd"}},
              kChats = {{"", "human\na\ngpt\nb"}, {"", "human\nc\ngpt\nd"}};
const auto Thread = [](const std::string& turns) { return "{\"id\":1,\"thread\":" + turns + "}"; };

INSTANTIATE_TEST_SUITE_P(
    Parts, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"InAnArray", "[" + Thread(kTurnsA) + "," + Thread(kTurnsB) + "]", kTurns},
        {"OneAfterAnother", Thread(kTurnsA) + "\n" + Thread(kTurnsB), kTurns},
        {"InAMap", "{\"d1\":" + Thread(kTurnsA) + ",\"d2\":" + Thread(kTurnsB) + "}", kTurns},
        {"InAMapInAnObject", "{\"v\":1,\"dialogs\":{\"d1\":" + Thread(kTurnsA) + ",\"d2\":" + Thread(kTurnsB) + "}}",
         kTurns},
        {"Alone", Thread(kTurnsA), {kTurns[0]}},
        {"ListsInAnArray", "[" + kTurnsA + ",\n" + kTurnsB + "]", kTurns},
        {"ListsOneAfterAnother", kTurnsA + "\n" + kTurnsB + "\n", kTurns},
        {"ListsInAMap", "{\"d1\":" + kTurnsA + ",\"d2\":" + kTurnsB + "}", kTurns},
        {"ListsByTopic",
         R"({"sea":[{"text":"a"},{"text":"b"}],"land":[{"text":"c"}]})",
         {{"", "a"}, {"", "b"}, {"", "c"}}},
        {"AChat", kChatA, {kChats[0]}},
        {"ChatsInAMap", "{\"x\":" + kChatA + ",\"y\":" + kChatB + "}", kChats},
        {"TurnsWithNames",
         R"([[{"name":"Ann","text":"a"},{"name":"Bob","text":"b"},{"name":"Ann","text":"c"},{"name":"Bob","text":"d"}],[{"name":"Ann","text":"e"}]])",
         {{"", "Ann\na\nBob\nb\nAnn\nc\nBob\nd"}, {"", "Ann\ne"}}},
        {"MessagesOfAChannel",
         R"({"name":"C","id":1,"messages":[{"id":1,"from":"Ann","text":"a"},{"id":2,"from":"Bob","text":"b"}]})",
         {{"", "a"}, {"", "b"}}},
        {"OfAnObjectBesideThem",
         R"({"product":{"name":"A","description":"a"},"found":[{"user":"u","said":"b"},{"user":"v","said":"c"}]})",
         {{"", "A\na\nu\nb\nv\nc"}}},
        {"ChatsInAMapInAnObject", "{\"name\":\"N\",\"all\":{\"x\":" + kChatA + ",\"y\":" + kChatB + "}}", kChats},
        {"RowsOfSeveralChats",
         R"([{"conversation_id":1,"role":"user","text":"a"},{"conversation_id":2,"role":"assistant","text":"b"}])",
         {{"", "a"}, {"", "b"}}},
        {"LabelsAreNoRoles", R"([{"label":"human","text":"a"},{"label":"ai","text":"b"}])", {{"", "a"}, {"", "b"}}},
        {"FrameByDate",
         "[{\"date\":\"x\",\"found\":[" + kTextA + "]},{\"date\":\"y\",\"found\":[" + kTextB + "]}]",
         {kA, kB}},
        {"FrameWithAName",
         "[{\"session\":\"x\",\"talks\":[" + kTextA + "]},{\"session\":\"y\",\"talks\":[" + kTextB + "]}]",
         {kA, kB}},
        {"BrokenList",
         "[\n" + kTurnsA + ",\n[{\"who\" \"x\"}],\n" + kTurnsB + "\n]",
         {kTurns[0], kMalformed, kTurns[1]}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// Of several lists the one with most text in it.
INSTANTIATE_TEST_SUITE_P(
    Lists, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"RowsBesideFeatures",
         R"({"features":[{"name":"title","type":"string"}],"rows":[{"row":{"title":"A","text":"a b c d e"}},)"
         R"({"row":{"title":"B","text":"f g h i j"}}]})",
         {{"A", "a b c d e"}, {"B", "f g h i j"}}},
        {"UnknownNamesBesideKnownOnes",
         R"({"kinds":[{"title":"K","description":"k"}],"docs":[{"x":"a b c d e f g h i"},{"x":"j k l m n o p q r"}]})",
         {kOrphan, kOrphan, {"", "a b c d e f g h i"}, {"", "j k l m n o p q r"}}},
        {"CardsOfABoard",
         R"({"id":"b","name":"Board","desc":"What we do","lists":[{"id":"l","name":"Done"}],)"
         R"("labels":[{"title":"Red"}],"cards":[{"id":"c","name":"A","desc":"a"},{"id":"d","name":"B","desc":"b"}]})",
         {kA, kB}},
        {"ShortTextsInAnotherList",
         "{\"posts\":[" + kTextA + "," + kTextB + "],\"notes\":[{\"n\":1,\"text\":\"c\"},{\"text\":\"\"}]}",
         {kA, kB, kOrphan}},
        {"NamesInAnotherList", "{\"posts\":[" + kTextA + "],\"users\":[{\"id\":\"x\",\"nick\":\"y\"}]}", {kA}},
        {"TextsBesideTheList", "{\"info\":{\"title\":\"T\",\"text\":\"t\"},\"posts\":[" + kTextA + "]}", {kA}},
        {"InAFrame",
         R"({"data":{"edges":[{"node":{"headline":"A","bodyText":"a"}},{"node":{"headline":"B","bodyText":"b"}}]}})",
         {kA, kB}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// A key that says something is the title of what it stands for.
INSTANTIATE_TEST_SUITE_P(
    Keys, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Questions",
         "{\"Why is it so?\": \"a\",\n\"Who is \\\"x\\\" here?\" : \"b\", \"What of it all?\":null}",
         {{"Why is it so?", "a"}, {"Who is \"x\" here?", "b"}, kNothing}},
        {"QuestionsWithLists",
         R"({"Why is it so?":["a b c d e f g h","i"],"Who is it, then?":["j k l m n o p q"]})",
         {{"Why is it so?", "a b c d e f g h\ni"}, {"Who is it, then?", "j k l m n o p q"}}},
        {"Terms",
         R"({"heavy rain":{"definition":"a"},"wet snow":{"definition":"b","n":1}})",
         {{"heavy rain", "a"}, {"wet snow", "b"}}},
        {"WordsAreNone", R"({"rain":{"text":"a"},"snow":{"text":"b"}})", {{"", "a"}, {"", "b"}}},
        {"IdentifiersAreNone",
         R"({"d1":["a b c d e f g h","i"],"d2":["j k l m n o p q"]})",
         {{"", "a b c d e f g h\ni"}, {"", "j k l m n o p q"}}},
        {"FieldsAreNone",
         "{\n\"Titel\":\"A\",\n\"Inhalt\":\"a b c d e f g h\",\n\"Datum\":\"1.\"\n}",
         {{"A", "a b c d e f g h"}}},
        {"Broken",
         "{\n\"Why is it so?\": \"a\",\n\"Who is it, then?\" \"b\",\n\"What of it all?\": \"c\"\n}",
         {{"Why is it so?", "a"}, kMalformed, {"What of it all?", "c"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// Other lines before JSON are furniture.
INSTANTIATE_TEST_SUITE_P(
    Behind, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"AComment", "// of 2024 {x}\n[" + kTextA + ",\n" + kTextB + "]\n", {kA, kB}},
        {"AResponse", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n[" + kTextA + "," + kTextB + "]", {kA, kB}},
        {"AnAssignment", "var x = [" + kTextA + "," + kTextB + "];\n", {kA, kB}},
        {"AGuard", ")]}'\n[" + kTextA + "," + kTextB + "]", {kA, kB}},
        {"ALineOfALog", "[INFO] begin\n" + kTextA + "\n" + kTextB + "\n", {kA, kB}},
        {"NotBehindProse", "We were asked for an object with two fields:\n" + kTextA + "\n", {kMalformed, kA}},
        {"NotWhereItIsBroken", "[\n{\"title\" \"x\"},\n" + kTextA + ",\n" + kTextB + "]", {kMalformed, kA, kB}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// Text behind a document is in no record, and is not passed over.
INSTANTIATE_TEST_SUITE_P(InFrontOf, JsonRecords,
                         testing::ValuesIn(std::vector<RecordsCase>{
                             {"ALine", kTextA + kTextB + " and more\n", {kA, kB, kMalformed}},
                             {"AWordAtTheEnd", "[" + kTextA + "]\noops", {kA, kMalformed}},
                             {"AString", "[" + kTextA + "] \"b c\"\n", {kA, kMalformed}},
                             {"ANumber", "[" + kTextA + "]\n17\n[" + kTextB + "]", {kA, kMalformed, kB}},
                             {"MoreOnTheLine", kTextA + " then {" + "x} " + kTextB, {kA, kMalformed, kB}},
                             {"AnotherAssignment",
                              "var x = [" + kTextA + "];\nvar y = [" + kTextB + "];\n",
                              {kMalformed, kA, kMalformed, kB}},
                             {"ABlankLine", kTextA + "\nof\n\ntwo\n" + kTextB, {kA, kMalformed, kMalformed, kB}},
                             {"NotAMarkOfTheByteOrder", kTextA + "\n\xEF\xBB\xBF" + kTextB + "\n", {kA, kB}},
                             {"NotSigns", "[" + kTextA + "]);\n\x1E[" + kTextB + "], ...\n", {kA, kB}},
                             {"LettersOfOthers", kTextA + "\xD1\x82\xD0\xB5\n" + kTextB, {kA, kMalformed, kB}},
                         }),
                         [](const auto& param) { return std::string(param.param.name); });

// Texts by their names inside lists and objects are texts, where nothing beside them is one; what says with mark-up
// what another member says is none.
INSTANTIATE_TEST_SUITE_P(
    Inside, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Steps",
         R"([{"title":"A","steps":[{"n":1,"text":"a"},{"n":2,"text":"b"}]},)" + kTextB + "]",
         {{"A", "a\nb"}, kB}},
        {"AnObject", R"([{"title":"A","properties":{"answer":"a","colour":"red"}}])", {{"A", "a\nred"}}},
        {"NotBesideAText", R"([{"title":"A","text":"a","steps":[{"text":"b"}]}])", {kA}},
        {"NotOfAnAuthor", R"([{"title":"A","author":{"description":"b"}}])", {{"A", ""}}},
        {"NotOfNoName", R"([{"title":"A","steps":[{"x":"b"}]}])", {{"A", ""}}},
        {"MarkedUpTitle",
         R"([{"title":"A b c d e f g h","title_html":"<b>A</b> b c d e f g &amp; h","text":"x y"}])",
         {{"A b c d e f g h", "<b>A</b> b c d e f g &amp; h\nx y"}}},
        {"MarkedUpText",
         R"([{"title":"A","text":"a b c d e f g & h","textHtml":"<p>a b c d e\n f g &amp; h</p>"}])",
         {{"A", "a b c d e f g & h"}}},
        {"MarkedUpAlone", R"([{"title":"A","text_html":"<p>a b c d e f g h</p>"}])", {{"A", "<p>a b c d e f g h</p>"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

// Texts without an object around each.
const std::string kLongA = "a text of more than twenty bytes", kLongB = "another text\nof two lines",
                  kLongC = "and the last of the three";
std::string Quote(const std::string& text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}
const std::string kOne = Quote(kLongA), kTwo = Quote(kLongB), kThree = Quote(kLongC);
const Records kTexts = {{"", kLongA}, {"", kLongB}, {"", kLongC}};
using absl::StrCat;

INSTANTIATE_TEST_SUITE_P(
    Strings, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Array", StrCat("[", kOne, ",\n", kTwo, ",", kThree, "]"), kTexts},
        {"Numbered", StrCat(R"({"2401.1":)", kOne, R"(,"2401.2":)", kTwo, R"(,"2401.3":)", kThree, "}"), kTexts},
        {"NumberedByTopic",
         StrCat(R"({"A":{"1":)", kOne, R"(,"2":)", kTwo, R"(,"3":)", kThree, R"(},"B":{"1":"x"}})"),
         {{"", kLongA}, {"", kLongB}, {"", kLongC}, {"", "x"}}},
        {"InAMember", StrCat(R"({"n":3,"texts":[)", kOne, ",", kTwo, ",", kThree, "]}"), kTexts},
        {"OtherValues",
         StrCat("[", kOne, ",3,", kTwo, ",null,", kThree, R"(,[1],"more"])"),
         {{"", kLongA}, kMalformed, {"", kLongB}, kMalformed, {"", kLongC}, kMalformed, {"", "more"}}},
        {"Broken",
         StrCat("[\n", kOne, ",\n\"open\n", kTwo, ",\n", kThree, "\n]"),
         {{"", kLongA}, kMalformed, {"", kLongB}, {"", kLongC}}},
        {"FieldsOfOtherNames",
         StrCat(R"([{"q1":)", kOne, R"(,"q2":)", kTwo, R"(,"q3":)", kThree, "}]"),
         {{"", kLongA + "\n" + kLongB + "\n" + kLongC}}},
        {"RecordsComeFirst",
         StrCat(R"({"notes":[)", kOne, ",", kTwo, ",", kThree, R"(],"papers":[)", kTextA, ",", kTextB, "]}"),
         {kA, kB}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Fields, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"Escapes", R"([{"title":"\u00e4\" \\","abstract":"a\nb\\"}])", {{"\u00E4\" \\", "a\nb\\"}}},
        {"LineEndInATitle", R"([{"title":"one\n  two","abstract":"\n"}])", {{"one two", ""}}},
        {"Lists", R"([{"title":["T"],"abstract":["a","b"]}])", {{"T", "a\nb"}}},
        {"Wrapped", R"([{"title":{"value":"T"},"abstract":{"#text":"a"}}])", {{"T", "a"}}},
        {"NullAndNumber", R"([{"title":null,"name":"N","abstract":7}])", {{"N", "7"}}},
        {"FirstOfTwoCounts", R"([{"title":"T","title":"U"}])", {{"T", ""}}},
        {"NotUtf8", "[{\"title\":\"a\xFF\",\"abstract\":\"\xE2\x82\"}]", {{"a\xFF", "\xE2\x82"}}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Broken, JsonRecords,
    testing::ValuesIn(std::vector<RecordsCase>{
        {"QuoteMissing",
         "[" + kTextA + ",\n{\"title\":\"x,\"abstract\":\"y\"},\n" + kTextB + "]",
         {kA, kMalformed, kB}},
        {"QuoteMissingOnOneLine",
         "[" + kTextA + ",{\"title\":\"x,\"abstract\":\"y\"}," + kTextB + "]",
         {kA, kMalformed, kB}},
        {"BraceMissing", "[" + kTextA + ",{\"title\":\"x\"," + kTextB + "]", {kA, kMalformed, kB}},
        {"BracketMissing", "[" + kTextA + ",{\"title\":\"x\",\"n\":[1,2}," + kTextB + "]", {kA, kMalformed, kB}},
        {"CommaMissing", "[" + kTextA + ",{\"title\":\"x\" \"y\":1}," + kTextB + "]", {kA, kMalformed, kB}},
        {"CommaMissingBetween", "[" + kTextA + "\n" + kTextB + "]", {kA, kB}},
        {"LineEndInAString", "[" + kTextA + ",{\"title\":\"x\ny\"}," + kTextB + "]", {kA, kMalformed, kB}},
        {"BadEscape", "[" + kTextA + ",{\"title\":\"\\q\"}," + kTextB + "]", {kA, kInvalid, kB}},
        {"BadNumber", "[" + kTextA + ",{\"title\":01}," + kTextB + "]", {kA, kInvalid, kB}},
        {"Word", "[" + kTextA + ",{\"title\":what}," + kTextB + "]", {kA, kMalformed, kB}},
        {"SingleQuotes", "[" + kTextA + ",{'title':'x'}," + kTextB + "]", {kA, kMalformed, kB}},
        {"Truncated", "[" + kTextA + ",{\"title\":\"x\",\"abs", {kA, kMalformed}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Json, TakesThePathOfTheProfile) {
  Profile profile;
  profile.name = "custom";
  profile.engine = Engine::kJson;
  profile.json = {.records = {"*/hits"}, .title = {"t"}, .body = {"b"}, .snapshot = {"when/date"}, .text_title = {}};
  const Layout layout(profile);
  const Segmented out =
      Drive(layout, R"([{"hits":[{"t":"A","when":{"date":"d"}}],"x":[{"t":"no"}]},{"hits":{"k":{"t":"B","b":"b"}}}])");
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].pieces, std::vector<std::string>{"A"});
  EXPECT_EQ(out.records[0].snapshot, "d");
  EXPECT_EQ(out.records[1].pieces, (std::vector<std::string>{"B", "b"}));
}

TEST(Json, TextsThatAreRowsHaveATitle) {
  const std::string row = R"("|**2024-01-02**|**A title**|J. Doe et.al.|[2401.1](http://a.b)|null|\n")";
  const std::string bullet = R"("- 2024-01-02, **Another**, J. Doe et.al., Paper: [http://a.b](http://a.b)\n")";
  EXPECT_EQ(RecordsOf(Json(), R"({"Speech":{"2401.00001":)" + row + R"(,"2401.00002":)" + bullet +
                                  R"(,"2401.00003":"a text"}})"),
            (Records{{"A title", ""}, {"Another", ""}, {"", "a text"}}));
}

TEST(Json, GivesFieldsAsTheyAreWritten) {
  LayoutOptions options;
  options.id_field = "id";
  options.order_field = "meta/n";
  const Segmented out =
      Drive(Json(), R"([{"id":"x\"","title":"A","meta":{"n":1.50}},{"id":7,"title":"B","meta":{"n":{}}}])", options);
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[0].id, R"("x\"")");
  EXPECT_EQ(out.records[0].order_value, "1.5");
  EXPECT_EQ(out.records[1].id, "7");
  EXPECT_EQ(out.records[1].order_value, "");
}

TEST(Json, BracketsAreFurnitureAndCommasSeparators) {
  const Segmented out = Drive(Json(), "[" + kTextA + ",\n" + kTextB + "]\n");
  EXPECT_EQ(out.ledger[ByteClass::kFurniture], 2u);
  EXPECT_EQ(out.ledger[ByteClass::kSeparator], 3u);
}

TEST(Json, ARecordOverTheLimitIsRejectedAndTheNextOneIsNot) {
  LayoutOptions options;
  options.max_record_bytes = 40;
  for (const size_t size : {20, 200, 20'000}) {
    const std::string text(size, 'x');
    EXPECT_EQ(RecordsOf(Json(), "[" + kTextA + ",{\"title\":\"" + text + "\"}," + kTextB + "]", options),
              (Records{kA, size == 20 ? Got{text, ""} : Got{"", "", Reason::kTooLong}, kB}));
  }
}

TEST(Json, NestingDoesNotMakeItSlow) {
  std::string source = "[";
  for (int i = 0; i < 200'000; ++i) source += "{\"title\":[";
  const Segmented out = SegmentDriver(Json(), {}).Run(source, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  source = "[";
  for (int i = 0; i < 50'000; ++i) source += "{\"title\":{\"";
  EXPECT_EQ(SegmentDriver(Json(), {}).Run(source, 1 << 16, 1 << 16).broken, "");
}

TEST(Json, WhatIsBrokenDoesNotMakeItSlowOrLarge) {
  const std::string lines = "[" + kOne + "," + kTwo + "," + kThree + ",\"bro\nken" + std::string(1'000'000, '\n') + "x";
  EXPECT_EQ(SegmentDriver(Json(), {}).Run(lines, 1 << 16, 1 << 16).broken, "");
  const std::string beside = "{\"papers\":[" + kTextA + "," + kTextB + "],\"x\":" + std::string(1'000'000, '[');
  EXPECT_EQ(SegmentDriver(Json(), {}).Run(beside, 1 << 16, 1 << 16).broken, "");
  const std::string inside = "[" + kTextA + ",\n{\"a\":" + std::string(1'000'000, '[');
  const Segmented out = SegmentDriver(Json(), {}).Run(inside, 1 << 16, 1 << 16);
  EXPECT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), 2u);
  EXPECT_EQ(out.records[1].reason, Reason::kMalformed);
}

}  // namespace
}  // namespace unecho::json_values_test
