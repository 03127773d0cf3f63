#include "flow/text_flow.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "flow/index_parameters.h"
#include "flow/plan.h"
#include "flow/run.h"
#include "flow/runner.h"
#include "flow/stored_blocks.h"
#include "layouts/named_field.h"
#include "layouts/span_batch.h"
#include "options/sameness.h"
#include "read/input.h"
#include "store/block.h"
#include "store/record_block.h"

namespace unecho {
namespace {

constexpr size_t kTextsAtOnce = 1024;                    // in a batch, of short texts
constexpr size_t kBytesAtOnce = size_t{256} << 10;       // as a batch of the pipeline
constexpr uint64_t kPlentyOfMemory = uint64_t{1} << 50;  // nobody has said how much there is

// What was held, in priority order.
class HeldInOrder final : public BatchSource {
 public:
  explicit HeldInOrder(const Remembered& remembered) : remembered_(remembered), order_(remembered.InPriorityOrder()) {}
  absl::StatusOr<bool> Fill(Batch& batch) override {
    const size_t end = remembered_.Fill(order_, next_, batch);
    return std::exchange(next_, end) < end;
  }

 private:
  const Remembered& remembered_;
  const std::vector<uint32_t> order_;
  size_t next_ = 0;
};

}  // namespace

// The views of what was given: they are copied where batches are parallel.
class TextFlow::Given final : public BatchSource {
 public:
  Given(TextFlow& flow, const Texts& texts) : flow_(flow), texts_(texts) {}
  absl::StatusOr<bool> Fill(Batch& batch) override {
    for (; next_ < texts_.size() && batch.records.size() < kTextsAtOnce && batch.size < kBytesAtOnce; ++next_)
      Take(texts_[next_], batch);
    return !batch.records.empty();
  }

 private:
  void Take(const Deduplicator::Text& text, Batch& batch) {
    Record record;
    record.first_piece = static_cast<uint32_t>(batch.pieces.size());
    record.num_pieces = static_cast<uint32_t>(text.pieces.size());
    record.begins_with_title = text.begins_with_title;
    record.first_field = static_cast<uint32_t>(batch.fields.size());
    record.num_fields = static_cast<uint32_t>(text.fields.size());
    record.ordinal = ++flow_.num_added_;
    for (const std::string_view piece : text.pieces) {
      batch.pieces.push_back(piece);
      batch.size += piece.size();
    }
    for (const Deduplicator::Field& field : text.fields)
      batch.fields.push_back({.name = field.name, .value = field.value});
    batch.records.push_back(record);
  }

