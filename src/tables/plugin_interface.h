// What libunecho_parquet.so (plugin/plugin.cc) is asked, in C: it is loaded when a run meets the first table, and may
// come from another build. Errors are texts without the name of the file, null where all went well; they are its own,
// and are given back to free_text().
//
// Threads: every object has one user at a time; the functions have no state. Several objects may be of one descriptor,
//          which is read by pread(2) alone.
#ifndef UNECHO_SRC_TABLES_PLUGIN_INTERFACE_H_
#define UNECHO_SRC_TABLES_PLUGIN_INTERFACE_H_

#include <cstdint>

#include "tables/arrow_data.h"

extern "C" {

// Changed with anything in this file.
inline constexpr uint32_t kUnechoTablesVersion = 3;
inline constexpr char kUnechoTablesEntry[] = "unecho_tables";

// The program's part.
struct UnechoTablesHost {
  // Asked before memory is taken, with its size. False: there shall be no more.
  bool (*may_allocate)(uint64_t bytes);
};
struct UnechoTablesSink {
  void* context;
  bool (*write)(void* context, const char* bytes, uint64_t size);  // false: the program knows why
};

enum UnechoTableKind : uint32_t { kUnechoParquet, kUnechoArrowFile, kUnechoArrowStream };

struct UnechoTable;        // an open file
struct UnechoRows;         // rows of a group, in their order
struct UnechoTableWriter;  // a Parquet file that is being written

struct UnechoTables {
  uint32_t version;     // kUnechoTablesVersion
  const char* library;  // "Arrow C++ 26.0.1"

  // `fd` stays the caller's, and open as long as the table and its rows.
  char* (*open)(const UnechoTablesHost* host, int fd, UnechoTableKind kind, UnechoTable** out);
  void (*close)(UnechoTable* table);
  char* (*schema)(UnechoTable* table, ArrowSchema* out);
  // Groups of rows that can be decoded side by side; of a kind that has none the whole table is one.
  uint64_t (*num_groups)(const UnechoTable* table);
  // 0: unknown.
  uint64_t (*group_rows)(const UnechoTable* table, uint64_t group);
  // Of the values, decoded; about. 0: unknown.
  uint64_t (*group_bytes)(const UnechoTable* table, uint64_t group);
  // What is held for the table and its rows now.
  uint64_t (*allocated_bytes)(const UnechoTable* table);

  // For any number of threads at once. `batch_rows`: that many rows at a time, or fewer.
  char* (*rows)(UnechoTable* table, uint64_t group, uint64_t batch_rows, UnechoRows** out);
  // At the end out->release is null.
  char* (*next)(UnechoRows* rows, ArrowArray* out);
  // Passes over the next `size` rows.
  char* (*skip)(UnechoRows* rows, uint64_t size);
  void (*close_rows)(UnechoRows* rows);

  // A file with the schema and the metadata of `like`, which is a Parquet file; if it is one, with its compression.
  // The sink outlives the writer.
  char* (*create)(const UnechoTablesHost* host, const UnechoTable* like, UnechoTableKind kind,
                  const UnechoTablesSink* sink, UnechoTableWriter** out);
  // Of the next `size` rows appends those for which is_kept[i] is not 0.
  char* (*append)(UnechoTableWriter* writer, UnechoRows* rows, const uint8_t* is_kept, uint64_t size);
  // A file of these columns. The writer takes over what it is given.
  char* (*create_of)(const UnechoTablesHost* host, ArrowSchema* schema, UnechoTableKind kind,
                     const UnechoTablesSink* sink, UnechoTableWriter** out);
  // Of any writer: rows of its columns.
  char* (*append_rows)(UnechoTableWriter* writer, ArrowArray* rows);
  // Whether rows of `table` can go where those of the writer's table are: its columns have the same names and types.
  bool (*takes)(const UnechoTableWriter* writer, const UnechoTable* table);
  char* (*finish)(UnechoTableWriter* writer);
  void (*discard)(UnechoTableWriter* writer);  // of all writers, finished or not

  void (*free_text)(char* text);
};

using UnechoTablesEntry = const UnechoTables* (*)();

}  // extern "C"

#endif  // UNECHO_SRC_TABLES_PLUGIN_INTERFACE_H_
