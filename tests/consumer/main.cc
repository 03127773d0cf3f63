// What an installed unecho gives a program: texts compared one by one, with cleaning and with an answer at the end; a
// whole run with its audit, its messages and its end on demand; and errors for options that cannot be meant.
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "unecho/audit.h"
#include "unecho/deduplicator.h"
#include "unecho/layouts.h"
#include "unecho/listener.h"
#include "unecho/options.h"
#include "unecho/pipeline.h"
#include "unecho/record_stream.h"

namespace {

using unecho::Fate;
using unecho::StatusCode;

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
  const bool is_near = second->fate == Fate::kNear && second->witness == 0;
  return is_near && second->similarity > .666 && second->similarity < .667
             ? true
             : Fails("the second text is not near the first");
}

bool CleansTexts() {
  unecho::DeduplicatorOptions options;
  options.clean.min_length = 3;
  if (!unecho::ParseRepair("all", options.clean).ok()) return Fails("ParseRepair");
  unecho::Deduplicator deduplicator(options);
  const auto repaired = deduplicator.Add("A caf\u00c3\u00a9 &amp; a bar");
  const auto repeat = deduplicator.Add("a caf\u00e9 & a bar");
  const auto rejected = deduplicator.Add("two words");
  if (!repaired.ok() || !repeat.ok() || !rejected.ok()) return Fails("a text is not taken");
  if (repaired->cleaned.rewritten != std::vector<std::string>{"A caf\u00e9 & a bar"}) return Fails("the repair");
  if (repeat->fate != Fate::kExact || repeat->cleaned.rewritten) return Fails("the repeat of what was repaired");
  return rejected->cleaned.reason == unecho::Reason::kMinLength ? true : Fails("the rule about length");
}

bool AnswersAtTheEnd() {
  unecho::Deduplicator deduplicator({.threshold = 0.6, .keep = unecho::KeepPolicy::kLongest});
  if (deduplicator.Add("x").status().code() != StatusCode::kFailedPrecondition) return Fails("Add() with kLongest");
  const auto held = deduplicator.Hold("The quick brown fox jumps over the lazy dog");
  const auto also = deduplicator.Hold("The quick brown fox jumps over the lazy dog again");
  const auto answers = deduplicator.Finish();
  if (!held.ok() || !also.ok() || !answers.ok() || answers->size() != 2) return Fails("texts that are held");
  const bool second_is_kept = (*answers)[1].fate == Fate::kKept;
  return second_is_kept && (*answers)[0].fate == Fate::kNear && (*answers)[0].witness == 1 ? true : Fails("kLongest");
}

class Notes : public unecho::Listener {
 public:
  void Verbose(std::string_view message) override { said += message; }
  bool verbose() const override { return true; }
  void StartProgress(const unecho::Progress* progress) override { seen = progress; }
  void StopProgress() override {
    if (seen != nullptr) records = seen->records;
    seen = nullptr;
  }
  std::string said;
  uint64_t records = 0;
  const unecho::Progress* seen = nullptr;
};

bool RunsAndAudits(const std::string& folder) {
  const std::string input = folder + "/input.txt";
  std::ofstream(input) << "one line of text\nanother line\none line of text\n";
  unecho::PipelineOptions options;
  options.answer.layout = unecho::FindLayout("lines");
  options.inputs = {input};
  options.output = folder + "/corpus.txt";
  options.provenance = folder + "/provenance.jsonl";
  Notes notes;
  const auto run = unecho::RunPipeline(options, "consumer", notes);
  if (!run.ok()) return Fails("the run");
  if (run->ledger[Fate::kKept] != 2 || run->ledger[Fate::kExact] != 1 || run->table.empty()) return Fails("its ledger");
  if (notes.records != 3 || notes.said.empty()) return Fails("what a listener hears");
  unecho::AuditOptions audit_options;
  audit_options.inputs = options.inputs;
  audit_options.answer = options.answer;
  audit_options.corpus = options.output;
  audit_options.provenance = options.provenance;
  const auto audit = unecho::Audit(audit_options);
  if (!audit.ok() || audit->num_violations != 0 || audit->kept != 2 || audit->exact != 1) return Fails("the audit");

  std::atomic<int> stop{1};
  options.run.stop = &stop;
  options.output = folder + "/stopped.txt";
  if (unecho::RunPipeline(options, "", notes).status().code() != StatusCode::kCancelled) return Fails("a stopped run");
  if (std::filesystem::exists(options.output)) return Fails("a stopped run leaves an output");
  audit_options.run.stop = &stop;
  return unecho::Audit(audit_options).status().code() == StatusCode::kCancelled ? true : Fails("a stopped audit");
}

bool RefusesOptions() {
  const auto is_wrong = [](const unecho::Status& status) { return status.code() == StatusCode::kInvalidArgument; };
  unecho::Listener nobody;
  unecho::PipelineOptions options;
  options.run.threads = -1;
  if (!is_wrong(unecho::RunPipeline(options, "", nobody).status())) return Fails("threads -1 is taken");
  options.run = {.batch_bytes = 1};
  if (!is_wrong(unecho::RunPipeline(options, "", nobody).status())) return Fails("batches of a byte are taken");
  options.run = {};
  options.answer.shingle_tokens = 65;
  if (!is_wrong(options.Validate())) return Fails("shingles of 65 tokens are taken");
  options.answer = {};
  options.answer.clean.languages = {"English"};
  if (!is_wrong(options.Validate())) return Fails("an unknown language is taken");
  options.answer.clean = {};
  options.answer.clean.gopher.dup_para_frac = -1;
  if (!is_wrong(options.Validate())) return Fails("a negative share is taken");
  if (!is_wrong(unecho::Deduplicator({.threshold = 1.5}).Add("x").status()))
    return Fails("a threshold above 1 is taken");
  if (!is_wrong(unecho::Deduplicator({.keep = unecho::KeepPolicy::kFieldMax}).Finish().status()))
    return Fails("a field of a text is taken");
  return unecho::LoadLayout("jsonk").status().message().find("jsonl") != std::string_view::npos
             ? true
             : Fails("an unknown layout is not explained");
}

}  // namespace

int main() {
  const std::string folder =
      std::filesystem::temp_directory_path() / ("unecho-consumer-" + std::to_string(std::random_device()()));
  std::filesystem::create_directory(folder);
  const bool all = ComparesTexts() && CleansTexts() && AnswersAtTheEnd() && RunsAndAudits(folder) && RefusesOptions();
  std::filesystem::remove_all(folder);
  return all ? 0 : 1;
}
