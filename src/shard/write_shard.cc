// write: the outputs of a shard, from a second reading of it and the fates of its records.
//
// Read: of a record the 80 bytes that were signed of it, and 40 if it is not alone in its component. Tokens are not
// made again: that it has some can be seen without. And what else was signed, to compare it.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/hash_map.h"
#include "base/prefetch.h"
#include "flow/asked_fields.h"
#include "flow/front.h"
#include "flow/readings.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"
#include "text/file_name.h"
#include "write/format.h"

namespace unecho {
namespace {

// FOLDER/out/corpus-00003.jsonl.zst of "corpus.jsonl.zst".
std::string OutputOf(const ShardJob& job, size_t shard, const std::string& asked) {
  if (asked.empty()) return {};
  const std::string name = OutputName(asked);
  if (name.starts_with('/')) return name;  // /dev/null
  const std::string_view plain = WithoutCompressionSuffix(name);
  const size_t dot = std::min(plain.rfind('.'), plain.size());
  return absl::StrFormat("%s/out/%s-%s%s", job.folder, name.substr(0, dot), TaskNumber(shard), name.substr(dot));
}

// A stage, in order, behind the numbers: every record gets the fate that was decided.
class TakeFates {
 public:
  // `records`: what was signed of those with tokens.
  TakeFates(MappedFile records, size_t num_fields)
      : num_fields_(num_fields), records_(std::move(records)), row_of_(records_.As<SignedRow>().size()) {}

  // `more`: what does not fit into the rows.
  absl::Status Add(const TaskReader& task, MappedFile row_file, MappedFile more_file) {
    uint64_t begin = 0;
    for (const FateRow& row : row_file.As<FateRow>()) {
      if (row.position >= row_of_.size() || row_of_[row.position] != 0 ||
          row.more > more_file.As<char>().size() - begin || row.fate > static_cast<uint8_t>(Fate::kRejected))
        return task.Damaged("a fate is of a record that is not there");
      rows_.push_back({row, {more_file.As<char>().data() + begin, row.more}});
      row_of_[row.position] = static_cast<uint32_t>(rows_.size());
      begin += row.more;
    }
    files_.push_back(std::move(row_file));
    files_.push_back(std::move(more_file));
    return absl::OkStatus();
  }

  absl::Status operator()(Batch& batch) {
    constexpr size_t kAhead = 8;  // records: the fates of a shard come group by group
    for (Record& record : batch.records) {
      if (record.num_words == 0) continue;
      if (position_ == row_of_.size()) return InputChanged();
      if (position_ + kAhead < row_of_.size() && row_of_[position_ + kAhead] != 0)
        PrefetchLine(&rows_[row_of_[position_ + kAhead] - 1]);
      const SignedRow& row = records_.As<SignedRow>()[position_];
      if (row.check != row.Check() || SourceId{row.source} != batch.source || row.ordinal != record.ordinal)
        return InputChanged();
      record.num_words = row.num_words;
      record.key_low = row.key_low;
      record.key_high = row.key_high;
      const uint32_t place = row_of_[position_++];
      if (place == 0)
        TakeAlone(batch, record);
      else
        Take(rows_[place - 1], batch, record);
    }
    return absl::OkStatus();
  }
  bool has_all() const { return position_ == row_of_.size(); }
  uint64_t memory_bytes() const { return row_of_.capacity() * sizeof(uint32_t) + rows_.capacity() * sizeof(rows_[0]); }

 private:
  struct Fated {
    FateRow row;
    std::string_view more;
  };

  void TakeAlone(const Batch& batch, Record& record) {
    record.fate = record.is_reference ? Fate::kReference : Fate::kKept;
    record.member = record.is_reference ? 0 : 1;
    record.similarity = 1;
    record.witness = {batch.source, record.ordinal};
    record.kept_id = num_numbers_++;  // no other names it
  }

  void Take(const Fated& fated, Batch& batch, Record& record) {
    const FateRow& row = fated.row;
    record.fate = static_cast<Fate>(row.fate);
    record.by_key = row.by_key;
    record.has_same_bytes = row.has_same_bytes != 0;
    record.other_asides = row.other_asides;
    record.member = row.member;
    record.witness = {SourceId{row.witness_source}, row.witness_ordinal};
    record.similarity = row.similarity;
    record.ngrams = row.ngrams;
    std::string_view more = fated.more;
    if (record.fate == Fate::kNear && num_fields_ > 0 && more.size() >= num_fields_ * sizeof(double)) {
      record.first_similarity = static_cast<uint32_t>(batch.similarities.size());
      batch.similarities.resize(batch.similarities.size() + num_fields_);
      std::memcpy(batch.similarities.data() + record.first_similarity, more.data(), num_fields_ * sizeof(double));
      more.remove_prefix(num_fields_ * sizeof(double));
    }
    record.witness_id = more;
    if (record.fate != Fate::kContaminated) record.kept_id = NumberOf(record.witness);
  }

