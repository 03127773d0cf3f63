// What the beginning of a JSON document has at each place.
#include "layouts/json_tree.h"

#include <gtest/gtest.h>

#include "layouts/json_table.h"

namespace unecho::json_tree_test {
namespace {

TEST(JsonTree, MergesTheElementsOfAnArray) {
  const JsonTree tree = ReadJsonTree(R"([{"a": "x"}, {"a": "y", "b": [1, 2]}, "z"])");
  EXPECT_FALSE(tree.is_cut);
  ASSERT_NE(tree.root.element, nullptr);
  const JsonNode& in = *tree.root.element;
  EXPECT_EQ(in.objects, 2U);
  EXPECT_EQ(in.strings, 1U);
  ASSERT_NE(in.Find("a"), nullptr);
  EXPECT_EQ(in.Find("a")->strings, 2U);
  ASSERT_NE(in.Find("b"), nullptr);
  EXPECT_EQ(in.Find("b")->element->others, 2U);
  EXPECT_EQ(in.Find("c"), nullptr);
}

TEST(JsonTree, SaysWhetherItIsCut) {
  EXPECT_TRUE(ReadJsonTree(R"([{"a": "x"})").is_cut);
  EXPECT_FALSE(ReadJsonTree(R"({"a": "x"} {"a": "y"})").is_cut);
}

TEST(JsonTree, FindsOneOfManyMembers) {
  std::string json = "{";
  for (int i = 0; i < 100; ++i) json += (i > 0 ? ", \"k" : "\"k") + std::to_string(i) + "\": \"v\"";
  json += '}';  // the tree borrows it
  const JsonTree tree = ReadJsonTree(json);
  EXPECT_EQ(tree.root.members.size(), 100U);
  EXPECT_NE(tree.root.Find("k99"), nullptr);
  EXPECT_EQ(tree.root.Find("k100"), nullptr);
}

TEST(JsonTable, IsKnownByItsColumns) {
  const auto is_table = [](std::string_view json) {
    const JsonTree tree = ReadJsonTree(json);
    return !TableIn(tree.root, tree.is_cut).empty();
  };
  EXPECT_TRUE(is_table(R"({"title": ["a", "b"], "text": ["c", "d"]})"));
  EXPECT_TRUE(is_table(R"({"title": {"0": "a", "1": "b"}, "text": {"0": "c", "1": "d"}})"));
  EXPECT_TRUE(is_table(R"({"columns": ["title", "text"], "data": [["a", "b"], ["c", "d"]]})"));
  EXPECT_FALSE(is_table(R"({"title": "a", "tags": ["c", "d"]})"));
  EXPECT_FALSE(is_table(R"({"title": ["a", "b"], "text": ["c"]})")) << "of different lengths";
}

}  // namespace
}  // namespace unecho::json_tree_test
