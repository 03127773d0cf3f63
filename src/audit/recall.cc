#include "audit/recall.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "options/match_fields.h"
#include "oracle/exact_join.h"
#include "text/json.h"

namespace unecho {
namespace {

std::string Fixed6(double similarity) {
  std::string text;
  AppendFixed6(similarity, text);
  return text;
}

}  // namespace

uint64_t PairsLeftWithSets(Evidence& evidence) {
  if (!evidence.against) return 0;
  const AuditAgainst& against = *evidence.against;
  uint64_t pairs = 0;
  for (size_t i = 0; i < evidence.proofs.size(); ++i) {
    if (!evidence.proofs[i].sound || evidence.ClaimOf(i).fate != Fate::kKept) continue;
    for (const ExactJoin::Match& match : against.FindSimilar(evidence.SetShingles(i))) {
      ++pairs;
      evidence.Violation(i, absl::StrFormat("pair left: similarity %s to the evaluation record %s",
                                            Fixed6(match.similarity), against.ref(match.kept_id)));
    }
  }
  return pairs;
}

uint64_t PairsLeft(Evidence& evidence) {
  const std::vector<Proof>& proofs = evidence.proofs;
  const Sameness& sameness = evidence.sameness;
  uint64_t pairs = 0;
  ExactJoin join(evidence.answer.threshold, FieldThresholds(evidence.answer));
  std::vector<size_t> entered;
  std::map<std::pair<size_t, std::vector<std::string>>, std::vector<size_t>> of_keys;
  for (size_t place = 0; place < proofs.size(); ++place) {
    const size_t i = evidence.InOrder(place);
    if (!proofs[i].sound || !evidence.MayBeWitness(i)) continue;
    // Of two reference texts both stay.
    const auto is_apart = [&](size_t j) {
      return (evidence.IsReference(i) && evidence.IsReference(j)) ||
             !WhatSetsApart(sameness, proofs[i].values, proofs[j].values).empty();
    };
    for (size_t key = 0; key < sameness.keys.size(); ++key) {
      if (proofs[i].values.keys[key].empty()) continue;
      std::vector<size_t>& of_key = of_keys[{key, proofs[i].values.keys[key]}];
      for (const size_t j : of_key) {
        if (is_apart(j)) continue;
        ++pairs;
        evidence.Violation(i, absl::StrFormat("pair left: the key %s is that of %s, which is kept too",
                                              sameness.keys[key].name, evidence.Ref(j)));
      }
      of_key.push_back(i);
    }
    for (const ExactJoin::Match& match : join.Enter(proofs[i].shingles)) {
      const size_t j = entered[match.kept_id];
      if (is_apart(j)) continue;
      ++pairs;
      evidence.Violation(i, absl::StrFormat("pair left: similarity %s to %s, which is kept too",
                                            Fixed6(match.similarity), evidence.Ref(j)));
    }
    entered.push_back(i);
  }
  return pairs;
}

}  // namespace unecho
