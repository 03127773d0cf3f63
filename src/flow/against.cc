// Reads the evaluation sets of --against, before anything else.
//
//   bytes -> segment -> tokens | number | sketch | enter       in order: number, enter
#include <algorithm>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/interrupt.h"
#include "flow/flow.h"
#include "flow/prepare.h"
#include "read/evaluation_sets.h"

namespace unecho {
namespace {

void CountRecords(const Batch& batch, uint32_t least_tokens, AgainstInfo& set) {
  for (const Record& record : batch.records) {
    if (!record.is_last_fragment) continue;
    ++set.records;
    if (record.reason != Reason::kNone)
      ++set.unusable;
    else
      set.too_short += record.num_words < least_tokens;
  }
}

}  // namespace

absl::Status Flow::ReadAgainst() {
  if (options_.answer.against.empty()) return absl::OkStatus();
  const std::vector<InputFile> sets = NameAgainst(inputs_, options_.answer.against, options_.stdin_name);
  const AnswerOptions answer = OptionsOfSets(options_.answer);
  const Prepare prepare(answer);
  const Sketcher sketch(bands_, options_.answer.shingle_tokens, options_.answer.seed);
  const uint32_t least = std::min(static_cast<uint32_t>(options_.answer.against_ngram_tokens), kMinAgainstTokens);
  against_.emplace(options_.answer, bands_);
  facts_.against.resize(sets.size());
  Progress progress;
  BatchReader reader(
      sets.size(), [&](size_t i) { return OpenInput(sets[i], &InterruptSignal()); }, answer, options_.run.batch_bytes,
      &progress.bytes);
  Numbering number(sources_, false, nullptr, {});

  std::deque<Stage> stages;
  stages.emplace_back("prepare", false, [&](Batch& batch) {
    prepare(batch);
    return absl::OkStatus();
  });
  if (!answer.exact_join) {
    stages.emplace_back("sketch", false, [&](Batch& batch) {
      sketch(batch);
      return absl::OkStatus();
    });
  }
  Stage& enter = stages.emplace_back("enter", true, nullptr);
  enter.work = [&](Batch& batch) -> absl::Status {
    UNECHO_RETURN_IF_ERROR(number(batch));
    const auto set = static_cast<size_t>(batch.source);
    CountRecords(batch, least, facts_.against[set]);
    UNECHO_RETURN_IF_ERROR(against_->Enter(batch, SourceId{static_cast<uint32_t>(inputs_.size() + set)}));
    enter.peak_bytes = against_->memory_bytes();
    return CheckTables(0, nullptr);
  };
  UNECHO_RETURN_IF_ERROR(RunStages(ReadFrom(reader), stages, threads_, read_cost_));
  against_->Finish();
  CountCosts(stages, "against.", nullptr);
  facts_.stages.push_back({"against.tables", 0, against_->memory_bytes()});
  for (size_t i = 0; i < sets.size(); ++i) {
    AgainstInfo& set = facts_.against[i];
    const SourceFacts& source = reader.facts()[i];
    set.source = {sets[i].name,       sets[i].path,    source.layout,
                  source.compression, source.encoding, source.num_undecodable};
    if (set.unusable < set.records) continue;
    return absl::InvalidArgumentError(
        absl::StrFormat("--against %s: none of its %d records can be used (layout %s); name its fields by "
                        "--against-fields, or its layout by "
                        "--against-layout",
                        sets[i].path, set.records, set.source.layout));
  }
  return CheckTables(0, nullptr);
}

}  // namespace unecho
