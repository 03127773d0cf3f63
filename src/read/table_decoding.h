// A table (Parquet, Arrow) -> its rows as lines of JSON (tables/row_objects.h), as if these had been the file. So
// layouts, spans, ledger and audit hold for tables as they do for what is compressed.
//
// Groups of rows are decoded side by side by the threads of the pool, the earliest first, and pages of columns as they
// are needed: a group is never in memory as a whole, unless it is one page.
//
// Out:     the lines. They depend on nothing but the table.
// Cost:    the pool's; for each group in work a page of each column, and kBatchBytes of values.
// Threads: Read() and the destructor from one thread.
// Failure: what is no table, or broken: kDataLoss with the group and its rows, after all that came before it.
#ifndef UNECHO_SRC_READ_TABLE_DECODING_H_
#define UNECHO_SRC_READ_TABLE_DECODING_H_

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "read/decode_pool.h"
#include "read/decoded_reader.h"
#include "read/input.h"
#include "tables/row_objects.h"
#include "tables/table_library.h"

namespace unecho {

// kArrow: the file or the stream, as the first bytes say.
UnechoTableKind TableKindOf(Compression compression, std::span<const char> first_bytes);
// What is said of a table for which there is no library.
absl::Status NoTables(const std::string& label, const absl::Status& reason);

class TableDecoding final : public DecodedReader {
 public:
  // `fd`, `label` and `pool` outlive it.
  static absl::StatusOr<std::unique_ptr<TableDecoding>> Start(int fd, UnechoTableKind kind, const std::string& label,
                                                              DecodePool* pool, const std::atomic<int>* interrupted);
  ~TableDecoding() override;

 private:
  class Group;

  TableDecoding(const UnechoTables* tables, TablePtr table, RowObjects objects, const std::string& label,
                DecodePool* pool, const std::atomic<int>* interrupted);

  // DecodeSource, for the threads of the pool.
  bool HasWork() const override;
  DecodeWork* TakeWork() override;
  void GiveBack(DecodeWork* work) override;
  void RoomChanged() override {}
  Group* NextGroup() const;
  bool MayBegin() const;
  void CountDecoders();  // tells the pool

  // The reader's.
  DecodeBlock NextBlock() override;
  std::optional<absl::Status> End() override;
  absl::Status ErrorOf(const Group& group) const;

  const UnechoTables* const tables_;
  const TablePtr table_;
  const RowObjects objects_;
  const uint64_t num_groups_;
  uint64_t file_bytes_ = 0;

  // The pool's mutex guards what follows.
  std::deque<std::unique_ptr<Group>> groups_;  // in work, or waiting to be taken, in their order
  uint64_t next_group_ = 0;                    // the first that has not been begun
  bool stopping_ = false, is_out_of_memory_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_TABLE_DECODING_H_
