// sign: the records of a shard, their tokens, sketches, and the keys by which they may meet others.
//
// Written, a record: 40 bytes, and 24 where `write` need not look into it; a distinct one 4 a token, 128, and 12 a key:
// one for its tokens, one a --key, one a band. Held: of a distinct one its keys, and 16 bytes.
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "flow/asked_fields.h"
#include "flow/front.h"
#include "flow/order_notation.h"
#include "flow/readings.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "kernels/kernels.h"
#include "layouts/layout_check.h"
#include "match/marks.h"
#include "match/sketch.h"
#include "options/sameness.h"
#include "shard/second_reading.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"
#include "text/json.h"

namespace unecho {
namespace {

// The last stage, in order.
class SignRecords {
 public:
  SignRecords(const Run& run, size_t num_partitions, TaskWriter& out)
      : places_(SamenessOf(run.options.answer)),
        num_bands_(static_cast<size_t>(run.plan.bands.bands)),
        has_strings_(!run.options.answer.segment.id_field.empty() || !run.options.answer.segment.order_field.empty()),
        out_(out),
        entries_(num_partitions) {
    if (!run.options.answer.segment.order_field.empty()) notation_.emplace(run.plan.sources, run.options.answer);
  }

  absl::Status Begin() {
    for (auto& [file, name] : {std::pair<TaskWriter::File**, const char*>{&records_, "records"},
                               {&texts_, "texts"},
                               {&sketches_, "sketches"},
                               {&marks_, "marks"},
                               {&strings_, "strings"},
                               {&string_bytes_, "string_bytes"},
                               {&contaminated_, "contaminated"}}) {
      UNECHO_ASSIGN_OR_RETURN(*file, out_.Create(name));
    }
    UNECHO_ASSIGN_OR_RETURN(words_, out_.Create("words", /*has_digest=*/false));  // each has its own hash
    return absl::OkStatus();
  }

  absl::Status operator()(Batch& batch) {
    for (const Record& record : batch.records) {
      if (record.num_words > 0) UNECHO_RETURN_IF_ERROR(Take(batch, record));
    }
    return absl::OkStatus();
  }

  // When all have come.
  absl::Status Finish() {
    UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const keys, out_.Create("keys"));
    for (size_t partition = 0; partition < entries_.size(); ++partition) {
      std::vector<KeyEntry>& entries = entries_[partition];
      if (entries.empty()) continue;
      keys->BeginSection(partition);
      UNECHO_RETURN_IF_ERROR(keys->Append(std::span<const KeyEntry>(entries)));
      std::vector<KeyEntry>().swap(entries);
    }
    UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const sequences, out_.Create("sequences"));
    UNECHO_RETURN_IF_ERROR(sequences->Append(std::span<const SequenceRow>(sequences_.data(), sequences_.size())));
    if (notation_) UNECHO_RETURN_IF_ERROR(WriteOrder());
    out_.Note("records", num_records_);
    out_.Note("distinct", sequences_.size());
    return absl::OkStatus();
  }

  uint64_t memory_bytes() const {
    uint64_t bytes = sequences_.memory_bytes();
    for (const auto& entries : entries_) bytes += entries.capacity() * sizeof(KeyEntry);
    return bytes;
  }

 private:
  absl::Status Take(const Batch& batch, const Record& record) {
    if (!record.is_repeat) UNECHO_RETURN_IF_ERROR(TakeDistinct(batch, record));
    SequenceRow& sequence = sequences_[record.unique];
    ++sequence.num_records;
    sequence.num_references += record.is_reference;
    SignedRow row{};
    row.text_hash = record.text_hash;
    row.asides = record.asides;
    row.ordinal = record.ordinal;
    row.source = static_cast<uint32_t>(batch.source);
    row.unique = record.unique;
    row.is_repeat = record.is_repeat;
    row.is_reference = record.is_reference;
    row.first_key = record.first_key;
    row.check = row.Check();
    UNECHO_RETURN_IF_ERROR(records_->Append(std::span<const SignedRow>(&row, 1)));
    if (has_strings_) UNECHO_RETURN_IF_ERROR(TakeStrings(record));
    if (notation_ && !record.is_reference)
      UNECHO_RETURN_IF_ERROR(notation_->Add(record.order_value, {batch.source, record.ordinal}));
    if (++num_records_ == UINT32_MAX) return TooMany();
    return absl::OkStatus();
  }

