#include "tables/row_objects.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tables/column_kinds.h"
#include "text/json.h"

namespace unecho {
namespace {

using Column = RowObjects::Column;
using Kind = Column::Kind;

template <typename T>
const T* Values(const ArrowArray& array, int buffer) {
  return static_cast<const T*>(array.buffers[buffer]);
}

bool Bit(const void* bits, int64_t at) { return (static_cast<const uint8_t*>(bits)[at >> 3] >> (at & 7) & 1) != 0; }

template <typename T>
void AppendChars(T value, std::string& out) {
  std::array<char, 64> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), end);
}

template <typename T>
void AppendReal(T value, std::string& out) {
  if (std::isfinite(value))
    AppendChars(value, out);
  else
    out += "null";
}

float OfHalf(uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const float size = exponent == 31  ? (fraction == 0 ? INFINITY : NAN)
                     : exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                                     : std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
  return (bits & 0x8000) != 0 ? -size : size;
}

void AppendText(std::string_view text, std::string& out) {
  out += '"';
  AppendJsonEscaped(text, out);
  out += '"';
}

void AppendBinary(std::string_view bytes, std::string& out) {
  if (IsValidUtf8(bytes)) return AppendText(bytes, out);
  out += '"';
  out += absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
  out += '"';
}

void AppendUuid(const uint8_t* bytes, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += {kHex[bytes[i] >> 4], kHex[bytes[i] & 15]};
  }
  out += '"';
}

