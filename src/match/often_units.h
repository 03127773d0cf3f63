// The units that stand in many records (--at-least): counted over the whole input before any is looked at.
//
// A unit counts once a record, wherever it stands in it, and whatever else of the record is removed.
//
// Memory:  44 to 56 bytes a distinct unit while they are counted, 8 less from then on.
// Threads: Count() has one caller; Has() is const.
// Failure: more than 2^32 - 2 distinct units: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_OFTEN_UNITS_H_
#define UNECHO_SRC_MATCH_OFTEN_UNITS_H_

#include <cstdint>
#include <memory>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "base/status.h"
#include "match/key_table.h"

namespace unecho {

class OftenUnits {
 public:
  explicit OftenUnits(uint64_t at_least)
      : at_least_(at_least), last_record_(std::make_unique<MappedArray<uint64_t>>()) {}

  // Of batches that RepeatedLines::Split() has cut.
  [[nodiscard]] absl::Status Count(Batch& batch);
  // Behind the last of them.
  void Finish() { last_record_.reset(); }

  // The unit stands in `at_least` records.
  bool Has(const TextUnit& unit) const {
    const uint32_t number = table_.Find(unit.key_low, unit.key_high);
    return number != KeyTable::kNone && records_[number] >= at_least_;
  }

  uint64_t memory_bytes() const {
    return table_.memory_bytes() + records_.memory_bytes() + (last_record_ ? last_record_->memory_bytes() : 0);
  }

 private:
  uint64_t at_least_;
  uint64_t num_records_ = 0;
  KeyTable table_;
  MappedArray<uint32_t> records_;                       // by number of the table: how many have the unit
  std::unique_ptr<MappedArray<uint64_t>> last_record_;  // the last of them, from 1
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_OFTEN_UNITS_H_
