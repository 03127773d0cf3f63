// Rows of a table -> lines of JSON, an object each: {"id":"a1","text":"...","when":"2024-05-01T12:00:00Z"}. This is the
// form in which everything behind the reader knows a table: what its bytes, spans and records are.
//
//   numbers, decimals             as they are; what JSON has no number for (NaN, infinities) is null
//   text, binary                  a string; binary that is no UTF-8 in base64; a UUID as it is usually written
//   dates, times, timestamps      ISO 8601; of an instant in UTC with a Z; fractions of a second where there are some
//   durations                     seconds
//   lists, structs, maps          arrays, objects, objects; null is null
//   dictionaries                  the value
//
// A table whose schema has the key kLinesKey is of lines that unecho wrote (write/lines_table.h), and gives these back:
// what is null is left out, but for the columns that kNullsKey names; real numbers have six digits behind the point,
// and text of the columns that kLinesKey names is JSON.
//
// Cost:    a pass over the values. Threads: const and stateless.
// Failure: Make(): a column of a type that is not among these, by its name; two columns of one name.
#ifndef UNECHO_SRC_TABLES_ROW_OBJECTS_H_
#define UNECHO_SRC_TABLES_ROW_OBJECTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "tables/arrow_data.h"

namespace unecho {

inline constexpr char kLinesKey[] = "unecho:lines";
inline constexpr char kNullsKey[] = "unecho:nulls";

class RowObjects {
 public:
  // Of a table: a struct whose members are its columns. The schema stays the caller's, and is not needed later.
  static absl::StatusOr<RowObjects> Make(const ArrowSchema& schema);
  // Row `row` of `rows` and a line end.
  void Append(const ArrowArray& rows, int64_t row, std::string& out) const;

  struct Column;  // row_objects.cc

 private:
  explicit RowObjects(std::shared_ptr<const Column> root) : root_(std::move(root)) {}
  std::shared_ptr<const Column> root_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_ROW_OBJECTS_H_
