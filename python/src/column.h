// Columns as Arrow has them, made row by row, and handed out without a copy.
//
// Cost:    bytes behind bytes. Threads: filled by one; whoever reads what was handed out shares it.
// Failure: none but of memory.
#ifndef UNECHO_PYTHON_COLUMN_H_
#define UNECHO_PYTHON_COLUMN_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace unecho::python {

class Column {
 public:
  // `format` as the Arrow specification has it: "l" int64, "g" double, "U" text with 64-bit places; "c" with `labels`
  // is a dictionary of these texts.
  Column(std::string name, std::string format, std::vector<std::string> labels = {});

  template <typename T>
  void Append(T value) {
    AppendValid(true);
    AppendBytes(value);
  }
  template <typename T>
  void AppendNull() {
    AppendValid(false);
    AppendBytes(T{});
  }
  // Of "U".
  void AppendText(std::string_view text) {
    AppendValid(true);
    chars_ += text;
    AppendBytes(static_cast<int64_t>(chars_.size()));
  }
  void AppendNullText() {
    AppendValid(false);
    AppendBytes(static_cast<int64_t>(chars_.size()));
  }

  const std::string& name() const { return name_; }
  int64_t num_rows() const { return num_rows_; }
  bool IsNull(int64_t row) const { return (valid_[static_cast<size_t>(row / 8)] >> (row % 8) & 1) == 0; }
  template <typename T>
  T At(int64_t row) const {
    T value;
    std::memcpy(&value, bytes_.data() + row * static_cast<int64_t>(sizeof(T)), sizeof value);
    return value;
  }
  std::string_view TextAt(int64_t row) const;
  std::string_view LabelAt(int64_t row) const { return labels_[static_cast<size_t>(At<int8_t>(row))]; }
  // As a Python object; None for null.
  nanobind::object ObjectAt(int64_t row) const;

 private:
  friend class Export;
  void AppendValid(bool is_valid);
  template <typename T>
  void AppendBytes(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }

  std::string name_, format_;
  std::vector<std::string> labels_;
  std::string bytes_;           // values, places in labels_, or where texts end, behind a 0
  std::string chars_;           // of "U"
  std::vector<uint8_t> valid_;  // a bit a row
  int64_t num_rows_ = 0, num_nulls_ = 0;
};

// A table, which does not change any more.
using Table = std::shared_ptr<const std::vector<Column>>;
nanobind::capsule SchemaCapsule(const Table& table);
nanobind::capsule ArrayCapsule(const Table& table);
nanobind::capsule StreamCapsule(const Table& table);

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_COLUMN_H_
