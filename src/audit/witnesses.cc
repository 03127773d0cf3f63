#include "audit/witnesses.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "options/match_fields.h"
#include "oracle/exact_join.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "text/json.h"

namespace unecho {
namespace {

// Of records that are compared without --recall: their shingles take somewhat more.
constexpr uint64_t kSampleBytes = uint64_t{16} << 20;

bool IsRemoved(Fate fate) { return fate == Fate::kExact || fate == Fate::kNear; }

struct Candidate {
  size_t kept = 0;
  double similarity = 0;
  bool has_equal_key = false;
};

class Search {
 public:
  explicit Search(const Evidence& evidence)
      : evidence_(evidence), join_(evidence.answer.threshold, FieldThresholds(evidence.answer)) {
    for (size_t i = 0; i < evidence.proofs.size(); ++i) {
      if (!evidence.proofs[i].sound || !IsRemoved(evidence.ClaimOf(i).fate)) continue;
      const auto [first, is_new] = first_with_.emplace(evidence.IdentityOf(i), i);
      if (!is_new && evidence.IsPreferred(i, first->second)) first->second = i;
    }
  }

  // A removed record, with its shingles.
  void Enter(size_t i, std::span<const uint64_t> shingles) {
    join_.Keep(shingles);
    removed_.push_back(i);
    firsts_.push_back(first_with_.at(evidence_.IdentityOf(i)));
    best_.emplace_back();
  }

  void LookAtAll() {
    for (size_t i = 0; i < evidence_.proofs.size(); ++i) {
      const Proof& proof = evidence_.proofs[i];
      if (!proof.sound || !evidence_.MayBeWitness(i)) continue;
      for (size_t key = 0; key < proof.values.keys.size(); ++key) {
        if (!proof.values.keys[key].empty()) of_keys_[PlaceOf(proof.values, key)].push_back(i);
      }
      for (const ExactJoin::Match& match : join_.Find(proof.shingles)) {
        if (!MayBeFor(match.kept_id, i)) continue;
        const bool has_equal_key = FirstEqualKey(proof.values, evidence_.proofs[removed_[match.kept_id]].values) > 0;
        Look(match.kept_id, {.kept = i, .similarity = match.similarity, .has_equal_key = has_equal_key});
      }
    }
    for (uint32_t number = 0; number < removed_.size(); ++number) LookAtKeys(number);
  }

  size_t size() const { return removed_.size(); }
  size_t removed(size_t number) const { return removed_[number]; }
  const std::optional<Candidate>& best(size_t number) const { return best_[number]; }

 private:
  // Where a record is found that has a key: its number and values, and what else must be equal: the value of --within,
  // and that of the first --differ if both have one. So those that a field sets apart do not meet.
  using Place = std::tuple<size_t, std::vector<std::string>, std::string, std::string>;
  static Place PlaceOf(const FieldValues& values, size_t key) {
    return {key, values.keys[key], values.within, values.differ.empty() ? std::string() : values.differ.front()};
  }

  void LookAtKeys(uint32_t number) {
    // The join gives all that are similar enough, so of those of equal key the most similar one.
    if (evidence_.answer.match.empty() && best_[number] && best_[number]->has_equal_key) return;
    const FieldValues& values = evidence_.proofs[removed_[number]].values;
    for (size_t key = 0; key < values.keys.size(); ++key) {
      if (values.keys[key].empty()) continue;
      const Place place = PlaceOf(values, key);
      const auto& [same_key, same_values, same_within, differ] = place;
      Place without = place;
      std::get<3>(without).clear();
      if (differ.empty()) {  // all that differ among themselves
        for (auto at = of_keys_.lower_bound(without); at != of_keys_.end(); ++at) {
          const auto& [other_key, other_values, other_within, any] = at->first;
          if (std::tie(other_key, other_values, other_within) != std::tie(same_key, same_values, same_within)) break;
          LookAtEach(number, at->second);
        }
        continue;
      }
      for (const Place& each : {without, place}) {
        if (const auto at = of_keys_.find(each); at != of_keys_.end()) LookAtEach(number, at->second);
      }
    }
  }

