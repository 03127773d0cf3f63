// --ignore-common: finds the shingles that many of the remembered records have, and counts the records that are
// compared without them.
//
// Cost, memory: as match/common_shingles.h, and a byte a distinct record. Threads: one caller.
// Failure: --memory, a signal.
#ifndef UNECHO_SRC_FLOW_IGNORE_COMMON_H_
#define UNECHO_SRC_FLOW_IGNORE_COMMON_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "match/common_shingles.h"

namespace unecho {

class IgnoreCommon {
 public:
  explicit IgnoreCommon(const Remembered& remembered) : remembered_(remembered) {}

  // Between the first pass and the second; nothing, where nobody asks.
  [[nodiscard]] absl::Status Find(Run& run);
  // The shingles that are left out; null, where nobody asks.
  const CommonShingles* shingles() const { return shingles_ ? &*shingles_ : nullptr; }
  // A stage of the second pass, behind the sketches.
  void operator()(Batch& batch);
  // After it.
  void Describe(RunFacts& facts) const;

  uint64_t memory_bytes() const { return common_.capacity() + (shingles_ ? shingles_->memory_bytes() : 0); }

 private:
  const Remembered& remembered_;
  std::optional<CommonShingles> shingles_;
  std::vector<Record::Common> common_;  // by token sequence
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_IGNORE_COMMON_H_
