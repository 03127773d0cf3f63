#include "write/corpus.h"

#include <string>
#include <vector>

#include "base/batch.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "simdjson.h"

namespace unecho::corpus_test {
namespace {

constexpr char kAnnotation[] = R"({"ref":"a#1"})";

Record AddRecord(Batch& batch, const std::vector<std::string_view>& pieces) {
  Record record;
  record.first_piece = static_cast<uint32_t>(batch.pieces.size());
  record.num_pieces = static_cast<uint32_t>(pieces.size());
  batch.pieces.insert(batch.pieces.end(), pieces.begin(), pieces.end());
  return record;
}

std::string CorpusObject(const std::vector<std::string_view>& pieces, std::string_view snapshot = {},
                         std::string_view id = "00ff", std::string_view ref = "a#1", std::string_view annotation = {}) {
  Batch batch;
  AddRecord(batch, {"of", "another"});
  Record record = AddRecord(batch, pieces);
  record.snapshot = snapshot;
  std::string out;
  AppendCorpusObject(batch, record, id, ref, annotation, out);
  return out;
}

std::string InputLine(std::string_view raw, uint32_t invalid_utf8 = 0) {
  Record record;
  record.raw = raw;
  record.invalid_utf8 = invalid_utf8;
  std::string out;
  AppendInputLine(record, out);
  return out;
}

std::string AnnotatedLine(std::string_view raw, uint32_t invalid_utf8 = 0) {
  Record record;
  record.raw = raw;
  record.invalid_utf8 = invalid_utf8;
  record.has_mark = true;  // where there is none, nothing goes
  std::string out;
  AppendAnnotatedLine(record, kAnnotation, out);
  return out;
}

TEST(CorpusObject, HasTheMembersInTheirOrder) {
  EXPECT_EQ(CorpusObject({"Title", "Body"}, "Mar 14"),
            "{\"id\":\"00ff\",\"ref\":\"a#1\",\"title\":\"Title\",\"text\":\"Body\",\"snapshot\":\"Mar 14\"}\n");
}

TEST(CorpusObject, JoinsParagraphsByAnEmptyLine) {
  EXPECT_EQ(
      CorpusObject({"T", "one", "two", "three"}),
      "{\"id\":\"00ff\",\"ref\":\"a#1\",\"title\":\"T\",\"text\":\"one\\n\\ntwo\\n\\nthree\",\"snapshot\":null}\n");
}

TEST(CorpusObject, WritesWhatIsMissingAsEmptyOrNull) {
  EXPECT_EQ(CorpusObject({"T"}, {}, {}),
            "{\"id\":null,\"ref\":\"a#1\",\"title\":\"T\",\"text\":\"\",\"snapshot\":null}\n");
  EXPECT_EQ(CorpusObject({}), "{\"id\":\"00ff\",\"ref\":\"a#1\",\"title\":\"\",\"text\":\"\",\"snapshot\":null}\n");
}

TEST(CorpusObject, EveryLineEndInsideAPieceBecomesANewline) {
  EXPECT_EQ(
      CorpusObject({"a\r\nb", "\rc\nd\r\r\ne\r"}),
      "{\"id\":\"00ff\",\"ref\":\"a#1\",\"title\":\"a\\nb\",\"text\":\"\\nc\\nd\\n\\ne\\n\",\"snapshot\":null}\n");
}

TEST(CorpusObject, EscapesEverythingThatComesFromTheInput) {
  EXPECT_EQ(CorpusObject({"\"q\"", "a\xFFz\\"}, "\"M\"", "00ff", "a\"b#1", R"({"x":1})"),
            "{\"id\":\"00ff\",\"ref\":\"a\\\"b#1\",\"title\":\"\\\"q\\\"\",\"text\":\"a\xEF\xBF\xBDz\\\\\","
            "\"snapshot\":\"\\\"M\\\"\",\"unecho\":{\"x\":1}}\n");
}

TEST(InputLine, HasExactlyOneLineEnd) {
  for (const char* raw : {"{\"a\":1}", "{\"a\":1}\n", "{\"a\":1}\r\n", "{\"a\":1}\r"}) {
    EXPECT_EQ(InputLine(raw), "{\"a\":1}\n");
  }
  EXPECT_EQ(InputLine(" {} \t"), " {} \t\n");
  EXPECT_EQ(InputLine(""), "\n");
}

TEST(InputLine, MalformedUtf8IsRepairedAndEverythingElseKept) {
  EXPECT_EQ(InputLine("{\"a\":\"\xE2\x82\"}", 1), "{\"a\":\"\xEF\xBF\xBD\"}\n");
  EXPECT_EQ(InputLine("{\"a\": \"\\u00e9 \xC3\xA9\"}"), "{\"a\": \"\\u00e9 \xC3\xA9\"}\n");
}

TEST(AnnotatedLine, GetsOneMemberMore) {
  struct Case {
    const char* raw;
    const char* want;
  };
  const std::vector<Case> cases = {
      {R"({"a":1})", R"({"a":1,"unecho":{"ref":"a#1"}})"},
      {"{\"a\":1}\r\n", R"({"a":1,"unecho":{"ref":"a#1"}})"},
      {" { \"a\" : 1 \t} ", " { \"a\" : 1,\"unecho\":{\"ref\":\"a#1\"}}"},
      {"{}", R"({"unecho":{"ref":"a#1"}})"},
      {" { } ", R"( {"unecho":{"ref":"a#1"}})"},
      {R"({"a":{}})", R"({"a":{},"unecho":{"ref":"a#1"}})"},
      {R"({"a":"{"})", R"({"a":"{","unecho":{"ref":"a#1"}})"},
      {R"({"a":"}"})", R"({"a":"}","unecho":{"ref":"a#1"}})"},
  };
  for (const Case& c : cases) EXPECT_EQ(AnnotatedLine(c.raw), std::string(c.want) + "\n") << c.raw;
  EXPECT_EQ(AnnotatedLine("{\"a\":\"\xFF\"}", 1), "{\"a\":\"\xEF\xBF\xBD\",\"unecho\":{\"ref\":\"a#1\"}}\n");
}

TEST(AnnotatedLine, ReplacesAMemberOfThatName) {
  struct Case {
    const char* raw;
    const char* want;
  };
  const std::vector<Case> cases = {
      {R"({"unecho":1})", R"({"unecho":{"ref":"a#1"}})"},
      {R"({ "unecho" : {"x":[1,{"y":"}"}]} })", R"({"unecho":{"ref":"a#1"}})"},
      {R"({"unecho":1,"a":2})", R"({"a":2,"unecho":{"ref":"a#1"}})"},
      {R"({"unecho": "x" , "a": 2})", R"({"a": 2,"unecho":{"ref":"a#1"}})"},
      {R"({"a": 2, "unecho": [1, 2]})", R"({"a": 2,"unecho":{"ref":"a#1"}})"},
      {R"({"a": 2, "unecho": null, "b": "x"  })", R"({"a": 2, "b": "x","unecho":{"ref":"a#1"}})"},
      {R"({"unecho":1,"a":2,"unecho":3,"b":4,"unecho":5})", R"({"a":2,"b":4,"unecho":{"ref":"a#1"}})"},
      {R"({"\u0075necho":1,"a":2})", R"({"a":2,"unecho":{"ref":"a#1"}})"},
      {R"({"unech\u006f":1.5e3,"a":true})", R"({"a":true,"unecho":{"ref":"a#1"}})"},
      // Not the name of a member, or not at the top.
      {R"({"a":"unecho"})", R"({"a":"unecho","unecho":{"ref":"a#1"}})"},
      {R"({"a":{"unecho":1}})", R"({"a":{"unecho":1},"unecho":{"ref":"a#1"}})"},
      {R"({"a":["unecho",{"unecho":1}]})", R"({"a":["unecho",{"unecho":1}],"unecho":{"ref":"a#1"}})"},
      {R"({"a\"unecho":1, "b":"\u0061 \"unecho\""})",
       R"({"a\"unecho":1, "b":"\u0061 \"unecho\"","unecho":{"ref":"a#1"}})"},
  };
  simdjson::dom::parser parser;
  for (const Case& c : cases) {
    const std::string got = AnnotatedLine(c.raw);
    EXPECT_EQ(got, std::string(c.want) + "\n") << c.raw;
    simdjson::dom::object object;
    ASSERT_EQ(parser.parse(got).get(object), simdjson::SUCCESS) << got;
    int members = 0;
    for (const auto& field : object) members += field.key == "unecho";
    EXPECT_EQ(members, 1) << got;
  }
}

TEST(Annotation, ListsTheCopiesInOrder) {
  const std::vector<std::string> copies = {"b#2", "a\"#10"};
  EXPECT_EQ(AnnotationObject("a#1", "00ff", copies, {}), R"({"ref":"a#1","id":"00ff","copies":["b#2","a\"#10"]})");
  const std::vector<std::string> ids = {R"("x")", ""};
  EXPECT_EQ(AnnotationObject("a#1", "00ff", copies, ids),
            R"({"ref":"a#1","id":"00ff","copies":["b#2","a\"#10"],"copy_ids":["x",null]})");
  EXPECT_EQ(AnnotationObject("a#1", "", {}, {}), R"({"ref":"a#1","id":null,"copies":[]})");
}

TEST(RefName, IsTheSourceNameAndTheOrdinal) { EXPECT_EQ(RefName("dir/a#b.txt", 12), "dir/a#b.txt#12"); }

}  // namespace
}  // namespace unecho::corpus_test
