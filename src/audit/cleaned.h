// The cleaning rules, asked again by the audit.
//
// A rule is defined by its code (clean.h), so the audit asks the same code; what is proved is that the run applied the
// rules it reports, to the text that is in the inputs: the text, and the line that is written of it, come from the
// audit's own readers.
//
// Threads: one AuditCleaner per thread. Failure: none.
#ifndef UNECHO_SRC_AUDIT_CLEANED_H_
#define UNECHO_SRC_AUDIT_CLEANED_H_

#include <string>
#include <vector>

#include "base/batch.h"
#include "clean/cleaner.h"

namespace unecho {

struct AuditCleaned {
  Reason reason = Reason::kNone;
  bool rewritten = false;
  std::string language;
};

class AuditCleaner {
 public:
  explicit AuditCleaner(const CleanOptions& options) : cleaner_(options) {}

  // `texts`: the pieces of the match text, of which `num_titles` (0 or 1) are titles; rewritten in place. `are_fields`:
  // each stays, even if nothing is left of it.
  AuditCleaned Clean(std::vector<std::string>& texts, size_t num_titles, bool are_fields);
  bool RejectsLength(uint64_t num_tokens) const { return cleaner_.RejectsLength(num_tokens); }
  const RewriteCounts& counts() const { return counts_; }

 private:
  Cleaner cleaner_;
  TextArena arena_;
  RewriteCounts counts_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_CLEANED_H_
