// Where the library of tables writes: a file of outputs.
//
// Threads: one caller. Failure: what the file said first stays in status(), for the library says only that it failed.
#ifndef UNECHO_SRC_WRITE_TABLE_SINK_H_
#define UNECHO_SRC_WRITE_TABLE_SINK_H_

#include "base/status.h"
#include "tables/table_library.h"
#include "write/atomic_file.h"

namespace unecho {

class TableSink {
 public:
  // `file` outlives it, and it the writer that has its address.
  explicit TableSink(OutputFile* file) : file_(file) {}
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;

  const UnechoTablesSink* get() const { return &sink_; }
  const absl::Status& status() const { return status_; }

 private:
  static bool Write(void* context, const char* bytes, uint64_t size) {
    auto& self = *static_cast<TableSink*>(context);
    self.status_.Update(self.file_->Write({bytes, static_cast<size_t>(size)}));
    return self.status_.ok();
  }

  OutputFile* const file_;
  absl::Status status_;
  const UnechoTablesSink sink_{.context = this, .write = &TableSink::Write};
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_TABLE_SINK_H_
