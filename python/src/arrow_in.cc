#include "arrow_in.h"

#include <charconv>
#include <cstring>
#include <utility>

namespace nb = nanobind;

namespace unecho::python {
namespace {

enum class Form : uint8_t { kText, kLargeText, kTextView, kInteger, kOther };

Form FormOf(std::string_view format) {
  if (format == "u") return Form::kText;
  if (format == "U") return Form::kLargeText;
  if (format == "vu") return Form::kTextView;
  return format.size() == 1 && std::string_view("cCsSiIlL").find(format[0]) != std::string_view::npos ? Form::kInteger
                                                                                                      : Form::kOther;
}

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

template <typename Struct>
Struct Taken(const nb::capsule& capsule, const char* name) {
  auto* inside = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (inside == nullptr) throw nb::python_error();
  return std::exchange(*inside, Struct{});  // what is moved out is released here
}

bool IsReadable(const ArrowSchema& schema, bool is_text) {
  const ArrowSchema& values = schema.dictionary != nullptr ? *schema.dictionary : schema;
  const Form form = FormOf(values.format);
  return form != Form::kOther && (!is_text || form != Form::kInteger);
}

}  // namespace

TextColumn::TextColumn(const ArrowSchema& schema, const ArrowArray& array, int64_t offset)
    : schema_(schema), array_(array), offset_(offset + array.offset) {
  if (schema.dictionary != nullptr)
    dictionary_ = std::make_unique<TextColumn>(*schema.dictionary, *array.dictionary, 0);
}

bool TextColumn::IsNull(int64_t row) const {
  const int64_t place = offset_ + row;
  const auto* valid = static_cast<const uint8_t*>(array_.null_count == 0 ? nullptr : array_.buffers[0]);
  if (valid != nullptr && (valid[place / 8] >> (place % 8) & 1) == 0) return true;
  return dictionary_ != nullptr && dictionary_->IsNull(IntegerAt(place));
}

std::string_view TextColumn::Text(int64_t row, std::string& scratch) const {
  if (IsNull(row)) return {};
  const int64_t place = offset_ + row;
  if (dictionary_ != nullptr) return dictionary_->Text(IntegerAt(place), scratch);
  if (FormOf(schema_.format) != Form::kInteger) return TextAt(place);
  char digits[24];
  const auto to = schema_.format[0] == 'L'
                      ? std::to_chars(digits, std::end(digits), At<uint64_t>(array_.buffers[1], place))
                      : std::to_chars(digits, std::end(digits), IntegerAt(place));
  scratch.assign(digits, to.ptr);
  return scratch;
}

std::string_view TextColumn::TextAt(int64_t place) const {
  switch (FormOf(schema_.format)) {
    case Form::kText: return Between<int32_t>(array_, place);
    case Form::kLargeText: return Between<int64_t>(array_, place);
    default: return OfView(array_, place);
  }
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
  for (int64_t i = 0; i < schema_.n_children; ++i) {
    const ArrowSchema& child = *schema_.children[i];
    if (name != nullptr && *name == child.name) {
      if (IsReadable(child, is_text)) return static_cast<size_t>(i);
      message = std::string(parameter) + "='" + *name + "' is a column of the Arrow type '" + child.format +
                "': give one of strings" + (is_text ? "" : " or integers");
      throw nb::value_error(message.c_str());
    }
    columns += std::string(i > 0 ? ", " : "") + child.name;
  }
  message = name == nullptr ? std::string(parameter) + " has to name a column of the table"
                            : std::string(parameter) + "='" + *name + "': there is no such column";
  throw nb::value_error((message + "; there are " + columns).c_str());
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
  if (!IsTable()) return {schema_, array_, 0};
  return {*schema_.children[place], *array_.children[place], array_.offset};
}

}  // namespace unecho::python
