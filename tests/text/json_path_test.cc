// What is at a path in JSON.
#include "text/json_path.h"

#include <gtest/gtest.h>

#include <string>

namespace unecho::json_path_test {
namespace {

std::string At(std::string_view json, std::string_view path) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  if (parser.parse(json.data(), json.size()).get(value) != simdjson::SUCCESS) return "no JSON";
  std::string values;
  const bool is_there = ForEachValueAt(value, path, [&](const simdjson::dom::element& each) {
    values.append(values.empty() ? "" : " ").append(simdjson::minify(each));
  });
  return is_there ? values : "nothing";
}

struct Case {
  std::string_view json, path, want;
};

TEST(JsonPath, LeadsToWhatIsThere) {
  constexpr Case kCases[] = {
      {R"({"a":1})", "a", "1"},
      {R"({"a":{"b":"x"}})", "a.b", R"("x")"},
      {R"({"a":{"b":"x"}})", "a/b", R"("x")"},
      {R"({"a":{"b":{"c":[1,2]}}})", "a.b/c", "1 2"},
      {R"({"a":{"b":null}})", "a.b", ""},
      {R"({"a":{"b":1},"a.b":2})", "a.b", "2"},          // the whole name comes first
      {R"({"a":{"b.c":3}})", "a.b.c", "3"},              // ... inside, too
      {R"({"a.b":{"c":4},"a":{"x":1}})", "a.b.c", "4"},  // a name with a dot leads on
      {R"({"a":{"x":1},"a.b":{"c":5}})", "a.b.c", "5"},  // a step that leads nowhere ends nothing
      {R"({"a":1,"a":2})", "a", "1"},                    // of two the first
      {R"({"":{"":6}})", ".", "6"},
      {R"({"a":{"b":7}})", "A.b", "7"},  // in any case
      {R"({"a":{"b":null,"B":""},"A":{"b":2}})", "a.b", ""},
      {R"({"a":{"b":null,"B":8}})", "a.b", "8"},                      // what says nothing hides nothing
      {R"({"a":[{"b":1},{"c":2},{"b":[3,null]}]})", "a.b", "1 3"},    // of each element
      {R"({"a":[{"b":1},{"b":{"d":2}}]})", "a[].b", R"(1 {"d":2})"},  // an object is one value
      {R"({"a":{"b":[[1],[2,[3]]]}})", "a.b[]", "1 2 3"},
      {R"({"a[]":{"b":1},"a":[{"b":2}]})", "a[].b", "1"},  // a name may have brackets
      {R"([{"a":1},{"a":2}])", "a", "1 2"},
  };
  for (const Case& c : kCases) EXPECT_EQ(At(c.json, c.path), c.want) << c.json << ' ' << c.path;
}

TEST(JsonPath, LeadsNowhere) {
  constexpr Case kCases[] = {
      {R"({"a":1})", "b", ""},
      {R"({"a":1})", "a.b", ""},
      {R"({"a":{"b":1}})", "a.", ""},
      {R"({"a":{"b":1}})", ".a", ""},
      {R"([{"a":1}])", "b", ""},
      {R"({"a":[{"b":1},2]})", "a.c", ""},
      {R"("a")", "a", ""},
      {R"({})", "", ""},
  };
  for (const Case& c : kCases) EXPECT_EQ(At(c.json, c.path), "nothing") << c.json << ' ' << c.path;
}

TEST(JsonPath, IsKnownByItsSigns) {
  EXPECT_TRUE(LeadsInside("a.b"));
  EXPECT_TRUE(LeadsInside("a/b"));
  EXPECT_TRUE(LeadsInside("a[]"));
  EXPECT_FALSE(LeadsInside("a_b"));
  EXPECT_FALSE(LeadsInside(""));
}

}  // namespace
}  // namespace unecho::json_path_test
