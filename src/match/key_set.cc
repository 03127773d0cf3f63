#include "match/key_set.h"

#include <algorithm>

namespace unecho {

std::vector<Key128> KeySet::KeysFrom(uint32_t first) const {
  std::vector<Key128> keys(num_frozen_ - std::min(num_frozen_, first));
  if (!keys.empty()) keys_->Read(first * sizeof(Key128), keys.data(), keys.size() * sizeof(Key128));
  const std::vector<Key128> others = table_->KeysFrom(first - std::min(num_frozen_, first));
  keys.insert(keys.end(), others.begin(), others.end());
  return keys;
}

uint32_t KeySet::FindFrozen(const Key128& key) const {
  uint32_t number = KeyTable::kNone;
  runs_.Find(&key.low, [&](uint32_t candidate) {
    Key128 stored;
    if (keys_->Read(candidate * sizeof(Key128), &stored, sizeof stored) && stored.low == key.low &&
        stored.high == key.high)
      number = candidate;
  });
  return number;
}

absl::Status KeySet::SpillIfShort(const SpillTerms& terms) {
  UNECHO_RETURN_IF_ERROR(status());
  if (!terms.IsShort() || table_->memory_bytes() < terms.LeastBytes() || table_->size() == 0) return absl::OkStatus();
  std::vector<Key128> keys = table_->KeysFrom(0);
  table_ = std::make_unique<KeyTable>();
  if (!keys_) {
    UNECHO_ASSIGN_OR_RETURN(keys_, SpillFile::Create(terms.folder, "keys"));
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
  return runs_.Add(count, read, terms.folder, terms.ExactFilterBytes());
}

absl::Status KeySet::status() const {
  if (keys_) UNECHO_RETURN_IF_ERROR(keys_->status());
  return runs_.status();
}

}  // namespace unecho
