// What provenance, marks and removed records say of groups beside fates: which number a record has in its group, what
// its witness is called by its own --id-field, and whether an exact one is equal byte by byte.
//
// In:      decided batches, in input order; records that are kept are entered before, or come first in their groups.
// Out:     Record::member, witness_id, has_same_bytes.
// Where memory is short the older part goes to disk (base/spilled_array.h).
//
// Cost:    a cache miss a removed record. Memory: 12 bytes a kept record, with ids 8 and their text more.
// Threads: one caller.
// Failure: on disk as base/spill_file.h says, by status().
#ifndef UNECHO_SRC_MATCH_GROUPS_H_
#define UNECHO_SRC_MATCH_GROUPS_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/batch.h"
#include "base/spilled_array.h"
#include "base/status.h"
#include "match/spill_terms.h"

namespace unecho {

class Groups {
 public:
  // `has_ids`: there is an --id-field.
  explicit Groups(bool has_ids) : has_ids_(has_ids) {}

  // The next kept record, in the order of their numbers. Where fates are known before the records are read again.
  void Enter(std::string_view id, uint64_t text_hash);
  absl::Status operator()(Batch& batch);

  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  // Behind Enter(); the other one does it itself.
  [[nodiscard]] absl::Status SpillIfShort();
  absl::Status status() const;

  uint64_t text_hash(uint32_t kept_id) const { return text_hashes_[kept_id]; }
  // Of a kept record: how many the group has so far, itself counted; and its id, as JSON text, until the next call.
  uint32_t members(uint32_t kept_id) const { return members_[kept_id]; }
  std::string_view IdOf(uint32_t kept_id) const {
    if (!has_ids_) return {};
    const uint64_t begin = kept_id == 0 ? 0 : id_ends_[kept_id - 1], end = id_ends_[kept_id];
    id_.resize(end - std::min(begin, end));
    ids_.Read(begin, id_.size(), id_.data());
    return id_;
  }
  void SetMembers(uint32_t kept_id, uint32_t members) { members_.Set(kept_id, members); }

  uint64_t memory_bytes() const {
    return members_.memory_bytes() + text_hashes_.memory_bytes() + id_ends_.memory_bytes() + ids_.memory_bytes();
  }
  uint64_t disk_bytes() const {
    return members_.disk_bytes() + text_hashes_.disk_bytes() + id_ends_.disk_bytes() + ids_.disk_bytes();
  }

 private:
  bool has_ids_;
  SpillTerms spill_;
  SpilledArray<uint32_t> members_;  // so far
  SpilledArray<uint64_t> text_hashes_;
  SpilledArray<uint64_t> id_ends_;  // in ids_
  SpilledArray<char> ids_;
  mutable std::string id_;  // of IdOf()
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_GROUPS_H_
