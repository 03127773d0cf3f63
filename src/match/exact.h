// Token sequence -> the number of the first record that had it.
//
// In:      a batch with keys. Out: Record::unique and is_repeat for every record that has tokens;
//          one of which --decided says something gets a number of its own, and `equals`.
// Cost:    one or two cache misses a record, prefetched; 20 to 32 bytes a distinct sequence (match/key_table.h).
// Threads: one caller (the serial stage `exact`).
// Failure: more than 2^32 - 2 distinct sequences: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_EXACT_H_
#define UNECHO_SRC_MATCH_EXACT_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/status.h"

namespace unecho {

class KeyTable;

class ExactTable {
 public:
  ExactTable();
  ~ExactTable();
  [[nodiscard]] absl::Status FindOrAdd(Batch& batch);
  // Gives every record with tokens a number of its own: `segment` compares nothing.
  [[nodiscard]] absl::Status NumberAll(Batch& batch);

  uint32_t num_unique() const { return num_unique_; }
  // Of FindOrAdd(): the keys of the numbers from `first` on. A look at the whole table.
  std::vector<Key128> KeysFrom(uint32_t first) const;
  uint64_t memory_bytes() const;

 private:
  std::unique_ptr<KeyTable> table_;
  uint32_t num_unique_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_EXACT_H_
