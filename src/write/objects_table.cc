#include "write/objects_table.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace unecho {

absl::StatusOr<std::unique_ptr<ObjectsTable>> ObjectsTable::Create(OutputFile* file, const std::string& tmpdir) {
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<TableFile> table, TableFile::Create(file));
  UNECHO_ASSIGN_OR_RETURN(std::unique_ptr<SpillFile> waiting, SpillFile::Create(tmpdir, "lines of a table"));
  return std::unique_ptr<ObjectsTable>(new ObjectsTable(std::move(table), std::move(waiting)));
}

absl::Status ObjectsTable::Write(std::string_view bytes) {
  block_ += bytes;
  for (size_t end; (end = block_.find('\n', taken_bytes_)) != std::string::npos; taken_bytes_ = end + 1) {
    if (!types_.Take(std::string_view(block_).substr(taken_bytes_, end - taken_bytes_)))
      return absl::InternalError(absl::StrFormat("%s: a line of the corpus is no object", file_->path()));
  }
  if (types_.num_names() > kMostColumns) return TooManyColumns();
  if (taken_bytes_ < kBlockBytes) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(waiting_->Append(block_.data(), taken_bytes_));
  block_.erase(0, taken_bytes_);
  taken_bytes_ = 0;
  return absl::OkStatus();
}

absl::Status ObjectsTable::ForEachLine(absl::FunctionRef<absl::Status(std::string_view)> take) {
  const std::string last = std::move(block_);
  std::string lines;
  for (uint64_t at = 0; at < waiting_->size();) {
    const size_t begun = lines.size(), size = std::min<uint64_t>(kBlockBytes, waiting_->size() - at);
    lines.resize(begun + size);
    if (!waiting_->Read(at, lines.data() + begun, size)) return waiting_->status();
    at += size;
    size_t begin = 0;
    for (size_t end; (end = lines.find('\n', std::max(begin, begun))) != std::string::npos; begin = end + 1)
      UNECHO_RETURN_IF_ERROR(take(std::string_view(lines).substr(begin, end - begin)));
    lines.erase(0, begin);
  }
  size_t begin = 0;
  for (size_t end; (end = last.find('\n', begin)) != std::string::npos; begin = end + 1)
    UNECHO_RETURN_IF_ERROR(take(std::string_view(last).substr(begin, end - begin)));
  return absl::OkStatus();
}

absl::Status ObjectsTable::AppendRow(ObjectRows& rows, std::string_view line) {
  if (!rows.Append(line))
    return absl::InternalError(absl::StrFormat("%s: a line has no room in the columns made for it", file_->path()));
  return rows.num_rows() == kSliceRows || rows.bytes() >= kBlockBytes ? AppendRows(rows) : absl::OkStatus();
}

absl::Status ObjectsTable::AppendRows(ObjectRows& rows) {
  if (rows.num_rows() == 0) return absl::OkStatus();
  const absl::Status appended = file_->Append(rows.Rows());
  rows.Clear();
  return appended;
}

absl::Status ObjectsTable::TooManyColumns() const {
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: the objects have more than %d members of different names, so that they are no rows of one table; write "
      "FILE.jsonl",
      file_->path(), kMostColumns));
}

absl::Status ObjectsTable::Finish() {
  if (types_.num_columns() > kMostColumns) return TooManyColumns();
  ArrowSchema* const schema = types_.Schema();
  const std::unique_ptr<ObjectRows> rows = ObjectRows::Make(*schema);
  UNECHO_RETURN_IF_ERROR(file_->Begin(schema));
  UNECHO_RETURN_IF_ERROR(ForEachLine([&](std::string_view line) { return AppendRow(*rows, line); }));
  UNECHO_RETURN_IF_ERROR(AppendRows(*rows));
  return file_->Finish();
}

}  // namespace unecho
