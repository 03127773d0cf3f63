#include "match/groups.h"

#include <string>

#include "text/json.h"

namespace unecho {

void Groups::Enter(std::string_view id, uint64_t text_hash) {
  members_.PushBack(0);
  text_hashes_.PushBack(text_hash);
  if (!has_ids_) return;
  ids_.Append(id.data(), id.size());
  id_ends_.PushBack(ids_.size());
}

absl::Status Groups::operator()(Batch& batch) {
  for (Record& record : batch.records) {
    const bool is_first = record.fate == Fate::kKept || record.fate == Fate::kReference;
    if (!is_first && record.fate != Fate::kExact && record.fate != Fate::kNear) continue;
    if (is_first && record.kept_id == members_.size()) {
      std::string repaired;
      if (record.invalid_utf8 > 0) AppendRepairedUtf8(record.id, repaired);
      Enter(record.invalid_utf8 > 0 ? repaired : record.id, record.text_hash);
    }
    if (record.fate == Fate::kReference) {
      members_.Set(record.kept_id, 1);  // of a text that stands there twice the first is the witness
      continue;
    }
    record.member = members_[record.kept_id] + 1;
    members_.Set(record.kept_id, record.member);
    if (is_first) continue;
    record.has_same_bytes = record.text_hash == text_hashes_[record.kept_id];
    if (has_ids_) record.witness_id = batch.arena.Copy(IdOf(record.kept_id));
  }
  return SpillIfShort();
}

absl::Status Groups::SpillIfShort() {
  UNECHO_RETURN_IF_ERROR(status());
  if (!spill_.IsShort() || memory_bytes() < spill_.LeastBytes()) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(members_.Spill(spill_.folder, "sizes of groups"));
  UNECHO_RETURN_IF_ERROR(text_hashes_.Spill(spill_.folder, "hashes of texts"));
  UNECHO_RETURN_IF_ERROR(id_ends_.Spill(spill_.folder, "ids"));
  return ids_.Spill(spill_.folder, "ids");
}

absl::Status Groups::status() const {
  UNECHO_RETURN_IF_ERROR(members_.status());
  UNECHO_RETURN_IF_ERROR(text_hashes_.status());
  UNECHO_RETURN_IF_ERROR(id_ends_.status());
  return ids_.status();
}

}  // namespace unecho
