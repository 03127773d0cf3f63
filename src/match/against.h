// Decontamination: the records of evaluation sets, and which records of a run share text with them.
//
// The rule. n is --against-ngram, a run is a number of consecutive tokens (docs/design.md, "Definition of sameness").
//   1. A record shares with an evaluation record of n tokens or more the distinct runs of n tokens that occur in both,
//      and with a shorter one of at least min(n, kMinAgainstTokens) tokens that record itself, as one run, if it occurs
//      in the record as a whole. The witness is the evaluation record with most shared runs (ties: the first), `ngrams`
//      their number.
//   2. A record that shares nothing is contaminated all the same if its similarity to an evaluation record reaches the
//      threshold: the witness is then the most similar one (ties: the first). Still shorter evaluation records, and
//      records too short for rule 1, are met here alone.
// Record::similarity is that with the witness, if it reaches the threshold. Runs are looked up in an exact table
// (match/ngrams.h); near evaluation records through the same sketches and bands as near records, or under --exact-join
// by the exact join. Evaluation records of equal tokens are one, the first.
//
// Contamination follows from the tokens of a record alone, so it is decided for first appearances, before anything is
// kept.
//
// Memory:  about 27 bytes a token of the evaluation sets, and what index.h says (exact_join.h under --exact-join).
// Cost:    a record: a hash and a look-up a token, and the exact count of shared runs where one is found.
// Threads: Enter() and Finish() have one caller; afterwards const and shared.
// Failure: more than 2^32 - 2 tokens or 2^31 - 1 records: kResourceExhausted.
#ifndef UNECHO_SRC_MATCH_AGAINST_H_
#define UNECHO_SRC_MATCH_AGAINST_H_

#include <cstdint>
#include <memory>

#include "base/batch.h"
#include "base/status.h"
#include "match/sketch.h"
#include "unecho/options.h"

namespace unecho {

class Against {
 public:
  Against(const AnswerOptions& answer, const BandPlan& plan);
  ~Against();

  // Building: the evaluation records with tokens, in order; numbered, with word hashes, and sketched (or with
  // shingles). `source`: what their references call their set.
  [[nodiscard]] absl::Status Enter(const Batch& batch, SourceId source);
  void Finish();

  // The stage: gives contaminated first appearances their fate, witness, similarity and ngrams. Needs word hashes, and
  // sketches or shingles.
  void operator()(Batch& batch) const;

  uint64_t memory_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_AGAINST_H_
