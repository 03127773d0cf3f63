#include "read/table_objects.h"

#include <string_view>

#include "read/fd_source.h"
#include "read/input.h"
#include "read/table_decoding.h"
#include "tables/arrow_arrays.h"
#include "tables/table_library.h"

namespace unecho {
namespace {

// Names inside lists are the library's.
bool AreSame(const ArrowSchema& a, const ArrowSchema& b) {
  const std::string_view format = a.format;
  if (format != b.format || a.n_children != b.n_children) return false;
  for (int64_t i = 0; i < a.n_children; ++i) {
    const ArrowSchema &child = *a.children[i], &other = *b.children[i];
    if ((format != "+l" && std::string_view(child.name) != other.name) || !AreSame(child, other)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TableObjects>> TableObjects::Of(const std::string& path) {
  const InputFile file = {.path = path, .name = path};
  if (!CanBeReadTwice(file)) return nullptr;
  const Compression compression = CompressionOf(file);
  if (compression != Compression::kParquet && compression != Compression::kArrow) return nullptr;
  const auto tables = LoadTables();
  if (!tables.ok()) return NoTables(path, tables.status());
  UNECHO_ASSIGN_OR_RETURN(const std::unique_ptr<FdSource> source, FdSource::Open(path, nullptr));
  // What is written is a file of Arrow, and never a stream.
  const UnechoTableKind kind = compression == Compression::kParquet ? kUnechoParquet : kUnechoArrowFile;
  const absl::StatusOr<TablePtr> table = OpenTable(**tables, source->FileFrom(0), kind);
  ArrowSchema schema{};
  if (!table.ok() || !TableStatus(**tables, (*tables)->schema(table->get(), &schema)).ok()) return nullptr;
  if (MetadataValue(schema.metadata, kObjectsKey)) {
    std::unique_ptr<ObjectRows> rows = ObjectRows::Make(schema);
    absl::StatusOr<RowObjects> objects = RowObjects::Make(schema);
    if (rows != nullptr && objects.ok())
      return std::unique_ptr<TableObjects>(new TableObjects(schema, std::move(rows), *std::move(objects)));
  }
  schema.release(&schema);
  return nullptr;
}

TableObjects::~TableObjects() { schema_.release(&schema_); }

bool TableObjects::HasColumnsOfLines() { return AreSame(schema_, *types_.Schema()); }

std::string TableObjects::LineOf(const std::string& line) {
  rows_->Clear();
  if (!types_.Take(line) || !rows_->Append(line)) return line;
  std::string row;
  objects_.Append(*rows_->Rows(), 0, row);
  row.pop_back();
  return row;
}

}  // namespace unecho
