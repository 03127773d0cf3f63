// An output that is a table, of Parquet or Arrow as its name says: rows in Arrow's form -> the file.
//
// Out:     bytes that follow from the columns, and from the rows and how they come.
// Cost:    rows of a group are held, encoded, until it is whole.
// Threads: one caller.
// Failure: Create(): there is no library that writes tables; else what cannot be written, with the name of the file.
#ifndef UNECHO_SRC_WRITE_TABLE_FILE_H_
#define UNECHO_SRC_WRITE_TABLE_FILE_H_

#include <memory>
#include <string>

#include "base/status.h"
#include "tables/table_library.h"
#include "write/atomic_file.h"
#include "write/table_sink.h"

namespace unecho {

class TableFile {
 public:
  // `file` outlives it.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<TableFile>> Create(OutputFile* file);
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;

  // What comes first: its columns.
  [[nodiscard]] absl::Status Begin(ArrowSchema* schema);
  bool has_begun() const { return writer_ != nullptr; }
  [[nodiscard]] absl::Status Append(ArrowArray* rows);
  [[nodiscard]] absl::Status Finish();
  const std::string& path() const { return file_->path(); }

 private:
  TableFile(OutputFile* file, const UnechoTables* tables)
      : file_(file), tables_(tables), sink_(file), writer_(nullptr, TableCloser{tables}) {}
  absl::Status StatusOf(char* error) const;

  OutputFile* const file_;
  const UnechoTables* const tables_;
  TableSink sink_;
  TableWriterPtr writer_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_TABLE_FILE_H_
