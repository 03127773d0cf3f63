#include "flow/run.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/memory.h"
#include "flow/asked_fields.h"
#include "flow/stored_index.h"
#include "kernels/kernels.h"
#include "options/match_fields.h"
#include "options/sameness.h"
#include "read/fd_source.h"
#include "read/sources.h"
#include "text/counted.h"
#include "write/provenance.h"

namespace unecho {

namespace {

// What is written compressed, too.
Plan PlanWithOutputs(const PipelineOptions& options, std::vector<InputFile> inputs, const StoredIndex* index) {
  Plan plan = MakePlan(std::move(inputs), options.stdin_name, options.answer, options.run, !options.review.empty(),
                       index == nullptr ? std::span<const std::string>() : index->folder().source_names());
  std::vector<std::string> written = {options.provenance, options.rejects, options.removed, options.review,
                                      options.report};
  if (options.output_dir.empty()) written.push_back(options.output);
  // Of the files in a folder one is open at a time, but of aligned ones.
  const auto packed = [](const std::string& path) { return PackingOf(path) != Compression::kPlain; };
  const auto first = std::ranges::find_if(options.inputs, packed);
  if (!options.answer.aligned.empty() && !options.output_dir.empty())
    written.insert(written.end(), options.inputs.begin(), options.inputs.end());
  else if (!options.output_dir.empty() && first != options.inputs.end())
    written.push_back(*first);
  plan.memory.fixed_bytes += PackingBytes(written, plan.threads);
  return plan;
}

// Before a record is written: standard output cannot be taken back.
absl::Status CheckInputsAreThere(std::span<const InputFile> inputs, bool skips) {
  for (const InputFile& input : inputs) {
    if (!skips && input.aligned.empty()) UNECHO_RETURN_IF_ERROR(FdSource::CheckCanBeOpened(input.path));
    for (const AlignedFile& file : input.aligned) UNECHO_RETURN_IF_ERROR(FdSource::CheckCanBeOpened(file.path));
  }
  return absl::OkStatus();
}

}  // namespace

Run::Run(const PipelineOptions& run_options, std::vector<InputFile> sources, StoredIndex* stored,
         std::string command_line, Listener& run_listener)
    : options(run_options),
      index(stored),
      plan(PlanWithOutputs(options, std::move(sources), index)),
      listener(run_listener),
      statistics(plan.inputs.size(), compares() && !compares_works() ? options.answer.shingle_tokens : 0,
                 SamenessOf(options.answer).ApartNames()),
      end_source_(plan.inputs.size()) {
  facts.command_line = std::move(command_line);
}

std::string UtcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  char date[sizeof "2026-05-06T07:08:09Z"];
  return gmtime_r(&now, &utc) == nullptr ? std::string()
                                         : std::string(date, std::strftime(date, sizeof date, "%FT%TZ", &utc));
}

bool IsDeferred(const AnswerOptions& answer) {
  return answer.keep != KeepPolicy::kFirst || answer.annotate || answer.merge || answer.ignore_common > 0;
}

uint64_t NumReadings(const AnswerOptions& answer) {
  return (IsDeferred(answer) ? 2 : 1) + (answer.clean.dedup_at_least > 0 ? 1 : 0) + (answer.merge ? 1 : 0);
}

absl::Status Run::Begin() {
  UNECHO_RETURN_IF_ERROR(CheckPlan(plan));
  UNECHO_RETURN_IF_ERROR(CheckSourceOrder(options.answer, plan.inputs));
  UNECHO_RETURN_IF_ERROR(ReadEvaluationSets(*this));
  // A shard has a thousandth of them.
  const auto read = std::span(plan.inputs).subspan(first_source_, end_source_ - first_source_);
  UNECHO_RETURN_IF_ERROR(CheckInputsAreThere(read, options.answer.skip_unreadable));
  if (!options.answer.decided.empty()) {
    UNECHO_ASSIGN_OR_RETURN(decisions,
                            Decisions::Read(options.answer.decided, !options.answer.segment.id_field.empty()));
    facts.decided_same = decisions->num_same();
    facts.decided_different = decisions->num_different();
  }
  if (!options.review.empty()) unsure.emplace();
  UNECHO_RETURN_IF_ERROR(outputs.Create(options, plan.inputs, plan.threads, first_source_, end_source_));
  if (index != nullptr) UNECHO_RETURN_IF_ERROR(BeginIndex());
  if (outputs.provenance && options.provenance_format == ProvenanceFormat::kCompact) {
    std::string head;
    AppendProvenanceHead(plan.sources, head);
    UNECHO_RETURN_IF_ERROR(outputs.provenance->Write(head));
  }
  inputs.emplace(plan.inputs, plan.threads, plan.memory.input_bytes, options.run.stop);
  SayWhatWasChosen();
  progress.total_bytes = PlainBytes(read) * NumReadings(options.answer);
  shows_progress_ = true;
  listener.StartProgress(&progress);
  return absl::OkStatus();
}

void Run::StopProgress() {
  if (std::exchange(shows_progress_, false)) listener.StopProgress();
}

