// Layout jsonl: which lines are records, what they say, and that nothing behind a line changes what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <random>

#include "support/segment_driver.h"

namespace unecho::jsonl_test {
namespace {

using testing::ElementsAre;

LayoutOptions Fields(std::vector<std::string> match, std::string id = "", std::string order = "") {
  LayoutOptions options;
  options.match_fields = std::move(match);
  options.id_field = std::move(id);
  options.order_field = std::move(order);
  return options;
}

Segmented Drive(std::string_view source, const LayoutOptions& options = {}) {
  EXPECT_EQ(CheckAllSizes(GetLayout("jsonl"), options, source), "");
  Segmented out = SegmentDriver(GetLayout("jsonl"), options).Run(source, 4096, 4096);
  EXPECT_EQ(out.broken, "");
  return out;
}

OwnedRecord Only(std::string_view line, const LayoutOptions& options = {}) {
  Segmented out = Drive(line, options);
  EXPECT_EQ(out.records.size(), 1u) << line;
  return out.records.empty() ? OwnedRecord{} : out.records[0];
}

struct ReasonCase {
  const char* name;
  std::string line;
  Reason want;
};
void PrintTo(const ReasonCase& c, std::ostream* out) { *out << c.name; }

class JsonlReason : public testing::TestWithParam<ReasonCase> {};

TEST_P(JsonlReason, IsTheOneExpected) {
  const OwnedRecord record = Only(GetParam().line);
  EXPECT_EQ(Name(record.reason), Name(GetParam().want));
  EXPECT_EQ(record.raw, GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(Lines, JsonlReason,
                         testing::ValuesIn(std::vector<ReasonCase>{
                             {"Plain", R"({"title":"a","text":"b"})", Reason::kNone},
                             {"OnlyText", R"({"text":"b"})", Reason::kNone},
                             {"BlanksAround", " \t{ \"text\" : \"b\" } ", Reason::kNone},
                             {"Nested", R"({"a":[{"title":3}],"text":"b"})", Reason::kNone},
                             {"EmptyString", R"({"text":""})", Reason::kNone},
                             {"FirstOfTwoCounts", R"({"text":"b","text":3})", Reason::kNone},
                             {"ANumber", R"({"text":3})", Reason::kNone},
                             {"NullIsNothing", R"({"title":"a","text":null})", Reason::kNone},
                             {"OnlyNull", R"({"text":null})", Reason::kNoMatchField},
                             {"OnlyTrue", R"({"text":true})", Reason::kNoMatchField},
                             {"Array", R"({"text":["b"]})", Reason::kNone},
                             {"EmptyArray", R"({"text":[]})", Reason::kNone},
                             {"UnknownNames", R"({"notes":"b"})", Reason::kNone},
                             {"OnlyNumbers", R"({"a":1,"b":[2]})", Reason::kNoMatchField},
                             {"OnlyWhatIdentifies", R"({"id":"b","user_id":"c"})", Reason::kNoMatchField},
                             {"EmptyObject", "{}", Reason::kNoMatchField},
                             {"TopLevelArray", R"([{"text":"b"}])", Reason::kInvalidJson},
                             {"Scalar", "17", Reason::kInvalidJson},
                             {"Prose", "hello", Reason::kInvalidJson},
                             {"TwoObjects", R"({"text":"b"}{"text":"c"})", Reason::kInvalidJson},
                             {"TrailingComma", R"({"text":"b",})", Reason::kInvalidJson},
                             {"TrailingGarbage", R"({"text":"b"} x)", Reason::kInvalidJson},
                             {"NotClosed", R"({"text":"b")", Reason::kInvalidJson},
                             {"StringNotClosed", R"({"text":"b)", Reason::kInvalidJson},
                             {"NumberNotClosed", R"({"text":"b","n":1)", Reason::kInvalidJson},
                             {"BadEscapeElsewhere", R"({"text":"b","x":"\q"})", Reason::kInvalidJson},
                             {"BadNumberElsewhere", R"({"text":"b","x":01})", Reason::kInvalidJson},
                             {"BadLiteralElsewhere", R"({"text":"b","x":nul})", Reason::kInvalidJson},
                             {"RawTab", "{\"text\":\"a\tb\"}", Reason::kInvalidJson},
                             {"Nul", std::string("{\"text\":\"a\0b\"}", 14), Reason::kInvalidJson},
                             {"PythonLiteral", "{'text':'b'}", Reason::kNone},
                             {"PythonLiteralNotClosed", "{'text':'b'", Reason::kInvalidJson},
                             {"NotANumber", R"({"text":"b","x":NaN})", Reason::kNone},
                         }),
                         [](const auto& param) { return std::string(param.param.name); });

TEST(Jsonl, UnescapesTheMatchFieldsInTheirOrder) {
  const std::string line = R"({"text":"a\u00e9\n\"","id":"x","title":"T \ud835\udd38"})";
  EXPECT_THAT(Only(line).pieces, ElementsAre("T \xF0\x9D\x94\xB8", "a\xC3\xA9\n\""));
  EXPECT_THAT(Only(line, Fields({"text", "title"})).pieces, ElementsAre("a\xC3\xA9\n\"", "T \xF0\x9D\x94\xB8"));
  EXPECT_THAT(Only(line, Fields({"body", "text"})).pieces, ElementsAre("a\xC3\xA9\n\""));
  EXPECT_THAT(Only(R"({"t\u0065xt":"b"})").pieces, ElementsAre("b")) << "keys may be escaped";
}

TEST(Jsonl, HasATitleWhateverTheMatchFields) {
  EXPECT_EQ(Only(R"({"title":"T","text":"b"})", Fields({"text"})).title, "T");
  EXPECT_EQ(Only(R"({"title":3,"text":"b"})", Fields({"text"})).title, "b");
  EXPECT_EQ(Only("{\"text\":\"" + std::string(79, 'x') + "\xC3\xA9\"}").title, std::string(79, 'x'));
}

struct TextsCase {
  const char* name;
  std::string line;
  std::vector<std::string> want;
  std::vector<std::string> fields;
  std::string title;
};
void PrintTo(const TextsCase& c, std::ostream* out) { *out << c.name; }

class JsonlTexts : public testing::TestWithParam<TextsCase> {};

TEST_P(JsonlTexts, AreTheOnesExpected) {
  const OwnedRecord record = Only(GetParam().line, Fields(GetParam().fields));
  EXPECT_EQ(record.reason, Reason::kNone);
  EXPECT_EQ(record.pieces, GetParam().want);
  if (!GetParam().title.empty()) {
    EXPECT_EQ(record.title, GetParam().title);
  }
}

const char kChat[] =
    R"({"id":1,"messages":[{"role":"user","content":"Who are you?"},{"role":"bot","content":"A hut."}]})";

INSTANTIATE_TEST_SUITE_P(
    Lines, JsonlTexts,
    testing::ValuesIn(std::vector<TextsCase>{
        {"Chat", kChat, {"user", "Who are you?", "bot", "A hut."}, {}, "Who are you?"},
        {"PathThroughAList", kChat, {"Who are you?", "A hut."}, {"messages[].content"}, {}},
        {"PathWithoutBrackets", kChat, {"Who are you?", "A hut."}, {"messages.content"}, {}},
        {"ListByName", kChat, {"user", "Who are you?", "bot", "A hut."}, {"messages"}, {}},
        {"PathThroughObjects", R"({"a":{"b":{"c":"x","d":"y"}},"e":"z"})", {"z", "x"}, {"e", "a.b.c"}, {}},
        {"NameWithADotComesFirst", R"({"a":{"b":"x"},"a.b":"y"})", {"y"}, {"a.b"}, {}},
        {"PathThatLeadsNowhere", R"({"a":{"b":"x"},"e":"z"})", {"z"}, {"a.c", "e"}, {}},
        {"QuestionAndAnswer", R"({"id":7,"question":"Why?","answer":"So.","votes":3})", {"Why?", "So.", "3"}, {}, {}},
        {"WholeBesideAKnownText", R"({"prompt":"Say it.","text":"It."})", {"Say it.", "It."}, {}, {}},
        {"AnEmptyChatIsNoWhole", R"({"text":"b","messages":[]})", {"b"}, {}, {}},
        {"TitleFirst", R"({"instruction":"Go.","title":"T","output":"Gone."})", {"T", "Go.", "Gone."}, {}, "T"},
        {"TitleAndSections",
         R"({"title":"T","n":1,"sections":[{"h":"One","p":"a b c d e f g h"},{"h":"Two","p":"i"}]})",
         {"T", "One", "a b c d e f g h", "Two", "i"},
         {},
         {}},
        {"TitleAndTags", R"({"title":"T","tags":["a","b"],"year":3})", {"T"}, {}, {}},
        {"TextAndHighlights",
         R"({"article":"x","id":"9","highlights":"a b c d e f g h"})",
         {"x", "a b c d e f g h"},
         {},
         {}},
        {"KnownTextsAreAllSaid", R"({"text":"a","content":"b"})", {"a", "b"}, {}, {}},
        {"ShortStringsBesideATextAreNone", R"({"text":"a","mood":"b c d e f g h","n":1})", {"a"}, {}, {}},
        {"AuthorsAreNoText", R"({"title":"T","authors":"a b c d e f g h","text":"t"})", {"T", "t"}, {}, {}},
        {"WordsOfANameDoNotMatter", R"({"text":"t","Journal-Ref":"a b c d e f g h"})", {"t"}, {}, {}},
        {"RemarksAreNoText", R"({"text":"t","comments":"a b c d e f g h"})", {"t"}, {}, {}},
        {"CommentsAre",
         R"({"title":"T","text":"t","comments":[{"author":"x y","body":"a b c d e f g h"},{"body":"ok"}]})",
         {"T", "t", "a b c d e f g h", "ok"},
         {},
         {}},
        {"ListsOfStringsBesideAText", R"({"text":"t","parts":["a","b"],"tags":["c"]})", {"t", "a", "b"}, {}, {}},
        {"OtherListsWithoutProseAreNone", R"({"text":"t","parts":[{"n":"a"},{"n":"b"}]})", {"t"}, {}, {}},
        {"NumbersInsideAreNone",
         R"({"text":"t","parts":[{"n":5,"said":"a b c d e f g h"}]})",
         {"t", "a b c d e f g h"},
         {},
         {}},
        {"TextsByTheirNames",
         R"({"text":"t","question_2":"a","reviewText":"b","answer_key":"c"})",
         {"t", "a", "b"},
         {},
         {}},
        {"ByTheNameAlone", R"({"reviewText":"b","reviewer":"c d","stars":3})", {"b"}, {}, {}},
        {"RemarksBesideATitle", R"({"title":"T","comment":"a b c d e f g h"})", {"T", "a b c d e f g h"}, {}, {}},
        {"InTheOrderOfTheObject",
         R"({"highlights":"a b c d e f g h","article":"x"})",
         {"a b c d e f g h", "x"},
         {},
         {}},
        {"ATeaserIsSaidOnce",
         R"({"description":"One two [...]","content":"One two three."})",
         {"One two three."},
         {},
         {}},
        {"OfEqualTextsTheFirst", R"({"content":"a","text":"b","body":"a"})", {"a", "b"}, {}, {}},
        {"OfOneNameTheFirst", R"({"text":"a","text":"a b c d e f g h i"})", {"a"}, {}, {}},
        {"WithoutBlanks",
         "{\"text\":\"a\",\"x\":\"\u3042\u3044\u3046\u3048\u304a\u304b\u304d\u304f\u3051\u3053\u3055\u3057\u3059"
         "\u305b\u305d\u305f\u3061\u3064\u3066\u3068\u306a\u306b\u306c\u306d\u306e\u306f\u3072\u3075\u3078\u307b\"}",
         {"a",
          "\u3042\u3044\u3046\u3048\u304a\u304b\u304d\u304f\u3051\u3053\u3055\u3057\u3059"
          "\u305b\u305d\u305f\u3061\u3064\u3066\u3068\u306a\u306b\u306c\u306d\u306e\u306f\u3072\u3075\u3078\u307b"},
         {},
         {}},
        {"ListOfTexts", R"({"text":["a","","b"]})", {"a", "b"}, {}, {}},
        {"FirstBodyWithText", R"({"text":"","abstract":null,"content":"c"})", {"c"}, {}, {}},
        {"IdentityIsNoText", R"({"id":"1","_id":"2","userId":"3","a":{"uuid":"4","b":"c"}})", {"c"}, {}, {}},
        {"NumbersAsWritten", R"({"product":"Table","price":150.5,"n":-3})", {"Table", "150.5", "-3"}, {}, {}},
        {"Python",
         R"({'title': u"It's", "text": 'a "b" \x41\u00e9\ud83d\ude00\q', 'n': None, 'l': (1, 2L,), 1: {'s'}})",
         {"It's", "a \"b\" A\xC3\xA9\xF0\x9F\x98\x80\\q", "s"},
         {},
         "It's"},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Jsonl, CountsStringsThatAreNotCompared) {
  const auto left_out = [](std::string_view line, const std::vector<std::string>& fields) {
    return Drive(std::string(line) + "\n", Fields(fields)).ledger[ByteClass::kLeftOut];
  };
  EXPECT_EQ(left_out(R"({"id":"12","text":"b","n":345,"a":["x\u0041",{"y":"z"}]})", {}), 5u) << "12, xA, z";
  EXPECT_EQ(left_out(R"({"id":"12","text":"b"})", {"text", "text"}), 2u);
  EXPECT_EQ(left_out("{\"id\":\"\x80\x81\",\"text\":\"b\"}", {}), 2u);
  EXPECT_EQ(left_out(R"({"id":"12","n":true})", {}), 0u) << "it is rejected";
}

TEST(Jsonl, ANamedFieldThatIsNoTextSaysSo) {
  EXPECT_EQ(Only(R"({"a":true,"text":"b"})", Fields({"a"})).reason, Reason::kFieldNotString);
  EXPECT_EQ(Only(R"({"a":null,"text":"b"})", Fields({"a"})).reason, Reason::kNoMatchField);
  EXPECT_EQ(Only(R"({"a":[],"text":"b"})", Fields({"a"})).reason, Reason::kNone) << "it is there, and empty";
  EXPECT_EQ(Only(R"({"a":{"b":1}})", Fields({"a.c"})).reason, Reason::kNoMatchField);
}

TEST(Jsonl, GivesIdAndOrderAsTheyStandInTheLine) {
  for (const auto& [value, want] : std::vector<std::pair<std::string, std::string>>{{"\"a1\"", "\"a1\""},
                                                                                    {"17", "17"},
                                                                                    {" 1.50e2 ", "1.50e2"},
                                                                                    {"\"\\u0041\" ", "\"\\u0041\""},
                                                                                    {"true", "true"},
                                                                                    {"null", "8"},  // says nothing
                                                                                    {"[ 1.0 ]", "1.0"},
                                                                                    {"[1,2]", "8"},
                                                                                    {"{\"id\":2}", "8"}}) {
    const std::string line = "{\"text\":\"b\",\"id\":" + value + ",\"x\":[{\"id\":9}],\"id\":8}";
    EXPECT_EQ(Only(line, Fields({}, "id")).id, want);
    EXPECT_EQ(Only(line, Fields({}, "", "id")).order_value, want);
    EXPECT_EQ(Only(line, Fields({}, "id", "id")).order_value, want);
    EXPECT_EQ(Only(line, Fields({}, "date", "date")).id, "");
  }
  EXPECT_EQ(Only(R"({"id":"only"})", Fields({"id"}, "id")).id, "\"only\"");
}

TEST(Jsonl, RepairsMalformedUtf8ForReadingAndKeepsTheLine) {
  const std::string line = "{\"id\":\"\xFF\",\"text\":\"a\xE2\x82 b\"}";
  const OwnedRecord record = Only(line, Fields({}, "id"));
  EXPECT_EQ(record.reason, Reason::kNone);
  EXPECT_EQ(record.raw, line);
  EXPECT_EQ(record.invalid_utf8, 2u);
  EXPECT_THAT(record.pieces, ElementsAre("a\xE2\x82 b")) << "what it stood for is not known";
  EXPECT_EQ(record.id, "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(Only("{\"text\":\"\xFF").invalid_utf8, 1u);
}

TEST(Jsonl, RejectsALineOverTheLimitAndGoesOn) {
  LayoutOptions options;
  options.max_record_bytes = 40;
  const std::string good = "{\"text\":\"b\"}\r\n";
  const Segmented out = Drive(good + "{\"text\":\"" + std::string(500, 'x') + "\"}\n" + good, options);
  ASSERT_EQ(out.records.size(), 3u);
  EXPECT_EQ(out.records[1].reason, Reason::kTooLong);
  EXPECT_EQ(out.records[2].reason, Reason::kNone);
  EXPECT_EQ(out.records[2].line, 3u);
}

TEST(Jsonl, AcceptsExactlyWhatTheDomParserTakesForAnObject) {
  const std::string seed = R"({"id": 12, "title": "A \"T\" \u00e9", "x": [1, -2.5e3, true, null, {"y": []}],)"
                           R"( "text": "some \ud83d\ude00 text é"})";
  std::mt19937_64 random(7);
  static constexpr std::string_view kBytes = "{}[]\",:\\ 0123456789.eE+-tfn/\x01\x7F\xC3\xA9";
  std::string source;
  std::vector<std::string> lines;
  for (int i = 0; i < 4000; ++i) {
    std::string line = seed;
    const size_t num_changes = random() % 4;
    for (size_t k = 0; k < num_changes && !line.empty(); ++k) {
      const size_t at = random() % line.size();
      switch (random() % 4) {
        case 0: line[at] = kBytes[random() % kBytes.size()]; break;
        case 1: line.insert(at, 1, kBytes[random() % kBytes.size()]); break;
        case 2: line.erase(at, 1 + random() % 3); break;
        default: line.resize(at + 1); break;
      }
    }
    if (line.find_first_not_of(" \t") == line.npos) line = "{";  // a blank line is no record
    lines.push_back(line);
    source += line + "\n";
  }
  // As neighbours, so that a parser that looks behind its line finds something there.
  const Segmented out =
      SegmentDriver(GetLayout("jsonl"), Fields({"title", "text", "id", "x"})).Run(source, 1 << 20, 1 << 20);
  ASSERT_EQ(out.broken, "");
  ASSERT_EQ(out.records.size(), lines.size());
  size_t num_objects = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string repaired;
    AppendRepairedUtf8(lines[i], repaired);
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const bool is_object = parser.parse(simdjson::padded_string(repaired)).get(object) == simdjson::SUCCESS;
    num_objects += is_object ? 1 : 0;
    EXPECT_EQ(out.records[i].reason != Reason::kInvalidJson, is_object) << lines[i];
  }
  EXPECT_GT(num_objects, 500u);
  EXPECT_LT(num_objects, 3500u);
}

TEST(Jsonl, RejectsNestingTooDeepForTheParserAndNothingLess) {
  const auto nested = [](size_t depth) {
    return "{\"text\":\"b\",\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(Only(nested(1000)).reason, Reason::kNone);
  EXPECT_EQ(Only(nested(1100)).reason, Reason::kInvalidJson);
}

}  // namespace
}  // namespace unecho::jsonl_test
