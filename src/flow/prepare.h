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

struct PrepareWants {
  bool text_hash = false;    // Record::text_hash
  bool which_tokens = true;  // or only whether there are some: then num_words may be 1, and there is no key
};

class Prepare {
 public:
  explicit Prepare(const AnswerOptions& answer, PrepareWants wants = {})
      : layout_options_(answer.segment),
        exact_join_(answer.exact_join),
        num_fields_(answer.match.size()),
        keep_hashes_(!answer.against.empty()),
        wants_(wants),
        merges_(answer.merge),
        rules_{answer.comparison, answer.shingle_tokens},
        clean_(answer.clean),
        make_marks_(SamenessOf(answer)) {
    // A letter makes a token, unless it is in a mark that is ignored.
    knows_by_letters_ = !wants.which_tokens && !rules_.comparison.markup && !clean_.RejectsLength(1);
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
  PrepareWants wants_;
  bool knows_by_letters_ = false;  // that a record has tokens
  bool merges_;                    // Record::said_fields and given_fields are wanted
  TokenRules rules_;
  Cleaner clean_;
  MakeMarks make_marks_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_PREPARE_H_
