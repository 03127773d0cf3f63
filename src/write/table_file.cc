#include "write/table_file.h"

#include "absl/strings/str_format.h"
#include "write/packing.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<TableFile>> TableFile::Create(OutputFile* file) {
  const auto tables = LoadTables();
  if (!tables.ok()) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s: a table, and the library that writes them is not here (%s); scripts/parquet.sh builds it, or write "
        "FILE.jsonl",
        file->path(), tables.status().message()));
  }
  return std::unique_ptr<TableFile>(new TableFile(file, *tables));
}

absl::Status TableFile::Begin(ArrowSchema* schema) {
  UnechoTableWriter* writer = nullptr;
  const absl::Status created =
      StatusOf(tables_->create_of(&kTablesHost, schema, KindOfTable(file_->path()), sink_.get(), &writer));
  writer_.reset(writer);
  return created;
}

absl::Status TableFile::Append(ArrowArray* rows) { return StatusOf(tables_->append_rows(writer_.get(), rows)); }

absl::Status TableFile::Finish() { return StatusOf(tables_->finish(writer_.get())); }

absl::Status TableFile::StatusOf(char* error) const {
  const absl::Status status = TableStatus(*tables_, error);
  if (status.ok() || !sink_.status().ok()) return sink_.status();
  if (absl::IsResourceExhausted(status))
    return absl::ResourceExhaustedError(absl::StrFormat("%s: no memory for its rows; raise --memory", file_->path()));
  return absl::DataLossError(absl::StrFormat("%s: %s; run again", file_->path(), status.message()));
}

}  // namespace unecho
