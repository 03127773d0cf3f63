// decide: what becomes of the token sequences of a group, by the flows of one process over signed records. Of the
// records of a shard with the same tokens the first alone comes here, where it stands for all (FirstStandsForAll()).
//
// Read: of each such record its row, its tokens and what else was signed of it. Written: 72 bytes a token sequence.
#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/mapped_array.h"
#include "base/memory.h"
#include "base/prefetch.h"
#include "flow/chain.h"
#include "flow/deferred.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "kernels/kernels.h"
#include "match/compare_asides.h"
#include "match/decide.h"
#include "match/groups.h"
#include "match/marks.h"
#include "match/sketch.h"
#include "options/sameness.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"

namespace unecho {
namespace {

// A shard's records that are in the group.
struct Member {
  uint32_t shard;
  std::span<const GroupRow> rows;
};

// What was signed of one shard.
struct SignedShard {
  TaskReader task;
  MappedFile records, texts, words, marks, strings, string_bytes;
  static absl::StatusOr<SignedShard> Open(const ShardJob& job, uint32_t shard) {
    UNECHO_ASSIGN_OR_RETURN(TaskReader task, TaskReader::Open(job.folder, Step::kSign, shard, job.plan.digest));
    SignedShard opened{std::move(task), {}, {}, {}, {}, {}, {}};
    for (auto& [file, name] : {std::pair<MappedFile*, const char*>{&opened.records, "records"},
                               {&opened.texts, "texts"},
                               {&opened.words, "words"},
                               {&opened.marks, "marks"},
                               {&opened.strings, "strings"},
                               {&opened.string_bytes, "string_bytes"}}) {
      UNECHO_ASSIGN_OR_RETURN(*file, opened.task.Map(name, /*whole=*/false));
    }
    return opened;
  }
  void Forget() const {
    for (const MappedFile* file : {&records, &texts, &words, &marks, &strings, &string_bytes}) file->Forget();
  }
};

// The group's records, in input order, as batches of one source each.
class SignedRecords final : public BatchSource {
 public:
  // `members` outlive it. `has_tokens`: the batches have what is compared, and the tokens of those that come first in
  // their shard; else that alone which is written.
  SignedRecords(const ShardJob& job, std::span<const Member> members, bool has_tokens, uint64_t memory_limit_bytes)
      : job_(job),
        members_(members),
        places_(SamenessOf(job.options.answer)),
        has_strings_(!job.options.answer.segment.id_field.empty() || !job.options.answer.segment.order_field.empty()),
        has_tokens_(has_tokens),
        short_of_(memory_limit_bytes / 4) {}

  absl::StatusOr<bool> Fill(Batch& batch) override {
    while (member_ < members_.size() && at_ == members_[member_].rows.size()) ++member_, at_ = 0, open_.reset();
    if (member_ == members_.size()) return false;
    if (!open_) {
      UNECHO_ASSIGN_OR_RETURN(SignedShard opened, SignedShard::Open(job_, members_[member_].shard));
      open_.emplace(std::move(opened));
    }
    if (ResidentLeft() < short_of_) open_->Forget();
    const auto rows = open_->records.As<SignedRow>();
    const std::span<const GroupRow> own = members_[member_].rows;
    batch.marks_width = has_tokens_ ? static_cast<uint32_t>(places_.width) : 0;
    constexpr size_t kAhead = 16;  // records: those of a group are here and there
    const auto row_at = [&](size_t at) {
      return at < own.size() && own[at].position < rows.size() ? &rows[own[at].position] : nullptr;
    };
    for (size_t tokens = 0; at_ < own.size() && batch.records.size() < Remembered::kMaxRecords; ++at_) {
      if (const SignedRow* const ahead = row_at(at_ + kAhead); ahead != nullptr) PrefetchLine(ahead);
      const SignedRow* const row = row_at(at_);
      if (row == nullptr || row->unique != own[at_].unique || (has_tokens_ && row->check != row->Check()))
        return open_->task.Damaged("a record is not as it was written");
      if (batch.records.empty()) batch.source = SourceId{row->source};
      if (batch.source != SourceId{row->source} || tokens >= Remembered::kMaxTokens) break;
      UNECHO_RETURN_IF_ERROR(Take(*row, own[at_].position, batch));
      if (has_tokens_) UNECHO_RETURN_IF_ERROR(TakeText(*row, batch, tokens));
    }
    return true;
  }

