#include "write/outputs.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/batch.h"

namespace unecho {
namespace {

bool IsSameFile(const std::string& a, const std::string& b) {
  struct stat stat_a {
  }, stat_b{};
  return stat(a.c_str(), &stat_a) == 0 && stat(b.c_str(), &stat_b) == 0 && S_ISREG(stat_a.st_mode) &&
         stat_a.st_dev == stat_b.st_dev && stat_a.st_ino == stat_b.st_ino;
}

}  // namespace

absl::Status CheckOutputs(std::span<const std::string> written, std::span<const std::string> read, bool overwrite) {
  for (const std::string& path : written) {
    if (path.empty() || path == "-") continue;
    if (std::ranges::any_of(read, [&](const std::string& input) { return IsSameFile(input, path); })) {
      return absl::InvalidArgumentError(
          Abs(path + " is also an input; write to another file, so that the run can be audited"));
    }
    if (!overwrite) UNECHO_RETURN_IF_ERROR(CheckNotThere(path));
  }
  return absl::OkStatus();
}

absl::Status Outputs::Create(const PipelineOptions& options) {
  std::vector<std::string> read = options.ReadBeside();
  read.insert(read.end(), options.inputs.begin(), options.inputs.end());
  const std::string written[] = {options.dry_run ? std::string() : options.output, options.provenance, options.rejects,
                                 options.report};
  UNECHO_RETURN_IF_ERROR(CheckOutputs(written, read, options.overwrite));
  if (!options.dry_run) {
    UNECHO_ASSIGN_OR_RETURN(corpus, OutputFile::Create(options.output));
  }
  if (!options.provenance.empty()) {
    UNECHO_ASSIGN_OR_RETURN(provenance, OutputFile::Create(options.provenance));
  }
  if (!options.rejects.empty()) {
    UNECHO_ASSIGN_OR_RETURN(rejects, OutputFile::Create(options.rejects));
  }
  if (!options.report.empty()) {
    UNECHO_ASSIGN_OR_RETURN(report, OutputFile::Create(options.report));
  }
  return absl::OkStatus();
}

absl::Status Outputs::Write(Batch& batch) {
  if (corpus) UNECHO_RETURN_IF_ERROR(corpus->WriteRanges(batch.corpus_ranges));
  if (provenance) UNECHO_RETURN_IF_ERROR(provenance->Write(batch.provenance));
  if (rejects) UNECHO_RETURN_IF_ERROR(rejects->Write(batch.rejects));
  return absl::OkStatus();
}

absl::Status Outputs::Commit(const std::string& report_json) {
  if (corpus) UNECHO_RETURN_IF_ERROR(corpus->Commit());
  if (provenance) UNECHO_RETURN_IF_ERROR(provenance->Commit());
  if (rejects) UNECHO_RETURN_IF_ERROR(rejects->Commit());
  if (!report) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(report->Write(report_json));
  return report->Commit();
}

}  // namespace unecho
