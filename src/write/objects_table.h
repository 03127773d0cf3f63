// Lines of a run that are objects as they came, as a table, of Parquet or Arrow: a row a line, a column a member. What
// the columns are (tables/object_types.h) follows from all lines, so these wait in a file without a name until the last
// has come.
//
// In:      the lines of the run, in order, in any pieces.
// Out:     bytes that follow from the lines alone.
// Cost:    two passes over the lines, the second one when the run ends; as much of --tmpdir as they have bytes.
// Threads: one caller.
// Failure: what cannot be written; more than kMostColumns members.
#ifndef UNECHO_SRC_WRITE_OBJECTS_TABLE_H_
#define UNECHO_SRC_WRITE_OBJECTS_TABLE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "base/spill_file.h"
#include "base/status.h"
#include "tables/object_rows.h"
#include "tables/object_types.h"
#include "write/table_file.h"

namespace unecho {

class ObjectsTable {
 public:
  // `file` outlives the table.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<ObjectsTable>> Create(OutputFile* file,
                                                                            const std::string& tmpdir);
  ObjectsTable(const ObjectsTable&) = delete;
  ObjectsTable& operator=(const ObjectsTable&) = delete;

  [[nodiscard]] absl::Status Write(std::string_view bytes);
  [[nodiscard]] absl::Status Finish();

 private:
  static constexpr size_t kMostColumns = 10000;
  static constexpr size_t kBlockBytes = size_t{1} << 20;
  static constexpr int64_t kSliceRows = 1024;  // of the table at a time, or a block of lines

  ObjectsTable(std::unique_ptr<TableFile> file, std::unique_ptr<SpillFile> waiting)
      : file_(std::move(file)), waiting_(std::move(waiting)) {}
  absl::Status TooManyColumns() const;
  absl::Status AppendRow(ObjectRows& rows, std::string_view line);
  absl::Status AppendRows(ObjectRows& rows);
  absl::Status ForEachLine(absl::FunctionRef<absl::Status(std::string_view)> take);

  const std::unique_ptr<TableFile> file_;
  const std::unique_ptr<SpillFile> waiting_;
  std::string block_;       // lines that are not in that file yet, and the beginning of one
  size_t taken_bytes_ = 0;  // of them: lines of which the types are known
  ObjectTypes types_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_OBJECTS_TABLE_H_
