// Which exact copies differ from their witnesses in fields that are not compared (layouts/asides.h).
//
// In:      decided batches, in input order; records that are kept are entered before, or come first in their groups.
// Out:     Record::other_asides.
// Cost:    a cache miss an exact copy. Memory: 8 bytes a kept record; none where no record has such fields.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_MATCH_COMPARE_ASIDES_H_
#define UNECHO_SRC_MATCH_COMPARE_ASIDES_H_

#include <cstdint>

#include "base/batch.h"
#include "base/mapped_array.h"

namespace unecho {

class CompareAsides {
 public:
  // Of a kept record. Where fates are known before the records are read again.
  void Enter(uint32_t kept_id, uint64_t asides) {
    if (asides == 0) return;
    if (asides_.size() <= kept_id) asides_.Resize(size_t{kept_id} + 1);
    asides_[kept_id] = asides;
  }

  void operator()(Batch& batch) {
    for (Record& record : batch.records) {
      if (record.fate == Fate::kKept || record.fate == Fate::kReference) {
        Enter(record.kept_id, record.asides);
      } else if (record.fate == Fate::kExact) {
        const uint64_t of_witness = record.kept_id < asides_.size() ? asides_[record.kept_id] : 0;
        const uint64_t other = record.asides ^ of_witness;
        for (size_t i = 0; i < sizeof(other); ++i)
          record.other_asides |= static_cast<uint8_t>(((other >> 8 * i & 0xff) != 0 ? 1 : 0) << i);
      }
    }
  }

  uint64_t memory_bytes() const { return asides_.memory_bytes(); }

 private:
  MappedArray<uint64_t> asides_;  // by kept record
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_COMPARE_ASIDES_H_