 private:
  absl::Status Take(const SignedRow& row, uint32_t position, Batch& batch) {
    if (row.source >= job_.sources.size()) return open_->task.Damaged("a record is of a source that is not there");
    Record& record = batch.records.emplace_back();  // it is large
    record.text_hash = row.text_hash;
    record.asides = row.asides;
    record.ordinal = row.ordinal;
    record.num_words = 1;  // there are some
    record.is_reference = row.is_reference != 0;
    record.first_key = row.first_key;
    if (has_tokens_ && places_.width > 0) {
      const auto marks = open_->marks.As<uint64_t>();
      const size_t first = size_t{row.unique} * places_.width;
      if (first + places_.width > marks.size()) return open_->task.Damaged("a record has marks that are not there");
      const auto own = marks.subspan(first, places_.width);
      batch.marks.insert(batch.marks.end(), own.begin(), own.end());
    }
    if (has_strings_) {
      const auto strings = open_->strings.As<StringsRow>();
      const auto bytes = open_->string_bytes.As<char>();
      if (position >= strings.size()) return open_->task.Damaged("a record has an id that is not there");
      const auto [begin, id_bytes, order_bytes] = strings[position];
      if (begin > bytes.size() || uint64_t{id_bytes} + order_bytes > bytes.size() - begin)
        return open_->task.Damaged("a record has an id that is not there");
      record.id = batch.arena.Copy({bytes.data() + begin, id_bytes});
      record.order_value = batch.arena.Copy({bytes.data() + begin + id_bytes, order_bytes});
    }
    return absl::OkStatus();
  }

  // What says which texts are the same, and the tokens of the first that has them. Adds to `tokens`.
  absl::Status TakeText(const SignedRow& row, Batch& batch, size_t& tokens) {
    const auto texts = open_->texts.As<TextRow>();
    if (row.unique >= texts.size()) return open_->task.Damaged("a record has tokens that are not there");
    const TextRow& text = texts[row.unique];
    Record& record = batch.records.back();
    record.key_low = text.key_low;
    record.key_high = text.key_high;
    record.num_words = text.num_words;
    if (row.is_repeat != 0) return absl::OkStatus();
    if (text.check != text.Check()) return open_->task.Damaged("the tokens of a record are not as they were written");
    const auto words = open_->words.As<uint32_t>();
    if (text.first_word > words.size() || text.num_words > words.size() - text.first_word)
      return open_->task.Damaged("a record has tokens that are not there");
    const auto own = words.subspan(text.first_word, text.num_words);
    if (ActiveKernels().hash64(own.data(), own.size_bytes()) != text.words_hash)
      return open_->task.Damaged("the tokens of a record are not as they were written");
    record.first_word = batch.num_words;
    std::ranges::copy(own, batch.AddWords(own.size()));
    tokens += own.size();
    return absl::OkStatus();
  }

  const ShardJob& job_;
  std::span<const Member> members_;
  MarkPlaces places_;
  bool has_strings_, has_tokens_;
  uint64_t short_of_;  // with so much left of memory the files give theirs back, before tables go to disk for them
  size_t member_ = 0, at_ = 0;
  std::optional<SignedShard> open_;
};

// The end of the first pass.
class LearnRecords {
 public:
  explicit LearnRecords(Remembered& remembered) : remembered_(remembered) {}
  absl::Status operator()(Batch& batch) { return remembered_.Learn(batch); }
  uint64_t memory_bytes() const { return remembered_.memory_bytes(); }

 private:
  Remembered& remembered_;
};

// The end of what decides: what became of each token sequence of each shard. The records come as SignedRecords gave
// them, with their fates; of several that have one token sequence in a shard the first says it for all.
class WriteFates {
 public:
  // `groups`, `asides`: what is kept is in them before it comes here.
  WriteFates(std::span<const Member> members, size_t num_fields, const Groups& groups, const CompareAsides& asides,
             TaskWriter& out)
      : members_(members), num_fields_(num_fields), groups_(groups), asides_(asides), out_(out) {}