  TextFlow& flow_;
  const Texts& texts_;
  size_t next_ = 0;
};

TextFlow::TextFlow(const AnswerOptions& answer, const RunOptions& run)
    : answer_(answer),
      threads_(NumThreads(run)),
      stop_(run.stop),
      bands_(PlanBands(answer_.threshold)),
      clean_(answer_.clean),
      prepare_(answer_, PrepareWants{.text_hash = true}),
      sketch_(bands_, answer_.shingle_tokens, answer_.seed),
      near_(bands_, answer_.threshold, answer_.shingle_tokens, &fates_, MarkPlaces(SamenessOf(answer_))),
      remembered_(answer_, sources_) {
  if (answer_.clean.dedups())
    repeated_lines_.emplace(answer_.clean, TokenRules{answer_.comparison, answer_.shingle_tokens});
  AddFrontTo(decide_);
  decide_.Parallel("sketch", sketch_);
  decide_.InOrder("near", near_stage_);
  AddFrontTo(remember_);
  remember_.InOrder("remember", remember_stage_);
  settle_.Parallel("sketch", sketch_);
  settle_.InOrder("near", settle_stage_);
}

// As a run has it (front.h), but for the layout.
void TextFlow::AddFrontTo(Chain& chain) {
  if (!repeated_lines_) {
    chain.Parallel("prepare", own_, tokens_);
  } else {
    chain.Parallel("prepare", own_);
    if (!answer_.clean.dedup_inside) chain.InOrder("lines", lines_);
    chain.Parallel("tokens", tokens_);
  }
  chain.InOrder("exact", exact_stage_);
}

absl::Status TextFlow::RunAll(BatchSource& source, Chain& chain) {
  const RunTerms terms = {.threads = threads_,
                          .stop = stop_,
                          .batch_bytes = kBytesAtOnce,
                          .check = [] { return absl::OkStatus(); },
                          .memory_left = [] { return kPlentyOfMemory; },
                          .beyond_memory = nullptr};
  ReadCost cost;
  return RunChain(source, chain, terms, cost);
}

absl::Status TextFlow::RunGiven(const Texts& texts, Chain& chain) {
  Given given(*this, texts);
  if (texts.size() > 1) return RunAll(given, chain);
  batch_.Clear();
  UNECHO_ASSIGN_OR_RETURN(const bool any, given.Fill(batch_));
  if (!any) return absl::OkStatus();
  for (const Chain::Link& link : chain.links()) UNECHO_RETURN_IF_ERROR(link.Run(batch_));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Deduplicator::Answer>> TextFlow::Decide(const Texts& texts) {
  answers_.clear();
  answers_.reserve(texts.size());
  UNECHO_RETURN_IF_ERROR(RunGiven(texts, decide_));
  return std::move(answers_);
}

absl::StatusOr<std::vector<CleanedText>> TextFlow::Remember(const Texts& texts) {
  cleaned_.clear();
  cleaned_.reserve(texts.size());
  UNECHO_RETURN_IF_ERROR(RunGiven(texts, remember_));
  return std::move(cleaned_);
}

absl::StatusOr<std::vector<Deduplicator::Answer>> TextFlow::Finish() {
  UNECHO_RETURN_IF_ERROR(remembered_.Settle());
  HeldInOrder source(remembered_);
  UNECHO_RETURN_IF_ERROR(RunAll(source, settle_));
  std::vector<Deduplicator::Answer> answers;
  answers.reserve(reasons_.size());
  for (size_t begin = 0; begin < reasons_.size(); begin += kTextsAtOnce) {
    batch_.Clear();
    for (size_t i = begin; i < std::min(begin + kTextsAtOnce, reasons_.size()); ++i) {
      Record record;
      record.reason = reasons_[i];
      record.num_words = reasons_[i] == Reason::kNone ? 1 : 0;  // what is rejected is not remembered
      batch_.records.push_back(record);
    }
    if (!remembered_.Recall(batch_)) return absl::InternalError("a text was not remembered: this is a bug in unecho");
    for (Record& record : batch_.records) {
      if (record.num_words > 0) fates_.Apply(record);
      answers.push_back(AnswerOf(record));
      answers.back().cleaned.reason = record.reason;
    }
  }
  return answers;
}

// --- stages --------------------------------------------------------------------------------------------------------

// What reads a text, or the value of a field, may read behind it: so it is copied.
void TextFlow::Own::operator()(Batch& batch) const {
  for (std::string_view& piece : batch.pieces) piece = batch.arena.Copy(piece);
  for (NamedField& field : batch.fields) field.value = batch.arena.Copy(field.value);
  if (const std::string& order = flow.answer_.segment.order_field; !order.empty()) {
    for (Record& record : batch.records)
      record.order_value = ScalarAsJson(batch, FindField(batch, record, order).value);
  }
  flow.clean_(batch);
  if (flow.repeated_lines_) flow.repeated_lines_->Split(batch);
}

absl::Status TextFlow::Lines::operator()(Batch& batch) const { return flow.repeated_lines_->Find(batch); }

void TextFlow::Tokens::operator()(Batch& batch) const {
  if (flow.repeated_lines_) {
    if (flow.answer_.clean.dedup_inside) flow.repeated_lines_->FindInside(batch);
    flow.repeated_lines_->Remove(batch);
  }
  flow.prepare_.Tokens(batch);
}

absl::Status TextFlow::Exact::operator()(Batch& batch) const { return flow.exact_.FindOrAdd(batch); }

absl::Status TextFlow::Near::operator()(Batch& batch) const {
  UNECHO_RETURN_IF_ERROR(flow.fates_.CheckRoomFor(batch.records.size()));
  UNECHO_RETURN_IF_ERROR(flow.near_(batch));
  for (const Record& record : batch.records) {
    flow.Count(record);
    flow.answers_.push_back(flow.AnswerOf(record));
    flow.answers_.back().cleaned = CleanedOf(batch, record);
  }
  return absl::OkStatus();
}

absl::Status TextFlow::Hold::operator()(Batch& batch) const {
  UNECHO_RETURN_IF_ERROR(flow.remembered_.Learn(batch));
  for (const Record& record : batch.records) {
    flow.reasons_.push_back(record.reason);
    flow.cleaned_.push_back(CleanedOf(batch, record));
  }
  return absl::OkStatus();
}

absl::Status TextFlow::Settle::operator()(Batch& batch) const {
  UNECHO_RETURN_IF_ERROR(flow.fates_.CheckRoomFor(batch.records.size()));
  UNECHO_RETURN_IF_ERROR(flow.near_(batch));
  for (const Record& record : batch.records) {
    if (record.fate == Fate::kKept) flow.fates_.SetRef(record.kept_id, flow.remembered_.ref(record.unique));
  }
  return absl::OkStatus();
}

// --- index -----------------------------------------------------------------------------------------------------------

absl::Status TextFlow::Load(const std::string& path) {
  UNECHO_RETURN_IF_ERROR(CheckCanBeSaved());
  UNECHO_ASSIGN_OR_RETURN(const auto folder, IndexFolder::Open(path, IndexFolder::Access::kRead));
  if (folder->manifest().runs.empty())
    return absl::NotFoundError(absl::StrFormat("%s: the index has nothing in it yet", path));
  UNECHO_RETURN_IF_ERROR(folder->CheckMadeWith(IndexParametersOf(answer_), IndexKnownAnswer(answer_)));
  for (const std::string& name : folder->source_names()) loaded_sources_.push_back(name);
  StoredBlocks blocks(*folder);
  const UnpackStored unpack(*folder, answer_);
  const CheckDistinct check(*folder);
  EnterRemoved enter_removed(fates_, 0, *folder);
  NameStored name(fates_, 1, *folder);  // source 0: the texts of this object
  while (true) {
    batch_.Clear();
    UNECHO_ASSIGN_OR_RETURN(const bool is_there, blocks.Fill(batch_));
    if (!is_there) break;
    UNECHO_RETURN_IF_ERROR(unpack(batch_));
    UNECHO_RETURN_IF_ERROR(exact_.FindOrAdd(batch_));
    UNECHO_RETURN_IF_ERROR(check(batch_));
    sketch_(batch_);
    UNECHO_RETURN_IF_ERROR(enter_removed(batch_));
    UNECHO_RETURN_IF_ERROR(near_(batch_));
    UNECHO_RETURN_IF_ERROR(name(batch_));
    for (const Record& record : batch_.records) {
      if (record.num_words > 0) kept_.push_back({.text_hash = record.text_hash, .members = 1});
    }
  }
  if (kept_.size() != folder->num_kept())
    return DamagedIndex(*folder, "it has more or fewer kept records than it says");
  for (const auto& [kept_id, members] : blocks.members()) {
    if (kept_id >= kept_.size()) return DamagedIndex(*folder, "it counts the copies of a record that is not there");
    kept_[kept_id].members = members;
  }
  NoteSaved(*folder);
  return absl::OkStatus();
}

absl::Status TextFlow::Save(const std::string& path, const std::string& source) {
  UNECHO_RETURN_IF_ERROR(CheckCanBeSaved());
  UNECHO_ASSIGN_OR_RETURN(const auto folder, IndexFolder::Open(path, IndexFolder::Access::kAdd));
  UNECHO_RETURN_IF_ERROR(folder->CheckMadeWith(IndexParametersOf(answer_), IndexKnownAnswer(answer_)));
  if (DigestsOf(*folder) != saved_digests_) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, saved_digests_.empty()
                               ? ": it has records that this Deduplicator does not know; call Load() before the first "
                                 "text, or save to a new folder"
                               : ": it is not the index that was loaded or saved last, or somebody has added to it; "
                                 "save to that one"));
  }
  UNECHO_RETURN_IF_ERROR(folder->Begin(IndexParametersOf(answer_), IndexKnownAnswer(answer_), std::string(Version())));
  const std::string name = NameInputs(std::span(&source, 1), source, {}, folder->source_names()).front().name;
  IndexRun run;
  run.sources = 1;
  UNECHO_RETURN_IF_ERROR(folder->Append(PackedSources(std::span(&name, 1))));
  RecordBlocks blocks(folder->num_records(), folder->num_kept());
  const auto append = [&folder](std::string block) {
    PackBlock(block);
    return folder->Append(block);
  };
  const std::vector<Key128> keys = exact_.KeysFrom(static_cast<uint32_t>(folder->num_records()));
  std::vector<uint32_t> scratch;
  for (size_t i = 0; i < keys.size(); ++i) {
    Record record;
    record.unique = static_cast<uint32_t>(folder->num_records() + i);
    fates_.Apply(record);
    StoredRecord stored;
    stored.key = keys[i];
    if (record.fate == Fate::kKept) {
      stored.source = static_cast<uint32_t>(folder->source_names().size());
      stored.ordinal = record.witness.ordinal;
      stored.text_hash = kept_[record.kept_id].text_hash;
      stored.words = near_.index().words(record.kept_id, scratch);
    } else {
      stored.witness = record.kept_id;
      stored.similarity = record.similarity;
    }
    blocks.Add(stored);
    if (blocks.IsFull()) UNECHO_RETURN_IF_ERROR(append(blocks.Take()));
  }
  run.records = keys.size();
  run.kept = blocks.num_kept() - folder->num_kept();
  if (!blocks.IsEmpty()) UNECHO_RETURN_IF_ERROR(append(blocks.Take()));
  UNECHO_RETURN_IF_ERROR(AppendGrown(kept_.size(), append, [this](size_t id) {
    return kept_[id].members == kept_[id].saved_members ? 0 : kept_[id].members;
  }));
  UNECHO_RETURN_IF_ERROR(folder->Finish(run));
  run.finished = UtcNow();
  run.command_line = "Deduplicator::Save()";
  UNECHO_RETURN_IF_ERROR(folder->Commit(run));
  NoteSaved(*folder);
  return absl::OkStatus();
}

