#include "match/often_units.h"

#include <algorithm>

#include "match/repeated_lines.h"

namespace unecho {

absl::Status OftenUnits::Count(Batch& batch) {
  const std::vector<TextUnit>& units = batch.units;
  if (!table_.RoomFor(units.size())) return TooManyUnits();
  table_.GrowFor(units.size());
  constexpr size_t kAhead = 8;
  size_t fetched = 0;
  for (const Record& record : batch.records) {
    ++num_records_;
    for (size_t i = record.first_unit; i < record.first_unit + size_t{record.num_units}; ++i) {
      for (; fetched < std::min(i + 2 * kAhead, units.size()); ++fetched) {
        table_.PrefetchSlot(units[fetched].key_low);
        if (fetched >= kAhead) table_.PrefetchHigh(units[fetched - kAhead].key_low);
      }
      const TextUnit& unit = units[i];
      if (!unit.has_tokens) continue;
      const KeyTable::Found found = table_.FindOrAdd(unit.key_low, unit.key_high);
      if (found.is_new) {
        records_.PushBack(0);
        last_record_->PushBack(0);
      }
      uint64_t& last = (*last_record_)[found.number];
      records_[found.number] += last != num_records_;
      last = num_records_;
    }
  }
  return absl::OkStatus();
}

}  // namespace unecho