  absl::Status operator()(Batch& batch) {
    for (const Record& record : batch.records) UNECHO_RETURN_IF_ERROR(Take(batch, record));
    return absl::OkStatus();
  }
  uint64_t memory_bytes() const { return counts_.memory_bytes(); }

 private:
  // Of a kept record's group.
  struct Count {
    uint32_t before, here;  // records in the shards before the one of `section`, and in that
    uint32_t section;       // from 1
    uint32_t first;         // token sequence of it
  };

  absl::Status Take(const Batch& batch, const Record& record) {
    if (section_ == 0) {
      UNECHO_ASSIGN_OR_RETURN(rows_, out_.Create("fates"));
      UNECHO_ASSIGN_OR_RETURN(more_, out_.Create("more"));
    }
    if (section_ == 0 || at_ == members_[section_ - 1].rows.size()) {
      at_ = 0;
      more_bytes_ = 0;
      rows_->BeginSection(members_[section_].shard);
      more_->BeginSection(members_[section_].shard);
      ++section_;
    }
    const GroupRow& of = members_[section_ - 1].rows[at_];
    const bool is_first = at_ == 0 || seen_ < of.unique;
    ++at_;
    if (!is_first) return absl::OkStatus();
    seen_ = of.unique;
    return Write(batch, record, of);
  }

  absl::Status Write(const Batch& batch, const Record& record, const GroupRow& of) {
    const bool is_witness = record.fate == Fate::kKept || record.fate == Fate::kReference;
    const Count& count = CountOf(record, of);
    FateRow row{};
    row.unique = of.unique;
    row.fate = static_cast<uint8_t>(is_witness ? Fate::kExact : record.fate);
    row.by_key = is_witness ? record.first_key : record.by_key;
    row.group = count.first;
    row.members_before = count.before;
    row.witness_source = static_cast<uint32_t>(record.witness.source);
    row.witness_ordinal = record.witness.ordinal;
    row.witness_text_hash = groups_.text_hash(record.kept_id);
    row.witness_asides = asides_.Of(record.kept_id);
    row.similarity = record.similarity;
    std::span<const double> similarities;
    if (record.fate == Fate::kNear && num_fields_ > 0)
      similarities = std::span(batch.similarities).subspan(record.first_similarity, num_fields_);
    const std::string_view id = groups_.IdOf(record.kept_id);
    row.more_begin = more_bytes_;
    row.similarity_bytes = static_cast<uint32_t>(similarities.size_bytes());
    row.id_bytes = static_cast<uint32_t>(id.size());
    more_bytes_ += similarities.size_bytes() + id.size();
    UNECHO_RETURN_IF_ERROR(rows_->Append(std::span<const FateRow>(&row, 1)));
    UNECHO_RETURN_IF_ERROR(more_->Append(similarities));
    return more_->Append(id);
  }

  // With those of this token sequence. A reference text is the first of its group, and counts once (match/groups.h).
  const Count& CountOf(const Record& record, const GroupRow& of) {
    if (counts_.size() <= record.kept_id) counts_.Resize(size_t{record.kept_id} + 1);
    Count& count = counts_[record.kept_id];
    if (count.section != section_) {
      count.before += std::exchange(count.here, 0);
      count.section = section_;
      count.first = of.unique;
    }
    if (record.fate == Fate::kReference) count.before = 1;
    count.here += of.num_records - of.num_references;
    return count;
  }