  absl::Status TakeDistinct(const Batch& batch, const Record& record) {
    const bool is_contaminated = record.fate == Fate::kContaminated;
    sequences_.PushBack({.position = static_cast<uint32_t>(num_records_),
                         .num_records = 0,
                         .num_references = 0,
                         .num_words = is_contaminated ? 0 : record.num_words});
    const std::span<const uint8_t> sketch(batch.sketches.data() + size_t{record.sketch_row} * kSketchBytes,
                                          kSketchBytes);
    UNECHO_RETURN_IF_ERROR(sketches_->Append(sketch));
    const auto words = batch.WordsOf(record);
    TextRow row{};
    row.key_low = record.key_low;
    row.key_high = record.key_high;
    row.first_word = num_words_;
    row.words_hash = ActiveKernels().hash64(words.data(), words.size_bytes());
    row.num_words = record.num_words;
    row.check = row.Check();
    num_words_ += words.size();
    UNECHO_RETURN_IF_ERROR(texts_->Append(std::span<const TextRow>(&row, 1)));
    UNECHO_RETURN_IF_ERROR(words_->Append(words));
    const MarkRow marks = batch.MarksOf(record);
    UNECHO_RETURN_IF_ERROR(marks_->Append(marks));
    if (is_contaminated) return NoteContaminated(record);
    Enter(KeyOfEqual(record.key_low), record.unique);
    for (size_t key = 0; key < places_.keys; ++key) {
      if (MarkPlaces::HasKey(marks, key)) Enter(KeyOfEqual(MarkPlaces::Key(marks, key).high), record.unique);
    }
    const uint64_t* const bands = batch.band_keys.data() + size_t{record.sketch_row} * num_bands_;
    for (size_t band = 0; band < num_bands_; ++band) Enter(KeyOfBand(bands[band]), record.unique);
    return absl::OkStatus();
  }

  absl::Status NoteContaminated(const Record& record) {
    FateRow fate{};
    fate.unique = fate.group = record.unique;
    fate.fate = static_cast<uint8_t>(Fate::kContaminated);
    fate.similarity = record.similarity;
    fate.ngrams = record.ngrams;
    fate.witness_source = static_cast<uint32_t>(record.witness.source);
    fate.witness_ordinal = record.witness.ordinal;
    return contaminated_->Append(std::span<const FateRow>(&fate, 1));
  }

  void Enter(uint64_t key, uint32_t unique) { entries_[PartitionOf(key, entries_.size())].push_back({key, unique}); }

  absl::Status TakeStrings(const Record& record) {
    std::string id;
    record.invalid_utf8 > 0 ? AppendRepairedUtf8(record.id, id) : void(id = record.id);
    const StringsRow row{num_string_bytes_, static_cast<uint32_t>(id.size()),
                         static_cast<uint32_t>(record.order_value.size())};
    UNECHO_RETURN_IF_ERROR(strings_->Append(std::span<const StringsRow>(&row, 1)));
    UNECHO_RETURN_IF_ERROR(string_bytes_->Append(std::string_view(id)));
    UNECHO_RETURN_IF_ERROR(string_bytes_->Append(record.order_value));
    num_string_bytes_ += id.size() + record.order_value.size();
    return absl::OkStatus();
  }

  absl::Status WriteOrder() {
    UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const rows, out_.Create("order"));
    UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const bytes, out_.Create("order_bytes"));
    for (const auto& [json, ref] : notation_->tellings()) {
      const OrderRow row{ref.ordinal, static_cast<uint32_t>(ref.source), static_cast<uint32_t>(json.size())};
      UNECHO_RETURN_IF_ERROR(rows->Append(std::span<const OrderRow>(&row, 1)));
      UNECHO_RETURN_IF_ERROR(bytes->Append(std::string_view(json)));
    }
    return absl::OkStatus();
  }

  static absl::Status TooMany() {
    return absl::ResourceExhaustedError("more than 4,294,967,294 records in a shard: plan more shards");
  }

  MarkPlaces places_;
  size_t num_bands_;
  bool has_strings_;
  std::optional<OrderNotation> notation_;
  TaskWriter& out_;
  std::vector<std::vector<KeyEntry>> entries_;  // by partition
  TaskWriter::File *records_ = nullptr, *texts_ = nullptr, *words_ = nullptr, *sketches_ = nullptr, *marks_ = nullptr,
                   *strings_ = nullptr, *string_bytes_ = nullptr, *contaminated_ = nullptr;
  MappedArray<SequenceRow> sequences_;  // by number
  uint64_t num_records_ = 0, num_words_ = 0, num_string_bytes_ = 0;
};

