// The rule of against.h in plain code: strings, and what reference.h says of them. It shares the layouts with the flow,
// and nothing else.
//
// Cost:    about 160 bytes a token of the evaluation sets.
// Threads: const once read.
// Failure: a Status for a set that cannot be read.
#ifndef UNECHO_SRC_AUDIT_AGAINST_H_
#define UNECHO_SRC_AUDIT_AGAINST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash_map.h"
#include "oracle/exact_join.h"
#include "oracle/reference.h"
#include "read/input.h"
#include "unecho/options.h"

namespace unecho {

class AuditAgainst {
 public:
  static absl::StatusOr<std::unique_ptr<AuditAgainst>> Read(const AnswerOptions& answer,
                                                            std::span<const InputFile> sets);

  // The evaluation records whose similarity reaches the threshold, in their order; `kept_id`: the text.
  std::vector<ExactJoin::Match> FindSimilar(std::span<const uint64_t> shingles) const { return join_.Find(shingles); }

  // The evaluation record with most shared runs of tokens, and their number; nothing if none is shared.
  struct Shared {
    size_t text = 0;
    uint64_t ngrams = 0;
  };
  std::optional<Shared> Find(std::span<const std::string> tokens) const;

  struct Counts {
    std::string layout;
    uint64_t records = 0, unusable = 0, too_short = 0;
  };
  std::span<const Counts> counts() const { return counts_; }  // by set
  size_t size() const { return texts_.size(); }
  std::optional<size_t> ByRef(std::string_view ref) const;
  const std::string& ref(size_t text) const { return texts_[text].ref; }
  size_t set(size_t text) const { return texts_[text].set; }
  std::span<const uint64_t> shingles(size_t text) const { return texts_[text].shingles; }

 private:
  struct Text {
    std::string ref;
    size_t set = 0;
    std::vector<uint64_t> shingles;
  };
  explicit AuditAgainst(const AnswerOptions& answer);
  void Enter(std::string ref, size_t set, const ReferenceTokens& record);

  size_t n_;
  int shingle_tokens_ = 0;
  std::vector<Text> texts_;
  std::vector<Counts> counts_;
  ExactJoin join_;                      // of all texts
  HashMap<std::string, size_t> by_id_;  // IdOf the record -> the first text of these tokens
  HashMap<std::string, size_t> by_ref_;
  HashMap<std::string, std::vector<size_t>> by_run_;  // ReferenceId of a run -> the texts that have it, ascending
  std::vector<size_t> lengths_;                       // of the runs in by_run_, distinct
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_AGAINST_H_
