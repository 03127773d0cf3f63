// Whether each removed record went for the best record that is kept (docs/design.md, "Definition of sameness", 9): of
// those of equal key, if there are any, the most similar one, else the most similar of all; of several the one with
// the highest priority.
//
// Removed records are entered into an exact join, and every kept one is looked up there: memory is that of the removed
// records that are compared, not of the corpus. Those that are equal have the witness of the first of them. A witness
// with the tokens, keys and fields of the record needs no look: nothing can be better.
//
// In:      claims; proofs of all records, with the shingles of kept ones and of those that are compared.
// Out:     violations; how many were compared, and of how many.
// Cost:    exact_join.h.
// Threads: one caller. Failure: none.
#ifndef UNECHO_SRC_AUDIT_WITNESSES_H_
#define UNECHO_SRC_AUDIT_WITNESSES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "audit/evidence.h"

namespace unecho {

class WitnessCheck {
 public:
  // Chooses, by the claims: all removed records that are compared (near ones; with --key and its kin exact ones, too),
  // or of more than 16 MiB as many as have about that together, drawn evenly.
  void Choose(const Evidence& evidence, bool all);
  // The shingles of record i must stay until Check().
  bool Wants(size_t i) const { return i < is_chosen_.size() && is_chosen_[i]; }
  void Check(Evidence& evidence) const;

  uint64_t num_removed() const { return num_removed_; }  // that `all` would choose
  uint64_t num_compared() const { return num_compared_; }

 private:
  std::vector<bool> is_chosen_;  // by claim
  uint64_t num_removed_ = 0, num_compared_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_WITNESSES_H_