Deduplicator::Answer TextFlow::AnswerOf(const Record& record) const {
  Deduplicator::Answer answer;
  answer.fate = record.fate;
  if (record.fate != Fate::kExact && record.fate != Fate::kNear) return answer;
  answer.witness = record.witness.ordinal - 1;
  answer.similarity = record.similarity;
  const auto source = static_cast<size_t>(record.witness.source);
  if (source > 0) answer.witness_source = loaded_sources_[source - 1];
  return answer;
}

absl::Status TextFlow::CheckCanBeSaved() const {
  if (SamenessOf(answer_).any()) {
    return absl::InvalidArgumentError(
        "the index of a Deduplicator has texts and no fields: leave keys, differ and within out, or run "
        "`unecho dedup --index`");
  }
  if (!repeated_lines_ || answer_.clean.dedup_inside) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "an index has no lines, and DeduplicatorOptions::clean asks which have come before: leave dedup_lines and its "
      "kin out, or set dedup_inside");
}

void TextFlow::Count(const Record& record) {
  const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear;
  if (record.fate == Fate::kKept) kept_.push_back({.text_hash = record.text_hash, .members = 1});
  if (is_removed) ++kept_[record.kept_id].members;
}

std::vector<std::string> TextFlow::DigestsOf(const IndexFolder& folder) {
  std::vector<std::string> digests;
  for (const IndexRun& run : folder.manifest().runs) digests.push_back(run.digest);
  return digests;
}

void TextFlow::NoteSaved(const IndexFolder& folder) {
  saved_digests_ = DigestsOf(folder);
  for (Kept& kept : kept_) kept.saved_members = kept.members;
}

CleanedText TextFlow::CleanedOf(const Batch& batch, const Record& record) {
  CleanedText cleaned = {record.reason, record.language, std::nullopt};
  if (!record.rewritten || record.reason != Reason::kNone) return cleaned;
  const auto pieces = batch.PiecesOf(record);
  cleaned.rewritten.emplace(pieces.begin(), pieces.end());
  return cleaned;
}

uint64_t TextFlow::memory_bytes() const {
  return near_.memory_bytes() + exact_.memory_bytes() + fates_.memory_bytes() + remembered_.memory_bytes() +
         kept_.capacity() * sizeof(Kept) + reasons_.capacity() * sizeof(Reason) +
         (repeated_lines_ ? repeated_lines_->memory_bytes() : 0);
}

}  // namespace unecho
