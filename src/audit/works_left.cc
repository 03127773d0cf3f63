#include "audit/works_left.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "audit/decided.h"
#include "base/hash_map.h"
#include "oracle/plain_works.h"
#include "text/json.h"

namespace unecho {
namespace {

// What a record is found by.
std::set<std::string> TraitsOf(const Evidence& evidence, size_t i) {
  const Proof& proof = evidence.proofs[i];
  std::set<std::string> traits;
  for (const std::string& word : proof.work.title) traits.insert("title " + word);
  for (const auto& page : {proof.work.first, proof.work.last}) {
    if (page) traits.insert("page " + page->digits);
  }
  if (!proof.work.doi.empty()) traits.insert("doi " + proof.work.doi);
  if (!proof.work.pmid.empty()) traits.insert("pmid " + proof.work.pmid);
  for (size_t key = 0; key < proof.values.keys.size(); ++key) {
    std::string text = absl::StrFormat("key %d", key);
    for (const std::string& value : proof.values.keys[key]) text += "|" + value;
    if (!proof.values.keys[key].empty()) traits.insert(text);
  }
  return traits;
}

struct Best {
  size_t kept = 0;
  double likeness = 0;
  std::ptrdiff_t balance = 0;  // fields that agree, less those that speak against; where there is no equal key
  bool has_equal_key = false;
};

std::ptrdiff_t BalanceOf(const PlainVerdict& verdict) {
  return std::ranges::count_if(verdict.signs, [](const PlainSign& sign) { return sign.value > 0; }) -
         std::ranges::count_if(verdict.signs, [](const PlainSign& sign) { return sign.value < 0; });
}

class WorksCheck {
 public:
  explicit WorksCheck(Evidence& evidence) : evidence_(evidence), decided_(evidence) {
    for (size_t i = 0; i < evidence.proofs.size(); ++i) {
      if (!evidence.proofs[i].sound) continue;
      // Of equal records the one of highest priority was decided.
      const auto [first, is_new] = first_with_.emplace(evidence.IdentityOf(i), i);
      if (!is_new && evidence.IsPreferred(i, first->second)) first->second = i;
      // Of equal reference texts the first one is the witness.
      if (!evidence.MayBeWitness(i) || (!is_new && evidence.IsReference(i))) continue;
      for (const std::string& trait : TraitsOf(evidence, i)) kept_with_[trait].push_back(i);
    }
  }

  void CheckWitness(size_t i) {
    const size_t witness = evidence_.ClaimOf(i).witness;
    if (witness == Claim::kNoWitness || !evidence_.MayBeWitness(witness) || !evidence_.proofs[witness].sound) return;
    if (evidence_.IdentityOf(i) == evidence_.IdentityOf(witness)) return;
    const size_t first = first_with_.at(evidence_.IdentityOf(i));
    std::optional<Best> best;
    const std::set<size_t> apart = decided_.ApartFrom(i), same = decided_.SameAs(i);
    for (const size_t kept : same) {
      const bool is_equal = evidence_.SaysOf(i) == evidence_.SaysOf(kept);
      const PlainVerdict verdict = JudgePlainly(evidence_.proofs[i].work, evidence_.proofs[kept].work);
      const Best found{kept, is_equal ? 1 : verdict.likeness, BalanceOf(verdict), false};
      if (!best || IsBetter(found, *best)) best = found;
    }
    if (same.empty() && decided_.KeptForEquals(i) != SIZE_MAX) best = {decided_.KeptForEquals(i), 1, 0, false};
    for (const size_t kept : best ? std::set<size_t>() : KeptLike(i)) {
      if (!evidence_.IsPreferred(kept, first) || AreApart(i, kept) || apart.contains(kept)) continue;
      const PlainVerdict verdict = JudgePlainly(evidence_.proofs[i].work, evidence_.proofs[kept].work);
      const bool has_equal_key = FirstEqualKey(evidence_.proofs[i].values, evidence_.proofs[kept].values) > 0;
      if (!has_equal_key && verdict.answer != PlainVerdict::Answer::kSame) continue;
      const Best found{kept, verdict.likeness, has_equal_key ? 0 : BalanceOf(verdict), has_equal_key};
      if (!best || IsBetter(found, *best)) best = found;
    }
    if (!best || best->kept == witness) return;
    std::string likeness;
    AppendFixed6(best->likeness, likeness);
    evidence_.Violation(
        i, absl::StrFormat("is removed for %s, and should be for %s: %slikeness %s", evidence_.Ref(witness),
                           evidence_.Ref(best->kept), best->has_equal_key ? "equal key, " : "", likeness));
  }

  void CheckDecided() { decided_.Check(evidence_); }

  uint64_t PairsLeft() {
    uint64_t pairs = 0;
    for (size_t i = 0; i < evidence_.proofs.size(); ++i) {
      if (!evidence_.proofs[i].sound || !evidence_.MayBeWitness(i)) continue;
      const std::set<size_t> apart = decided_.ApartFrom(i);
      for (const size_t j : KeptLike(i)) {
        if (j == i || !evidence_.IsPreferred(j, i) || apart.contains(j)) continue;
        if ((evidence_.IsReference(i) && evidence_.IsReference(j)) || AreApart(i, j)) continue;
        const bool has_equal_key = FirstEqualKey(evidence_.proofs[i].values, evidence_.proofs[j].values) > 0;
        const PlainVerdict verdict = JudgePlainly(evidence_.proofs[i].work, evidence_.proofs[j].work);
        if (!has_equal_key && verdict.answer != PlainVerdict::Answer::kSame) continue;
        ++pairs;
        evidence_.Violation(
            i, absl::StrFormat("pair left: %s %s, which is kept too",
                               has_equal_key ? "it has a key of" : "it is the same work as", evidence_.Ref(j)));
      }
    }
    return pairs;
  }

 private:
  std::set<size_t> KeptLike(size_t i) const {
    std::set<size_t> like;
    for (const std::string& trait : TraitsOf(evidence_, i)) {
      if (const auto found = kept_with_.find(trait); found != kept_with_.end())
        like.insert(found->second.begin(), found->second.end());
    }
    return like;
  }
  bool AreApart(size_t i, size_t j) const {
    return !WhatSetsApart(evidence_.sameness, evidence_.proofs[i].values, evidence_.proofs[j].values).empty();
  }
  bool IsBetter(const Best& a, const Best& b) const {
    if (a.has_equal_key != b.has_equal_key) return a.has_equal_key;
    if (a.likeness != b.likeness) return a.likeness > b.likeness;
    return a.balance != b.balance ? a.balance > b.balance : evidence_.IsPreferred(a.kept, b.kept);
  }

  Evidence& evidence_;
  AuditDecided decided_;
  HashMap<std::string, size_t> first_with_;
  HashMap<std::string, std::vector<size_t>> kept_with_;
};

}  // namespace

uint64_t CheckWorks(Evidence& evidence, const WitnessCheck& witnesses, bool recall) {
  WorksCheck check(evidence);
  for (size_t i = 0; i < evidence.proofs.size(); ++i) {
    if (witnesses.Wants(i) && evidence.proofs[i].sound) check.CheckWitness(i);
  }
  check.CheckDecided();
  return recall ? check.PairsLeft() : 0;
}

}  // namespace unecho
