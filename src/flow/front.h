// The front of every flow: from bytes to numbered records with tokens.
//
//   bytes -> prepare: segment, clean, tokens
//   bytes -> prepare: segment, clean, cut into lines | lines: which came before | tokens: of what is left
//
// The second with --dedup-lines and --dedup-paragraphs; `lines` is in order, all else parallel.
//
// Threads: as the chain says. Failure: that of Numbering and Repeats.
#ifndef UNECHO_SRC_FLOW_FRONT_H_
#define UNECHO_SRC_FLOW_FRONT_H_

#include <optional>

#include "base/batch.h"
#include "flow/chain.h"
#include "flow/numbering.h"
#include "flow/prepare.h"
#include "match/repeats.h"
#include "text/source_names.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

// Outlives the chain that it is added to.
class Front {
 public:
  Front(const AnswerOptions& answer, const SourceNames& sources);
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  // The links in front of an ordered one, which begins with number().
  void AddTo(Chain& chain);

  // Numbers the records, unless that was done before their lines were looked at.
  class Number {
   public:
    absl::Status operator()(Batch& batch) { return numbering_ == nullptr ? absl::OkStatus() : (*numbering_)(batch); }

   private:
    friend class Front;
    Numbering* numbering_ = nullptr;
  };
  Number& number() { return number_; }

 private:
  struct Text {  // up to the units whose repeats are looked for
    void operator()(Batch& batch) const;
    const Prepare& prepare;
    const Repeats& repeats;
  };
  struct Lines {
    absl::Status operator()(Batch& batch) const { return repeats.Find(batch); }
    uint64_t memory_bytes() const { return repeats.memory_bytes(); }
    Repeats& repeats;
  };
  struct Tokens {  // of what is left
    void operator()(Batch& batch) const;
    const Prepare& prepare;
    const Repeats& repeats;
  };

  Prepare prepare_;
  Numbering numbering_;
  Number number_;
  std::optional<Repeats> repeats_;
  std::optional<Text> text_;
  std::optional<Lines> lines_;
  std::optional<Tokens> tokens_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FRONT_H_
