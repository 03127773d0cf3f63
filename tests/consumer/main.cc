// What an installed unecho gives a program: texts compared one by one, and a whole run with its audit.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "unecho/audit.h"
#include "unecho/deduplicator.h"
#include "unecho/layouts.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/pipeline.h"
#include "unecho/record_stream.h"

namespace {

bool Fails(const char* what) {
  std::fprintf(stderr, "wrong: %s\n", what);
  return false;
}

bool ComparesTexts() {
  unecho::Deduplicator deduplicator({.threshold = 0.6});
  const auto first = deduplicator.Add("The quick brown fox jumps over the lazy dog");
  const auto second = deduplicator.Add("THE QUICK brown fox -- jumps over the lazy cat!");
  if (!first.ok() || !second.ok()) return Fails("a text is not taken");
  // 5 shingles each, 4 of them shared: 4 / 6.
  const bool is_near = second->fate == unecho::Fate::kNear && second->witness == 0;
  return is_near && second->similarity > .666 && second->similarity < .667
             ? true
             : Fails("the second text is not near the first");
}

bool RunsAndAudits(const std::string& folder) {
  const std::string input = folder + "/input.txt";
  std::ofstream(input) << "one line of text\nanother line\none line of text\n";
  unecho::PipelineOptions options;
  options.answer.layout = unecho::FindLayout("lines");
  options.inputs = {input};
  options.output = folder + "/corpus.txt";
  options.provenance = folder + "/provenance.jsonl";
  unecho::Listener listener;
  if (!unecho::RunPipeline(options, "consumer", listener).ok()) return Fails("the run");
  unecho::AuditOptions audit_options;
  audit_options.inputs = options.inputs;
  audit_options.answer = options.answer;
  audit_options.corpus = options.output;
  audit_options.provenance = options.provenance;
  const auto audit = unecho::Audit(audit_options);
  return audit.ok() && audit->num_violations == 0 && audit->kept == 2 && audit->exact == 1 ? true : Fails("the audit");
}

}  // namespace

int main() {
  const std::string folder =
      std::filesystem::temp_directory_path() / ("unecho-consumer-" + std::to_string(std::random_device()()));
  std::filesystem::create_directory(folder);
  const bool all = ComparesTexts() && RunsAndAudits(folder);
  std::filesystem::remove_all(folder);
  return all ? 0 : 1;
}
