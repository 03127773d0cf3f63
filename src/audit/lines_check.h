// A file in which a run lists records, a line each, held against the lines that should be there: corpus, rejects,
// removed records.
//
// In:      for each record in turn its reference and its line, written anew.
// Out:     violations. One line too many is known by the line after it, and a missing one by the next record's; else
//          the line was changed.
// Cost:    the file is streamed.
// Threads: one caller.
// Failure: a Status for what cannot be opened or read.
#ifndef UNECHO_SRC_AUDIT_LINES_CHECK_H_
#define UNECHO_SRC_AUDIT_LINES_CHECK_H_

#include <optional>
#include <string>

#include "audit/claims.h"

namespace unecho {

class LinesCheck {
 public:
  // What violations call the file, and what became of the records that it lists.
  struct Words {
    std::string file, fate;
  };
  static absl::StatusOr<LinesCheck> Open(const std::string& path, Words words, Violations& violations);
  // `want`: without its line end.
  absl::Status Next(const std::string& ref, const std::string& want);
  // `lacks_line_end`: the last line should have none.
  absl::Status End(bool lacks_line_end = false);

 private:
  LinesCheck(LineStream lines, Words words, Violations& violations)
      : lines_(std::move(lines)), words_(std::move(words)), violations_(&violations) {}
  void ReportMissing(const std::string& ref);
  void ReportChanged();
  void ReportForeign(std::string_view more);

  LineStream lines_;
  Words words_;
  Violations* violations_;
  std::optional<std::string> pending_;  // a record whose line did not match
};

}  // namespace unecho

#endif  // UNECHO_SRC_AUDIT_LINES_CHECK_H_
