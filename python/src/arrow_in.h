// Columns of text out of whatever speaks Arrow: a table, a record batch, a data frame, a column. Nothing is copied: views
// are of the buffers as they came.
//
// In:      an object with __arrow_c_stream__ or __arrow_c_array__.
// Types:   texts are utf8, large_utf8 or utf8_view, or a dictionary of these, or null; what is only a field (--key, id)
//          may be a number, a truth, a date or a timestamp, too, and is then what it is in a table that the program reads
//          (src/tables/row_objects.h).
// Threads: made and asked under the interpreter lock; views of a chunk may be read without it.
// Failure: another type, a column that is not there, or twice: ValueError with the columns there are.
#ifndef UNECHO_PYTHON_ARROW_IN_H_
#define UNECHO_PYTHON_ARROW_IN_H_

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_abi.h"

namespace unecho::python {

// One column of one chunk.
class TextColumn {
 public:
  // All outlive it. `around`: the struct in which it is; null: none.
  TextColumn(const ArrowSchema& schema, const ArrowArray& array, const ArrowArray* around);

  bool IsNull(int64_t row) const;
  // Of what is no text, what says it, in `scratch`. A null is empty.
  std::string_view Text(int64_t row, std::string& scratch) const;

 private:
  int64_t IntegerAt(int64_t place) const;

  const ArrowSchema& schema_;
  const ArrowArray& array_;
  const ArrowArray* around_;
  int64_t offset_;
  std::unique_ptr<TextColumn> dictionary_;  // this column has the places in it
};

// Chunks of rows, one after another.
class ArrowRows {
 public:
  static bool Reads(nanobind::handle object);
  explicit ArrowRows(nanobind::handle object);
  ~ArrowRows();
  ArrowRows(const ArrowRows&) = delete;
  ArrowRows& operator=(const ArrowRows&) = delete;

  // Where a column is; of what is one column itself, with the name None. Texts, or what else a field may be.
  size_t Find(const std::string* name, bool is_text, const char* parameter) const;

  // The next chunk; false at the end. The columns of the last one are gone then.
  bool Next();
  int64_t num_rows() const { return array_.length; }
  TextColumn Column(size_t place) const;

 private:
  bool IsTable() const { return std::string_view(schema_.format) == "+s"; }
  void Release();

  ArrowSchema schema_{};
  ArrowArray array_{};
  ArrowArrayStream stream_{};  // released: the array is all there is
  bool is_first_ = true;
};

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_ARROW_IN_H_
