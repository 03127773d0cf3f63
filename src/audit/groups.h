// What provenance and marks should say of groups, by the claims alone: who is in which, and in which order.
//
// Cost:    4 bytes a claim. Threads: const once it is made. Failure: none.
#ifndef UNECHO_SRC_AUDIT_GROUPS_H_
#define UNECHO_SRC_AUDIT_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "audit/claims.h"

namespace unecho {

class AuditGroups {
 public:
  AuditGroups() = default;
  // `are_said`: the run compared records, so every line must say something of groups.
  AuditGroups(std::span<const Claim> claims, bool are_said);
  bool are_said() const { return are_said_; }
  // ,"group":...,"member":... with what is equal and the witness's id, which are as claimed: CheckRemoval() looks at
  // them. Empty for fates without a group. `witness_ref`: of the kept record, which may be the record itself.
  static std::string Text(const Claim& claim, std::string_view witness_ref, uint32_t member);
  std::string Text(std::span<const Claim> claims, size_t i, std::string_view witness_ref) const {
    return are_said_ ? Text(claims[i], witness_ref, members_[i]) : std::string();
  }

 private:
  bool are_said_ = false;
  std::vector<uint32_t> members_;  // by claim
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_GROUPS_H_
