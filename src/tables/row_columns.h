// Lines of JSON that RowObjects (row_objects.h) has written -> rows of the table that they came from, in Arrow's form.
// What RowObjects has said of a value is undone, where it says all of it:
//
//   text                     as it was, unless U+FFFD is in it, which stands for what was no UTF-8, too
//   whole numbers, booleans  as they were, null too
//   real numbers             as they were; null is what JSON has no number for, and that is not one thing
//
// Other types are not undone: a table that has a column of one has no RowColumns.
//
// Cost:    a pass over the lines; the rows are held until they are let go.
// Threads: one caller.
// Failure: Append(): a line that is none of these.
#ifndef UNECHO_SRC_TABLES_ROW_COLUMNS_H_
#define UNECHO_SRC_TABLES_ROW_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tables/arrow_data.h"

namespace unecho {

class RowColumns {
 public:
  // The schema stays the caller's, and is not needed later.
  static std::optional<RowColumns> Make(const ArrowSchema& schema);

  // One more row. False: the line does not say for certain what the row was, and there is none more.
  bool Append(std::string_view line);
  int64_t num_rows() const { return num_rows_; }
  size_t bytes() const { return bytes_; }

  // The rows. They point into this object, and are valid until it is changed.
  ArrowArray* Rows();
  void Clear();

 private:
  enum class Kind : uint8_t { kText32, kText64, kWhole, kUnsigned, kFloat, kDouble, kBool };
  struct Column {
    Kind kind = Kind::kText32;
    size_t width = 0;          // of a number
    std::string key;           // "name": with what stands in front of it
    std::vector<bool> is_set;  // that are not null
    std::vector<int64_t> ends;
    std::string bytes;  // of all texts, or of all numbers
    std::vector<bool> truths;
    // As they are shown.
    std::vector<uint8_t> bitmap, truth_bits;
    std::vector<int32_t> offsets32;
    std::vector<int64_t> offsets64;
    std::vector<const void*> buffers;
    ArrowArray array{};
  };

  RowColumns() = default;
  static bool SetKind(std::string_view format, Column& column);
  static bool Take(Column& column, std::string_view line, size_t& at);
  static bool TakeText(Column& column, std::string_view line, size_t& at);
  static bool TakeNumber(Column& column, std::string_view value);
  static void Truncate(Column& column, size_t num_rows);
  void Show(Column& column) const;

  std::vector<Column> columns_;
  int64_t num_rows_ = 0;
  size_t bytes_ = 0;
  std::vector<ArrowArray*> children_;
  const void* no_bitmap_ = nullptr;
  ArrowArray rows_{};
};

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_ROW_COLUMNS_H_
