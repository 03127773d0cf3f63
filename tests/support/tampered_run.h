// A good run over one file, of whose claims one is changed afterwards.
#ifndef UNECHO_TESTS_SUPPORT_TAMPERED_RUN_H_
#define UNECHO_TESTS_SUPPORT_TAMPERED_RUN_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/pipeline_run.h"

namespace unecho {

class TamperedRun : public InTemporaryFolder {
 protected:
  // Its one input is "in.jsonl".
  explicit TamperedRun(const std::string& lines) : options_(RunOf({"in.jsonl"})) { Write("in.jsonl", lines); }
  // With options_, which the caller has set.
  void Run() {
    RunOrFail(options_);
    lines_ = LinesOf("provenance");
  }
  // In a line of the provenance, from 1. The corpus is that of the run, and no longer looked at.
  void Change(size_t line, const std::string& from, const std::string& to) {
    std::string& text = lines_.at(line - 1);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << text;
    text.replace(at, from.size(), to);
    std::string all;
    for (const std::string& each : lines_) all += each + "\n";
    Write("provenance", all);
    options_.output.clear();
  }
  std::vector<std::string> Violations(bool recall = false) { return AuditOf(options_, recall).violations; }
  // With the report of the run, which says how it was made.
  AuditResult AuditByReport() {
    options_.report = "report.json";
    RunOrFail(options_);
    AuditOptions audit;
    audit.provenance = "provenance";
    audit.corpus = "corpus";
    audit.report = "report.json";
    audit.recall = true;
    const auto result = Audit(audit);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : AuditResult{};
  }

  PipelineOptions options_;
  std::vector<std::string> lines_;  // of the provenance
};

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_TAMPERED_RUN_H_
