// The front of every flow: from bytes to numbered records with tokens.
//
//   bytes -> prepare: segment, clean, tokens
//   bytes -> prepare: segment, clean, cut into lines | lines: which came before | tokens: of what is left
//
// The second with --dedup-lines and its kin; `lines` is in order, all else parallel. With --inside it numbers records
// only.
//
// Threads: as the chain says. Failure: that of Numbering and RepeatedLines.
#ifndef UNECHO_SRC_FLOW_FRONT_H_
#define UNECHO_SRC_FLOW_FRONT_H_

#include <optional>

#include "base/batch.h"
#include "base/status.h"
#include "flow/chain.h"
#include "flow/numbering.h"
#include "flow/prepare.h"
#include "match/often_units.h"
#include "match/repeated_lines.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

// Outlives the chain that it is added to.
class Front {
 public:
  // `often`: with --at-least, else null; it outlives the front.
  Front(const AnswerOptions& answer, const SourceNames& sources, const OftenUnits* often = nullptr,
        PrepareWants wants = {});
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  // The links in front of an ordered one, which begins with number().
  void AddTo(Chain& chain);

  // Only up to the units of text, which there must be. Nothing is numbered.
  void AddUnitsTo(Chain& chain);

  // Numbers the records, unless that was done before their lines were looked at.
  class Number {
   public:
    absl::Status operator()(Batch& batch) { return numbering_ == nullptr ? absl::OkStatus() : (*numbering_)(batch); }

   private:
    friend class Front;
    Numbering* numbering_ = nullptr;
  };
  Number& number() { return number_; }
  // What it says of all sources, where a part of them is read.
  LayoutCheck& check() { return numbering_.check(); }

  // All of it, for one batch after another on the caller's thread.
  absl::Status Serve(Batch& batch);

 private:
  struct Text {  // up to the units of which the repeated ones are looked for
    void operator()(Batch& batch) const;
    const Prepare& prepare;
    const RepeatedLines& repeated_lines;
  };
  struct Lines {
    absl::Status operator()(Batch& batch) const { return repeated_lines.Find(batch); }
    uint64_t memory_bytes() const { return repeated_lines.memory_bytes(); }
    RepeatedLines& repeated_lines;
  };
  struct Tokens {  // of what is left
    void operator()(Batch& batch) const;
    const Prepare& prepare;
    const RepeatedLines& repeated_lines;
    bool inside;  // they came before in the same record
  };

  Prepare prepare_;
  Numbering numbering_;
  Number number_;
  std::optional<RepeatedLines> repeated_lines_;
  std::optional<Text> text_;
  std::optional<Lines> lines_;
  std::optional<Tokens> tokens_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FRONT_H_
