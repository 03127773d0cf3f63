#include "audit/groups.h"

#include "absl/strings/str_format.h"
#include "text/json.h"

namespace unecho {

AuditGroups::AuditGroups(std::span<const Claim> claims, bool are_said) : are_said_(are_said), members_(claims.size()) {
  std::vector<uint32_t> so_far(claims.size());  // by the claim of the witness
  for (size_t i = 0; i < claims.size(); ++i) so_far[i] = claims[i].earlier_members;
  for (size_t i = 0; i < claims.size(); ++i) {
    const Claim& claim = claims[i];
    if (claim.fate == Fate::kReference && claim.earlier_source.empty()) so_far[i] = 1;
    if (claim.fate == Fate::kKept) members_[i] = ++so_far[i];
    if (claim.witness != Claim::kNoWitness) members_[i] = ++so_far[claim.witness];
  }
}

std::string AuditGroups::Text(const Claim& claim, std::string_view witness_ref, uint32_t member) {
  if (claim.fate != Fate::kKept && claim.fate != Fate::kExact && claim.fate != Fate::kNear) return {};
  std::string text;
  if (claim.fate == Fate::kExact)
    text = absl::StrFormat(",\"equal\":%s", claim.equal.empty() ? "\"...\"" : claim.equal);
  text += ",\"group\":";
  AppendJsonString(witness_ref, text);
  text += absl::StrFormat(",\"member\":%d", member);
  if (claim.fate != Fate::kKept && !claim.witness_id.empty())
    text += absl::StrFormat(",\"witness_id\":%s", claim.witness_id);
  return text;
}

}  // namespace unecho
