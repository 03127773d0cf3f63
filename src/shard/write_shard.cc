// write: the outputs of a shard, from a second reading of it and the fates of its records.
//
// Read: of a record the 40 bytes that were signed of it, 24 of where it is (second_reading.h); of a distinct one 48,
// and 72 if it is not alone in its component. Tokens are not made again: that it has some can be seen without. And what
// else was signed, to compare it. Memory: beside that of the run, 24 bytes a distinct record.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/prefetch.h"
#include "flow/asked_fields.h"
#include "flow/front.h"
#include "flow/readings.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "match/compare_asides.h"
#include "shard/second_reading.h"
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

// A stage, in order, behind the numbers: every record gets what was decided of its token sequence, but for
// Record::kept_id: by that a report counts groups, and shards write none. What tells copies apart, and the number of
// each in its group, is seen here.
class TakeFates {
 public:
  // `records`, `texts`: what was signed of those with tokens. `again` outlives it.
  TakeFates(const CutAgain& again, MappedFile records, MappedFile texts, size_t num_fields)
      : again_(again),
        num_fields_(num_fields),
        records_(std::move(records)),
        texts_(std::move(texts)),
        fates_(texts_.As<TextRow>().size()) {
    size_t unique = 0;
    texts_.Walk<TextRow>([&](const TextRow& text) { fates_[unique++].num_words = text.num_words; });
  }

  // Of a group, or of what is contaminated. `more`: what does not fit into the rows.
  absl::Status Add(const TaskReader& task, MappedFile row_file, MappedFile more_file) {
    const std::string_view more(more_file.As<char>().data(), more_file.As<char>().size());
    const auto list = static_cast<uint32_t>(more_.size());
    bool is_there = true;
    row_file.Walk<FateRow>([&](const FateRow& row) {
      is_there = is_there && row.unique < fates_.size() && fates_[row.unique].row == nullptr &&
                 row.fate <= static_cast<uint8_t>(Fate::kRejected) && row.more_begin <= more.size() &&
                 uint64_t{row.similarity_bytes} + row.id_bytes <= more.size() - row.more_begin;
      if (!is_there) return;
      OfSequence& of = fates_[row.unique];
      of.row = &row;
      of.list = list;
      of.members = row.members_before;
      is_there = row.group < fates_.size() && fates_[row.group].row != nullptr && fates_[row.group].list == list;
    });
    if (!is_there) return task.Damaged("a fate is of a record that is not there");
    more_.push_back(more);
    files_.push_back(std::move(row_file));
    files_.push_back(std::move(more_file));
    return absl::OkStatus();
  }

  absl::Status operator()(Batch& batch) {
    const auto rows = records_.As<SignedRow>();
    const auto texts = texts_.As<TextRow>();
    if (position_ >= forget_at_) ForgetFiles();
    const bool wants_keys = !again_.Has(batch.source);
    for (Record& record : batch.records) {
      if (record.num_words == 0) continue;
      if (position_ == rows.size()) return InputChanged();
      Prefetch(rows);
      const SignedRow& row = rows[position_++];
      if (SourceId{row.source} != batch.source || row.ordinal != record.ordinal || row.unique >= fates_.size())
        return InputChanged();
      const OfSequence& of = fates_[row.unique];
      record.num_words = of.num_words;
      if (wants_keys) {
        record.key_low = texts[row.unique].key_low;
        record.key_high = texts[row.unique].key_high;
      }
      if (of.row == nullptr)
        TakeAlone(batch, record);
      else
        Take(of, row, batch, record);
    }
    return absl::OkStatus();
  }
  bool has_all() const { return position_ == records_.As<SignedRow>().size(); }
  uint64_t memory_bytes() const { return fates_.capacity() * sizeof(fates_[0]); }

 private:
  // Of a token sequence.
  struct OfSequence {
    const FateRow* row = nullptr;  // none: it is alone in its component
    uint32_t list = 0;             // in more_
    uint32_t members = 0;          // FateRow::group: so far
    uint32_t num_words = 0;
  };

