// Columns are made by hand here, as the standard lays them out: no library is needed. What Arrow makes of files is in
// the cases of cli/cases/tables.
#include "tables/row_objects.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace unecho::row_objects_test {
namespace {

// A column with all that its structs point to.
struct Made {
  std::string format, name, metadata;
  std::vector<std::string> data;  // of the buffers; an empty one in front is no bitmap
  std::vector<std::unique_ptr<Made>> children;
  std::unique_ptr<Made> words;  // of a dictionary
  int64_t length = 0, nulls = 0, offset = 0;

  std::vector<const void*> buffers;
  std::vector<ArrowSchema*> schemas;
  std::vector<ArrowArray*> arrays;
  ArrowSchema schema{};
  ArrowArray array{};

  void Point() {
    for (const auto& child : children) {
      child->Point();
      schemas.push_back(&child->schema);
      arrays.push_back(&child->array);
    }
    if (words) words->Point();
    for (size_t i = 0; i < data.size(); ++i) buffers.push_back(i == 0 && data[0].empty() ? nullptr : data[i].data());
    schema = {.format = format.c_str(),
              .name = name.c_str(),
              .metadata = metadata.empty() ? nullptr : metadata.data(),
              .flags = 0,
              .n_children = static_cast<int64_t>(children.size()),
              .children = schemas.data(),
              .dictionary = words ? &words->schema : nullptr,
              .release = nullptr,
              .private_data = nullptr};
    array = {.length = length,
             .null_count = nulls,
             .offset = offset,
             .n_buffers = static_cast<int64_t>(buffers.size()),
             .n_children = static_cast<int64_t>(children.size()),
             .buffers = buffers.data(),
             .children = arrays.data(),
             .dictionary = words ? &words->array : nullptr,
             .release = nullptr,
             .private_data = nullptr};
  }
};

template <typename T>
std::string Bytes(std::vector<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

template <typename T>
std::unique_ptr<Made> Column(std::string format, std::vector<T> values, std::string bitmap = "") {
  auto made = std::make_unique<Made>();
  made->format = std::move(format);
  made->length = static_cast<int64_t>(values.size());
  made->nulls = bitmap.empty() ? 0 : -1;
  made->data = {std::move(bitmap), Bytes(std::move(values))};
  return made;
}

std::unique_ptr<Made> Text(std::string format, std::vector<int32_t> offsets, std::string bytes) {
  const auto length = static_cast<int64_t>(offsets.size()) - 1;
  auto made = Column(std::move(format), std::move(offsets));
  made->length = length;
  made->data.push_back(std::move(bytes));
  return made;
}

std::unique_ptr<Made> Struct(std::vector<std::pair<std::string, std::unique_ptr<Made>>> members, int64_t length) {
  auto made = std::make_unique<Made>();
  made->format = "+s";
  made->length = length;
  made->data = {""};
  for (auto& [name, column] : members) {
    column->name = name;
    made->children.push_back(std::move(column));
  }
  return made;
}

// The rows of a table with one column.
std::string Rows(std::unique_ptr<Made> column) {
  const int64_t length = column->length;
  std::vector<std::pair<std::string, std::unique_ptr<Made>>> columns;
  columns.emplace_back("x", std::move(column));
  auto table = Struct(std::move(columns), length);
  table->Point();
  const auto objects = RowObjects::Make(table->schema);
  if (!objects.ok()) return std::string(objects.status().message());
  std::string rows;
  for (int64_t i = 0; i < length; ++i) objects->Append(table->array, i, rows);
  std::string values;
  for (size_t at = 0; at < rows.size();) {
    const size_t end = rows.find('\n', at);
    EXPECT_EQ(rows.substr(at, 5), "{\"x\":");
    EXPECT_EQ(rows[end - 1], '}');
    values += (at == 0 ? "" : " ") + rows.substr(at + 5, end - at - 6);
    at = end + 1;
  }
  return values;
}

TEST(RowObjects, NumbersAreAsTheyAre) {
  EXPECT_EQ(Rows(Column<int8_t>("c", {-128, 0, 127})), "-128 0 127");
  EXPECT_EQ(Rows(Column<uint64_t>("L", {0, ~uint64_t{0}})), "0 18446744073709551615");
  EXPECT_EQ(Rows(Column<int64_t>("l", {INT64_MIN, INT64_MAX})), "-9223372036854775808 9223372036854775807");
  EXPECT_EQ(Rows(Column<double>("g", {0.1, 1e300, -0.5})), "0.1 1e+300 -0.5");
  EXPECT_EQ(Rows(Column<float>("f", {0.1F})), "0.1");
  EXPECT_EQ(Rows(Column<uint16_t>("e", {0x3c00, 0xc000, 0x0001, 0x7bff})), "1 -2 5.9604645e-08 65504");
}

TEST(RowObjects, WhatJsonHasNoNumberForIsNull) {
  EXPECT_EQ(Rows(Column<double>("g", {1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0})), "null null null");
  EXPECT_EQ(Rows(Column<uint16_t>("e", {0x7c00, 0x7e00})), "null null");
}

TEST(RowObjects, ValuesThatAreNotThereAreNullWhereverTheColumnBegins) {
  auto column = Column<int32_t>("i", {1, 2, 3, 4}, std::string(1, '\x0d'));  // the second is not there
  EXPECT_EQ(Rows(std::move(column)), "1 null 3 4");
  column = Column<int32_t>("i", {1, 2, 3, 4}, std::string(1, '\x0d'));
  column->offset = 1;
  column->length = 3;
  EXPECT_EQ(Rows(std::move(column)), "null 3 4");
  auto nothing = std::make_unique<Made>();
  nothing->format = "n";
  nothing->length = 2;
  EXPECT_EQ(Rows(std::move(nothing)), "null null");
  EXPECT_EQ(Rows([] {
              auto bits = std::make_unique<Made>();
              bits->format = "b";
              bits->length = 3;
              bits->data = {"", "\x05"};
              return bits;
            }()),
            "true false true");
}

TEST(RowObjects, TextIsEscapedAndBinaryThatIsNoUtf8IsBase64) {
  EXPECT_EQ(Rows(Text("u", {0, 3, 3, 6}, "a\"\nb\t\x01")), R"("a\"\n" "" "b\t\u0001")");
  EXPECT_EQ(Rows(Text("z", {0, 2, 3}, "ab\xff")), R"("ab" "/w==")");
  EXPECT_EQ(Rows(Text("u", {0, 2}, "a\xff")), "\"a\xEF\xBF\xBD\"");
}

TEST(RowObjects, ShortViewsAreInlineAndLongOnesAreElsewhere) {
  auto views = std::make_unique<Made>();
  views->format = "vu";
  views->length = 2;
  const std::string all = "more than twelve bytes";
  std::string short_view = Bytes<int32_t>({5}) + "hello" + std::string(7, '\0');
  std::string long_view = Bytes<int32_t>({static_cast<int32_t>(all.size())}) + "more" + Bytes<int32_t>({0, 0});
  views->data = {"", short_view + long_view, all};
  EXPECT_EQ(Rows(std::move(views)), R"("hello" "more than twelve bytes")");
}

TEST(RowObjects, DecimalsHaveAllTheirDigits) {
  const auto decimal = [](const std::string& format, std::string bytes, int64_t count) {
    auto made = std::make_unique<Made>();
    made->format = format;
    made->length = count;
    made->data = {"", std::move(bytes)};
    return Rows(std::move(made));
  };
  EXPECT_EQ(decimal("d:10,2", Bytes<int64_t>({12345, 0, -12345, -1, 7, 0, 0, 0}), 4), "123.45 -123.45 0.07 0.00");
  EXPECT_EQ(decimal("d:10,0", Bytes<int64_t>({-10, -1}), 1), "-10");
  EXPECT_EQ(decimal("d:10,-2", Bytes<int64_t>({12, 0, 0, 0}), 2), "1200 0");
  EXPECT_EQ(decimal("d:9,3,32", Bytes<int32_t>({-1, 1000}), 2), "-0.001 1.000");
  EXPECT_EQ(decimal("d:18,1,64", Bytes<int64_t>({INT64_MIN}), 1), "-922337203685477580.8");
  EXPECT_EQ(decimal("d:38,0", Bytes<int64_t>({0, INT64_MIN}), 1), "-170141183460469231731687303715884105728");
  EXPECT_EQ(decimal("d:76,0,256", Bytes<int64_t>({-1, -1, -1, -1}), 1), "-1");
}

TEST(RowObjects, TimesAreIso8601) {
  EXPECT_EQ(Rows(Column<int32_t>("tdD", {0, -1, 19782})), R"("1970-01-01" "1969-12-31" "2024-02-29")");
  EXPECT_EQ(Rows(Column<int64_t>("tdm", {-1})), R"("1969-12-31")");
  EXPECT_EQ(Rows(Column<int32_t>("ttm", {3723004, 0})), R"("01:02:03.004" "00:00:00")");
  EXPECT_EQ(Rows(Column<int64_t>("tss:", {0})), R"("1970-01-01T00:00:00")");
  EXPECT_EQ(Rows(Column<int64_t>("tsu:UTC", {-1, 1000000})), R"("1969-12-31T23:59:59.999999Z" "1970-01-01T00:00:01Z")");
  EXPECT_EQ(Rows(Column<int64_t>("tsn:+02:00", {1})), R"("1970-01-01T00:00:00.000000001Z")");
  EXPECT_EQ(Rows(Column<int64_t>("tss:", {-62167219201, 253402300800})),
            R"("-0001-12-31T23:59:59" "+10000-01-01T00:00:00")");
  EXPECT_EQ(Rows(Column<int64_t>("tss:", {INT64_MAX, INT64_MIN})), "9223372036854775807 -9223372036854775808");
  EXPECT_EQ(Rows(Column<int64_t>("tDm", {-1500, INT64_MIN})), "-1.500 -9223372036854775.808");
}

TEST(RowObjects, ListsStructsAndMapsNest) {
  auto list = Column<int32_t>("+l", {0, 2, 2, 3});
  list->length = 3;
  list->children.push_back(Text("u", {0, 1, 2, 3}, "abc"));
  EXPECT_EQ(Rows(std::move(list)), R"(["a","b"] [] ["c"])");

  auto pairs = std::make_unique<Made>();
  pairs->format = "+w:2";
  pairs->length = 1;
  pairs->offset = 1;
  pairs->data = {""};
  pairs->children.push_back(Column<int16_t>("s", {1, 2, 3, 4}));
  EXPECT_EQ(Rows(std::move(pairs)), "[3,4]");

  std::vector<std::pair<std::string, std::unique_ptr<Made>>> entry;
  entry.emplace_back("key", Column<int32_t>("i", {7, 8}));
  entry.emplace_back("value", Text("u", {0, 1, 2}, "ab"));
  auto map = Column<int32_t>("+m", {0, 2});
  map->length = 1;
  map->children.push_back(Struct(std::move(entry), 2));
  EXPECT_EQ(Rows(std::move(map)), R"({"7":"a","8":"b"})");

  std::vector<std::pair<std::string, std::unique_ptr<Made>>> members;
  members.emplace_back("a\"", Column<int8_t>("c", {1, 2}));
  members.emplace_back("b", Column<int8_t>("c", {3, 4}));
  auto inner = Struct(std::move(members), 1);
  inner->offset = 1;
  EXPECT_EQ(Rows(std::move(inner)), R"({"a\"":2,"b":4})");
}

TEST(RowObjects, DictionariesAreTheirValuesAndUuidsAreWrittenAsUsual) {
  auto column = Column<int8_t>("c", {1, 0, 1});
  column->words = Text("u", {0, 3, 6}, "onetwo");
  EXPECT_EQ(Rows(std::move(column)), R"("two" "one" "two")");

  auto uuid = std::make_unique<Made>();
  uuid->format = "w:16";
  uuid->length = 1;
  uuid->data = {"", "\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef"};
  uuid->metadata = Bytes<int32_t>({1, 20}) + "ARROW:extension:name" + Bytes<int32_t>({10}) + "arrow.uuid";
  EXPECT_EQ(Rows(std::move(uuid)), R"("01234567-89ab-cdef-0123-456789abcdef")");
}

TEST(RowObjects, ATableOfLinesGivesTheLinesBack) {
  std::vector<std::pair<std::string, std::unique_ptr<Made>>> columns;
  columns.emplace_back("ref", Text("u", {0, 1, 2}, "ab"));
  columns.emplace_back("similarity", Column<double>("g", {0.75, 1}, "\x02"));
  columns.emplace_back("id", Text("u", {0, 1, 2}, "78"));
  columns.emplace_back("text", Text("u", {0, 1, 2}, "78"));
  auto table = Struct(std::move(columns), 2);
  table->metadata = Bytes<int32_t>({1, 12}) + "unecho:lines" + Bytes<int32_t>({7}) + "list,id";
  table->Point();
  const auto objects = RowObjects::Make(table->schema);
  ASSERT_TRUE(objects.ok());
  std::string rows;
  objects->Append(table->array, 0, rows);
  objects->Append(table->array, 1, rows);
  EXPECT_EQ(rows,
            "{\"ref\":\"a\",\"id\":7,\"text\":\"7\"}\n"
            "{\"ref\":\"b\",\"similarity\":1.000000,\"id\":8,\"text\":\"8\"}\n");
}

TEST(RowObjects, ATypeThatJsonHasNothingForIsNamedWithItsColumn) {
  EXPECT_NE(Rows(Column<int32_t>("tiM", {1})).find("the column x is of a type"), std::string::npos);
  auto list = Column<int32_t>("+l", {0, 1});
  list->length = 1;
  list->children.push_back(Column<int32_t>("+ud:0", {1}));
  list->children[0]->name = "item";
  EXPECT_NE(Rows(std::move(list)).find("the column x.item is of a type"), std::string::npos);
}

TEST(RowObjects, ANameIsThereOnceInEachStruct) {
  const auto said = [](const char* one, const char* other) {
    std::vector<std::pair<std::string, std::unique_ptr<Made>>> members;
    members.emplace_back(one, Column<int8_t>("c", {1}));
    members.emplace_back(other, Column<int8_t>("c", {2}));
    return Rows(Struct(std::move(members), 1));
  };
  EXPECT_EQ(said("x", "y"), R"({"x":1,"y":2})");
  EXPECT_NE(said("a", "a").find("two columns have the name x.a"), std::string::npos);
}

}  // namespace
}  // namespace unecho::row_objects_test
