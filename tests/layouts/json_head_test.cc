// Where JSON begins in a source that does not begin with it.
#include "layouts/json_head.h"

#include <gtest/gtest.h>

namespace unecho::json_head_test {
namespace {

TEST(BeginsAsJson, KnowsJsonByItsGrammar) {
  for (const std::string_view json : {R"({"a": 1})", R"([{"a": [1, -2.5e3, null]}])", R"(["a", "b"])"}) {
    size_t size = 0;
    EXPECT_TRUE(BeginsAsJson(json, true, &size)) << json;
    EXPECT_EQ(size, json.size());
  }
  for (const std::string_view other : {"[1, 2]", "[a]", R"({"a"})", R"({"a": b})", R"(["a" "b"])", R"({"a": 1])", "{}"})
    EXPECT_FALSE(BeginsAsJson(other, true)) << other;
}

TEST(BeginsAsJson, WaitsForWhatGoesOn) {
  EXPECT_TRUE(BeginsAsJson(R"([{"a": "b)", false));
  EXPECT_FALSE(BeginsAsJson(R"([{"a": "b)", true));
}

TEST(BytesBeforeJson, AreThoseOfWhatSaysNothing) {
  EXPECT_EQ(BytesBeforeJson("// of 2024\n[{\"a\": 1}]", true), 11U);
  EXPECT_EQ(BytesBeforeJson("var x = [\"a\"];", true), 8U);
  EXPECT_EQ(BytesBeforeJson(")]}'\n{\"a\": 1}", true), 5U);
  EXPECT_EQ(BytesBeforeJson("[{\"a\": 1}]", true), 0U);
  EXPECT_EQ(BytesBeforeJson("A list of all that was said on that one day:\n[{\"a\": 1}]", true), 0U) << "prose";
}

}  // namespace
}  // namespace unecho::json_head_test
