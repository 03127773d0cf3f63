#include "arrow_in.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <utility>

namespace nb = nanobind;

namespace unecho::python {
namespace {

enum class Form : uint8_t {
  kNull,
  kText,
  kLargeText,
  kTextView,
  kInteger,
  kFloat,
  kDouble,
  kTruth,
  kDate32,
  kDate64,
  kTimestamp,
  kOther
};

Form FormOf(std::string_view format) {
  if (format == "n") return Form::kNull;
  if (format == "u") return Form::kText;
  if (format == "U") return Form::kLargeText;
  if (format == "vu") return Form::kTextView;
  if (format == "f") return Form::kFloat;
  if (format == "g") return Form::kDouble;
  if (format == "b") return Form::kTruth;
  if (format == "tdD") return Form::kDate32;
  if (format == "tdm") return Form::kDate64;
  if (format.starts_with("ts") && format.size() >= 4) return Form::kTimestamp;
  return format.size() == 1 && std::string_view("cCsSiIlL").find(format[0]) != std::string_view::npos ? Form::kInteger
                                                                                                      : Form::kOther;
}
bool IsText(Form form) { return form <= Form::kTextView; }

template <typename T>
T At(const void* buffer, int64_t place) {
  T value;
  std::memcpy(&value, static_cast<const char*>(buffer) + place * static_cast<int64_t>(sizeof(T)), sizeof value);
  return value;
}

template <typename Offset>
std::string_view Between(const ArrowArray& array, int64_t place) {
  const auto begin = At<Offset>(array.buffers[1], place), end = At<Offset>(array.buffers[1], place + 1);
  return {static_cast<const char*>(array.buffers[2]) + begin, static_cast<size_t>(end - begin)};
}

// 16 bytes a value: its length, then itself, if it has 12 bytes at most, or four bytes, a buffer's number and the place
// in that.
std::string_view OfView(const ArrowArray& array, int64_t place) {
  constexpr int32_t kInside = 12;
  const auto* view = static_cast<const char*>(array.buffers[1]) + place * 16;
  const auto size = At<int32_t>(view, 0);
  if (size <= kInside) return {view + 4, static_cast<size_t>(size)};
  const auto* buffer = static_cast<const char*>(array.buffers[2 + At<int32_t>(view, 2)]);
  return {buffer + At<int32_t>(view, 3), static_cast<size_t>(size)};
}

bool BitAt(const void* bits, int64_t place) {
  return (static_cast<const uint8_t*>(bits)[place / 8] >> (place % 8) & 1) != 0;
}

int64_t FloorDiv(int64_t value, int64_t by) { return value / by - static_cast<int64_t>(value % by < 0); }

template <typename T>
void SayNumber(T value, std::string& out) {
  char digits[32];
  out.assign(digits, std::to_chars(digits, std::end(digits), value).ptr);
}

// As in the program: 2024-05-01T12:00:00.250Z, and a number where no calendar has the day.
bool SayDate(int64_t days, std::string& out) {
  constexpr int64_t kMostDays = int64_t{365} * 32000;
  if (days < -kMostDays || days > kMostDays) return false;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  const int year = static_cast<int>(date.year());
  char text[32];
  const int size = std::snprintf(text, sizeof text, year < 0 || year > 9999 ? "%+05d-%02u-%02u" : "%04d-%02u-%02u",
                                 year, static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  out.assign(text, static_cast<size_t>(size));
  return true;
}
void SayDay(int64_t days, std::string& out) {
  if (!SayDate(days, out)) SayNumber(days, out);
}
void SayTimestamp(int64_t units, std::string_view format, std::string& out) {
  constexpr int64_t kSecondsOfDay = 86400;
  const int digits = format[2] == 's' ? 0 : format[2] == 'm' ? 3 : format[2] == 'u' ? 6 : 9;
  int64_t per_second = 1;
  for (int i = 0; i < digits; ++i) per_second *= 10;
  const int64_t seconds = FloorDiv(units, per_second), fraction = units - seconds * per_second;
  const int64_t days = FloorDiv(seconds, kSecondsOfDay), of_day = seconds - days * kSecondsOfDay;
  if (!SayDate(days, out)) return SayNumber(units, out);
  char text[32];
  const auto hour = static_cast<int>(of_day / 3600), minute = static_cast<int>(of_day / 60 % 60);
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", hour, minute, static_cast<int>(of_day % 60));
  out += text;
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%0*d", digits, static_cast<int>(fraction));
    out += text;
  }
  if (format.size() > 4) out += 'Z';  // it has a time zone, and so is in UTC
}

template <typename Struct>
Struct Taken(const nb::capsule& capsule, const char* name) {
  auto* inside = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (inside == nullptr) throw nb::python_error();
  return std::exchange(*inside, Struct{});  // what is moved out is released here
}

bool IsReadable(const ArrowSchema& schema, bool is_text) {
  const ArrowSchema& values = schema.dictionary != nullptr ? *schema.dictionary : schema;
  const Form form = FormOf(values.format);
  return is_text ? IsText(form) : form != Form::kOther;
}

}  // namespace

TextColumn::TextColumn(const ArrowSchema& schema, const ArrowArray& array, const ArrowArray* around)
    : schema_(schema),
      array_(array),
      around_(around),
      offset_((around == nullptr ? 0 : around->offset) + array.offset) {
  if (schema.dictionary != nullptr)
    dictionary_ = std::make_unique<TextColumn>(*schema.dictionary, *array.dictionary, nullptr);
}

bool TextColumn::IsNull(int64_t row) const {
  const auto is_null = [](const ArrowArray& array, int64_t place) {
    return array.null_count != 0 && array.buffers[0] != nullptr && !BitAt(array.buffers[0], place);
  };
  if (around_ != nullptr && is_null(*around_, around_->offset + row)) return true;
  const int64_t place = offset_ + row;
  const Form form = FormOf(schema_.format);
  if (form == Form::kNull || is_null(array_, place)) return true;
  if (dictionary_ != nullptr) return dictionary_->IsNull(IntegerAt(place));
  // JSON has no number for these.
  if (form == Form::kFloat) return !std::isfinite(At<float>(array_.buffers[1], place));
  return form == Form::kDouble && !std::isfinite(At<double>(array_.buffers[1], place));
}

std::string_view TextColumn::Text(int64_t row, std::string& scratch) const {
  if (IsNull(row)) return {};
  const int64_t place = offset_ + row;
  if (dictionary_ != nullptr) return dictionary_->Text(IntegerAt(place), scratch);
  constexpr int64_t kMillisecondsOfDay = 86400000;
  const void* values = array_.buffers[1];
  switch (FormOf(schema_.format)) {
    case Form::kText: return Between<int32_t>(array_, place);
    case Form::kLargeText: return Between<int64_t>(array_, place);
    case Form::kTextView: return OfView(array_, place);
    case Form::kFloat: SayNumber(At<float>(values, place), scratch); break;
    case Form::kDouble: SayNumber(At<double>(values, place), scratch); break;
    case Form::kTruth: scratch = BitAt(values, place) ? "true" : "false"; break;
    case Form::kDate32: SayDay(At<int32_t>(values, place), scratch); break;
    case Form::kDate64: SayDay(FloorDiv(At<int64_t>(values, place), kMillisecondsOfDay), scratch); break;
    case Form::kTimestamp: SayTimestamp(At<int64_t>(values, place), schema_.format, scratch); break;
    default:
      schema_.format[0] == 'L' ? SayNumber(At<uint64_t>(values, place), scratch) : SayNumber(IntegerAt(place), scratch);
  }
  return scratch;
}

int64_t TextColumn::IntegerAt(int64_t place) const {
  const void* values = array_.buffers[1];
  switch (schema_.format[0]) {
    case 'c': return At<int8_t>(values, place);
    case 'C': return At<uint8_t>(values, place);
    case 's': return At<int16_t>(values, place);
    case 'S': return At<uint16_t>(values, place);
    case 'i': return At<int32_t>(values, place);
    case 'I': return At<uint32_t>(values, place);
    default: return At<int64_t>(values, place);
  }
}

bool ArrowRows::Reads(nb::handle object) {
  return nb::hasattr(object, "__arrow_c_stream__") || nb::hasattr(object, "__arrow_c_array__");
}

ArrowRows::ArrowRows(nb::handle object) {
  if (nb::hasattr(object, "__arrow_c_stream__")) {
    const auto capsule = nb::cast<nb::capsule>(object.attr("__arrow_c_stream__")());
    stream_ = Taken<ArrowArrayStream>(capsule, "arrow_array_stream");
    if (stream_.get_schema(&stream_, &schema_) != 0) {
      const char* why = stream_.get_last_error(&stream_);
      throw nb::value_error(why == nullptr ? "the Arrow stream has no schema" : why);
    }
    return;
  }
  const auto pair = nb::cast<nb::tuple>(object.attr("__arrow_c_array__")());
  schema_ = Taken<ArrowSchema>(nb::cast<nb::capsule>(pair[0]), "arrow_schema");
  array_ = Taken<ArrowArray>(nb::cast<nb::capsule>(pair[1]), "arrow_array");
}

ArrowRows::~ArrowRows() {
  Release();
  if (schema_.release != nullptr) schema_.release(&schema_);
  if (stream_.release != nullptr) stream_.release(&stream_);
}

void ArrowRows::Release() {
  if (array_.release != nullptr) array_.release(&array_);
  array_ = {};
}

size_t ArrowRows::Find(const std::string* name, bool is_text, const char* parameter) const {
  std::string message;
  if (!IsTable()) {
    if (name != nullptr) {
      message = std::string(parameter) + "='" + *name + "' names a column, and there is one column without others";
    } else if (!IsReadable(schema_, is_text)) {
      message = std::string("the column is of the Arrow type '") + schema_.format + "': give one of strings";
    }
    if (!message.empty()) throw nb::value_error(message.c_str());
    return 0;
  }
  std::string columns;
  std::vector<size_t> found;
  for (size_t i = 0; i < static_cast<size_t>(schema_.n_children); ++i) {
    const ArrowSchema& child = *schema_.children[i];
    if (name != nullptr && *name == child.name) found.push_back(i);
    columns += std::string(i > 0 ? ", " : "") + child.name;
  }
  const std::string given = name == nullptr ? "" : std::string(parameter) + "='" + *name + "'";
  if (found.size() != 1) {
    message = name == nullptr ? std::string(parameter) + " has to name a column of the table"
              : found.empty() ? given + ": there is no such column"
                              : given + ": there are several such columns";
    throw nb::value_error((message + "; there are " + columns).c_str());
  }
  const ArrowSchema& column = *schema_.children[found.front()];
  if (IsReadable(column, is_text)) return found.front();
  message = given + " is a column of the Arrow type '" + column.format + "': give one of strings" +
            (is_text ? "" : ", numbers or dates");
  throw nb::value_error(message.c_str());
}

bool ArrowRows::Next() {
  if (stream_.release == nullptr) return std::exchange(is_first_, false) && array_.release != nullptr;
  Release();
  if (stream_.get_next(&stream_, &array_) != 0) {
    const char* why = stream_.get_last_error(&stream_);
    throw nb::value_error(why == nullptr ? "the Arrow stream has failed" : why);
  }
  return array_.release != nullptr;
}

TextColumn ArrowRows::Column(size_t place) const {
  if (!IsTable()) return {schema_, array_, nullptr};
  return {*schema_.children[place], *array_.children[place], &array_};
}

}  // namespace unecho::python
