#include "flow/flow.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "kernels/kernels.h"
#include "read/evaluation_sets.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

std::vector<std::string> NamesOf(const Options& options, const std::vector<InputFile>& inputs) {
  std::vector<std::string> names;
  for (const InputFile& input : inputs) names.push_back(input.name);
  for (const InputFile& set : NameAgainst(inputs, options.answer.against, options.stdin_name))
    names.push_back(set.name);
  return names;
}

}  // namespace

Flow::Flow(const Options& options, std::string command_line, Listener& listener)
    : options_(options),
      listener_(listener),
      threads_(options.run.threads > 0 ? options.run.threads
                                       : std::max(1, static_cast<int>(std::thread::hardware_concurrency()))),
      inputs_(NameInputs(options.inputs, options.stdin_name)),
      sources_(NamesOf(options, inputs_)),
      bands_(PlanBands(options.answer.threshold)),
      plan_(PlanMemory(bands_, options.run, options.answer.clean.dedup_lines || options.answer.clean.dedup_paragraphs,
                       threads_, NumBatches(threads_))),
      memory_limit_(options.run.memory_bytes > 0 ? options.run.memory_bytes : DefaultMemoryLimit()),
      statistics_(inputs_.size()) {
  facts_.command_line = std::move(command_line);
  plan_.input_bytes = AheadBytes(inputs_, threads_, memory_limit_);
}

absl::Status Flow::Begin() {
  if (sources_.size() > Fates::kMaxSources) {
    return absl::ResourceExhaustedError(absl::StrFormat("%d files are more than one run takes (%d); join some of them",
                                                        sources_.size(), Fates::kMaxSources));
  }
  UNECHO_RETURN_IF_ERROR(CheckMemory(plan_, {}, memory_limit_, 0));
  UNECHO_RETURN_IF_ERROR(ReadAgainst());
  UNECHO_RETURN_IF_ERROR(outputs_.Create(options_));
  if (options_.command != Command::kSegment) {
    if (options_.answer.exact_join) {
      listener_.Verbose("exact join of all pairs; the shingle sets of kept records stay in memory");
    } else {
      listener_.Verbose(absl::StrFormat(
          "threshold %g: %d bands of %d rows, sketches of %d bins; misses %.1e of pairs at the threshold",
          options_.answer.threshold, bands_.bands, bands_.rows, kSketchBins, bands_.miss_at_threshold));
    }
    listener_.Verbose(Describe(plan_, memory_limit_));
  }
  listener_.Verbose(absl::StrFormat("%d threads, %s kernels", threads_, ActiveKernels().name));
  const bool reads_twice = options_.answer.keep != KeepPolicy::kFirst || options_.answer.annotate;
  progress_.total_bytes = PlainBytes(inputs_) * (reads_twice ? 2 : 1);
  listener_.StartProgress(&progress_);
  return absl::OkStatus();
}

Fill Flow::ReadFrom(BatchReader& reader) {
  return [&reader](Batch& batch) -> absl::StatusOr<bool> {
    if (InterruptSignal() != 0) return absl::CancelledError("interrupted");
    return reader.Fill(batch);
  };
}

absl::Status Flow::CheckTables(uint64_t used_bytes, const InputSequence* inputs) const {
  const MemoryNeed need = {.tables_bytes = used_bytes + (against_ ? against_->memory_bytes() : 0),
                           .batch_bytes = read_cost_.batch_bytes.load(std::memory_order_relaxed),
                           .input_bytes = inputs == nullptr ? 0 : inputs->peak_bytes()};
  return CheckMemory(plan_, need, memory_limit_, fates_.num_kept());
}

void Flow::AddAgainstStage(std::deque<Stage>& stages) {
  if (!against_) return;
  stages.emplace_back("against", false, [this](Batch& batch) {
    (*against_)(batch);
    return absl::OkStatus();
  });
}

void Flow::AddOutputStages(const Format& format, std::deque<Stage>& stages) {
  stages.emplace_back("format", false, [&format](Batch& batch) {
    format(batch);
    return absl::OkStatus();
  });
  stages.emplace_back("write", true, [this](Batch& batch) {
    statistics_.Add(batch);
    return outputs_.Write(batch);
  });
}

void Flow::CountCosts(const std::deque<Stage>& stages, const std::string& prefix, const InputSequence* inputs) {
  const uint64_t read_bytes = read_cost_.batch_bytes.load() + (inputs == nullptr ? 0 : inputs->peak_bytes());
  facts_.stages.push_back({prefix + "read", static_cast<double>(read_cost_.busy_ns.exchange(0)) / 1e9, read_bytes});
  for (const Stage& stage : stages) {
    facts_.stages.push_back(
        {prefix + stage.name, static_cast<double>(stage.busy_ns.load()) / 1e9, stage.peak_bytes.load()});
  }
}

absl::StatusOr<std::string> Flow::End(const BatchReader& reader) {
  listener_.StopProgress();
  if (!statistics_.total().Balances()) {
    return absl::InternalError("the ledger does not balance: this is a bug in unecho; please report it with the input");
  }
  for (size_t i = 0; i < inputs_.size(); ++i) {
    const SourceFacts& source = reader.facts()[i];
    facts_.sources.push_back(
        {inputs_[i].name, inputs_[i].path, source.layout, source.compression, source.encoding, source.num_undecodable});
    const std::string why = source.layout_why.empty() ? std::string() : absl::StrFormat(" (%s)", source.layout_why);
    listener_.Verbose(absl::StrFormat("%s: layout %s%s, %s, %s", inputs_[i].name, source.layout, why,
                                      source.compression, source.encoding));
  }
  if (!options_.answer.exact_join && options_.command != Command::kSegment) {
    facts_.bands = bands_.bands;
    facts_.rows = bands_.rows;
    facts_.sketch_bins = kSketchBytes;
  }
  facts_.threads = threads_;
  facts_.memory_limit_bytes = memory_limit_;
  facts_.kernels = ActiveKernels().name;
  facts_.peak_rss_bytes = PeakResidentBytes();
  facts_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const auto bytes_read = static_cast<double>(std::max<uint64_t>(1, statistics_.total().bytes_read));
  for (const StageCost& stage : facts_.stages) {
    const std::string memory = stage.peak_bytes > 0 ? absl::StrFormat(", %d MiB", stage.peak_bytes >> 20) : "";
    listener_.Verbose(absl::StrFormat("stage %s: %.3f s, %.2f ns/byte%s", stage.name, stage.seconds,
                                      stage.seconds * 1e9 / bytes_read, memory));
  }
  if (facts_.planned_bytes > 0) {
    listener_.Verbose(absl::StrFormat("memory: %d MiB planned for %d kept and %d distinct records, %d MiB measured",
                                      facts_.planned_bytes >> 20, fates_.num_kept(), fates_.num_distinct(),
                                      facts_.peak_rss_bytes >> 20));
  }
  UNECHO_RETURN_IF_ERROR(outputs_.Commit(outputs_.report ? ReportJson(options_, facts_, statistics_) : std::string()));
  return SummaryTable(options_, facts_, statistics_);
}

}  // namespace unecho
