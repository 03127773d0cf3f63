#include "match/exact.h"

#include <algorithm>

#include "base/batch.h"
#include "base/hash.h"

namespace unecho {
namespace {

absl::Status TooMany() {
  return absl::ResourceExhaustedError(
      "more than 4,294,967,294 distinct records in one run; split the input into parts");
}

}  // namespace

absl::Status ExactTable::NumberAll(Batch& batch) {
  if (batch.records.size() >= std::numeric_limits<uint32_t>::max() - 1 - num_unique_) return TooMany();
  for (Record& record : batch.records) {
    if (record.num_words > 0) record.unique = num_unique_++;
  }
  return absl::OkStatus();
}

absl::Status ExactTable::FindOrAdd(Batch& batch) {
  const size_t count = batch.records.size();
  if (!keys_.RoomFor(count)) return TooMany();
  keys_.GrowFor(count);
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < count + 2 * kAhead; ++i) {
    if (i < count) keys_.PrefetchSlot(batch.records[i].key_low);
    if (i >= kAhead && i < count + kAhead) keys_.PrefetchHigh(batch.records[i - kAhead].key_low);
    if (i < 2 * kAhead) continue;
    Record& record = batch.records[i - 2 * kAhead];
    if (record.num_words == 0) continue;
    KeyTable::Found found = keys_.FindOrAdd({record.key_low, record.key_high});
    if (!found.is_new && record.is_decided()) {
      record.equals = found.number + 1;
      const uint64_t place[] = {static_cast<uint64_t>(batch.source), record.ordinal, record.key_low, record.key_high};
      found = keys_.FindOrAdd(Hash128(place, sizeof place));
    }
    record.unique = found.number;
    record.is_repeat = !found.is_new;
  }
  num_unique_ = keys_.size();
  return keys_.SpillIfShort(spill_);
}

}  // namespace unecho