SpillTerms Run::spill_terms() const {
  const uint64_t left = LeftForBatches(plan.memory, {}, plan.memory_limit_bytes);
  const uint64_t most = (left - std::min(left, plan.memory.batch_bytes)) / 5 * 4;
  // What tables say is what is used of them: of many small ones more is resident. To ask the system costs microseconds.
  const uint64_t reserve = plan.memory_limit_bytes / 8;
  return {.most_bytes = most,
          .is_short =
              [this, most, reserve] {
                const uint64_t held = table_bytes_.load(std::memory_order_relaxed);
                return held > most || (held > most / 2 && ResidentLeft() < reserve);
              },
          .folder = options.run.tmpdir};
}

absl::Status Run::BeginIndex() {
  std::vector<std::string> names;
  for (const InputFile& input : plan.inputs) names.push_back(input.name);
  IndexFolder::Resumable resumable = {
      .resumes = options.resume,
      .command_line = facts.command_line,
      .parameters = {{"keep", KeepPolicyName(options.answer)}, {"seed", absl::StrFormat("%d", options.answer.seed)}}};
  if (against) {  // what was contaminated is not among what was decided, so that nothing else says whether it is the same
    resumable.parameters.emplace_back(
        "against", absl::StrFormat("%s (%016x)", absl::StrJoin(options.answer.against, ","), against_digest));
    resumable.parameters.emplace_back("against-ngram", absl::StrFormat("%d", options.answer.against_ngram_tokens));
  }
  UNECHO_RETURN_IF_ERROR(index->BeginRun(names, options.answer, &resumable));
  const IndexFolder::Unfinished& unfinished = index->folder().unfinished();
  if (unfinished.records > 0)
    listener.Info(absl::StrFormat("unecho: %s: a run that did not come to its end has decided %s; this one goes on\n",
                                  options.index, Counted(unfinished.records, "distinct record")));
  for (const std::string& file : index->folder().abandoned()) {
    const std::string_view could_go_on =
        file.starts_with("run-") && !options.resume ? "; with --resume the same run goes on there" : "";
    listener.Warning(
        file.ends_with(".part")
            ? absl::StrFormat("%s: %s was left there by a run that did not come to its end; it was no part of the "
                              "index, and is removed%s",
                              options.index, file, could_go_on)
            : absl::StrFormat("%s: %s is no part of the index: a run that did not come to its end has left it, or the "
                              "manifest is an older one; it has .left behind its name now",
                              options.index, file));
  }
  statistics.SetNumKnown(index->num_kept());
  facts.index.emplace();
  facts.index->path = options.index;
  facts.index->sources = index->folder().source_names();
  return absl::OkStatus();
}

BatchReader Run::Read(BatchReader::Open open) {
  BatchReader reader(plan.inputs, std::move(open), options.answer, options.run.batch_bytes, &progress.bytes);
  reader.SetWindow(first_source_, end_source_);
  return reader;
}

