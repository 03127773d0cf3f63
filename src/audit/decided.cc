#include "audit/decided.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace unecho {

AuditDecided::AuditDecided(const Evidence& evidence) : evidence_(evidence) {
  if (!evidence.decisions) return;
  for (size_t i = 0; i < evidence.proofs.size(); ++i) {
    if (!evidence.proofs[i].sound) continue;
    const auto [entry, is_new] = classes_.emplace(evidence.IdentityOf(i), Class{i, i});
    if (!is_new && evidence.IsPreferred(i, entry->second.rep)) entry->second.rep = i;
    if (!is_new) continue;
    of_says_[evidence.PlainIdentityOf(i)].push_back(i);
    for (const uint32_t group : evidence.proofs[i].decided_groups) {
      if (group > 0) of_group_[group].push_back(i);
    }
  }
}

size_t AuditDecided::KeptOf(const Class& of) const {
  return evidence_.MayBeWitness(of.rep) ? of.rep : evidence_.ClaimOf(of.rep).witness;
}

template <typename Visit>
void AuditDecided::ForEachKeptBefore(size_t i, uint32_t group, Visit visit) const {
  const auto members = of_group_.find(group);
  if (members == of_group_.end()) return;
  const Class& own = ClassOf(i);
  for (const size_t first : members->second) {
    const Class& other = ClassOf(first);
    if (other.first == own.first || !evidence_.IsPreferred(other.rep, own.rep)) continue;
    if (const size_t kept = KeptOf(other); kept != Claim::kNoWitness) visit(kept);
  }
}

std::set<size_t> AuditDecided::ApartFrom(size_t i) const {
  std::set<size_t> apart;
  if (!evidence_.decisions) return apart;
  for (const uint32_t group : evidence_.proofs[ClassOf(i).first].decided_groups) {
    if (group == 0) continue;
    for (const uint32_t other : evidence_.decisions->DifferentFrom(group))
      ForEachKeptBefore(i, other, [&apart](size_t kept) { apart.insert(kept); });
  }
  return apart;
}

std::set<size_t> AuditDecided::SameAs(size_t i) const {
  std::set<size_t> same;
  if (!evidence_.decisions) return same;
  for (const uint32_t group : evidence_.proofs[ClassOf(i).first].decided_groups) {
    if (group > 0) ForEachKeptBefore(i, group, [&same](size_t kept) { same.insert(kept); });
  }
  for (const size_t kept : ApartFrom(i)) same.erase(kept);
  return same;
}

size_t AuditDecided::KeptForEquals(size_t i, size_t* equal) const {
  if (!evidence_.decisions) return SIZE_MAX;
  const std::vector<size_t>& equals = of_says_.at(evidence_.PlainIdentityOf(i));
  if (equals.size() < 2) return SIZE_MAX;
  const Class& own = ClassOf(i);
  const std::set<size_t> apart = ApartFrom(i);
  // The first of them in input order, then the others as they were decided.
  std::vector<size_t> order;
  for (const size_t first : equals) {
    if (first != own.first && evidence_.IsPreferred(ClassOf(first).rep, own.rep)) order.push_back(first);
  }
  std::ranges::sort(order, [&](size_t a, size_t b) {
    if ((a == equals.front()) != (b == equals.front())) return a == equals.front();
    return evidence_.IsPreferred(ClassOf(a).rep, ClassOf(b).rep);
  });
  for (const size_t first : order) {
    const size_t kept = KeptOf(ClassOf(first));
    if (kept == Claim::kNoWitness || apart.contains(kept)) continue;
    if (equal != nullptr) *equal = ClassOf(first).rep;
    return kept;
  }
  return SIZE_MAX;
}

void AuditDecided::Check(Evidence& evidence) const {
  if (!evidence.decisions) return;
  for (size_t i = 0; i < evidence.proofs.size(); ++i) {
    const Claim& claim = evidence.ClaimOf(i);
    if (!evidence.proofs[i].sound || claim.fate == Fate::kReference) continue;
    const std::set<size_t> same = SameAs(i);
    if (claim.fate == Fate::kKept) {
      if (!same.empty()) {
        evidence.Violation(
            i, absl::StrFormat("is kept, and was decided to be the same as %s", evidence.Ref(*same.begin())));
      }
      continue;
    }
    if (claim.witness == Claim::kNoWitness) continue;
    const std::string witness = evidence.Ref(claim.witness);
    if (ApartFrom(i).contains(claim.witness))
      evidence.Violation(i, absl::StrFormat("is removed for %s, and was decided to be different", witness));
    const bool is_equal = evidence.IdentityOf(i) == evidence.IdentityOf(claim.witness);
    bool by_decision = !is_equal && !same.empty();
    // What is equal to a record that was removed by a decision goes with it.
    size_t equal = SIZE_MAX;
    if (same.empty() && !is_equal && KeptForEquals(i, &equal) == claim.witness)
      by_decision = !evidence.MayBeWitness(equal) && evidence.ClaimOf(equal).by_decision;
    if (!is_equal && !same.empty() && !same.contains(claim.witness)) {
      evidence.Violation(i, absl::StrFormat("is removed for %s, and was decided to be the same as %s", witness,
                                            evidence.Ref(*same.begin())));
    } else if (claim.by_decision && !by_decision) {
      evidence.Violation(i, absl::StrFormat("nobody has decided that it is the same as %s", witness));
    } else if (!claim.by_decision && by_decision) {
      evidence.Violation(
          i, absl::StrFormat("%s was decided to be the same as %s, and its line does not say so",
                             equal == SIZE_MAX ? "it" : evidence.Ref(equal) + ", which it follows,", witness));
    }
  }
}

}  // namespace unecho