// A file of texts, each with a zero behind it.
absl::Status WriteTexts(TaskWriter& out, const char* file_name, std::string_view first, std::string_view second,
                        const std::vector<std::string>& more) {
  UNECHO_ASSIGN_OR_RETURN(TaskWriter::File* const file, out.Create(file_name));
  std::string texts;
  texts.append(first).push_back('\0');
  texts.append(second).push_back('\0');
  for (const std::string& text : more) texts.append(text).push_back('\0');
  return file->Append(std::string_view(texts));
}

// For `resolve`, which says that no shard has a field.
absl::Status WriteMissed(const AskedFields::Missed& missed, TaskWriter& out) {
  out.Note("missing_fields", missed.missing);
  if (missed.missing == 0) return absl::OkStatus();
  return WriteTexts(out, "fields", missed.first_source, missed.first_layout, missed.names);
}

// The same.
absl::Status WriteWholeOf(const LayoutCheck::Whole& whole, TaskWriter& out) {
  out.Note("any_fits", static_cast<uint64_t>(whole.any_fits));
  out.Note("any_names", static_cast<uint64_t>(whole.any_names));
  out.Note("any_separator", static_cast<uint64_t>(whole.any_separator));
  out.Note("seen_names", whole.seen_names);
  return WriteTexts(out, "whole", whole.separator, whole.first_misfit, whole.known_names);
}

}  // namespace

absl::Status SignShard(const ShardJob& job, size_t shard) {
  const size_t first = job.plan.first_source[shard], end = job.plan.first_source[shard + 1];
  UNECHO_RETURN_IF_ERROR(CheckSources(job.plan, job.sources, first, end));
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kSign, shard, job.plan.digest));
  PipelineOptions options = WithoutOutputs(job);
  options.run.threads = ThreadsFor(job, BytesOf(job.plan, shard));
  Run run(options, job.sources, nullptr, job.command_line, job.listener);
  run.SetWindow(first, end);
  UNECHO_RETURN_IF_ERROR(run.Begin());
  BatchReader reader = run.Read([&run](size_t i) { return run.inputs->Open(i); });
  Digest digest;
  Front front(options.answer, run.plan.sources, nullptr, PrepareWants{.text_hash = true});
  front.check().SetPart();
  AskedFields asked(options.answer, run.plan.sources, false);
  FindRepeats exact(true);
  exact.SpillBeyond(run.spill_terms());
  const Sketcher sketch(run.plan.bands, options.answer.shingle_tokens, options.answer.seed);
  SignRecords sign(run, job.plan.num_shards(), *out);
  NoteCuts note(job.options, *out);
  UNECHO_RETURN_IF_ERROR(sign.Begin());
  UNECHO_RETURN_IF_ERROR(note.Begin());
  CountRead count(run.progress);
  Chain chain;
  front.AddTo(chain);
  chain.InOrder("exact", front.number(), asked, exact, digest);
  chain.Parallel("sketch", sketch);
  if (run.against) chain.Parallel("against", *run.against);
  chain.InOrder("sign", sign, note, count);
  UNECHO_RETURN_IF_ERROR(run.Drive("sign.", reader, chain, 0, &*run.inputs));
  UNECHO_RETURN_IF_ERROR(sign.Finish());
  out->Note("content", digest.value());
  UNECHO_RETURN_IF_ERROR(WriteMissed(asked.missed(), *out));
  UNECHO_RETURN_IF_ERROR(WriteWholeOf(front.check().whole(), *out));
  return out->Commit();
}

}  // namespace unecho
