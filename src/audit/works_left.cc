#include "audit/works_left.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "audit/decided.h"
#include "base/hash_map.h"
#include "oracle/plain_candidates.h"
#include "oracle/plain_works.h"
#include "text/json.h"

namespace unecho {
namespace {

// Its keys, each with its name, as one text.
std::vector<std::string> KeysOf(const Proof& proof) {
  std::vector<std::string> keys;
  for (size_t key = 0; key < proof.values.keys.size(); ++key) {
    std::string text = absl::StrFormat("key %d", key);
    for (const std::string& value : proof.values.keys[key]) text += "|" + value;
    if (!proof.values.keys[key].empty()) keys.push_back(text);
  }
  return keys;
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
      if (!evidence.proofs[i].sound || evidence.IsEarlier(i)) continue;
      // Of equal records the one of highest priority was decided.
      const auto [first, is_new] = first_with_.emplace(evidence.IdentityOf(i), i);
      if (!is_new && evidence.IsPreferred(i, first->second)) first->second = i;
      // Of equal reference texts the first one is the witness.
      if (!evidence.MayBeWitness(i) || (!is_new && evidence.IsReference(i))) continue;
      candidates_.Enter(i, evidence.proofs[i].work);
      for (const std::string& key : KeysOf(evidence.proofs[i])) kept_with_[key].push_back(i);
    }
    candidates_.Settle();
  }

  // What is wrong with the witness of a removed record; nothing: nothing.
  std::string WrongWitness(size_t i) const {
    const size_t witness = evidence_.ClaimOf(i).witness;
    if (witness == Claim::kNoWitness || !evidence_.MayBeWitness(witness) || !evidence_.proofs[witness].sound) return {};
    if (evidence_.IdentityOf(i) == evidence_.IdentityOf(witness)) return {};
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
    if (!best || best->kept == witness) return {};
    std::string likeness;
    AppendFixed6(best->likeness, likeness);
    return absl::StrFormat("is removed for %s, and should be for %s: %slikeness %s", evidence_.Ref(witness),
                           evidence_.Ref(best->kept), best->has_equal_key ? "equal key, " : "", likeness);
  }

  // Each by itself, at once for many: they are told in their order.
  void CheckWitnesses(const WitnessCheck& witnesses) {
    std::vector<std::string> wrong(evidence_.proofs.size());
    tbb::parallel_for(size_t{0}, wrong.size(), [&](size_t i) {
      const size_t witness = evidence_.ClaimOf(i).witness;
      const bool is_earlier = witness != Claim::kNoWitness && evidence_.IsEarlier(witness);
      if (witnesses.Wants(i) && evidence_.proofs[i].sound && !is_earlier) wrong[i] = WrongWitness(i);
    });
    for (size_t i = 0; i < wrong.size(); ++i) {
      if (!wrong[i].empty()) evidence_.Violation(i, wrong[i]);
    }
  }

  void CheckDecided() { decided_.Check(evidence_); }

  // The same.
  uint64_t PairsLeft() {
    struct Pair {
      size_t other;
      bool has_equal_key;
    };
    std::vector<std::vector<Pair>> left(evidence_.proofs.size());
    tbb::parallel_for(size_t{0}, left.size(), [&](size_t i) {
      if (!evidence_.proofs[i].sound || !evidence_.MayBeWitness(i) || evidence_.IsEarlier(i)) return;
      const std::set<size_t> apart = decided_.ApartFrom(i);
      for (const size_t j : KeptLike(i)) {
        if (j == i || !evidence_.IsPreferred(j, i) || apart.contains(j)) continue;
        if ((evidence_.IsReference(i) && evidence_.IsReference(j)) || AreApart(i, j)) continue;
        const bool has_equal_key = FirstEqualKey(evidence_.proofs[i].values, evidence_.proofs[j].values) > 0;
        const PlainVerdict verdict = JudgePlainly(evidence_.proofs[i].work, evidence_.proofs[j].work);
        if (has_equal_key || verdict.answer == PlainVerdict::Answer::kSame) left[i].push_back({j, has_equal_key});
      }
    });
    uint64_t pairs = 0;
    for (size_t i = 0; i < left.size(); ++i) {
      for (const Pair& pair : left[i]) {
        ++pairs;
        evidence_.Violation(i, absl::StrFormat("pair left: %s %s, which is kept too",
                                               pair.has_equal_key ? "it has a key of" : "it is the same work as",
                                               evidence_.Ref(pair.other)));
      }
    }
    return pairs;
  }

 private:
  std::set<size_t> KeptLike(size_t i) const {
    const std::vector<size_t> found = candidates_.For(evidence_.proofs[i].work);
    std::set<size_t> like(found.begin(), found.end());
    for (const std::string& key : KeysOf(evidence_.proofs[i])) {
      if (const auto equal = kept_with_.find(key); equal != kept_with_.end())
        like.insert(equal->second.begin(), equal->second.end());
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
  PlainCandidates candidates_;                           // of kept ones
  HashMap<std::string, std::vector<size_t>> kept_with_;  // a key
};

}  // namespace

uint64_t CheckWorks(Evidence& evidence, const WitnessCheck& witnesses, bool recall) {
  WorksCheck check(evidence);
  check.CheckWitnesses(witnesses);
  check.CheckDecided();
  return recall ? check.PairsLeft() : 0;
}

}  // namespace unecho
