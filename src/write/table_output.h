// Kept rows of Parquet files -> one Parquet file, with the schema, the metadata and the compression that they came
// with: the rows are read once more, from the files, by their numbers. A group of rows has as many as the largest of
// the first file.
//
// In:      the batches of one file after the other, in input order, with fates; each record is a row.
// Out:     bytes that depend on the files and the fates alone.
// Cost:    groups of which nothing is kept are not read; the others are decoded and encoded, on the caller's thread.
// Threads: one caller.
// Failure: what cannot be read or written; files whose columns are not those of the first.
#ifndef UNECHO_SRC_WRITE_TABLE_OUTPUT_H_
#define UNECHO_SRC_WRITE_TABLE_OUTPUT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "read/fd_source.h"
#include "tables/table_library.h"
#include "write/atomic_file.h"

namespace unecho {

// Is there a Parquet file of this name, which can be read again?
bool IsParquetFile(const std::string& path);

class TableOutput {
 public:
  explicit TableOutput(OutputFile* file) : file_(file) {}
  TableOutput(const TableOutput&) = delete;
  TableOutput& operator=(const TableOutput&) = delete;

  // Rows of the file `path` follow. The first one lends its schema.
  [[nodiscard]] absl::Status Begin(const std::string& path);
  [[nodiscard]] absl::Status Write(const Batch& batch);
  [[nodiscard]] absl::Status End();     // of the rows of that file
  [[nodiscard]] absl::Status Finish();  // of the output

 private:
  absl::Status Flush();
  absl::Status Failed(const std::string& path, const absl::Status& status) const;

  OutputFile* const file_;
  absl::Status written_;  // what the file said
  UnechoTablesSink sink_{};
  TableWriterPtr writer_{nullptr, TableCloser{nullptr}};
  const UnechoTables* tables_ = nullptr;

  // Of the file in hand.
  std::unique_ptr<FdSource> source_;
  TablePtr table_{nullptr, TableCloser{nullptr}};
  uint64_t group_ = 0;            // the first that is not written
  uint64_t group_begin_ = 0;      // its first row
  std::vector<uint8_t> is_kept_;  // of its rows
  bool has_kept_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_TABLE_OUTPUT_H_
