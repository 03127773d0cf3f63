// The report of a run as one HTML file for a browser: no network, works from disk.
//
// In:      the JSON report, plain or compressed; with that of tune also a table of thresholds; with the provenance
//          removed and rejected records and what each snapshot added; with the inputs, their texts.
// Out:     HTML. It says what it does not show: of many removed records 20,000 are listed, 1,000 of them with their
//          texts and the others with the beginnings of theirs; 60 groups with up to 12 copies each; of many rejected
//          records 200: drawn evenly and the same ones each time. Of many sources and snapshots the 200 with the most
//          records are named, in the overlap 30, and the rest is summed up; figures are of all. A text is shown only if
//          the source has the record at the place that the provenance gives, and if removed and kept record have the
//          similarity that it gives (shown_texts.h). Rejected and contaminated records have the place alone to tell.
//          With --pii mask and drop no text of a rejected record is shown, since it may hold what was to be taken out.
// Cost:    the provenance is streamed twice; each source of a shown record is read once more, up to the last of them.
//          The page has about 6 MB where all texts are long and all bounds are reached, and up to 10 MB where each
//          listed record is of another source with a long path; some 100 KB without texts. In memory are the page, the
//          report, and up to 70 MB of shingles where all shown texts are long.
// Threads: one caller.
// Failure: a Status for a report, a provenance or a table of thresholds that cannot be read, or is not of the same run
//          as the others. An input that cannot be read, or is not what the run has read, leaves its texts out: the page
//          and `listener` say which, and why. Of standard input only the page says so. A signal ends it with
//          kCancelled.
#ifndef UNECHO_SRC_PAGE_HTML_REPORT_H_
#define UNECHO_SRC_PAGE_HTML_REPORT_H_

#include <string>
#include <vector>

#include "base/status.h"
#include "unecho/listener.h"
#include "unecho/options.h"

namespace unecho {

struct PageOptions {
  std::string report;               // of the run: JSON
  std::string provenance;           // empty: no removed and rejected records, no snapshots
  std::string tune;                 // what `tune --report` wrote; empty: no table of thresholds
  std::vector<std::string> inputs;  // empty: those of the report
  std::string stdin_name = "-";
  AnswerOptions answer;      // evaluation sets that the report does not name
  std::string output = "-";  // the page; what it must not replace is looked at
  bool overwrite = true;
};
absl::StatusOr<std::string> HtmlReport(const PageOptions& options, Listener& listener);

// A run whose --report ends in .html: returns the table, and writes the page when all else is complete, but before an
// index has what is new.
absl::StatusOr<std::string> RunWithHtmlReport(const PipelineOptions& options, const std::string& command_line,
                                              Listener& listener);

}  // namespace unecho

#endif  // UNECHO_SRC_PAGE_HTML_REPORT_H_
