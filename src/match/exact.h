// Token sequence -> the number of the first record that had it.
//
// In:      a batch with keys. Out: Record::unique and is_repeat for every record that has tokens;
//          one of which --decided says something gets a number of its own, and `equals`.
// Cost:    that of match/key_set.h, of keys in memory one or two cache misses a record, prefetched.
// Threads: one caller (the serial stage `exact`).
// Failure: more than 2^32 - 2 distinct sequences: kResourceExhausted; on disk as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_EXACT_H_
#define UNECHO_SRC_MATCH_EXACT_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/status.h"
#include "match/key_set.h"
#include "match/spill_terms.h"

namespace unecho {

class ExactTable {
 public:
  [[nodiscard]] absl::Status FindOrAdd(Batch& batch);
  // Gives every record with tokens a number of its own: `segment` compares nothing.
  [[nodiscard]] absl::Status NumberAll(Batch& batch);

  uint32_t num_unique() const { return num_unique_; }
  // Of FindOrAdd(): the keys of the numbers from `first` on. A look at the whole table.
  std::vector<Key128> KeysFrom(uint32_t first) const { return keys_.KeysFrom(first); }
  uint64_t memory_bytes() const { return keys_.memory_bytes(); }

  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  uint32_t num_frozen() const { return keys_.num_frozen(); }
  uint64_t disk_bytes() const { return keys_.disk_bytes(); }

 private:
  SpillTerms spill_;
  KeySet keys_;
  uint32_t num_unique_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_EXACT_H_
