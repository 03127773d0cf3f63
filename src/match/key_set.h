// 128-bit key -> the number of its first appearance: a KeyTable (key_table.h) that goes to disk where memory is short.
// What is known up to then becomes a sorted run behind a filter (key_run.h), by the lower half, beside the keys by
// number.
//
// Cost:    as the table; of what is on disk a key that is new a cache miss a run, or a read where there is no room for
//          filters, and one that is there two reads.
// Memory:  20 to 32 bytes a key; of one on disk 1.25, or none, and 25 of disk.
// Threads: one caller.
// Failure: RoomFor() says when numbers run out, at 2^32 - 2 keys; on disk as base/spill_file.h says, by status().
#ifndef UNECHO_SRC_MATCH_KEY_SET_H_
#define UNECHO_SRC_MATCH_KEY_SET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/hash.h"
#include "base/spill_file.h"
#include "base/status.h"
#include "match/key_run.h"
#include "match/key_table.h"
#include "match/spill_terms.h"

namespace unecho {

class KeySet {
 public:
  KeySet() : runs_(1), table_(std::make_unique<KeyTable>()) {}

  bool RoomFor(size_t more) const { return table_->RoomFor(more + num_frozen_); }
  void GrowFor(size_t more) { table_->GrowFor(more); }
  // As for a KeyTable, one a little before the other.
  void PrefetchSlot(uint64_t low) const {
    table_->PrefetchSlot(low);
    runs_.Prefetch(&low);
  }
  void PrefetchHigh(uint64_t low) const { table_->PrefetchHigh(low); }
  KeyTable::Found FindOrAdd(const Key128& key) {
    if (num_frozen_ > 0) {
      if (const uint32_t frozen = FindFrozen(key); frozen != KeyTable::kNone) return {frozen, false};
    }
    const KeyTable::Found found = table_->FindOrAdd(key.low, key.high);
    return {num_frozen_ + found.number, found.is_new};
  }
  // Of the numbers from `first` on. A look at the whole table.
  std::vector<Key128> KeysFrom(uint32_t first) const;
  uint32_t size() const { return num_frozen_ + table_->size(); }

  // To disk, if memory is short, and it is enough.
  [[nodiscard]] absl::Status SpillIfShort(const SpillTerms& terms);
  absl::Status status() const;
  uint32_t num_frozen() const { return num_frozen_; }
  uint64_t memory_bytes() const { return table_->memory_bytes() + runs_.memory_bytes(); }
  uint64_t disk_bytes() const { return runs_.disk_bytes() + (keys_ ? keys_->disk_bytes() : 0); }

 private:
  uint32_t FindFrozen(const Key128& key) const;

  uint32_t num_frozen_ = 0;  // keys below that number: in runs_ and keys_
  KeyRuns runs_;
  std::unique_ptr<SpillFile> keys_;  // by number; null while nothing is frozen
  std::unique_ptr<KeyTable> table_;  // of the others, from 0 on
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_SET_H_
