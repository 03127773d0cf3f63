// What a run wrote besides its provenance: corpus, rejects and removed records, held against what they should be.
//
// In:      for each record in turn the lines that it should have there, written anew; of each source its text.
// Out:     violations.
// Cost:    the files are streamed; under --annotate the references of all removed records.
// Threads: LinesOf() is const and safe; else one caller.
// Failure: a Status for what cannot be opened or read.
#ifndef UNECHO_SRC_AUDIT_OUTPUTS_CHECK_H_
#define UNECHO_SRC_AUDIT_OUTPUTS_CHECK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/evidence.h"
#include "audit/form_check.h"
#include "audit/lines_check.h"
#include "audit/records.h"
#include "audit/spans.h"
#include "read/table_objects.h"

namespace unecho {

class OutputsCheck {
 public:
  explicit OutputsCheck(Evidence& evidence) : evidence_(evidence) {}
  // The evidence has its claims.
  absl::Status Open(const AuditOptions& options);

  // The lines of one record; empty where it has none, or where the file is not looked at.
  struct Lines {
    std::string corpus, rejects, removed;
  };
  Lines LinesOf(size_t i, const AuditSpan& span, const RecordFacts& facts, RecordReader& reader) const;
  absl::Status Take(size_t i, const Lines& lines);
  // Behind its records.
  absl::Status TakeSource(uint32_t source, std::string_view text, const FormOptions& options,
                          const AuditSource& reading);
  absl::Status End();

 private:
  void ListCopies();

  Evidence& evidence_;
  std::optional<LinesCheck> corpus_, rejects_, removed_;
  std::unique_ptr<FormCheck> form_;        // the corpus, under --as input
  std::unique_ptr<TableObjects> objects_;  // where its lines are rows of a table
  std::vector<AuditCopies> copies_;        // under --annotate, one for each claim
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_OUTPUTS_CHECK_H_
