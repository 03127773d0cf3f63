#include "write/table_output.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "layouts/profile.h"
#include "read/table_decoding.h"
#include "unecho/layouts.h"
#include "write/packing.h"

namespace unecho {

bool IsParquetFile(const std::string& path) {
  const InputFile file = {.path = path, .name = path};
  return CanBeReadTwice(file) && CompressionOf(file) == Compression::kParquet;
}

absl::Status TableOutput::Begin(const std::string& path) {
  if (tables_ == nullptr) {
    const auto loaded = LoadTables();
    if (!loaded.ok()) return NoTables(path, loaded.status());
    tables_ = *loaded;
  }
  group_rows_.reset();
  table_.reset();
  UNECHO_ASSIGN_OR_RETURN(source_, FdSource::Open(path, nullptr));
  absl::StatusOr<TablePtr> table = OpenTable(*tables_, source_->FileFrom(0), kUnechoParquet);
  if (!table.ok()) return Failed(path, table.status());
  table_ = *std::move(table);
  num_groups_begun_ = row_ = group_begin_ = group_end_ = 0;
  if (writer_ == nullptr) return Create(path);
  if (tables_->takes(writer_.get(), table_.get())) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: its columns are not those of the table before it, so that both do not go into one file; --output-dir "
      "writes a file for each",
      path));
}

absl::Status TableOutput::Create(const std::string& path) {
  UnechoTableWriter* writer = nullptr;
  const absl::Status created = TableStatus(
      *tables_, tables_->create(&kTablesHost, table_.get(), KindOfTable(file_->path()), sink_.get(), &writer));
  writer_ = TableWriterPtr(writer, TableCloser{tables_});
  if (!created.ok()) return Failed(path, created);
  ArrowSchema schema{};
  if (const absl::Status status = TableStatus(*tables_, tables_->schema(table_.get(), &schema)); !status.ok())
    return Failed(path, status);
  columns_ = RowColumns::Make(schema);
  schema.release(&schema);
  are_in_columns_ = columns_.has_value();
  return absl::OkStatus();
}

absl::Status TableOutput::Write(const Batch& batch) {
  if (batch.size > 0 && batch.traits->plain_form != PlainForm::kLine) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: its kept rows are written, and by the layout %s a record is no row; leave out --layout, or write lines of "
        "JSON: -o FILE.jsonl",
        source_->label(), batch.layout->name()));
  }
  const bool has_other_encoding = batch.source_widths != nullptr;  // its records are not the lines that rows were
  for (const Record& record : batch.records) {
    while (row_ < record.ordinal - 1) UNECHO_RETURN_IF_ERROR(TakeRow(false, {}));
    const bool is_kept = record.fate == Fate::kKept;
    UNECHO_RETURN_IF_ERROR(TakeRow(is_kept, has_other_encoding ? std::string_view() : record.raw));
  }
  return absl::OkStatus();
}

absl::Status TableOutput::BeginGroup() {
  if (num_groups_begun_ == tables_->num_groups(table_.get())) {
    return absl::DataLossError(
        absl::StrFormat("%s: has fewer rows than before; run again when nobody writes to it", source_->label()));
  }
  group_begin_ = group_end_;
  group_end_ += tables_->group_rows(table_.get(), num_groups_begun_++);
  group_rows_.reset();
  return absl::OkStatus();
}

absl::Status TableOutput::TakeRow(bool is_kept, std::string_view line) {
  while (row_ == group_end_) {
    UNECHO_RETURN_IF_ERROR(Flush());
    UNECHO_RETURN_IF_ERROR(BeginGroup());
  }
  ++row_;
  is_kept_.push_back(static_cast<uint8_t>(is_kept));
  if (is_kept) {
    ++num_kept_;
    are_in_columns_ = are_in_columns_ && columns_->Append(line);
  }
  const bool is_long = are_in_columns_ && columns_->bytes() >= kSliceBytes;
  return is_kept_.size() == kSliceRows || is_long ? Flush() : absl::OkStatus();
}

absl::Status TableOutput::Flush() {
  absl::Status appended;
  if (num_kept_ > 0)
    appended = are_in_columns_ ? TableStatus(*tables_, tables_->append_rows(writer_.get(), columns_->Rows()))
                               : AppendFromFile();
  if (columns_) columns_->Clear();
  are_in_columns_ = columns_.has_value();
  is_kept_.clear();
  num_kept_ = 0;
  return appended.ok() ? appended : Failed(source_->label(), appended);
}

absl::Status TableOutput::AppendFromFile() {
  if (group_rows_ == nullptr) {
    UnechoRows* rows = nullptr;
    UNECHO_RETURN_IF_ERROR(
        TableStatus(*tables_, tables_->rows(table_.get(), num_groups_begun_ - 1, kSliceRows, &rows)));
    group_rows_ = TableRowsPtr(rows, TableCloser{tables_});
    group_row_ = group_begin_;
  }
  const uint64_t begin = row_ - is_kept_.size();
  UNECHO_RETURN_IF_ERROR(TableStatus(*tables_, tables_->skip(group_rows_.get(), begin - group_row_)));
  group_row_ = row_;
  return TableStatus(*tables_, tables_->append(writer_.get(), group_rows_.get(), is_kept_.data(), is_kept_.size()));
}

absl::Status TableOutput::End() {
  UNECHO_RETURN_IF_ERROR(Flush());
  group_rows_.reset();
  table_.reset();
  source_.reset();
  return absl::OkStatus();
}

absl::Status TableOutput::Finish() {
  if (writer_ == nullptr) return absl::OkStatus();
  const absl::Status finished = TableStatus(*tables_, tables_->finish(writer_.get()));
  return finished.ok() ? finished : Failed(file_->path(), finished);
}

absl::Status TableOutput::Failed(const std::string& path, const absl::Status& status) const {
  if (!sink_.status().ok()) return sink_.status();
  if (absl::IsResourceExhausted(status)) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no memory for its rows; raise --memory, or write lines of JSON: -o FILE.jsonl", path));
  }
  return absl::DataLossError(absl::StrFormat("%s: %s; run again, or fetch the file again", path, status.message()));
}

}  // namespace unecho
