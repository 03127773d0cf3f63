// What is at a path in JSON.
#include "text/json_path.h"

#include <gtest/gtest.h>

#include <string>

namespace unecho {
namespace {

std::string At(std::string_view json, std::string_view path) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  if (parser.parse(json.data(), json.size()).get(value) != simdjson::SUCCESS) return "no JSON";
  const auto found = FindAtPath(value, path);
  return found ? std::string(simdjson::minify(*found)) : "nothing";
}

struct Case {
  std::string_view json, path, want;
};

TEST(JsonPath, LeadsToWhatIsThere) {
  constexpr Case kCases[] = {
      {R"({"a":1})", "a", "1"},
      {R"({"a":{"b":"x"}})", "a.b", R"("x")"},
      {R"({"a":{"b":"x"}})", "a/b", R"("x")"},
      {R"({"a":{"b":{"c":[1,2]}}})", "a.b/c", "[1,2]"},
      {R"({"a":{"b":null}})", "a.b", "null"},
      {R"({"a":{"b":1},"a.b":2})", "a.b", "2"},          // the whole name comes first
      {R"({"a":{"b.c":3}})", "a.b.c", "3"},              // ... inside, too
      {R"({"a.b":{"c":4},"a":{"x":1}})", "a.b.c", "4"},  // a name with a dot leads on
      {R"({"a":{"x":1},"a.b":{"c":5}})", "a.b.c", "5"},  // a step that leads nowhere ends nothing
      {R"({"a":1,"a":2})", "a", "1"},                    // of two the first
      {R"({"":{"":6}})", ".", "6"},
      {R"({"a":{"b":7}})", "A.b", "7"},  // in any case
  };
  for (const Case& c : kCases) EXPECT_EQ(At(c.json, c.path), c.want) << c.json << ' ' << c.path;
}

TEST(JsonPath, LeadsNowhere) {
  constexpr Case kCases[] = {
      {R"({"a":1})", "b", ""},
      {R"({"a":1})", "a.b", ""},
      {R"({"a":{"b":1}})", "a.", ""},
      {R"({"a":{"b":1}})", ".a", ""},
      {R"([{"a":1}])", "a", ""},
      {R"({"a":[{"b":1}]})", "a.b", ""},
      {R"("a")", "a", ""},
      {R"({})", "", ""},
  };
  for (const Case& c : kCases) EXPECT_EQ(At(c.json, c.path), "nothing") << c.json << ' ' << c.path;
}

TEST(JsonPath, IsKnownByItsSigns) {
  EXPECT_TRUE(IsPath("a.b"));
  EXPECT_TRUE(IsPath("a/b"));
  EXPECT_FALSE(IsPath("a_b"));
  EXPECT_FALSE(IsPath(""));
}

}  // namespace
}  // namespace unecho
