#include "tables/column_kinds.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tables/arrow_arrays.h"
#include "text/json.h"

namespace unecho {
namespace {

using Column = RowObjects::Column;
using Kind = Column::Kind;

struct Primitive {
  std::string_view format;
  Kind kind;
};
constexpr Primitive kPrimitives[] = {
    {"n", Kind::kNull},       {"b", Kind::kBool},       {"c", Kind::kInt8},        {"C", Kind::kUint8},
    {"s", Kind::kInt16},      {"S", Kind::kUint16},     {"i", Kind::kInt32},       {"I", Kind::kUint32},
    {"l", Kind::kInt64},      {"L", Kind::kUint64},     {"e", Kind::kHalf},        {"f", Kind::kFloat},
    {"g", Kind::kDouble},     {"u", Kind::kText32},     {"U", Kind::kText64},      {"vu", Kind::kTextView},
    {"z", Kind::kBinary32},   {"Z", Kind::kBinary64},   {"vz", Kind::kBinaryView}, {"tdD", Kind::kDate32},
    {"tdm", Kind::kDate64},   {"tts", Kind::kTime32},   {"ttm", Kind::kTime32},    {"ttu", Kind::kTime64},
    {"ttn", Kind::kTime64},   {"tDs", Kind::kDuration}, {"tDm", Kind::kDuration},  {"tDu", Kind::kDuration},
    {"tDn", Kind::kDuration}, {"+l", Kind::kList32},    {"+L", Kind::kList64},     {"+s", Kind::kStruct},
    {"+m", Kind::kMap},
};

int64_t PerSecond(char unit) {
  switch (unit) {
    case 'm': return 1000;
    case 'u': return 1000000;
    case 'n': return 1000000000;
    default: return 1;
  }
}

bool SetKind(std::string_view format, const ArrowSchema& schema, Column& column) {
  const auto* const found = std::ranges::find(kPrimitives, format, &Primitive::format);
  if (found != std::end(kPrimitives)) {
    column.kind = found->kind;
    if (format.size() == 3) column.per_second = PerSecond(format[2]);
    return true;
  }
  const auto number_behind = [format](size_t at) { return std::strtoll(format.data() + at, nullptr, 10); };
  if (format.starts_with("w:")) {
    column.width = number_behind(2);
    const bool is_uuid = MetadataValue(schema.metadata, "ARROW:extension:name") == "arrow.uuid" && column.width == 16;
    column.kind = is_uuid ? Kind::kUuid : Kind::kFixedBinary;
    return true;
  }
  if (format.starts_with("+w:")) {
    column.kind = Kind::kFixedList;
    column.width = number_behind(3);
    return true;
  }
  if (format.starts_with("d:")) {  // precision, scale, and bits if they are not 128
    column.kind = Kind::kDecimal;
    const size_t comma = format.find(','), second = format.find(',', comma + 1);
    if (comma == format.npos) return false;
    column.scale = static_cast<int>(number_behind(comma + 1));
    column.width = second == format.npos ? 16 : number_behind(second + 1) / 8;
    return column.width >= 4 && column.width <= 32 && column.width % 4 == 0;
  }
  if (format.starts_with("ts") && format.size() >= 4 && format[3] == ':') {
    column.kind = Kind::kTimestamp;
    column.per_second = PerSecond(format[2]);
    column.is_instant = format.size() > 4;
    return true;
  }
  return false;
}

absl::Status Compile(const ArrowSchema& schema, const std::string& path, Column& column) {
  const std::string_view format = schema.format;
  if (schema.dictionary != nullptr) {
    column.kind = Kind::kDictionary;
    Column index;
    SetKind(format, schema, index);
    column.index = index.kind;
    column.children.resize(1);
    return Compile(*schema.dictionary, path, column.children[0]);
  }
  if (!SetKind(format, schema, column)) {
    return absl::UnimplementedError(
        absl::StrFormat("the column %s is of a type of Arrow that cannot be shown as JSON (\"%s\"); leave it out, for "
                        "example by pyarrow",
                        path, schema.format));
  }
  std::set<std::string> names;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    const std::string name = child.name == nullptr ? "" : child.name;
    if (!names.insert(name).second) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "two columns have the name %s, and an object has a name once; rename one, for example by pyarrow",
          path.empty() ? name : path + "." + name));
    }
    Column& added = column.children.emplace_back();
    AppendJsonString(name, added.key);
    added.key += ':';
    UNECHO_RETURN_IF_ERROR(Compile(child, path.empty() ? name : path + "." + name, added));
  }
  return absl::OkStatus();
}

// Of a table of lines: what its columns are. `json`, `nulls`: names, by commas.
void AreLines(std::string_view json, std::string_view nulls, Column& table) {
  const auto is_among = [](const Column& column, std::string_view list) {
    const std::vector<std::string> names = absl::StrSplit(absl::string_view(list.data(), list.size()), ',');
    return std::ranges::any_of(names, [&](const std::string& name) { return column.key == '"' + name + "\":"; });
  };
  for (Column& column : table.children) {
    column.may_be_left_out = !is_among(column, nulls);
    if (is_among(column, json) && column.kind == Kind::kText32) column.kind = Kind::kJson32;
    if (column.kind == Kind::kDouble) column.kind = Kind::kFixed6;
  }
}

}  // namespace

absl::Status FindKinds(const ArrowSchema& schema, RowObjects::Column& table) {
  UNECHO_RETURN_IF_ERROR(Compile(schema, "", table));
  if (const auto json = MetadataValue(schema.metadata, kLinesKey); json)
    AreLines(*json, MetadataValue(schema.metadata, kNullsKey).value_or(""), table);
  return absl::OkStatus();
}

}  // namespace unecho