  // What the statistics call a kept record.
  uint32_t NumberOf(RecordRef ref) {
    constexpr int kSourceBits = 24;  // Fates::kMaxSources
    const uint64_t key = ref.ordinal << kSourceBits | static_cast<uint64_t>(ref.source);
    const auto [found, is_new] = numbers_.try_emplace(key, num_numbers_);
    num_numbers_ += static_cast<uint32_t>(is_new);
    return found->second;
  }

  size_t num_fields_;
  MappedFile records_;
  std::vector<uint32_t> row_of_;  // by position: in rows_, from 1; 0: it is alone
  std::vector<Fated> rows_;
  std::vector<MappedFile> files_;
  size_t position_ = 0;
  HashMap<uint64_t, uint32_t> numbers_;  // of those that are not alone
  uint32_t num_numbers_ = 0;
};

// What `pairs` and `decide` have read of a shard is at places here and there, and nothing else compares it.
absl::Status CheckWhole(const TaskReader& signed_shard) {
  for (const char* name : {"sketches", "marks", "strings", "string_bytes"})
    UNECHO_RETURN_IF_ERROR(signed_shard.Map(name).status());
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteShard(const ShardJob& job, size_t shard) {
  const size_t first = job.plan.first_source[shard], end = job.plan.first_source[shard + 1];
  UNECHO_RETURN_IF_ERROR(CheckSources(job.plan, job.sources, first, end));
  UNECHO_ASSIGN_OR_RETURN(const TaskReader signed_shard,
                          TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
  UNECHO_RETURN_IF_ERROR(CheckWhole(signed_shard));
  PipelineOptions options = job.options;
  UNECHO_ASSIGN_OR_RETURN(MappedFile records, signed_shard.Map("records"));
  TakeFates fates(std::move(records), options.answer.match.size());
  UNECHO_ASSIGN_OR_RETURN(MappedFile contaminated, signed_shard.Map("contaminated"));
  UNECHO_RETURN_IF_ERROR(fates.Add(signed_shard, std::move(contaminated), {}));
  for (size_t group = 0; group < job.plan.num_shards(); ++group) {
    UNECHO_ASSIGN_OR_RETURN(const TaskReader decided,
                            TaskReader::Open(job.folder, Step::kDecide, group, job.plan.digest));
    UNECHO_ASSIGN_OR_RETURN(MappedFile rows, decided.MapSection("fates", shard));
    UNECHO_ASSIGN_OR_RETURN(MappedFile more, decided.MapSection("more", shard));
    UNECHO_RETURN_IF_ERROR(fates.Add(decided, std::move(rows), std::move(more)));
  }
  std::error_code error;
  std::filesystem::create_directories(job.folder + "/out", error);
  if (error) return absl::UnavailableError(absl::StrFormat("cannot make %s/out: %s", job.folder, error.message()));
  for (std::string* output : {&options.provenance, &options.rejects, &options.removed})
    *output = OutputOf(job, shard, *output);
  if (options.output_dir.empty())
    options.output = OutputOf(job, shard, options.output);
  else
    options.output_dir = absl::StrFormat("%s/out/%s", job.folder, OutputName(options.output_dir));
  options.overwrite = true;

  Run run(options, job.sources, nullptr, job.command_line, job.listener);
  run.SetWindow(first, end);
  UNECHO_RETURN_IF_ERROR(run.Begin());
  BatchReader reader = run.Read([&run](size_t i) { return run.inputs->Open(i); });
  Digest digest;
  Front front(options.answer, run.plan.sources, nullptr, PrepareWants{.which_tokens = false});
  // Some shard has the fields that are named, or `resolve` has said that none has.
  AskedFields asked(options.answer, run.plan.sources, /*has_earlier=*/true);
  CountRead count(run.progress);
  const Format format(run.options, run.plan.sources);
  const WriteFields write_fields(run.plan.sources);
  KeptFields kept_fields;
  Write write(run.statistics, run.outputs);
  Chain chain;
  front.AddTo(chain);
  chain.InOrder("fates", front.number(), asked, fates, digest, count);
  AddWriting(chain, false, format, write_fields, write, kept_fields);
  UNECHO_RETURN_IF_ERROR(run.Drive("write.", reader, chain, 0, &*run.inputs));
  if (!fates.has_all() || digest.value() != signed_shard.number("content")) return InputChanged();
  run.Note(asked);
  UNECHO_ASSIGN_OR_RETURN(const std::string table, run.End(reader));
  UNECHO_RETURN_IF_ERROR(run.outputs.Sync());
  const Ledger& ledger = run.statistics.total();
  UNECHO_ASSIGN_OR_RETURN(const auto done, TaskWriter::Begin(job.folder, Step::kWrite, shard, job.plan.digest));
  done->Note("bytes_read", ledger.bytes_read);
  for (const Fate fate :
       {Fate::kKept, Fate::kExact, Fate::kNear, Fate::kContaminated, Fate::kReference, Fate::kRejected})
    done->Note(std::string(Name(fate)), ledger[fate]);
  UNECHO_RETURN_IF_ERROR(done->Commit());
  job.listener.Info(table);
  return absl::OkStatus();
}

}  // namespace unecho
