// The ordered stages that are no part of the matching: small objects between the rooms.
//
// Threads: each has one caller, in input order.
#ifndef UNECHO_SRC_FLOW_STAGES_H_
#define UNECHO_SRC_FLOW_STAGES_H_

#include <cstdint>
#include <utility>

#include "base/batch.h"
#include "base/status.h"
#include "flow/chain.h"
#include "match/exact.h"
#include "match/fates.h"
#include "match/spill_terms.h"
#include "report/report.h"
#include "unecho/listener.h"
#include "write/format.h"
#include "write/outputs.h"
#include "write/review.h"

namespace unecho {

// Which records have the tokens of an earlier one. `segment` compares nothing: there every record counts as new.
class FindRepeats {
 public:
  explicit FindRepeats(bool compares) : compares_(compares) {}
  absl::Status operator()(Batch& batch) { return compares_ ? table_.FindOrAdd(batch) : table_.NumberAll(batch); }
  uint64_t memory_bytes() const { return table_.memory_bytes(); }
  void SpillBeyond(SpillTerms terms) { table_.SpillBeyond(std::move(terms)); }
  uint64_t spilled_bytes() const { return table_.disk_bytes(); }
  uint32_t num_frozen() const { return table_.num_frozen(); }

 private:
  bool compares_;
  ExactTable table_;
};

// Tells those who watch how many records were read.
class CountRead {
 public:
  explicit CountRead(Progress& progress) : progress_(progress) {}
  void operator()(Batch& batch) { progress_.records += batch.records.size(); }

 private:
  Progress& progress_;
};

// And how many are kept so far.
class CountKept {
 public:
  CountKept(const Fates& fates, Progress& progress) : fates_(fates), progress_(progress) {}
  void operator()(Batch& /*batch*/) { progress_.kept = fates_.num_kept(); }

 private:
  const Fates& fates_;
  Progress& progress_;
};

// The end of the flow: statistics, and the bytes that were formatted.
class Write {
 public:
  Write(Statistics& statistics, Outputs& outputs) : statistics_(statistics), outputs_(outputs) {}
  absl::Status operator()(Batch& batch) {
    statistics_.Add(batch);
    UNECHO_RETURN_IF_ERROR(statistics_.SpillIfShort(spill_));
    return outputs_.Write(batch);
  }
  void SpillBeyond(SpillTerms terms) { spill_ = std::move(terms); }
  uint64_t memory_bytes() const { return statistics_.memory_bytes(); }

 private:
  SpillTerms spill_;
  Statistics& statistics_;
  Outputs& outputs_;
};

// The end of a chain: records are formatted and written; with `reviews`, so are the fields of those that are kept.
inline void AddWriting(Chain& chain, bool reviews, const Format& format, const WriteFields& write_fields, Write& write,
                       KeptFields& kept_fields) {
  if (reviews) {
    chain.Parallel("format", format, write_fields);
    chain.InOrder("write", write, kept_fields);
  } else {
    chain.Parallel("format", format);
    chain.InOrder("write", write);
  }
}

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_STAGES_H_
