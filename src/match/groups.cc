#include "match/groups.h"

#include <cstring>
#include <string>

#include "text/json.h"

namespace unecho {

void Groups::Enter(std::string_view id, uint64_t text_hash) {
  members_.PushBack(0);
  text_hashes_.PushBack(text_hash);
  if (!has_ids_) return;
  if (!id.empty()) std::memcpy(ids_.Extend(id.size()), id.data(), id.size());
  id_ends_.PushBack(ids_.size());
}

void Groups::operator()(Batch& batch) {
  for (Record& record : batch.records) {
    const bool is_first = record.fate == Fate::kKept || record.fate == Fate::kReference;
    if (!is_first && record.fate != Fate::kExact && record.fate != Fate::kNear) continue;
    if (is_first && record.kept_id == members_.size()) {
      std::string repaired;
      if (record.invalid_utf8 > 0) AppendRepairedUtf8(record.id, repaired);
      Enter(record.invalid_utf8 > 0 ? repaired : record.id, record.text_hash);
    }
    uint32_t& members = members_[record.kept_id];
    if (record.fate == Fate::kReference) {
      members = 1;  // of a text that stands there twice the first is the witness
      continue;
    }
    record.member = ++members;
    if (is_first) continue;
    record.has_same_bytes = record.text_hash == text_hashes_[record.kept_id];
    if (has_ids_) record.witness_id = batch.arena.Copy(IdOf(record.kept_id));
  }
}

}  // namespace unecho