absl::Status Run::Drive(const std::string& pass, BatchSource& source, Chain& chain, uint64_t held_bytes,
                        const InputSequence* read_from) {
  const bool reads_sets = pass == kSetsPass;
  const auto ahead_bytes = [read_from] { return read_from == nullptr ? 0 : read_from->peak_bytes(); };
  const auto need = [&] {
    const uint64_t sets_bytes = against ? against->memory_bytes() : reads_sets ? chain.table_bytes() : 0;
    table_bytes_ = held_bytes + (reads_sets ? 0 : chain.table_bytes()) + sets_bytes;
    return MemoryNeed{.tables_bytes = table_bytes_,
                      .batch_bytes = read_cost.batch_bytes.load(std::memory_order_relaxed),
                      .input_bytes = ahead_bytes(),
                      .sets_bytes = sets_bytes};
  };
  const RunTerms terms = {
      .threads = plan.threads,
      .stop = options.run.stop,
      .batch_bytes = options.run.batch_bytes,
      .check = [&] { return CheckMemory(plan.memory, need(), plan.memory_limit_bytes, progress.kept); },
      .memory_left = [&] { return LeftForBatches(plan.memory, need(), plan.memory_limit_bytes); },
      .beyond_memory = [&] { return BeyondMemory(plan.memory, need(), plan.memory_limit_bytes, progress.kept); }};
  UNECHO_RETURN_IF_ERROR(RunChain(source, chain, terms, read_cost));
  const auto seconds = [](uint64_t ns) { return static_cast<double>(ns) / 1e9; };
  facts.stages.push_back(
      {pass + "read", seconds(read_cost.busy_ns.exchange(0)), read_cost.batch_bytes.load() + ahead_bytes()});
  for (const Chain::Link& link : chain.links()) {
    facts.stages.push_back({pass + link.name, seconds(link.busy_ns.load()), link.table_bytes.load()});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Run::End(const BatchReader& reader) {
  StopProgress();
  UNECHO_RETURN_IF_ERROR(fates.status());
  UNECHO_RETURN_IF_ERROR(statistics.status());
  if (!statistics.total().Balances()) {
    return absl::InternalError("the ledger does not balance: this is a bug in unecho; please report it with the input");
  }
  DescribeSources(reader);
  if (facts.index) {
    const size_t first = plan.sources.size() - facts.index->sources.size();
    for (const auto& [pair, records] : statistics.overlap()) {
      if (pair.second >= first) facts.index->removed_for_these += records;
    }
  }
  if (sketches()) {
    facts.bands = plan.bands.bands;
    facts.rows = plan.bands.rows;
    facts.sketch_bins = kSketchBins;
  }
  facts.threads = plan.threads;
  facts.memory_limit_bytes = plan.memory_limit_bytes;
  facts.kernels = ActiveKernels().name;
  facts.peak_rss_bytes = PeakResidentBytes();
  facts.finished = UtcNow();
  facts.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  DescribeCosts();
  for (const std::string& warning : RunWarnings(options, facts, statistics)) listener.Warning(warning);
  std::string report;
  if (outputs.report) {
    // To write it may take more than the run has: the peak is known behind that, and so it is written again.
    report = ReportJson(options, facts, statistics);
    facts.peak_rss_bytes = PeakResidentBytes();
    report.clear();
    report += ReportJson(options, facts, statistics);
  }
  const bool adds = index != nullptr && index->adds();
  if (adds) UNECHO_RETURN_IF_ERROR(index->Prepare(facts.command_line, facts.finished));
  UNECHO_RETURN_IF_ERROR(outputs.Commit(report));
  // What the index says to have seen is in the corpus before it says so: also if the machine stops.
  if (adds) UNECHO_RETURN_IF_ERROR(outputs.Sync());
  facts.peak_rss_bytes = PeakResidentBytes();
  return RunTable(options, facts, statistics);
}

void Run::Note(const AskedFields& asked) {
  facts.placeholders = asked.placeholders();
  facts.absent_fields = asked.Absent();
  facts.without_works = asked.WithoutWorks();
  facts.partial_fields = asked.Partial();
}

absl::Status Run::EndReview(const KeptFields& fields) {
  if (!unsure) return absl::OkStatus();
  facts.unsure_pairs = unsure->size();
  return WriteReview(*unsure, fields, *outputs.review);
}

void Run::SayWhatWasChosen() const {
  if (compares() && options.answer.exact_join) {
    listener.Verbose("exact join of all pairs; the shingle sets of kept records stay in memory");
  } else if (compares() && compares_works()) {
    listener.Verbose("works are compared by their fields");
  } else if (compares()) {
    listener.Verbose(absl::StrFormat(
        "threshold %s: %d bands of %d rows, sketches of %d bins; misses %.1e of pairs at the threshold",
        ThresholdText(options.answer), plan.bands.bands, plan.bands.rows, kSketchBins, plan.bands.miss_at_threshold));
  }
  if (compares()) listener.Verbose(Describe(plan.memory, plan.memory_limit_bytes));
  listener.Verbose(absl::StrFormat("%d threads, %s kernels", plan.threads, ActiveKernels().name));
}

void Run::DescribeSources(const BatchReader& reader) {
  for (size_t i = 0; i < plan.inputs.size(); ++i) {
    const InputFile& input = plan.inputs[i];
    const SourceFacts& source = reader.facts()[i];
    facts.sources.push_back({input.name, input.path, source.layout, source.compression, source.encoding,
                             source.num_undecodable, source.encoding_guess, source.skipped});
    for (const AlignedFile& each : input.aligned) facts.sources.back().aligned.emplace_back(each.path, each.field);
    facts.sources.back().is_elsewhere = source.layout.empty() && source.skipped.empty();
    if (facts.sources.back().is_elsewhere) continue;
    if (!source.skipped.empty()) {
      listener.Verbose(absl::StrFormat("%s: skipped (%s)", input.name, source.skipped));
      continue;
    }
    const std::string why = source.layout_why.empty() ? std::string() : absl::StrFormat(" (%s)", source.layout_why);
    listener.Verbose(absl::StrFormat("%s: layout %s%s, %s, %s", input.name, source.layout, why, source.compression,
                                     source.encoding));
  }
}

void Run::DescribeCosts() {
  const auto bytes_read = static_cast<double>(statistics.total().bytes_read);
  for (const StageCost& stage : facts.stages) {
    const std::string memory = stage.peak_bytes > 0 ? absl::StrFormat(", %d MiB", stage.peak_bytes >> 20) : "";
    // Of a small input the rate is that of starting.
    const std::string rate =
        bytes_read < 1e6 ? "" : absl::StrFormat(", %.2f ns/byte", stage.seconds * 1e9 / bytes_read);
    listener.Verbose(absl::StrFormat("stage %s: %.3f s%s%s", stage.name, stage.seconds, rate, memory));
  }
  if (facts.planned_bytes == 0) return;
  listener.Verbose(absl::StrFormat("memory: %d MiB planned for %d kept and %d distinct records, %d MiB measured",
                                   facts.planned_bytes >> 20, fates.num_kept(), fates.num_distinct(),
                                   facts.peak_rss_bytes >> 20));
}

}  // namespace unecho
