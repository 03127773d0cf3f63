#include "audit/removals.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"
#include "text/json.h"

namespace unecho {
namespace {

void CheckGroup(Evidence& evidence, size_t i, const Proof& witness) {
  if (!evidence.groups.are_said()) return;
  const Claim& claim = evidence.ClaimOf(i);
  const bool has_same_bytes = evidence.proofs[i].text_hash == witness.text_hash;
  if (claim.fate == Fate::kExact && claim.equal != (has_same_bytes ? "\"bytes\"" : "\"tokens\"")) {
    evidence.Violation(i, absl::StrFormat("its text is%s that of %s byte by byte", has_same_bytes ? "" : " not",
                                          evidence.Ref(claim.witness)));
  }
  if (claim.witness_id != witness.id_json) {
    evidence.Violation(
        i, absl::StrFormat("%s is called %s, not %s", evidence.Ref(claim.witness), witness.id_json, claim.witness_id));
  }
}

// What fields say of a removed record and its witness. `key`: the first that is equal, from 1; 0: none.
void CheckFields(Evidence& evidence, size_t i, size_t key) {
  const Claim& claim = evidence.ClaimOf(i);
  if (claim.by_decision) return;  // which counts before all fields
  const std::string witness = evidence.Ref(claim.witness);
  const std::string apart =
      WhatSetsApart(evidence.sameness, evidence.proofs[i].values, evidence.proofs[claim.witness].values);
  if (!apart.empty())
    evidence.Violation(i, absl::StrFormat("is removed for %s, and %s keeps them apart", witness, apart));
  if (claim.by_key == key) return;
  const auto& keys = evidence.sameness.keys;
  if (claim.by_key == Claim::kNoSuchKey) {
    evidence.Violation(i, "is removed by a key that the run does not have");
  } else if (key == 0) {
    evidence.Violation(
        i, absl::StrFormat("is removed by the key %s, which is not that of %s", keys[claim.by_key - 1].name, witness));
  } else {
    evidence.Violation(
        i, absl::StrFormat("the first key that it has in common with %s is %s, and its line says another", witness,
                           keys[key - 1].name));
  }
}

// Of a record that is near; gives what it is.
double CheckSimilarity(Evidence& evidence, size_t i, bool is_by_key, std::span<const uint64_t> own,
                       std::span<const uint64_t> of_witness) {
  const AnswerOptions& answer = evidence.answer;
  const Claim& claim = evidence.ClaimOf(i);
  const std::string witness = evidence.Ref(claim.witness);
  std::string text;
  const auto compare = [&](double similarity) {
    AppendFixed6(similarity, text);
    if (text == claim.similarity) return;
    evidence.Violation(i, absl::StrFormat("its similarity to %s is %s, not %s", witness, text, claim.similarity));
  };
  if (answer.match.empty()) {
    const double similarity = ReferenceSimilarity(own, of_witness);
    compare(similarity);
    if (!is_by_key && !(similarity >= answer.threshold)) {
      evidence.Violation(i, absl::StrFormat("its similarity to %s, %s, is below %g", witness, text, answer.threshold));
    }
    return similarity;
  }
  const std::vector<double> similarities = ReferenceSimilarities(own, of_witness, answer.match.size());
  const double least = std::ranges::min(similarities);
  compare(least);
  std::string list;
  for (size_t field = 0; field < similarities.size(); ++field) {
    const MatchField& asked = answer.match[field];
    list += list.empty() ? "{" : ",";
    AppendJsonString(asked.name, list);
    list += ':';
    AppendFixed6(similarities[field], list);
    if (is_by_key || similarities[field] >= asked.threshold) continue;
    evidence.Violation(i, absl::StrFormat("its similarity to %s in the field %s, %.6f, is below %g", witness,
                                          asked.name, similarities[field], asked.threshold));
  }
  list += '}';
  if (list != claim.similarities) {
    evidence.Violation(i, absl::StrFormat("the similarities of its fields to those of %s are %s, not %s", witness, list,
                                          claim.similarities.empty() ? "left out" : claim.similarities));
  }
  return least;
}

// Of a record that is near where works are compared, by the rule or by another reason; gives how alike the titles are.
double CheckWork(Evidence& evidence, size_t i, bool is_by_other) {
  const Claim& claim = evidence.ClaimOf(i);
  const std::string witness = evidence.Ref(claim.witness);
  const PlainVerdict verdict = JudgePlainly(evidence.proofs[i].work, evidence.proofs[claim.witness].work);
  std::string likeness, agreeing;
  AppendFixed6(verdict.likeness, likeness);
  if (likeness != claim.similarity)
    evidence.Violation(i,
                       absl::StrFormat("its title is %s like that of %s, not %s", likeness, witness, claim.similarity));
  if (is_by_other) return verdict.likeness;
  if (verdict.answer != PlainVerdict::Answer::kSame)
    evidence.Violation(i, absl::StrFormat("it and %s are not the same work", witness));
  for (const std::string_view sign : verdict.Agreeing()) {
    agreeing += agreeing.empty() ? "[" : ",";
    AppendJsonString(sign, agreeing);
  }
  agreeing += agreeing.empty() ? "" : "]";
  if (agreeing != claim.agreeing || claim.by_work != !agreeing.empty()) {
    evidence.Violation(
        i, absl::StrFormat("what agrees in it and %s is %s, not %s", witness, agreeing.empty() ? "nothing" : agreeing,
                           claim.agreeing.empty() ? "nothing" : claim.agreeing));
  }
  return verdict.likeness;
}

// What an index has of a work the plain rule cannot read.
void TakeAsItStands(const Claim& claim, AuditTally& tally) {
  ++tally.not_compared;
  double similarity = 0;
  if (claim.fate == Fate::kNear && absl::SimpleAtod(Abs(claim.similarity), &similarity) && similarity >= 0 &&
      similarity <= 1)
    ++tally.similarities[static_cast<uint64_t>(std::floor(100 * similarity + 1e-9))];
}

}  // namespace

void CheckRemoval(Evidence& evidence, size_t i, AuditTally& tally) {
  const Claim& claim = evidence.ClaimOf(i);
  const Proof& proof = evidence.proofs[i];
  if (claim.witness == Claim::kNoWitness)
    return evidence.Violation(i, evidence.earlier ? "its witness is no record of these inputs, nor of the index"
                                                  : "its witness is no record of these inputs (of a run with --index, "
                                                    "give that)");
  const Proof& witness = evidence.proofs[claim.witness];
  const std::string ref = evidence.Ref(claim.witness);
  if (!evidence.MayBeWitness(claim.witness))
    return evidence.Violation(i, absl::StrFormat("its witness %s is not kept", ref));
  if (!witness.sound) return evidence.Violation(i, absl::StrFormat("its witness %s cannot be read", ref));
  if (!evidence.IsPreferred(claim.witness, i)) {
    evidence.Violation(i, absl::StrFormat("its witness %s does not come before it in the order of --keep %s", ref,
                                          KeepPolicyName(evidence.answer)));
  }
  if (evidence.compares_works() && evidence.IsEarlier(claim.witness)) {
    CheckGroup(evidence, i, witness);
    return TakeAsItStands(claim, tally);
  }
  const bool equal = evidence.SaysOf(i) == evidence.SaysOf(claim.witness);
  const size_t key = FirstEqualKey(proof.values, witness.values);
  CheckFields(evidence, i, key);
  CheckGroup(evidence, i, witness);
  if (claim.fate == Fate::kExact) {
    if (!equal) evidence.Violation(i, absl::StrFormat("is exact but its tokens differ from those of %s", ref));
    if (claim.similarity != "1.000000") evidence.Violation(i, "is exact but its similarity is not 1.000000");
    if (!claim.similarities.empty()) evidence.Violation(i, "is exact and lists similarities of fields");
    return;
  }
  if (equal) evidence.Violation(i, absl::StrFormat("is near but its tokens equal those of %s", ref));
  const double similarity = evidence.compares_works()
                                ? CheckWork(evidence, i, key > 0 || claim.by_decision)
                                : CheckSimilarity(evidence, i, key > 0, proof.shingles, witness.shingles);
  // 29/100 times 100 must not fall below 29.
  ++tally.similarities[static_cast<uint64_t>(std::floor(100 * similarity + 1e-9))];
}

void CheckContaminated(Evidence& evidence, size_t i, const std::optional<AuditAgainst::Shared>& shared) {
  const Claim& claim = evidence.ClaimOf(i);
  const std::vector<uint64_t> shingles = std::move(evidence.SetShingles(i));
  if (!evidence.against) {
    return evidence.Violation(i, "is contaminated, but the audit knows no evaluation sets; name them with --against");
  }
  if (claim.evaluation == Claim::kNoWitness)
    return evidence.Violation(i, "its witness is no record of the evaluation sets, or not the first of its tokens");
  const AuditAgainst& against = *evidence.against;
  const std::string& ref = against.ref(claim.evaluation);
  if (claim.ngrams != (shared ? shared->ngrams : 0)) {
    evidence.Violation(i, absl::StrFormat("shares %d runs of tokens with an evaluation record, not %d",
                                          shared ? shared->ngrams : 0, claim.ngrams));
  }
  if (shared && shared->text != claim.evaluation) {
    evidence.Violation(
        i, absl::StrFormat("shares most runs of tokens with %s, not with %s", against.ref(shared->text), ref));
  }
  if (!shared) {
    const std::vector<ExactJoin::Match> similar = against.FindSimilar(shingles);
    const auto best = std::ranges::max_element(similar, {}, &ExactJoin::Match::similarity);  // the first of several
    if (best != similar.end() && best->kept_id != claim.evaluation) {
      evidence.Violation(i, absl::StrFormat("is most similar to the evaluation record %s, not to %s",
                                            against.ref(best->kept_id), ref));
    }
  }
  const double threshold = evidence.answer.threshold;
  const double similarity = ReferenceSimilarity(shingles, against.shingles(claim.evaluation));
  std::string text;
  if (similarity >= threshold) AppendFixed6(similarity, text);
  if (text.empty() && !shared) {
    evidence.Violation(i,
                       absl::StrFormat("shares nothing with %s, and its similarity to it is below %g", ref, threshold));
  } else if (text != claim.similarity) {
    evidence.Violation(i, absl::StrFormat("its similarity to %s is \"%s\", not \"%s\"", ref, text, claim.similarity));
  }
}

void CheckEqualRecords(Evidence& evidence) {
  HashMap<std::string, size_t> first_with;
  const auto survivor = [&](size_t i) {
    const Claim& claim = evidence.ClaimOf(i);
    if (claim.evaluation != Claim::kNoWitness) return evidence.proofs.size() + claim.evaluation;
    return evidence.MayBeWitness(i) ? i : claim.witness;
  };
  for (size_t place = 0; place < evidence.proofs.size(); ++place) {
    const size_t i = evidence.InOrder(place);
    if (!evidence.proofs[i].sound) continue;
    const auto [entry, is_new] = first_with.emplace(evidence.IdentityOf(i), i);
    if (is_new || evidence.IsReference(i) || survivor(i) == survivor(entry->second)) continue;
    const std::string other = evidence.Ref(entry->second);
    if (evidence.ClaimOf(i).fate == Fate::kKept && evidence.MayBeWitness(entry->second)) {
      evidence.Violation(i, absl::StrFormat("is kept although its tokens equal those of %s, which is %s", other,
                                            Name(evidence.ClaimOf(entry->second).fate)));
    } else {
      evidence.Violation(i, absl::StrFormat("has the tokens of %s but not its witness", other));
    }
  }
}

}  // namespace unecho
