// Objects, a line of JSON each -> rows of a table that has room for them (object_types.h), in Arrow's form. A member
// that an object has not is null; of several of one name the last one counts, as for most that read JSON.
//
// Cost:    a pass over the lines; the rows are held until they are let go.
// Threads: one caller.
// Failure: Make(): a table with a column of another type than those. Append(): a line with something for which there is
//          no room.
#ifndef UNECHO_SRC_TABLES_OBJECT_ROWS_H_
#define UNECHO_SRC_TABLES_OBJECT_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "tables/arrow_data.h"

namespace unecho {

class ObjectRows {
 public:
  // Null: see above. The schema stays the caller's, and is not needed later.
  static std::unique_ptr<ObjectRows> Make(const ArrowSchema& schema);
  ~ObjectRows();
  ObjectRows(const ObjectRows&) = delete;
  ObjectRows& operator=(const ObjectRows&) = delete;

  // One more row. False: there is none more, and no more can be appended before Clear().
  [[nodiscard]] bool Append(std::string_view line);
  int64_t num_rows() const;
  size_t bytes() const { return bytes_; }  // of the lines

  // The rows. They point into this object, and are valid until it is changed.
  ArrowArray* Rows();
  void Clear();

 private:
  struct Column;
  explicit ObjectRows(std::unique_ptr<Column> root);

  const std::unique_ptr<Column> root_;
  size_t bytes_ = 0;
  ArrowArray rows_{};
};

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_OBJECT_ROWS_H_
