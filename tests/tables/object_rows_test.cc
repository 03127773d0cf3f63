// Lines of JSON -> the columns that have room for them -> rows -> lines.
#include "tables/object_rows.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tables/object_types.h"
#include "tables/row_objects.h"

namespace unecho::object_rows_test {
namespace {

// name:format,... with what is in lists and structs in brackets.
std::string Shown(const ArrowSchema& schema) {
  std::string shown;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    shown += (i == 0 ? "" : ",") + std::string(child.name) + ":" + child.format;
    if (child.n_children > 0) shown += "(" + Shown(child) + ")";
  }
  return shown;
}

struct Case {
  const char* name;
  std::vector<std::string> lines;
  std::string columns;
  std::vector<std::string> rows;
};

class ObjectRowsTest : public testing::TestWithParam<Case> {};

TEST_P(ObjectRowsTest, HaveTheColumnsThatAllLinesAskFor) {
  ObjectTypes types;
  for (const std::string& line : GetParam().lines) ASSERT_TRUE(types.Take(line)) << line;
  ArrowSchema* const schema = types.Schema();
  EXPECT_EQ(Shown(*schema), GetParam().columns);
  const auto rows = ObjectRows::Make(*schema);
  ASSERT_NE(rows, nullptr);
  const auto objects = RowObjects::Make(*schema);
  ASSERT_TRUE(objects.ok());
  for (int turn = 0; turn < 2; ++turn) {
    for (const std::string& line : GetParam().lines) ASSERT_TRUE(rows->Append(line)) << line;
    ASSERT_EQ(rows->num_rows(), static_cast<int64_t>(GetParam().lines.size()));
    const ArrowArray* const array = rows->Rows();
    for (size_t i = 0; i < GetParam().rows.size(); ++i) {
      std::string line;
      objects->Append(*array, static_cast<int64_t>(i), line);
      EXPECT_EQ(line, GetParam().rows[i] + "\n");
    }
    rows->Clear();
    EXPECT_EQ(rows->num_rows(), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ObjectRowsTest,
    testing::ValuesIn(std::vector<Case>{
        {"Plain",
         {R"({ "id": "a", "n": 1, "r": 0.5, "yes": true })",
          R"({"id":"b","n":-9223372036854775808,"r":2,"yes":false})"},
         "id:u,n:l,r:g,yes:b",
         {R"({"id":"a","n":1,"r":0.5,"yes":true})", R"({"id":"b","n":-9223372036854775808,"r":2,"yes":false})"}},
        {"InTheOrderInWhichNamesCome",
         {R"({"b":1})", R"({"a":2,"b":3})"},
         "b:l,a:l",
         {R"({"b":1,"a":null})", R"({"b":3,"a":2})"}},
        {"TheLastOfOneName", {R"({"a":1,"b":2,"a":3})"}, "a:l,b:l", {R"({"a":3,"b":2})"}},
        {"NullsAndNothing",
         {R"({"a":null,"b":null,"c":[null]})", R"({"b":true})", R"({"b":null})", R"({"b":true,"c":null})"},
         "a:u,b:b,c:+l(item:u)",
         {R"({"a":null,"b":null,"c":[null]})", R"({"a":null,"b":true,"c":null})", R"({"a":null,"b":null,"c":null})",
          R"({"a":null,"b":true,"c":null})"}},
        {"WithoutASign",
         {R"({"n":18446744073709551615})", R"({"n":0})"},
         "n:L",
         {R"({"n":18446744073709551615})", R"({"n":0})"}},
        {"NoWholeNumbersForBoth",
         {R"({"n":18446744073709551615})", R"({"n":-1})"},
         "n:u",
         {R"({"n":"18446744073709551615"})", R"({"n":"-1"})"}},
        {"NoRealNumberSaysThem",
         {R"({"n":9007199254740993})", R"({"n":0.5})"},
         "n:u",
         {R"({"n":"9007199254740993"})", R"({"n":"0.5"})"}},
        {"RealNumbersSayThese", {R"({"n":9007199254740992})", R"({"n":0.5})"}, "n:g", {R"({"n":9007199254740992})"}},
        {"SeveralKinds",
         {R"({"a":"text"})", R"({"a":7})", R"({"a":[1, "b"]})", R"({"a":{"x": null}})", R"({"a":null})"},
         "a:u",
         {R"({"a":"text"})", R"({"a":"7"})", R"({"a":"[1,\"b\"]"})", R"({"a":"{\"x\":null}"})", R"({"a":null})"}},
        {"Lists",
         {R"({"tags":["x","y"],"m":[[1],[]]})", R"({"tags":[],"m":[null,[2,3]]})"},
         "tags:+l(item:u),m:+l(item:+l(item:l))",
         {R"({"tags":["x","y"],"m":[[1],[]]})", R"({"tags":[],"m":[null,[2,3]]})"}},
        {"SeveralKindsInAList", {R"({"a":[1,"b",{"c":2}]})"}, "a:+l(item:u)", {R"({"a":["1","b","{\"c\":2}"]})"}},
        {"Structs",
         {R"({"m":{"a":1,"b":{"c":"x"}}})", R"({"m":{"d":true}})", R"({"m":null})", "{}"},
         "m:+s(a:l,b:+s(c:u),d:b)",
         {R"({"m":{"a":1,"b":{"c":"x"},"d":null}})", R"({"m":{"a":null,"b":null,"d":true}})", R"({"m":null})",
          R"({"m":null})"}},
        {"NoMembers", {R"({"m":{}})", R"({"m":{}})"}, "m:u", {R"({"m":"{}"})"}},
        {"NamesOfAllKinds", {R"({"":1,"a\"b":"\u00e9\n"})"}, ":l,a\"b:u", {R"({"":1,"a\"b":"é\n"})"}},
    }),
    [](const auto& param) { return std::string(param.param.name); });

TEST(ObjectTypes, TakesObjectsAlone) {
  ObjectTypes types;
  for (const char* const line : {"", "1", "[]", "{", "{\"a\":1", "null"}) EXPECT_FALSE(types.Take(line)) << line;
}

TEST(ObjectTypes, ObjectsWithVeryManyNamesAreText) {
  const auto object_of = [](size_t begin, size_t end) {
    std::string object = "{";
    for (size_t i = begin; i < end; ++i) object += (i == begin ? "\"" : ",\"") + std::to_string(i) + "\":1";
    return object + "}";
  };
  ObjectTypes types;
  ASSERT_TRUE(types.Take("{\"m\":" + object_of(0, ObjectTypes::kMostMembers) + "}"));
  EXPECT_EQ(types.Schema()->children[0]->format, std::string("+s"));
  const std::string one_more = "{\"m\":" + object_of(1, ObjectTypes::kMostMembers + 1) + "}";
  ASSERT_TRUE(types.Take(one_more));
  EXPECT_EQ(types.Schema()->children[0]->format, std::string("u"));
  ASSERT_TRUE(types.Take(object_of(0, 2 * ObjectTypes::kMostMembers)));
  EXPECT_EQ(types.num_names(), 1 + 2 * ObjectTypes::kMostMembers);
  EXPECT_EQ(types.num_columns(), types.num_names());
  ASSERT_TRUE(types.Take(R"({"0":null,"x":{"a":[{"b":1,"c":2}],"d":3}})"));
  EXPECT_EQ(types.num_columns(), types.num_names() + 2);
}

TEST(ObjectTypes, WhatIsVeryDeepIsText) {
  ObjectTypes types;
  ASSERT_TRUE(types.Take("{\"a\":" + std::string(900, '[') + std::string(900, ']') + "}"));
  const ArrowSchema* inside = types.Schema();
  int depth = 0;
  for (; inside->n_children > 0; inside = inside->children[0]) ++depth;
  EXPECT_EQ(inside->format, std::string("u"));
  EXPECT_LT(depth, 40);
  const auto rows = ObjectRows::Make(*types.Schema());
  ASSERT_NE(rows, nullptr);
  EXPECT_TRUE(rows->Append("{\"a\":" + std::string(900, '[') + std::string(900, ']') + "}"));
}

TEST(ObjectRows, TakeNoLineForWhichTheyHaveNoRoom) {
  ObjectTypes types;
  ASSERT_TRUE(types.Take(R"({"n":1,"u":18446744073709551615,"r":0.5,"b":true,"l":[1],"s":{"a":1}})"));
  const auto rows = ObjectRows::Make(*types.Schema());
  ASSERT_NE(rows, nullptr);
  for (const char* const line :
       {"", "[]", R"({"n":0.5})", R"({"n":"1"})", R"({"n":18446744073709551615})", R"({"u":-1})", R"({"r":"x"})",
        R"({"b":1})", R"({"l":1})", R"({"l":["x"]})", R"({"s":{"b":1}})", R"({"s":[]})", R"({"other":1})"}) {
    EXPECT_FALSE(rows->Append(line)) << line;
    rows->Clear();
  }
  EXPECT_TRUE(rows->Append(R"({"r":1})"));
}

TEST(ObjectRows, AreOfColumnsOfTheseKindsAlone) {
  ArrowSchema child{}, root{};
  ArrowSchema* children[] = {&child};
  child.name = "when";
  child.format = "tsu:";
  root.format = "+s";
  root.n_children = 1;
  root.children = children;
  EXPECT_EQ(ObjectRows::Make(root), nullptr);
}

}  // namespace
}  // namespace unecho::object_rows_test
