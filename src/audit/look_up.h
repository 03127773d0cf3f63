// What the provenance of a run says of one record.
//
// Cost:    the provenance is streamed.
// Threads: functions without state.
// Failure: a Status for what cannot be read, and for a reference that there is not: it says what references look like.
#ifndef UNECHO_SRC_AUDIT_LOOK_UP_H_
#define UNECHO_SRC_AUDIT_LOOK_UP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace unecho {

struct RemovedLines {
  uint64_t line = 0, lines = 1;
  uint64_t sentence = 0;  // of the line, from 1; 0: all of it
  std::string witness;
  uint64_t witness_line = 0;
};

struct ProvenanceEntry {
  std::string ref, source;
  uint64_t ordinal = 0;
  std::string fate, witness, by, reason, language;
  std::optional<double> similarity;
  std::optional<uint64_t> ngrams;
  std::vector<RemovedLines> removed_lines;
};

struct Copy {
  std::string ref, fate;
  double similarity = 0;
};

struct LookedUp {
  ProvenanceEntry entry;
  uint64_t num_copies = 0;
  std::vector<Copy> copies;  // removed for this record: the first kMaxCopies
  static constexpr size_t kMaxCopies = 20;
};

absl::StatusOr<LookedUp> LookUp(const std::string& provenance, const std::string& ref);

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_LOOK_UP_H_
