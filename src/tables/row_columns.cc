#include "tables/row_columns.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "tables/arrow_arrays.h"
#include "text/json.h"

namespace unecho {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::vector<uint8_t> BitsOf(const std::vector<bool>& values) {
  std::vector<uint8_t> bits((values.size() + 7) / 8);
  for (size_t i = 0; i < values.size(); ++i)
    bits[i / 8] = static_cast<uint8_t>(bits[i / 8] | static_cast<unsigned>(values[i]) << (i % 8));
  return bits;
}

template <typename T>
bool AppendNumberOf(std::string_view text, std::string& bytes) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  return true;
}

}  // namespace

bool RowColumns::SetKind(std::string_view format, Column& column) {
  struct Known {
    std::string_view format;
    Kind kind;
    size_t width;
  };
  static constexpr Known kKnown[] = {{"u", Kind::kText32, 0},   {"U", Kind::kText64, 0},   {"c", Kind::kWhole, 1},
                                     {"s", Kind::kWhole, 2},    {"i", Kind::kWhole, 4},    {"l", Kind::kWhole, 8},
                                     {"C", Kind::kUnsigned, 1}, {"S", Kind::kUnsigned, 2}, {"I", Kind::kUnsigned, 4},
                                     {"L", Kind::kUnsigned, 8}, {"f", Kind::kFloat, 4},    {"g", Kind::kDouble, 8},
                                     {"b", Kind::kBool, 0}};
  const auto* const found = std::ranges::find(kKnown, format, &Known::format);
  if (found == std::end(kKnown)) return false;
  column.kind = found->kind;
  column.width = found->width;
  return true;
}

std::optional<RowColumns> RowColumns::Make(const ArrowSchema& schema) {
  RowColumns rows;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    Column& column = rows.columns_.emplace_back();
    if (child.dictionary != nullptr || !SetKind(child.format, column)) return std::nullopt;
    column.key = i == 0 ? "{\"" : ",\"";
    AppendJsonEscaped(child.name == nullptr ? "" : child.name, column.key);
    column.key += "\":";
  }
  if (rows.columns_.empty()) return std::nullopt;
  return rows;
}

bool RowColumns::TakeText(Column& column, std::string_view line, size_t& at) {
  const size_t begin = column.bytes.size();
  ++at;
  if (!AppendJsonUnescaped(line, at, column.bytes) || at == line.size()) return false;
  ++at;
  return std::string_view(column.bytes).substr(begin).find(kReplacement) == std::string_view::npos;
}

bool RowColumns::TakeNumber(Column& column, std::string_view value) {
  switch (column.kind) {
    case Kind::kFloat: return AppendNumberOf<float>(value, column.bytes);
    case Kind::kDouble: return AppendNumberOf<double>(value, column.bytes);
    case Kind::kWhole:
      switch (column.width) {
        case 1: return AppendNumberOf<int8_t>(value, column.bytes);
        case 2: return AppendNumberOf<int16_t>(value, column.bytes);
        case 4: return AppendNumberOf<int32_t>(value, column.bytes);
        default: return AppendNumberOf<int64_t>(value, column.bytes);
      }
    default:
      switch (column.width) {
        case 1: return AppendNumberOf<uint8_t>(value, column.bytes);
        case 2: return AppendNumberOf<uint16_t>(value, column.bytes);
        case 4: return AppendNumberOf<uint32_t>(value, column.bytes);
        default: return AppendNumberOf<uint64_t>(value, column.bytes);
      }
  }
}

// The value at `at` of a line, of which it becomes the end.
bool RowColumns::Take(Column& column, std::string_view line, size_t& at) {
  const bool is_text = column.kind == Kind::kText32 || column.kind == Kind::kText64;
  if (is_text && at < line.size() && line[at] == '"') {
    if (!TakeText(column, line, at)) return false;
    column.ends.push_back(static_cast<int64_t>(column.bytes.size()));
    column.is_set.push_back(true);
    return true;
  }
  const size_t end = std::min(line.find_first_of(",}", at), line.size());
  const std::string_view value = line.substr(at, end - at);
  at = end;
  const bool is_null = value == "null";
  if (is_text) {
    if (!is_null) return false;
    column.ends.push_back(static_cast<int64_t>(column.bytes.size()));
  } else if (column.kind == Kind::kBool) {
    if (!is_null && value != "true" && value != "false") return false;
    column.truths.push_back(value == "true");
  } else if (is_null) {
    if (column.kind == Kind::kFloat || column.kind == Kind::kDouble) return false;
    column.bytes.append(column.width, '\0');
  } else if (!TakeNumber(column, value)) {
    return false;
  }
  column.is_set.push_back(!is_null);
  return true;
}

void RowColumns::Truncate(Column& column, size_t num_rows) {
  column.is_set.resize(num_rows);
  if (column.kind == Kind::kBool) {
    column.truths.resize(num_rows);
  } else if (column.width > 0) {
    column.bytes.resize(num_rows * column.width);
  } else {
    column.ends.resize(num_rows);
    column.bytes.resize(num_rows == 0 ? 0 : static_cast<size_t>(column.ends.back()));
  }
}

bool RowColumns::Append(std::string_view line) {
  size_t at = 0;
  const bool is_taken = std::ranges::all_of(columns_, [&](Column& column) {
    if (!line.substr(at).starts_with(column.key)) return false;
    at += column.key.size();
    return Take(column, line, at) && at < line.size();
  });
  // The offsets of a column of text have 32 bits.
  const bool has_room = std::ranges::none_of(columns_, [](const Column& column) {
    return column.kind == Kind::kText32 && column.bytes.size() > std::numeric_limits<int32_t>::max();
  });
  if (is_taken && has_room && line.substr(at) == "}") {
    ++num_rows_;
    bytes_ += line.size();
    return true;
  }
  for (Column& column : columns_) Truncate(column, static_cast<size_t>(num_rows_));
  return false;
}

void RowColumns::Show(Column& column) const {
  column.bitmap = BitsOf(column.is_set);
  column.buffers = {column.bitmap.data(), column.bytes.data()};
  if (column.kind == Kind::kBool) {
    column.truth_bits = BitsOf(column.truths);
    column.buffers[1] = column.truth_bits.data();
  } else if (column.kind == Kind::kText32) {
    column.offsets32 = {0};
    for (const int64_t end : column.ends) column.offsets32.push_back(static_cast<int32_t>(end));
    column.buffers = {column.bitmap.data(), column.offsets32.data(), column.bytes.data()};
  } else if (column.kind == Kind::kText64) {
    column.offsets64 = {0};
    column.offsets64.insert(column.offsets64.end(), column.ends.begin(), column.ends.end());
    column.buffers = {column.bitmap.data(), column.offsets64.data(), column.bytes.data()};
  }
  column.array = ArrayOver(num_rows_, std::ranges::count(column.is_set, false), column.buffers);
}

ArrowArray* RowColumns::Rows() {
  children_.clear();
  for (Column& column : columns_) {
    Show(column);
    children_.push_back(&column.array);
  }
  rows_ = ArrayOver(num_rows_, 0, {&no_bitmap_, 1}, children_);
  return &rows_;
}

void RowColumns::Clear() {
  for (Column& column : columns_) Truncate(column, 0);
  num_rows_ = 0;
  bytes_ = 0;
}

}  // namespace unecho
