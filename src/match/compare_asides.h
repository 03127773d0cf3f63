// Which exact copies differ from their witnesses in fields that are not compared (layouts/asides.h).
//
// In:      decided batches, in input order; records that are kept are entered before, or come first in their groups.
// Out:     Record::other_asides. What the witness says and the copy does not is not lost, and counts for nothing; nor
//          do copies by an equal key, of which the user has said what makes them the same.
// Cost:    a cache miss an exact copy. Memory: 8 bytes a kept record; none where no record has such fields, and none of
//          what went to disk where memory is short (base/spilled_array.h).
// Threads: one caller. Failure: on disk as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_COMPARE_ASIDES_H_
#define UNECHO_SRC_MATCH_COMPARE_ASIDES_H_

#include <cstdint>
#include <utility>

#include "base/batch.h"
#include "base/spilled_array.h"
#include "base/status.h"
#include "match/spill_terms.h"

namespace unecho {

class CompareAsides {
 public:
  // Of a kept record. Where fates are known before the records are read again.
  void Enter(uint32_t kept_id, uint64_t asides) {
    if (asides == 0) return;
    if (asides_.size() <= kept_id) asides_.Resize(size_t{kept_id} + 1);
    asides_.Set(kept_id, asides);
  }

  uint64_t Of(uint32_t kept_id) const { return kept_id < asides_.size() ? asides_[kept_id] : 0; }

  absl::Status operator()(Batch& batch) {
    for (Record& record : batch.records) {
      if (record.fate == Fate::kExact)
        Compare(record, Of(record.kept_id));
      else if (!record.is_repeat && (record.fate == Fate::kKept || record.fate == Fate::kReference))
        Enter(record.kept_id, record.asides);
    }
    return SpillIfShort();
  }
  // One that is exact, and whose witness has these.
  static void Compare(Record& record, uint64_t of_witness) {
    if (record.by_key != 0 || record.asides == 0 || record.asides == of_witness) return;
    for (size_t i = 0; i < sizeof(of_witness); ++i) {
      const uint64_t own = record.asides >> 8 * i & 0xff;
      const bool is_other = own != 0 && own != (of_witness >> 8 * i & 0xff);
      record.other_asides |= static_cast<uint8_t>((is_other ? 1 : 0) << i);
    }
  }

  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  // Behind Enter(); the other one does it itself.
  [[nodiscard]] absl::Status SpillIfShort() {
    UNECHO_RETURN_IF_ERROR(asides_.status());
    if (!spill_.IsShort() || asides_.spillable_bytes() < spill_.LeastBytes()) return absl::OkStatus();
    return asides_.Spill(spill_.folder, "fields that are not compared");
  }
  uint64_t memory_bytes() const { return asides_.memory_bytes(); }
  uint64_t disk_bytes() const { return asides_.disk_bytes(); }

 private:
  SpillTerms spill_;
  SpilledArray<uint64_t> asides_;  // by kept record
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_COMPARE_ASIDES_H_
