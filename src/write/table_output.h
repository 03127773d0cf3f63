// Kept rows of Parquet files -> one Parquet file, with the schema, the metadata and the compression that they came
// with. A group of rows has as many as the largest of the first file.
//
// Rows whose lines say all of them are made of these again (row_columns.h). Others are read once more, from the files,
// by their numbers: some rows at a time are of one way or the other, which follows from them alone.
//
// In:      the batches of one file after the other, in input order, with fates; each record is a row.
// Out:     bytes that depend on the files and the fates alone.
// Cost:    what is kept is encoded, on the caller's thread. Groups of which rows are read once more are decoded that
//          far; a few thousand rows, or the longest, are held.
// Threads: one caller.
// Failure: what cannot be read or written; files whose columns are not those of the first.
#ifndef UNECHO_SRC_WRITE_TABLE_OUTPUT_H_
#define UNECHO_SRC_WRITE_TABLE_OUTPUT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "read/fd_source.h"
#include "tables/row_columns.h"
#include "tables/table_library.h"
#include "write/atomic_file.h"
#include "write/table_sink.h"

namespace unecho {

// Is there a Parquet file of this name, which can be read again?
bool IsParquetFile(const std::string& path);

class TableOutput {
 public:
  explicit TableOutput(OutputFile* file) : file_(file), sink_(file) {}
  TableOutput(const TableOutput&) = delete;
  TableOutput& operator=(const TableOutput&) = delete;

  // Rows of the file `path` follow. The first one lends its schema.
  [[nodiscard]] absl::Status Begin(const std::string& path);
  [[nodiscard]] absl::Status Write(const Batch& batch);
  [[nodiscard]] absl::Status End();     // of the rows of that file
  [[nodiscard]] absl::Status Finish();  // of the output

 private:
  static constexpr size_t kSliceRows = 1024;
  static constexpr size_t kSliceBytes = size_t{1} << 20;

  absl::Status Create(const std::string& path);
  absl::Status BeginGroup();
  absl::Status TakeRow(bool is_kept, std::string_view line);
  absl::Status Flush();
  absl::Status AppendFromFile();
  absl::Status Failed(const std::string& path, const absl::Status& status) const;

  OutputFile* const file_;
  TableSink sink_;
  TableWriterPtr writer_{nullptr, TableCloser{nullptr}};
  const UnechoTables* tables_ = nullptr;
  std::optional<RowColumns> columns_;  // none where lines do not say all of rows

  // Of the file in hand.
  std::unique_ptr<FdSource> source_;
  TablePtr table_{nullptr, TableCloser{nullptr}};
  uint64_t num_groups_begun_ = 0;
  uint64_t row_ = 0, group_begin_ = 0, group_end_ = 0;      // the next row, and the group that was begun last
  TableRowsPtr group_rows_{nullptr, TableCloser{nullptr}};  // of it, from group_row_ on; null: they are not read
  uint64_t group_row_ = 0;

  // Rows that are not written yet.
  std::vector<uint8_t> is_kept_;
  uint64_t num_kept_ = 0;
  bool are_in_columns_ = true;  // those that are kept
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_TABLE_OUTPUT_H_
