// Token sequence -> the number of the first record that had it.
//
// In:      a batch with keys. Out: Record::unique and is_repeat for every record that has tokens;
//          one of which --decided says something gets a number of its own, and `equals`.
// Where memory is short, what is known up to now goes to disk: keys as a sorted run behind a filter (match/key_run.h).
//
// Cost:    one or two cache misses a record, prefetched; 20 to 32 bytes a distinct sequence (match/key_table.h). Of one
//          on disk 1.3 bytes of memory and 25 of disk; a repeat two reads.
// Threads: one caller (the serial stage `exact`).
// Failure: more than 2^32 - 2 distinct sequences: kResourceExhausted; on disk as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_EXACT_H_
#define UNECHO_SRC_MATCH_EXACT_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/spill_file.h"
#include "base/status.h"
#include "match/key_run.h"
#include "match/spill_terms.h"

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

  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  uint32_t num_frozen() const { return num_frozen_; }
  uint64_t disk_bytes() const { return runs_.disk_bytes() + (keys_ ? keys_->disk_bytes() : 0); }

 private:
  uint32_t FindFrozen(const Key128& key) const;
  absl::Status Freeze();

  SpillTerms spill_;
  uint32_t num_frozen_ = 0;  // sequences below that number: in runs_, by the lower half, and in keys_
  KeyRuns runs_;
  std::unique_ptr<SpillFile> keys_;  // by number; null while nothing is frozen
  std::unique_ptr<KeyTable> table_;  // of the others, from 0 on
  uint32_t num_unique_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_EXACT_H_
