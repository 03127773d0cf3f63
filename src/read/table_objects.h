// A corpus that is a table made of lines of JSON (tables/object_types.h): what its rows are as lines when it is read
// again (table_decoding.h), and what its columns are, foretold from the lines that it was made of.
//
// Cost:    of a line two passes, and another over the line of the row.
// Threads: one caller.
// Failure: Of(): a table that cannot be read.
#ifndef UNECHO_SRC_READ_TABLE_OBJECTS_H_
#define UNECHO_SRC_READ_TABLE_OBJECTS_H_

#include <memory>
#include <string>
#include <utility>

#include "base/status.h"
#include "tables/arrow_data.h"
#include "tables/object_rows.h"
#include "tables/object_types.h"
#include "tables/row_objects.h"

namespace unecho {

class TableObjects {
 public:
  // Null: the file is no table, or was made of something else, or comes through a pipe.
  static absl::StatusOr<std::unique_ptr<TableObjects>> Of(const std::string& path);
  ~TableObjects();
  TableObjects(const TableObjects&) = delete;
  TableObjects& operator=(const TableObjects&) = delete;

  // Of the next line. Without line ends. What has no room in the table stays as it is.
  std::string LineOf(const std::string& line);
  // Has it the columns that these lines ask for?
  bool HasColumnsOfLines();

 private:
  TableObjects(ArrowSchema schema, std::unique_ptr<ObjectRows> rows, RowObjects objects)
      : schema_(schema), rows_(std::move(rows)), objects_(std::move(objects)) {}
  ArrowSchema schema_;
  const std::unique_ptr<ObjectRows> rows_;
  const RowObjects objects_;
  ObjectTypes types_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_TABLE_OBJECTS_H_