  void LookAtEach(uint32_t number, std::span<const size_t> of_equal_key) {
    for (const size_t kept : of_equal_key) {
      if (!MayBeFor(number, kept)) continue;
      const double similarity = join_.Similarity(evidence_.proofs[kept].shingles, number);
      Look(number, {.kept = kept, .similarity = similarity, .has_equal_key = true});
    }
  }

  bool MayBeFor(uint32_t number, size_t kept) const {
    if (!evidence_.IsPreferred(kept, firsts_[number])) return false;
    const std::vector<Proof>& proofs = evidence_.proofs;
    return WhatSetsApart(evidence_.sameness, proofs[removed_[number]].values, proofs[kept].values).empty();
  }

  void Look(uint32_t number, const Candidate& candidate) {
    std::optional<Candidate>& best = best_[number];
    if (!best || IsBetter(candidate, *best)) best = candidate;
  }

  bool IsBetter(const Candidate& a, const Candidate& b) const {
    if (a.has_equal_key != b.has_equal_key) return a.has_equal_key;
    return a.similarity != b.similarity ? a.similarity > b.similarity : evidence_.IsPreferred(a.kept, b.kept);
  }

  const Evidence& evidence_;
  ExactJoin join_;  // of removed records
  // By what must be equal for one fate, the removed record of highest priority: it was decided first.
  HashMap<std::string, size_t> first_with_;
  std::map<Place, std::vector<size_t>> of_keys_;  // kept records
  // By number in the join.
  std::vector<size_t> removed_, firsts_;
  std::vector<std::optional<Candidate>> best_;
};

}  // namespace

void WitnessCheck::Choose(const Evidence& evidence, bool all) {
  const std::vector<Claim>& claims = evidence.claims->all;
  const auto is_compared = [&](const Claim& claim) {
    return claim.witness != Claim::kNoWitness &&
           (claim.fate == Fate::kNear || (claim.fate == Fate::kExact && evidence.sameness.any()));
  };
  uint64_t bytes = 0;
  for (const Claim& claim : claims) {
    if (!is_compared(claim)) continue;
    ++num_removed_;
    bytes += claim.size_bytes;
  }
  const uint64_t every = all ? 1 : bytes / kSampleBytes + 1;
  is_chosen_.resize(claims.size());
  uint64_t seen = 0;
  for (size_t i = 0; i < claims.size(); ++i) {
    if (!is_compared(claims[i]) || seen++ % every != 0) continue;
    is_chosen_[i] = true;
    ++num_compared_;
  }
}

void WitnessCheck::Check(Evidence& evidence) const {
  if (num_compared_ == 0) return;
  Search search(evidence);
  for (size_t i = 0; i < is_chosen_.size(); ++i) {
    Proof& proof = evidence.proofs[i];
    if (!is_chosen_[i] || !proof.sound || proof.was_removed_earlier) continue;
    const size_t witness = evidence.ClaimOf(i).witness;
    if (!evidence.MayBeWitness(witness) || !evidence.proofs[witness].sound) continue;  // the violation is listed
    if (evidence.IdentityOf(i) == evidence.IdentityOf(witness)) continue;
    // Of exact ones nobody has kept the shingles: they are those of the witness.
    const bool is_exact = proof.id == evidence.proofs[witness].id;
    if (!is_exact && evidence.ClaimOf(i).fate == Fate::kExact) continue;  // it is not, which is listed
    search.Enter(i, is_exact ? evidence.proofs[witness].shingles : proof.shingles);
    if (!is_exact) proof.shingles = {};
  }
  search.LookAtAll();
  for (size_t number = 0; number < search.size(); ++number) {
    const size_t i = search.removed(number), witness = evidence.ClaimOf(i).witness;
    const std::optional<Candidate>& best = search.best(number);
    if (!best || best->kept == witness) continue;
    std::string similarity;
    AppendFixed6(best->similarity, similarity);
    evidence.Violation(
        i, absl::StrFormat("is removed for %s, and should be for %s: %ssimilarity %s", evidence.Ref(witness),
                           evidence.Ref(best->kept), best->has_equal_key ? "equal key, " : "", similarity));
  }
}

}  // namespace unecho
