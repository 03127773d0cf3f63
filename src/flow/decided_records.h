// Which records the lines of --decided name. A name that no record has is an error, as is a ref whose record has
// another title than the line says: decisions of other records would else be taken for decisions of these.
//
// In:      numbered batches, in input order. Out: Record::decided_groups. Check() when all have come.
// Cost:    a look-up a record, and the fields of one that is named.
// Threads: one caller.
// Failure: kInvalidArgument, with the line.
#ifndef UNECHO_SRC_FLOW_DECIDED_RECORDS_H_
#define UNECHO_SRC_FLOW_DECIDED_RECORDS_H_

#include <cstdint>
#include <vector>

#include "base/batch.h"
#include "base/hash_map.h"
#include "base/status.h"
#include "options/decisions.h"
#include "text/source_names.h"

namespace unecho {

class DecidedRecords {
 public:
  // `decisions`: null without --decided.
  DecidedRecords(const Decisions* decisions, const SourceNames& sources);
  absl::Status operator()(Batch& batch);
  [[nodiscard]] absl::Status Check() const;

 private:
  absl::Status CheckTitle(const Batch& batch, const Record& record, const Decisions::Name& name) const;

  const Decisions* decisions_;
  const SourceNames& sources_;
  std::vector<HashMap<uint64_t, uint32_t>> refs_;  // by source, of an ordinal: place among the names
  bool has_ids_ = false;
  std::vector<bool> seen_;  // by place among the names
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_DECIDED_RECORDS_H_
