#include "write/table_output.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "layouts/profile.h"
#include "read/table_decoding.h"
#include "unecho/layouts.h"

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
  table_.reset();
  UNECHO_ASSIGN_OR_RETURN(source_, FdSource::Open(path, nullptr));
  absl::StatusOr<TablePtr> table = OpenTable(*tables_, source_->FileFrom(0), kUnechoParquet);
  if (!table.ok()) return Failed(path, table.status());
  table_ = *std::move(table);
  group_ = group_begin_ = 0;
  is_kept_.assign(tables_->num_groups(table_.get()) == 0 ? 0 : tables_->group_rows(table_.get(), 0), 0);
  has_kept_ = false;
  if (writer_ == nullptr) {
    sink_ = {.context = this, .write = [](void* context, const char* bytes, uint64_t size) {
               auto& self = *static_cast<TableOutput*>(context);
               self.written_.Update(self.file_->Write({bytes, static_cast<size_t>(size)}));
               return self.written_.ok();
             }};
    UnechoTableWriter* writer = nullptr;
    const absl::Status created = TableStatus(*tables_, tables_->create(&kTablesHost, table_.get(), &sink_, &writer));
    writer_ = TableWriterPtr(writer, TableCloser{tables_});
    if (!created.ok()) return Failed(path, created);
  } else if (!tables_->takes(writer_.get(), table_.get())) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: its columns are not those of the table before it, so that both do not go into one file; --output-dir "
        "writes a file for each",
        path));
  }
  return absl::OkStatus();
}

absl::Status TableOutput::Write(const Batch& batch) {
  if (batch.size > 0 && batch.traits->plain_form != PlainForm::kLine) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: its kept rows are written, and by the layout %s a record is no row; leave out --layout, or write lines of "
        "JSON: -o FILE.jsonl",
        source_->label(), batch.layout->name()));
  }
  for (const Record& record : batch.records) {
    const uint64_t row = record.ordinal - 1;
    while (row >= group_begin_ + is_kept_.size()) {
      if (group_ == tables_->num_groups(table_.get())) {
        return absl::DataLossError(
            absl::StrFormat("%s: has fewer rows than before; run again when nobody writes to it", source_->label()));
      }
      UNECHO_RETURN_IF_ERROR(Flush());
    }
    const bool is_kept = record.fate == Fate::kKept;
    is_kept_[row - group_begin_] = static_cast<uint8_t>(is_kept);
    has_kept_ |= is_kept;
  }
  return absl::OkStatus();
}

// Writes what is kept of the group in hand, and goes on to the next.
absl::Status TableOutput::Flush() {
  if (has_kept_) {
    const absl::Status appended =
        TableStatus(*tables_, tables_->append(writer_.get(), table_.get(), group_, is_kept_.data()));
    if (!appended.ok()) return Failed(source_->label(), appended);
  }
  group_begin_ += is_kept_.size();
  ++group_;
  has_kept_ = false;
  is_kept_.assign(group_ < tables_->num_groups(table_.get()) ? tables_->group_rows(table_.get(), group_) : 0, 0);
  return absl::OkStatus();
}

absl::Status TableOutput::End() {
  while (group_ < tables_->num_groups(table_.get())) UNECHO_RETURN_IF_ERROR(Flush());
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
  if (!written_.ok()) return written_;
  if (absl::IsResourceExhausted(status)) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no memory for its rows; raise --memory, or write lines of JSON: -o FILE.jsonl", path));
  }
  return absl::DataLossError(absl::StrFormat("%s: %s; run again, or fetch the file again", path, status.message()));
}

}  // namespace unecho
