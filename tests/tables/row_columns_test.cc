// What RowObjects writes of a table, RowColumns takes back. What Arrow makes of it is in the Python package's tests.
#include "tables/row_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tables/row_objects.h"

namespace unecho::row_columns_test {
namespace {

// A table of columns of these formats, by their names.
class Schema {
 public:
  explicit Schema(std::vector<std::pair<std::string, std::string>> columns) : columns_(std::move(columns)) {
    children_.resize(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
      children_[i] = ArrowSchema{};
      children_[i].name = columns_[i].first.c_str();
      children_[i].format = columns_[i].second.c_str();
      pointers_.push_back(&children_[i]);
    }
    root_.format = "+s";
    root_.n_children = static_cast<int64_t>(pointers_.size());
    root_.children = pointers_.data();
  }
  const ArrowSchema& root() const { return root_; }

 private:
  std::vector<std::pair<std::string, std::string>> columns_;
  std::vector<ArrowSchema> children_;
  std::vector<ArrowSchema*> pointers_;
  ArrowSchema root_{};
};

const Schema& Many() {
  static const Schema schema(
      {{"a\"b", "u"}, {"", "U"}, {"i8", "c"}, {"u64", "L"}, {"f", "f"}, {"g", "g"}, {"yes", "b"}});
  return schema;
}

TEST(RowColumns, GivesRowsBackOfWhichTheLinesAreTheSame) {
  const std::vector<std::string> lines = {
      R"({"a\"b":"text","":"","i8":-128,"u64":18446744073709551615,"f":0.1,"g":-2.5e-300,"yes":true})",
      R"({"a\"b":null,"":null,"i8":null,"u64":0,"f":-0,"g":1e+22,"yes":null})",
      R"({"a\"b":"\" \\ \n\r\t\b\f \u0001\u001f } , {","":"Grüße 世界 😀","i8":127,"u64":null,"f":3,"g":0,"yes":false})",
  };
  auto rows = RowColumns::Make(Many().root());
  ASSERT_TRUE(rows.has_value());
  for (int turn = 0; turn < 2; ++turn) {
    for (int i = 0; i < 9; ++i) {  // more bits than a byte has
      ASSERT_TRUE(rows->Append(lines[static_cast<size_t>(i) % 3])) << i;
    }
    EXPECT_EQ(rows->num_rows(), 9);
    EXPECT_GT(rows->bytes(), 0U);
    const auto objects = RowObjects::Make(Many().root());
    ASSERT_TRUE(objects.ok());
    const ArrowArray* const array = rows->Rows();
    for (int i = 0; i < 9; ++i) {
      std::string line;
      objects->Append(*array, i, line);
      EXPECT_EQ(line, lines[static_cast<size_t>(i) % 3] + "\n");
    }
    rows->Clear();
    EXPECT_EQ(rows->num_rows(), 0);
    EXPECT_EQ(rows->bytes(), 0U);
  }
}

TEST(RowColumns, TakesNoLineThatDoesNotSayAll) {
  const Schema schema({{"text", "u"}, {"n", "i"}, {"g", "g"}});
  auto rows = RowColumns::Make(schema.root());
  ASSERT_TRUE(rows.has_value());
  const std::string good = R"({"text":"a","n":1,"g":2})";
  ASSERT_TRUE(rows->Append(good));
  for (const char* line : {"",
                           "{",
                           R"({"text":"a)",
                           R"({"text":"a\)",
                           R"({"text":"a\u00)",
                           R"({"text":"a")",
                           R"({"text":"a","n":1,"g":2)",
                           R"({"text":"a","n":1,"g":2} )",
                           R"({"text":"a","n":1,"g":2,"more":3})",
                           R"({"text":"a","n":1})",
                           R"({ "text":"a","n":1,"g":2})",
                           R"({"n":1,"text":"a","g":2})",
                           "{\"text\":\"\xEF\xBF\xBD\",\"n\":1,\"g\":2}",  // or bytes that are no UTF-8
                           R"({"text":"a","n":1,"g":null})",               // or NaN, or an infinity
                           R"({"text":"\u0041","n":1,"g":2})",
                           R"({"text":"\/","n":1,"g":2})",
                           R"({"text":1,"n":1,"g":2})",
                           R"({"text":"a","n":1.5,"g":2})",
                           R"({"text":"a","n":2147483648,"g":2})",
                           R"({"text":"a","n":"1","g":2})",
                           R"({"text":"a","n":1,"g":2x})"}) {
    EXPECT_FALSE(rows->Append(line)) << line;
  }
  EXPECT_EQ(rows->num_rows(), 1);
  ASSERT_TRUE(rows->Append(good));
  const auto objects = RowObjects::Make(schema.root());
  std::string said;
  for (int i = 0; i < 2; ++i) objects->Append(*rows->Rows(), i, said);
  EXPECT_EQ(said, good + "\n" + good + "\n");
}

TEST(RowColumns, ThereAreNoneOfTypesWhoseValuesJsonDoesNotSay) {
  for (const char* format : {"z", "vu", "tsu:UTC", "tdD", "e", "n", "d:10,2", "w:16", "tDs"})
    EXPECT_FALSE(RowColumns::Make(Schema({{"text", "u"}, {"other", format}}).root()).has_value()) << format;
  EXPECT_FALSE(RowColumns::Make(Schema(std::vector<std::pair<std::string, std::string>>()).root()).has_value());
}

}  // namespace
}  // namespace unecho::row_columns_test