// A number of `width` bytes in two's complement, the least first, with `scale` digits behind the point.
void AppendDecimal(const uint8_t* bytes, int64_t width, int scale, std::string& out) {
  constexpr int64_t kMostWords = 8;
  std::array<uint32_t, kMostWords> words{};
  const auto num_words = static_cast<size_t>(width / 4);
  std::memcpy(words.data(), bytes, num_words * 4);
  const bool is_negative = (words[num_words - 1] >> 31) != 0;
  uint64_t carry = 1;
  for (size_t i = 0; is_negative && i < num_words; ++i) {
    carry += static_cast<uint32_t>(~words[i]);
    words[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  std::string digits;  // the last first
  while (std::ranges::any_of(words, [](uint32_t word) { return word != 0; })) {
    uint64_t rest = 0;
    for (size_t i = num_words; i-- > 0;) {
      rest = rest << 32 | words[i];
      words[i] = static_cast<uint32_t>(rest / 10);
      rest %= 10;
    }
    digits += static_cast<char>('0' + rest);
  }
  if (scale < 0 && !digits.empty()) digits.insert(0, static_cast<size_t>(-scale), '0');
  const auto behind = static_cast<size_t>(std::max(scale, 0));
  if (digits.size() <= behind) digits.resize(behind + 1, '0');
  if (is_negative) out += '-';
  for (size_t i = digits.size(); i-- > 0;) {
    out += digits[i];
    if (i == behind && i > 0) out += '.';
  }
}

// Of a time of `units` with so many per second: the fraction, with its point, if there is one.
void AppendFraction(int64_t units, int64_t per_second, std::string& out) {
  if (units == 0) return;
  const int digits = per_second == 1000 ? 3 : per_second == 1000000 ? 6 : 9;
  absl::StrAppendFormat(&out, ".%0*d", digits, units);
}

int64_t FloorDiv(int64_t value, int64_t by) { return value / by - static_cast<int64_t>(value % by < 0); }

// Days since 1970 in the proleptic Gregorian calendar. Days that no calendar of the standard library has are a number.
bool AppendDate(int64_t days, std::string& out) {
  constexpr int64_t kMostDays = int64_t{365} * 32000;
  if (days < -kMostDays || days > kMostDays) return false;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  const int year = static_cast<int>(date.year());
  absl::StrAppend(&out, year < 0 || year > 9999 ? absl::StrFormat("%+05d", year) : absl::StrFormat("%04d", year));
  absl::StrAppendFormat(&out, "-%02d-%02d", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return true;
}

void AppendTimeOfDay(int64_t seconds, std::string& out) {
  absl::StrAppendFormat(&out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

void AppendTimestamp(int64_t units, const Column& column, std::string& out) {
  constexpr int64_t kSecondsOfDay = 86400;
  const int64_t seconds = FloorDiv(units, column.per_second);
  const int64_t days = FloorDiv(seconds, kSecondsOfDay);
  out += '"';
  if (!AppendDate(days, out)) {
    out.pop_back();
    return AppendChars(units, out);
  }
  out += 'T';
  AppendTimeOfDay(seconds - days * kSecondsOfDay, out);
  AppendFraction(units - seconds * column.per_second, column.per_second, out);
  if (column.is_instant) out += 'Z';
  out += '"';
}

int64_t IndexAt(const ArrowArray& array, Kind kind, int64_t at) {
  switch (kind) {
    case Kind::kInt8: return Values<int8_t>(array, 1)[at];
    case Kind::kUint8: return Values<uint8_t>(array, 1)[at];
    case Kind::kInt16: return Values<int16_t>(array, 1)[at];
    case Kind::kUint16: return Values<uint16_t>(array, 1)[at];
    case Kind::kUint32: return Values<uint32_t>(array, 1)[at];
    case Kind::kInt64: return Values<int64_t>(array, 1)[at];
    case Kind::kUint64: return static_cast<int64_t>(Values<uint64_t>(array, 1)[at]);
    default: return Values<int32_t>(array, 1)[at];
  }
}

// Of text and binary: offsets, then bytes.
template <typename Offset>
std::string_view BytesAt(const ArrowArray& array, int64_t at) {
  const Offset* const offsets = Values<Offset>(array, 1);
  const char* const bytes = Values<char>(array, 2);
  const auto size = static_cast<size_t>(offsets[at + 1] - offsets[at]);
  return size == 0 ? std::string_view() : std::string_view(bytes + offsets[at], size);
}

// Of 16 bytes: the size, and up to 12 bytes, or the first four, in which buffer, and where in it.
std::string_view ViewAt(const ArrowArray& array, int64_t at) {
  constexpr int32_t kMostInline = 12;
  const char* const view = Values<char>(array, 1) + at * 16;
  std::array<int32_t, 4> parts;
  std::memcpy(parts.data(), view, 16);
  const auto size = static_cast<size_t>(parts[0]);
  if (parts[0] <= kMostInline) return {view + 4, size};
  return {Values<char>(array, 2 + parts[2]) + parts[3], size};
}

void AppendValue(const Column& column, const ArrowArray& array, int64_t row, std::string& out);

void AppendList(const Column& column, const ArrowArray& array, int64_t begin, int64_t end, std::string& out) {
  out += '[';
  for (int64_t i = begin; i < end; ++i) {
    if (i > begin) out += ',';
    AppendValue(column.children[0], *array.children[0], i, out);
  }
  out += ']';
}

void AppendMap(const Column& column, const ArrowArray& array, int64_t begin, int64_t end, std::string& out) {
  const Column& entry = column.children[0];
  const ArrowArray& entries = *array.children[0];
  out += '{';
  std::string key;
  for (int64_t i = begin; i < end; ++i) {
    if (i > begin) out += ',';
    key.clear();
    AppendValue(entry.children[0], *entries.children[0], i + entries.offset, key);
    if (key.starts_with('"'))
      out += key;
    else
      AppendText(key, out);
    out += ':';
    AppendValue(entry.children[1], *entries.children[1], i + entries.offset, out);
  }
  out += '}';
}

bool IsNull(const Column& column, const ArrowArray& array, int64_t at) {
  return column.kind == Kind::kNull ||
         (array.null_count != 0 && array.n_buffers > 0 && array.buffers[0] != nullptr && !Bit(array.buffers[0], at));
}

void AppendMembers(const Column& column, const ArrowArray& array, int64_t at, std::string& out) {
  out += '{';
  bool is_first = true;
  for (size_t i = 0; i < column.children.size(); ++i) {
    const Column& child = column.children[i];
    const ArrowArray& values = *array.children[i];
    if (child.may_be_left_out && IsNull(child, values, at + values.offset)) continue;
    if (!std::exchange(is_first, false)) out += ',';
    out += child.key;
    AppendValue(child, values, at, out);
  }
  out += '}';
}

void AppendValue(const Column& column, const ArrowArray& array, int64_t row, std::string& out) {
  const int64_t at = row + array.offset;
  if (IsNull(column, array, at)) {
    out += "null";
    return;
  }
  switch (column.kind) {
    case Kind::kNull: return;
    case Kind::kBool: out += Bit(array.buffers[1], at) ? "true" : "false"; return;
    case Kind::kInt8: return AppendChars(Values<int8_t>(array, 1)[at], out);
    case Kind::kUint8: return AppendChars(Values<uint8_t>(array, 1)[at], out);
    case Kind::kInt16: return AppendChars(Values<int16_t>(array, 1)[at], out);
    case Kind::kUint16: return AppendChars(Values<uint16_t>(array, 1)[at], out);
    case Kind::kInt32: return AppendChars(Values<int32_t>(array, 1)[at], out);
    case Kind::kUint32: return AppendChars(Values<uint32_t>(array, 1)[at], out);
    case Kind::kInt64: return AppendChars(Values<int64_t>(array, 1)[at], out);
    case Kind::kUint64: return AppendChars(Values<uint64_t>(array, 1)[at], out);
    case Kind::kHalf: return AppendReal(OfHalf(Values<uint16_t>(array, 1)[at]), out);
    case Kind::kFloat: return AppendReal(Values<float>(array, 1)[at], out);
    case Kind::kDouble: return AppendReal(Values<double>(array, 1)[at], out);
    case Kind::kText32: return AppendText(BytesAt<int32_t>(array, at), out);
    case Kind::kJson32: out += BytesAt<int32_t>(array, at); return;
    case Kind::kFixed6: return AppendFixed6(Values<double>(array, 1)[at], out);
    case Kind::kText64: return AppendText(BytesAt<int64_t>(array, at), out);
    case Kind::kTextView: return AppendText(ViewAt(array, at), out);
    case Kind::kBinary32: return AppendBinary(BytesAt<int32_t>(array, at), out);
    case Kind::kBinary64: return AppendBinary(BytesAt<int64_t>(array, at), out);
    case Kind::kBinaryView: return AppendBinary(ViewAt(array, at), out);
    case Kind::kFixedBinary:
      return AppendBinary({Values<char>(array, 1) + at * column.width, static_cast<size_t>(column.width)}, out);
    case Kind::kUuid: return AppendUuid(Values<uint8_t>(array, 1) + at * column.width, out);
    case Kind::kDecimal:
      return AppendDecimal(Values<uint8_t>(array, 1) + at * column.width, column.width, column.scale, out);
    case Kind::kDate32:
    case Kind::kDate64: {
      constexpr int64_t kMillisecondsOfDay = 86400000;
      const int64_t days = column.kind == Kind::kDate32 ? Values<int32_t>(array, 1)[at]
                                                        : FloorDiv(Values<int64_t>(array, 1)[at], kMillisecondsOfDay);
      out += '"';
      if (AppendDate(days, out)) {
        out += '"';
      } else {
        out.pop_back();
        AppendChars(days, out);
      }
      return;
    }
    case Kind::kTime32:
    case Kind::kTime64: {
      const int64_t units =
          column.kind == Kind::kTime32 ? Values<int32_t>(array, 1)[at] : Values<int64_t>(array, 1)[at];
      const int64_t seconds = FloorDiv(units, column.per_second);
      out += '"';
      AppendTimeOfDay(seconds, out);
      AppendFraction(units - seconds * column.per_second, column.per_second, out);
      out += '"';
      return;
    }
    case Kind::kTimestamp: return AppendTimestamp(Values<int64_t>(array, 1)[at], column, out);
    case Kind::kDuration: {
      const int64_t units = Values<int64_t>(array, 1)[at];
      if (units < 0) out += '-';
      const uint64_t size = units < 0 ? uint64_t{0} - static_cast<uint64_t>(units) : static_cast<uint64_t>(units);
      const auto per_second = static_cast<uint64_t>(column.per_second);
      AppendChars(size / per_second, out);
      AppendFraction(static_cast<int64_t>(size % per_second), column.per_second, out);
      return;
    }
    case Kind::kList32: {
      const int32_t* const offsets = Values<int32_t>(array, 1);
      return AppendList(column, array, offsets[at], offsets[at + 1], out);
    }
    case Kind::kList64: {
      const int64_t* const offsets = Values<int64_t>(array, 1);
      return AppendList(column, array, offsets[at], offsets[at + 1], out);
    }
    case Kind::kFixedList: return AppendList(column, array, at * column.width, (at + 1) * column.width, out);
    case Kind::kMap: {
      const int32_t* const offsets = Values<int32_t>(array, 1);
      return AppendMap(column, array, offsets[at], offsets[at + 1], out);
    }
    case Kind::kStruct: return AppendMembers(column, array, at, out);
    case Kind::kDictionary:
      return AppendValue(column.children[0], *array.dictionary, IndexAt(array, column.index, at), out);
  }
}

}  // namespace

absl::StatusOr<RowObjects> RowObjects::Make(const ArrowSchema& schema) {
  auto root = std::make_shared<Column>();
  UNECHO_RETURN_IF_ERROR(FindKinds(schema, *root));
  return RowObjects(std::move(root));
}

void RowObjects::Append(const ArrowArray& rows, int64_t row, std::string& out) const {
  AppendMembers(*root_, rows, row + rows.offset, out);
  out += '\n';
}

}  // namespace unecho
