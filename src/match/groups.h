// What provenance, marks and removed records say of groups beside fates: which number a record has in its group, what
// its witness is called by its own --id-field, and whether an exact one is equal byte by byte.
//
// In:      decided batches, in input order; records that are kept are entered before, or come first in their groups.
// Out:     Record::member, witness_id, has_same_bytes.
// Cost:    a cache miss a removed record. Memory: 12 bytes a kept record, with ids 8 and their text more.
// Threads: one caller.
// Failure: none.
#ifndef UNECHO_SRC_MATCH_GROUPS_H_
#define UNECHO_SRC_MATCH_GROUPS_H_

#include <cstdint>
#include <string_view>

#include "base/batch.h"
#include "base/mapped_array.h"

namespace unecho {

class Groups {
 public:
  // `has_ids`: there is an --id-field.
  explicit Groups(bool has_ids) : has_ids_(has_ids) {}

  // The next kept record, in the order of their numbers. Where fates are known before the records are read again.
  void Enter(std::string_view id, uint64_t text_hash);
  void operator()(Batch& batch);

  // Of a kept record: how many the group has so far, itself counted; and its id, as JSON text.
  uint64_t text_hash(uint32_t kept_id) const { return text_hashes_[kept_id]; }
  uint32_t members(uint32_t kept_id) const { return members_[kept_id]; }
  std::string_view IdOf(uint32_t kept_id) const {
    if (!has_ids_) return {};
    const uint64_t begin = kept_id == 0 ? 0 : id_ends_[kept_id - 1];
    return {ids_.data() + begin, id_ends_[kept_id] - begin};
  }
  void SetMembers(uint32_t kept_id, uint32_t members) { members_[kept_id] = members; }

  uint64_t memory_bytes() const {
    return members_.memory_bytes() + text_hashes_.memory_bytes() + id_ends_.memory_bytes() + ids_.memory_bytes();
  }

 private:
  bool has_ids_;
  MappedArray<uint32_t> members_;  // so far
  MappedArray<uint64_t> text_hashes_;
  MappedArray<uint64_t> id_ends_;  // in ids_
  MappedArray<char> ids_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_GROUPS_H_
