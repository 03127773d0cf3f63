// Says so when a layout that was asked for by name or file does not fit its source: no record at all, or none that can be
// used. A run that rejects everything would else look like one that went well.
//
// In:      batches, segmented and numbered, in input order. Only layouts that look for something in a source are checked:
//          lines, page and text take what comes. Detected layouts are not checked: they have found something; but fields that
//          were asked for by name are.
// Out:     an error that names the source, the record, what was looked for and what was seen.
// Cost:    nothing behind the first good record of a source.
// Threads: one caller.
#ifndef UNECHO_SRC_LAYOUT_CHECK_H_
#define UNECHO_SRC_LAYOUT_CHECK_H_

#include <string>
#include <vector>

#include "unecho/layouts.h"
#include "unecho/provenance.h"
#include "unecho/status.h"

namespace unecho {

class LayoutCheck {
 public:
  // `given`: of --layout; null for auto. `match_fields`: of --match-fields, for jsonl.
  LayoutCheck(const SourceNames& sources, LayoutPtr given, std::vector<std::string> match_fields);
  absl::Status operator()(const Batch& batch);

 private:
  struct Source {
    bool fits = false;
    uint64_t records = 0;
    uint64_t bytes = 0;                // that are no separators
    std::string first_line;            // that is not blank
    Reason reason = Reason::kNone;     // of the first record
    uint64_t line = 0;
    std::string excerpt;
  };
  absl::Status Misfit(const Layout& layout, const std::string& name, const Source& source) const;

  const SourceNames& sources_;
  LayoutPtr given_;
  const std::vector<std::string> match_fields_;
  std::vector<Source> found_;          // by source
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUT_CHECK_H_
