// The report of a run as one HTML file for a browser: no network, works from disk.
//
// In:      the JSON report; with that of tune also a table of thresholds; with the provenance removed and rejected records and what each snapshot added; with the inputs, their texts.
// Out:     HTML. Of many removed records kMaxRemoved are drawn, evenly and the same ones each time (the smallest XXH3 of their references);
//          the page says how many of how many it shows.
// Cost:    the provenance is streamed, the inputs are read once more up to the last record that is shown; about 3 MB at most.
// Threads: one caller.
// Failure: a Status for what cannot be read. Inputs that are gone, or were standard input, only leave their texts out.
#ifndef UNECHO_HTML_REPORT_H_
#define UNECHO_HTML_REPORT_H_

#include <string>

#include "unecho/console.h"
#include "unecho/options.h"
#include "unecho/status.h"

namespace unecho {

// options.audit_report; options.audit_provenance, if not empty; options.inputs, by default those of the report.
absl::StatusOr<std::string> HtmlReport(const Options& options);

// A run whose --report ends in .html: returns the table, and writes the page when all else is complete.
absl::StatusOr<std::string> RunWithHtmlReport(const Options& options, const std::string& command_line, Console& console);

}  // namespace unecho

#endif  // UNECHO_HTML_REPORT_H_
