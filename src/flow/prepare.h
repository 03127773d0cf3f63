// The stage `prepare`: bytes -> records, cleaning rules, match text -> tokens, marks of fields, and the XXH3-128 by
// which repeats are known. In two halves: --dedup-lines and its kin run between the two.
//
// Threads: const; parallel. Scratch is per thread.
// Failure: none: bad input becomes a rejected record.
#ifndef UNECHO_SRC_FLOW_PREPARE_H_
#define UNECHO_SRC_FLOW_PREPARE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/batch.h"
#include "clean/cleaner.h"
#include "match/marks.h"
#include "match/record_tokens.h"
#include "unecho/layouts.h"
#include "unecho/options.h"

namespace unecho {

class Prepare {
 public:
  // `hashes_texts`: Record::text_hash is wanted.
  explicit Prepare(const AnswerOptions& answer, bool hashes_texts = false)
      : layout_options_(answer.segment),
        exact_join_(answer.exact_join),
        num_fields_(answer.match.size()),
        keep_hashes_(!answer.against.empty()),
        hashes_texts_(hashes_texts),
        merges_(answer.merge),
        rules_{answer.comparison, answer.shingle_tokens},
        clean_(answer.clean),
        make_marks_(SamenessOf(answer)) {
    layout_options_.apart_fields = SamenessOf(answer).ApartNames();
    if (rules_.comparison.by == CompareBy::kWorks) layout_options_.list_fields = true;
    if (make_marks_.idle() || layout_options_.list_fields) return;
    layout_options_.list_fields = true;
    layout_options_.listed_names = make_marks_.names();
  }
  void operator()(Batch& batch) const {
    Text(batch);
    Tokens(batch);
  }
  void Text(Batch& batch) const;
  void Tokens(Batch& batch) const;

 private:
  void HashTokens(Batch& batch) const;
  void HashWorks(Batch& batch) const;            // --compare works
  void HashFields(Batch& batch) const;           // --match: of each field by itself
  void HashReferenceTokens(Batch& batch) const;  // --exact-join: by the plain code of reference.h
  void HashReferenceFields(Batch& batch) const;
  static void AddShingles(Batch& batch, Record& record, std::span<const uint64_t> shingles);

  LayoutOptions layout_options_;
  bool exact_join_;
  size_t num_fields_;  // that are compared apart; 0: they are not
  bool keep_hashes_;   // Batch::word_hashes is wanted
  bool hashes_texts_;
  bool merges_;  // Record::said_fields and given_fields are wanted
  TokenRules rules_;
  Cleaner clean_;
  MakeMarks make_marks_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_PREPARE_H_
