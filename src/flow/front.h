// The stages between read and the first that compares.
#ifndef UNECHO_SRC_FLOW_FRONT_H_
#define UNECHO_SRC_FLOW_FRONT_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/batch.h"
#include "flow/numbering.h"
#include "flow/prepare.h"
#include "flow/runner.h"
#include "match/repeats.h"
#include "text/source_names.h"
#include "unecho/options.h"

namespace unecho {

// From bytes to numbered records with tokens: prepare, and number; with --dedup-lines or --dedup-paragraphs prepare,
// lines (in order, numbering), tokens. Outlives its stages.
class FrontStages {
 public:
  FrontStages(const AnswerOptions& answer, const SourceNames& sources);
  // Adds the stages in front of an ordered one, which begins with Number().
  void AddTo(std::deque<Stage>& stages);
  absl::Status Number(Batch& batch) { return repeats_ ? absl::OkStatus() : number_(batch); }
  uint64_t memory_bytes() const { return repeats_bytes_; }

 private:
  Prepare prepare_;
  Numbering number_;
  std::optional<Repeats> repeats_;
  std::atomic<uint64_t> repeats_bytes_{0};
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_FRONT_H_
