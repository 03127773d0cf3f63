// Arrow's C data interface: how columns in memory are passed between libraries that know nothing else of each other.
// The layout of these structs is the standard's (https://arrow.apache.org/docs/format/CDataInterface.html), and may
// not be changed.
//
// Whoever gets one of them owns it, and calls `release`, which sets itself to null. Children go with their parent.
#ifndef UNECHO_SRC_TABLES_ARROW_DATA_H_
#define UNECHO_SRC_TABLES_ARROW_DATA_H_

#include <cstdint>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
extern "C" {

// The type of a column: `format` is its name, in a notation of the standard's.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

// The values of a column, or, as a struct of columns, some rows of a table.
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

}  // extern "C"
#endif  // ARROW_C_DATA_INTERFACE

#endif  // UNECHO_SRC_TABLES_ARROW_DATA_H_
