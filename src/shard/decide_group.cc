// decide: what becomes of the records of a group, by the passes of the deferred flow over signed records.
//
// Read: of each record of the group its row, its tokens and what else was signed of it. Written: 40 bytes a record.
#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/memory.h"
#include "base/prefetch.h"
#include "flow/chain.h"
#include "flow/deferred.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "flow/stages.h"
#include "kernels/kernels.h"
#include "match/compare_asides.h"
#include "match/groups.h"
#include "match/marks.h"
#include "options/sameness.h"
#include "shard/shard_job.h"
#include "shard/signed_rows.h"

namespace unecho {
namespace {

// A shard's records that are in the group.
struct Member {
  uint32_t shard;
  std::span<const uint32_t> positions;  // in order
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
    while (member_ < members_.size() && at_ == members_[member_].positions.size()) ++member_, at_ = 0, open_.reset();
    if (member_ == members_.size()) return false;
    if (!open_) {
      UNECHO_ASSIGN_OR_RETURN(SignedShard opened, SignedShard::Open(job_, members_[member_].shard));
      open_.emplace(std::move(opened));
    }
    if (ResidentLeft() < short_of_) open_->Forget();
    const auto rows = open_->records.As<SignedRow>();
    const std::span<const uint32_t> positions = members_[member_].positions;
    batch.marks_width = has_tokens_ ? static_cast<uint32_t>(places_.width) : 0;
    constexpr size_t kAhead = 16;  // records: those of a group are here and there
    const auto row_at = [&](size_t at) {
      return at < positions.size() && positions[at] < rows.size() ? &rows[positions[at]] : nullptr;
    };
    for (size_t tokens = 0; at_ < positions.size() && batch.records.size() < Remembered::kMaxRecords; ++at_) {
      if (const SignedRow* const ahead = row_at(at_ + kAhead); ahead != nullptr) PrefetchLine(ahead);
      const SignedRow* const row = row_at(at_);
      if (row == nullptr || (has_tokens_ && row->check != row->Check()))
        return open_->task.Damaged("a record is not as it was written");
      if (batch.records.empty()) batch.source = SourceId{row->source};
      if (batch.source != SourceId{row->source} || tokens >= Remembered::kMaxTokens) break;
      UNECHO_RETURN_IF_ERROR(Take(*row, positions[at_], batch));
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

// The end of the last one: the records come as SignedRecords gave them.
class WriteFates {
 public:
  WriteFates(std::span<const Member> members, size_t num_fields, TaskWriter& out)
      : members_(members), num_fields_(num_fields), out_(out) {}
  absl::Status operator()(Batch& batch) {
    for (const Record& record : batch.records) UNECHO_RETURN_IF_ERROR(Write(batch, record));
    return absl::OkStatus();
  }

 private:
  absl::Status Write(const Batch& batch, const Record& record) {
    if (rows_ == nullptr || at_ == members_[member_].positions.size()) {
      if (rows_ != nullptr) ++member_, at_ = 0;
      if (rows_ == nullptr) {
        UNECHO_ASSIGN_OR_RETURN(rows_, out_.Create("fates"));
        UNECHO_ASSIGN_OR_RETURN(more_, out_.Create("more"));
      }
      rows_->BeginSection(members_[member_].shard);
      more_->BeginSection(members_[member_].shard);
    }
    FateRow row{};
    row.position = members_[member_].positions[at_++];
    row.fate = static_cast<uint8_t>(record.fate);
    row.by_key = record.by_key;
    row.has_same_bytes = record.has_same_bytes;
    row.other_asides = record.other_asides;
    row.member = record.member;
    row.witness_source = static_cast<uint32_t>(record.witness.source);
    row.witness_ordinal = record.witness.ordinal;
    row.similarity = record.similarity;
    std::span<const double> similarities;
    if (record.fate == Fate::kNear && num_fields_ > 0)
      similarities = std::span(batch.similarities).subspan(record.first_similarity, num_fields_);
    row.more = static_cast<uint32_t>(similarities.size_bytes() + record.witness_id.size());
    UNECHO_RETURN_IF_ERROR(rows_->Append(std::span<const FateRow>(&row, 1)));
    UNECHO_RETURN_IF_ERROR(more_->Append(similarities));
    return more_->Append(record.witness_id);
  }

  std::span<const Member> members_;
  size_t num_fields_;
  TaskWriter& out_;
  size_t member_ = 0, at_ = 0;
  TaskWriter::File *rows_ = nullptr, *more_ = nullptr;
};

absl::StatusOr<std::vector<Member>> MembersOf(const MappedFile& file, const TaskReader& task, size_t num_shards) {
  std::vector<Member> members;
  auto left = file.As<uint32_t>();
  while (!left.empty()) {
    if (left.size() < 2 || left[0] >= num_shards || left[1] > left.size() - 2)
      return task.Damaged("a group cannot be read");
    members.push_back({left[0], left.subspan(2, left[1])});
    left = left.subspan(2 + size_t{left[1]});
  }
  return members;
}

}  // namespace

absl::Status DecideGroup(const ShardJob& job, size_t group) {
  UNECHO_ASSIGN_OR_RETURN(const TaskReader resolved, TaskReader::Open(job.folder, Step::kResolve, 0, job.plan.digest));
  UNECHO_ASSIGN_OR_RETURN(const MappedFile file, resolved.Map("group-" + TaskNumber(group)));
  UNECHO_ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(file, resolved, job.plan.num_shards()));
  UNECHO_ASSIGN_OR_RETURN(const auto out, TaskWriter::Begin(job.folder, Step::kDecide, group, job.plan.digest));
  const PipelineOptions options = WithoutOutputs(job);
  Run run(options, job.sources, nullptr, job.command_line, job.listener);
  Groups groups(!options.answer.segment.id_field.empty());
  CompareAsides asides;
  Remembered remembered(options.answer, run.plan.sources);
  remembered.SpillBeyond(run.spill_terms());
  remembered.SetOrder(static_cast<DateOrder>(resolved.number("date_order")));
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
  WriteFates write(members, options.answer.match.size(), *out);
  Chain chain;
  chain.InOrder("recall", recall, groups, asides, write);
  UNECHO_RETURN_IF_ERROR(
      run.Drive("recall.", records, chain, remembered.memory_bytes() + run.fates.memory_bytes(), nullptr));
  out->Note("kept", run.fates.num_kept());
  return out->Commit();
}

}  // namespace unecho
