// Runs in a folder of their own: the pipeline, the audit of what it wrote, and its provenance read back.
#ifndef UNECHO_TESTS_SUPPORT_PIPELINE_RUN_H_
#define UNECHO_TESTS_SUPPORT_PIPELINE_RUN_H_

#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/print_status.h"
#include "support/temporary_folder.h"
#include "unecho/audit.h"
#include "unecho/listener.h"
#include "unecho/pipeline.h"

namespace unecho {

inline std::vector<std::string> LinesOf(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// What a line of the provenance says of a record; empty and 0 where it says nothing.
struct Decision {
  std::string ref, id, fate, witness;
  double similarity = 0;
  friend bool operator==(const Decision&, const Decision&) = default;
};
inline void PrintTo(const Decision& decision, std::ostream* os) {
  *os << decision.ref << " " << decision.fate << " " << decision.witness << " " << decision.similarity;
}

inline std::vector<Decision> ReadProvenance(const std::string& path) {
  std::vector<Decision> decisions;
  simdjson::dom::parser parser;
  for (const std::string& text : LinesOf(path)) {
    const simdjson::dom::element line = parser.parse(text).value();
    Decision decision;
    for (const auto& [name, value] : {std::pair{"ref", &decision.ref},
                                      {"id", &decision.id},
                                      {"fate", &decision.fate},
                                      {"witness", &decision.witness}}) {
      if (std::string_view found; line[name].get(found) == simdjson::SUCCESS) *value = found;
    }
    if (line["similarity"].get(decision.similarity) != simdjson::SUCCESS) decision.similarity = 0;
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

// By two threads, into "corpus" and "provenance".
inline PipelineOptions RunOf(std::vector<std::string> inputs) {
  PipelineOptions options;
  options.command = Command::kDedup;
  options.inputs = std::move(inputs);
  options.output = "corpus";
  options.provenance = "provenance";
  options.run.threads = 2;
  return options;
}

// A failure of the test if the run fails.
inline void RunOrFail(const PipelineOptions& options) {
  Listener listener;
  const auto table = RunPipeline(options, "test", listener);
  EXPECT_TRUE(table.ok()) << table.status();
}

// The audit of a run, by the same options.
inline AuditOptions AuditOptionsFor(const PipelineOptions& run) {
  AuditOptions options;
  options.inputs = run.inputs;
  options.stdin_name = run.stdin_name;
  options.answer = run.answer;
  options.run = run.run;
  options.provenance = run.provenance;
  options.corpus = run.output;
  options.rejects = run.rejects;
  options.removed = run.removed;
  return options;
}

// A failure of the test if it cannot be done; what it finds is the caller's.
inline AuditResult AuditOf(const PipelineOptions& run, bool recall) {
  AuditOptions options = AuditOptionsFor(run);
  options.recall = recall;
  const auto audit = Audit(options);
  EXPECT_TRUE(audit.ok()) << audit.status();
  return audit.ok() ? *audit : AuditResult{};
}

}  // namespace unecho

#endif  // UNECHO_TESTS_SUPPORT_PIPELINE_RUN_H_