  std::span<const Member> members_;
  size_t num_fields_;
  const Groups& groups_;
  const CompareAsides& asides_;
  TaskWriter& out_;
  uint32_t section_ = 0;  // in hand, from 1
  size_t at_ = 0;         // in its rows of the group
  uint32_t seen_ = 0;     // up to this number its token sequences have come
  uint64_t more_bytes_ = 0;
  MappedArray<Count> counts_;  // by kept record
  TaskWriter::File *rows_ = nullptr, *more_ = nullptr;
};

absl::StatusOr<std::vector<Member>> MembersOf(const MappedFile& file, const TaskReader& task, size_t num_shards) {
  std::vector<Member> members;
  auto left = file.As<uint32_t>();
  while (!left.empty()) {
    constexpr size_t kHead = 2, kWords = sizeof(GroupRow) / sizeof(uint32_t);
    if (left.size() < kHead || left[0] >= num_shards || left[1] == 0 || left[1] > (left.size() - kHead) / kWords)
      return task.Damaged("a group cannot be read");
    const auto* const rows = reinterpret_cast<const GroupRow*>(left.data() + kHead);
    members.push_back({left[0], {rows, left[1]}});
    left = left.subspan(kHead + kWords * left[1]);
  }
  return members;
}

// Where the first record is kept: the streaming flow (flow/streaming.cc).
absl::Status DecideInOrder(const ShardJob& job, Run& run, std::span<const Member> members, TaskWriter& out) {
  SignedRecords records(job, members, /*has_tokens=*/true, run.plan.memory_limit_bytes);
  FindRepeats exact(true);
  const Sketcher sketch(run.plan.bands, run.options.answer.shingle_tokens, run.options.answer.seed);
  Decide decide(run.options, run.plan.bands, &run.fates);
  exact.SpillBeyond(run.spill_terms());
  decide.SpillBeyond(run.spill_terms());
  Groups groups(!run.options.answer.segment.id_field.empty());
  CompareAsides asides;
  WriteFates write(members, run.options.answer.match.size(), groups, asides, out);
  Chain chain;
  chain.InOrder("exact", exact);
  const Decide::SearchDisk search_disk(decide);
  if (!decide.sketches()) chain.Parallel("sketch", sketch, search_disk);
  chain.InOrder("near", decide, groups, asides, write);
  return run.Drive("", records, chain, 0, nullptr);
}

// The passes of the deferred flow (flow/deferred.cc).
absl::Status DecideDeferred(const ShardJob& job, Run& run, std::span<const Member> members, DateOrder order,
                            TaskWriter& out) {
  Groups groups(!run.options.answer.segment.id_field.empty());
  CompareAsides asides;
  Remembered remembered(run.options.answer, run.plan.sources);
  remembered.SpillBeyond(run.spill_terms());
  remembered.SetOrder(order);
  {
    SignedRecords records(job, members, /*has_tokens=*/true, run.plan.memory_limit_bytes);
    FindRepeats exact(true);
    exact.SpillBeyond(run.spill_terms());
    LearnRecords learn(remembered);
    Chain chain;
    chain.InOrder("exact", exact);
    chain.InOrder("learn", learn);
    UNECHO_RETURN_IF_ERROR(run.Drive("learn.", records, chain, 0, nullptr));
  }
  UNECHO_RETURN_IF_ERROR(remembered.Settle());
  UNECHO_RETURN_IF_ERROR(DecideRemembered(run, remembered, groups, asides));
  SignedRecords records(job, members, /*has_tokens=*/false, run.plan.memory_limit_bytes);
  Recall recall(remembered, run.fates);
  WriteFates write(members, run.options.answer.match.size(), groups, asides, out);
  Chain chain;
  chain.InOrder("recall", recall, write);
  const uint64_t held_bytes =
      remembered.memory_bytes() + run.fates.memory_bytes() + groups.memory_bytes() + asides.memory_bytes();
  return run.Drive("recall.", records, chain, held_bytes, nullptr);
}

}  // namespace

absl::Status DecideGroup(const ShardJob& job, size_t group) {
  UNECHO_ASSIGN_OR_RETURN(const TaskReader resolved, TaskReader::Open(job.folder, Step::kResolve, 0, job.plan.digest));
  UNECHO_ASSIGN_OR_RETURN(const MappedFile file, resolved.Map("group-" + TaskNumber(group)));
  UNECHO_ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(file, resolved, job.plan.num_shards()));
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kDecide, group, job.plan.digest));
  PipelineOptions options = WithoutOutputs(job);
  constexpr uint64_t kBytesARecord = 1024;  // about, of text
  options.run.threads = ThreadsFor(job, file.As<GroupRow>().size() * kBytesARecord);
  Run run(options, job.sources, nullptr, job.command_line, job.listener);
  if (IsDeferred(options.answer))
    UNECHO_RETURN_IF_ERROR(
        DecideDeferred(job, run, members, static_cast<DateOrder>(resolved.number("date_order")), *out));
  else
    UNECHO_RETURN_IF_ERROR(DecideInOrder(job, run, members, *out));
  out->Note("kept", run.fates.num_kept());
  return out->Commit();
}

}  // namespace unecho
