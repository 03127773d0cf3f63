#include "match/exact.h"

#include "base/batch.h"
#include "base/hash.h"
#include "match/key_table.h"

namespace unecho {
namespace {

absl::Status TooMany() {
  return absl::ResourceExhaustedError(
      "more than 4,294,967,294 distinct records in one run; split the input into parts");
}

}  // namespace

ExactTable::ExactTable() : table_(std::make_unique<KeyTable>()) {}

ExactTable::~ExactTable() = default;

uint64_t ExactTable::memory_bytes() const { return table_->memory_bytes(); }

std::vector<Key128> ExactTable::KeysFrom(uint32_t first) const { return table_->KeysFrom(first); }

absl::Status ExactTable::NumberAll(Batch& batch) {
  if (batch.records.size() >= std::numeric_limits<uint32_t>::max() - 1 - num_unique_) return TooMany();
  for (Record& record : batch.records) {
    if (record.num_words > 0) record.unique = num_unique_++;
  }
  return absl::OkStatus();
}

absl::Status ExactTable::FindOrAdd(Batch& batch) {
  const size_t count = batch.records.size();
  KeyTable& table = *table_;
  if (!table.RoomFor(count)) return TooMany();
  table.GrowFor(count);
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < count + 2 * kAhead; ++i) {
    if (i < count) table.PrefetchSlot(batch.records[i].key_low);
    if (i >= kAhead && i < count + kAhead) table.PrefetchHigh(batch.records[i - kAhead].key_low);
    if (i < 2 * kAhead) continue;
    Record& record = batch.records[i - 2 * kAhead];
    if (record.num_words == 0) continue;
    KeyTable::Found found = table.FindOrAdd(record.key_low, record.key_high);
    if (!found.is_new && record.is_decided()) {
      record.equals = found.number + 1;
      const uint64_t place[] = {static_cast<uint64_t>(batch.source), record.ordinal, record.key_low, record.key_high};
      const Key128 own = Hash128(place, sizeof place);
      found = table.FindOrAdd(own.low, own.high);
    }
    record.unique = found.number;
    record.is_repeat = !found.is_new;
  }
  num_unique_ = table.size();
  return absl::OkStatus();
}

}  // namespace unecho
