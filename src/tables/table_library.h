// Tables (Parquet, Arrow) by way of libunecho_parquet.so, which is loaded when the first of them is met: Arrow C++ is
// sixty megabytes, Debian 12 has no package of it, and most runs meet no table.
//
// Threads: LoadTables() any; the objects as plugin_interface.h says.
// Failure: LoadTables(): kFailedPrecondition, which says where the library was looked for and what to do instead. Of a
//          table: kDataLoss, or kResourceExhausted where --memory leaves no room, without the name of the file.
#ifndef UNECHO_SRC_TABLES_TABLE_LIBRARY_H_
#define UNECHO_SRC_TABLES_TABLE_LIBRARY_H_

#include <cstdint>
#include <memory>

#include "base/status.h"
#include "tables/plugin_interface.h"

namespace unecho {

// Loaded once a process.
absl::StatusOr<const UnechoTables*> LoadTables();
extern const UnechoTablesHost kTablesHost;

// What a function of `tables` gave.
absl::Status TableStatus(const UnechoTables& tables, char* error);

struct TableCloser {
  const UnechoTables* tables;
  void operator()(UnechoTable* table) const { tables->close(table); }
  void operator()(UnechoRows* rows) const { tables->close_rows(rows); }
  void operator()(UnechoTableWriter* writer) const { tables->discard(writer); }
};
using TablePtr = std::unique_ptr<UnechoTable, TableCloser>;
using TableRowsPtr = std::unique_ptr<UnechoRows, TableCloser>;
using TableWriterPtr = std::unique_ptr<UnechoTableWriter, TableCloser>;

// `fd` outlives the table.
absl::StatusOr<TablePtr> OpenTable(const UnechoTables& tables, int fd, UnechoTableKind kind);

}  // namespace unecho

#endif  // UNECHO_SRC_TABLES_TABLE_LIBRARY_H_
