#include "match/exact.h"

#include <algorithm>

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

ExactTable::ExactTable() : runs_(1), table_(std::make_unique<KeyTable>()) {}

ExactTable::~ExactTable() = default;

uint64_t ExactTable::memory_bytes() const { return table_->memory_bytes() + runs_.memory_bytes(); }

std::vector<Key128> ExactTable::KeysFrom(uint32_t first) const {
  std::vector<Key128> keys(num_frozen_ - std::min(num_frozen_, first));
  if (!keys.empty()) keys_->Read(first * sizeof(Key128), keys.data(), keys.size() * sizeof(Key128));
  const std::vector<Key128> others = table_->KeysFrom(first - std::min(num_frozen_, first));
  keys.insert(keys.end(), others.begin(), others.end());
  return keys;
}

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
  if (!table.RoomFor(count + num_frozen_)) return TooMany();
  table.GrowFor(count);
  const auto find_or_add = [&](const Key128& key) -> KeyTable::Found {
    if (num_frozen_ > 0) {
      if (const uint32_t frozen = FindFrozen(key); frozen != KeyTable::kNone) return {frozen, false};
    }
    const KeyTable::Found found = table.FindOrAdd(key.low, key.high);
    return {num_frozen_ + found.number, found.is_new};
  };
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < count + 2 * kAhead; ++i) {
    if (i < count) table.PrefetchSlot(batch.records[i].key_low), runs_.Prefetch(&batch.records[i].key_low);
    if (i >= kAhead && i < count + kAhead) table.PrefetchHigh(batch.records[i - kAhead].key_low);
    if (i < 2 * kAhead) continue;
    Record& record = batch.records[i - 2 * kAhead];
    if (record.num_words == 0) continue;
    KeyTable::Found found = find_or_add({record.key_low, record.key_high});
    if (!found.is_new && record.is_decided()) {
      record.equals = found.number + 1;
      const uint64_t place[] = {static_cast<uint64_t>(batch.source), record.ordinal, record.key_low, record.key_high};
      found = find_or_add(Hash128(place, sizeof place));
    }
    record.unique = found.number;
    record.is_repeat = !found.is_new;
  }
  num_unique_ = num_frozen_ + table.size();
  if (num_frozen_ > 0) UNECHO_RETURN_IF_ERROR(keys_->status());
  UNECHO_RETURN_IF_ERROR(runs_.status());
  return spill_.IsShort() && table.memory_bytes() >= spill_.LeastBytes() ? Freeze() : absl::OkStatus();
}

uint32_t ExactTable::FindFrozen(const Key128& key) const {
  uint32_t number = KeyTable::kNone;
  runs_.Find(&key.low, [&](uint32_t candidate) {
    Key128 stored;
    if (keys_->Read(candidate * sizeof(Key128), &stored, sizeof stored) && stored.low == key.low &&
        stored.high == key.high)
      number = candidate;
  });
  return number;
}

absl::Status ExactTable::Freeze() {
  std::vector<Key128> keys = table_->KeysFrom(0);
  if (keys.empty()) return absl::OkStatus();
  table_ = std::make_unique<KeyTable>();
  if (!keys_) {
    UNECHO_ASSIGN_OR_RETURN(keys_, SpillFile::Create(spill_.folder, "keys"));
  }
  UNECHO_RETURN_IF_ERROR(keys_->Append(keys.data(), keys.size() * sizeof(Key128)));
  const auto count = static_cast<uint32_t>(keys.size());
  num_frozen_ += count;
  const auto read = [&keys](size_t /*column*/, std::vector<uint64_t>& lows) -> absl::Status {
    lows.reserve(keys.size());
    for (const Key128& key : keys) lows.push_back(key.low);
    keys = {};
    return absl::OkStatus();
  };
  return runs_.Add(count, read, spill_.folder);
}

}  // namespace unecho
