// Says so when a field that --key, --differ or --within names is in no record of any source: a name that is spelled
// wrong would else look like records of which none are the same.
//
// In:      batches with fields and marks, in input order. Check() when all have come.
// Out:     an error that names the option, the field and the fields there are.
// Cost:    a branch a batch; the names of one record a batch while a name has not been found.
//
// It counts as well in how many records a key is one that stands for none, such as "N/A".
// Threads: one caller.
#ifndef UNECHO_SRC_FLOW_ASKED_FIELDS_H_
#define UNECHO_SRC_FLOW_ASKED_FIELDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/batch.h"
#include "options/sameness.h"
#include "report/report.h"
#include "text/source_names.h"
#include "unecho/status.h"

namespace unecho {

class AskedFields {
 public:
  AskedFields(const AnswerOptions& answer, const SourceNames& sources)
      : sources_(sources),
        sameness_(SamenessOf(answer)),
        missing_(sameness_.any() ? ~uint64_t{0} >> (64 - sameness_.fields.size()) : 0) {}
  void operator()(const Batch& batch);
  [[nodiscard]] absl::Status Check() const;
  // Of keys that have some.
  std::vector<PlaceholderInfo> placeholders() const;

 private:
  void CountPlaceholders(const Batch& batch);
  const SourceNames& sources_;
  Sameness sameness_;
  uint64_t missing_;                // by place in sameness_.fields
  std::vector<std::string> names_;  // of fields that there are, in the order in which they come
  std::string first_source_, first_layout_;
  std::vector<PlaceholderInfo> placeholders_;  // of each key
};

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_ASKED_FIELDS_H_
