// What cleaning options ask for, as lists; and as text: in a rules file, in the report.
//
// Cost:    once a run. Threads: functions without state.
// Failure: a Status for text that is no rules file, or no such object.
#ifndef UNECHO_SRC_CLEAN_RULES_H_
#define UNECHO_SRC_CLEAN_RULES_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "unecho/clean.h"

namespace unecho {

// The rules that these options ask, in order: those that may reject, those that rewrite, and the kinds of personal data
// that are looked for (also where they are masked or a reason to reject).
std::vector<Reason> RulesInUse(const CleanOptions& options);
std::vector<Rewrite> RewritesInUse(const CleanOptions& options);
std::vector<Rewrite> FindingsInUse(const CleanOptions& options);

// What no file and no command line would have let in: a share that is none, a language that nobody knows.
absl::Status CheckClean(const CleanOptions& options);

// The text of a rules file (ReadRules); `path`: what errors call it.
absl::Status ParseRules(std::string_view toml, const std::string& path, CleanOptions& options);

// All options as one JSON object: a member of the report's parameters; and back, for the audit.
std::string CleanJson(const CleanOptions& options);
absl::Status CleanFromJson(std::string_view json, CleanOptions& options);

}  // namespace unecho

#endif  // UNECHO_SRC_CLEAN_RULES_H_
