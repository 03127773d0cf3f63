#include "unecho/options.h"

#include "absl/strings/str_format.h"

namespace unecho {

std::vector<std::string> FilesReadBeside(const Options& options) {
  std::vector<std::string> files = options.answer.against;
  files.insert(files.end(), options.parameter_files.begin(), options.parameter_files.end());
  for (const std::string* path : {&options.tune_report, &options.tune_labels, &options.audit_corpus,
                                  &options.audit_provenance, &options.audit_report}) {
    if (!path->empty()) files.push_back(*path);
  }
  return files;
}

bool IsHtmlReport(const Options& options) {
  return options.report.ends_with(".html") || options.report.ends_with(".htm");
}

std::string_view Name(Command command) {
  switch (command) {
    case Command::kClean: return "clean";
    case Command::kSegment: return "segment";
    case Command::kDedup: return "dedup";
    case Command::kAudit: return "audit";
    case Command::kInspect: return "inspect";
    case Command::kExplain: return "explain";
    case Command::kTune: return "tune";
    case Command::kStats: return "stats";
    case Command::kReport: return "report";
  }
  return "";
}

std::string KeepPolicyName(const AnswerOptions& answer) {
  switch (answer.keep) {
    case KeepPolicy::kFirst: return "first";
    case KeepPolicy::kLast: return "last";
    case KeepPolicy::kLongest: return "longest";
    case KeepPolicy::kFieldMax: return answer.segment.order_field + ":max";
    case KeepPolicy::kFieldMin: return answer.segment.order_field + ":min";
  }
  return "";
}

absl::Status ParseKeepPolicy(std::string_view text, AnswerOptions& answer) {
  answer.segment.order_field.clear();
  if (text == "first" || text == "last" || text == "longest") {
    answer.keep = text == "first" ? KeepPolicy::kFirst : text == "last" ? KeepPolicy::kLast : KeepPolicy::kLongest;
    return absl::OkStatus();
  }
  const size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && colon > 0) {
    const std::string_view end = text.substr(colon + 1);
    if (end == "max" || end == "min") {
      answer.keep = end == "max" ? KeepPolicy::kFieldMax : KeepPolicy::kFieldMin;
      answer.segment.order_field = text.substr(0, colon);
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("--keep %s: give first, last, longest, FIELD:max or FIELD:min (for example date:max)", text));
}

}  // namespace unecho