  // Copies are here and there.
  void Prefetch(std::span<const SignedRow> rows) const {
    constexpr size_t kAhead = 8;
    if (const size_t far = position_ + 2 * kAhead; far < rows.size() && rows[far].unique < fates_.size())
      PrefetchLine(&fates_[rows[far].unique]);
    if (const size_t near = position_ + kAhead; near < rows.size() && rows[near].unique < fates_.size()) {
      const FateRow* const row = fates_[rows[near].unique].row;
      if (row != nullptr) PrefetchLine(row);
    }
  }

  // What the batches so far have touched.
  void ForgetFiles() {
    forget_at_ = position_ + MappedFile::kResidentBytes / sizeof(SignedRow);
    records_.Forget();
    texts_.Forget();
    for (const MappedFile& file : files_) file.Forget();
  }

  void TakeAlone(const Batch& batch, Record& record) {
    record.fate = record.is_reference ? Fate::kReference : Fate::kKept;
    record.member = record.is_reference ? 0 : 1;
    record.similarity = 1;
    record.witness = {batch.source, record.ordinal};
  }

  // As match/fates.h and match/groups.h say it.
  void Take(const OfSequence& of, const SignedRow& signed_row, Batch& batch, Record& record) {
    const FateRow& row = *of.row;
    record.fate = static_cast<Fate>(row.fate);
    record.similarity = row.similarity;
    record.witness = {SourceId{row.witness_source}, row.witness_ordinal};
    record.ngrams = row.ngrams;
    if (record.fate == Fate::kContaminated) return;
    if (record.is_reference) {
      record.fate = Fate::kReference;
      return;
    }
    record.member = ++fates_[row.group].members;
    if (record.witness == RecordRef{batch.source, record.ordinal}) {
      record.fate = Fate::kKept;
      return;
    }
    record.by_key = row.by_key;
    record.has_same_bytes = signed_row.text_hash == row.witness_text_hash;
    record.asides = signed_row.asides;
    if (record.fate == Fate::kExact) CompareAsides::Compare(record, row.witness_asides);
    const std::string_view more = more_[of.list].substr(row.more_begin);
    if (record.fate == Fate::kNear && num_fields_ > 0 && row.similarity_bytes == num_fields_ * sizeof(double)) {
      record.first_similarity = static_cast<uint32_t>(batch.similarities.size());
      batch.similarities.resize(batch.similarities.size() + num_fields_);
      std::memcpy(batch.similarities.data() + record.first_similarity, more.data(), row.similarity_bytes);
    }
    record.witness_id = more.substr(row.similarity_bytes, row.id_bytes);
  }

  const CutAgain& again_;
  size_t num_fields_;
  MappedFile records_, texts_;
  std::vector<OfSequence> fates_;  // by number
  std::vector<std::string_view> more_;
  std::vector<MappedFile> files_;
  size_t position_ = 0, forget_at_ = 0;
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
  options.run.threads = ThreadsFor(job, BytesOf(job.plan, shard));
  UNECHO_ASSIGN_OR_RETURN(const CutAgain again, CutAgain::Open(options, signed_shard));
  UNECHO_ASSIGN_OR_RETURN(MappedFile records, signed_shard.Map("records"));
  UNECHO_ASSIGN_OR_RETURN(MappedFile texts, signed_shard.Map("texts"));
  TakeFates fates(again, std::move(records), std::move(texts), options.answer.match.size());
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
  again.Say(run.statistics);
  BatchReader reader = run.Read([&run](size_t i) { return run.inputs->Open(i); });
  Digest digest;
  Front front(options.answer, run.plan.sources, nullptr, PrepareWants{.which_tokens = false});
  front.check().SetPart();
  // Some shard has the fields that are named, or `resolve` has said that none has.
  AskedFields asked(options.answer, run.plan.sources, /*has_earlier=*/true);
  CountRead count(run.progress);
  const Format format(run.options, run.plan.sources);
  const WriteFields write_fields(run.plan.sources);
  KeptFields kept_fields;
  Write write(run.statistics, run.outputs);
  Chain chain;
  if (MayCutAgain(options))
    chain.Parallel("prepare", again);
  else
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
