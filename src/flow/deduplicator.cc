#include "unecho/deduplicator.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "absl/strings/str_format.h"
#include "base/batch.h"
#include "base/status.h"
#include "clean/cleaner.h"
#include "flow/index_parameters.h"
#include "flow/prepare.h"
#include "flow/remembered.h"
#include "flow/run.h"
#include "flow/stored_blocks.h"
#include "match/exact.h"
#include "match/fates.h"
#include "match/near.h"
#include "match/repeated_lines.h"
#include "match/sketch.h"
#include "read/input.h"
#include "store/block.h"
#include "store/index_folder.h"
#include "store/record_block.h"
#include "text/source_names.h"

namespace unecho {
namespace {

AnswerOptions AnswerFor(const DeduplicatorOptions& given) {
  AnswerOptions answer;
  answer.threshold = given.threshold;
  answer.shingle_tokens = given.shingle_tokens;
  answer.seed = given.seed;
  answer.comparison = given.comparison;
  answer.clean = given.clean;
  answer.keep = given.keep;
  return answer;
}

absl::Status CheckDeduplicator(const DeduplicatorOptions& options) {
  if (!(options.threshold > 0 && options.threshold <= 1)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("DeduplicatorOptions::threshold is %g; give a number above 0 and up to 1", options.threshold));
  }
  if (options.shingle_tokens < 1 || options.shingle_tokens > 64) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "DeduplicatorOptions::shingle_tokens is %d; give a number from 1 to 64", options.shingle_tokens));
  }
  if (options.comparison.by == CompareBy::kWorks) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::comparison is of works, which have fields, and a text has none; take another");
  }
  if (options.keep == KeepPolicy::kFieldMax || options.keep == KeepPolicy::kFieldMin) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::keep is by a field, and a text has none; take kFirst, kLast or kLongest");
  }
  if (options.clean.dedup_at_least > 0) {
    return absl::InvalidArgumentError(
        "DeduplicatorOptions::clean.dedup_at_least needs a reading before, and texts are seen once; leave it 0");
  }
  UNECHO_RETURN_IF_ERROR(AnswerFor(options).Validate());
  return absl::OkStatus();
}

constexpr size_t kTextsAtOnce = 256;  // a batch of the pipeline

// The stages of a run between reading and writing, and the one batch that goes through them.
class TextFlow {
 public:
  explicit TextFlow(const AnswerOptions& given)
      : answer_(given),
        bands_(PlanBands(answer_.threshold)),
        clean_(answer_.clean),
        prepare_(answer_, /*hashes_texts=*/true),
        sketch_(bands_, answer_.shingle_tokens, answer_.seed),
        near_(bands_, answer_.threshold, answer_.shingle_tokens, &fates_),
        remembered_(answer_, sources_) {
    if (answer_.clean.dedups())
      repeated_lines_.emplace(answer_.clean, TokenRules{answer_.comparison, answer_.shingle_tokens});
  }
  TextFlow(const TextFlow&) = delete;
  TextFlow& operator=(const TextFlow&) = delete;

  void Clear() { batch_.Clear(); }
  // Appends a record. The text is copied: the tokeniser reads behind it.
  void Take(std::span<const std::string_view> pieces, bool begins_with_title) {
    Record record;
    record.first_piece = static_cast<uint32_t>(batch_.pieces.size());
    record.num_pieces = static_cast<uint32_t>(pieces.size());
    record.begins_with_title = begins_with_title;
    for (const std::string_view piece : pieces) batch_.pieces.push_back(batch_.arena.Copy(piece));
    record.ordinal = ++num_added_;
    batch_.records.push_back(record);
  }

  // What was taken, to its fates.
  absl::Status Decide(std::vector<Deduplicator::Answer>& answers) {
    UNECHO_RETURN_IF_ERROR(Prepared());
    sketch_(batch_);
    UNECHO_RETURN_IF_ERROR(fates_.CheckRoomFor(batch_.records.size()));
    UNECHO_RETURN_IF_ERROR(near_(batch_));
    for (const Record& record : batch_.records) {
      Count(record);
      answers.push_back(AnswerOf(record));
      answers.back().cleaned = CleanedOf(record);
    }
    return absl::OkStatus();
  }

  // All that an index has, into the tables, which are empty.
  absl::Status Load(const std::string& path) {
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

  // What is new since then, as a run of an index.
  absl::Status Save(const std::string& path, const std::string& source) {
    UNECHO_RETURN_IF_ERROR(CheckCanBeSaved());
    UNECHO_ASSIGN_OR_RETURN(const auto folder, IndexFolder::Open(path, IndexFolder::Access::kAdd));
    UNECHO_RETURN_IF_ERROR(folder->CheckMadeWith(IndexParametersOf(answer_), IndexKnownAnswer(answer_)));
    if (DigestsOf(*folder) != saved_digests_) {
      return absl::FailedPreconditionError(absl::StrFormat(
          saved_digests_.empty() ? "%s: it has records that this Deduplicator does not know; call Load() before the "
                                   "first text, or save to a new folder"
                                 : "%s: it is not the index that was loaded or saved last, or somebody has added to "
                                   "it; save to that one",
          path));
    }
    UNECHO_RETURN_IF_ERROR(
        folder->Begin(IndexParametersOf(answer_), IndexKnownAnswer(answer_), std::string(Version())));
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

  // What was taken, to where it waits for Finish().
  absl::Status Remember(std::vector<CleanedText>& cleaned) {
    UNECHO_RETURN_IF_ERROR(Prepared());
    UNECHO_RETURN_IF_ERROR(remembered_.Learn(batch_));
    for (const Record& record : batch_.records) {
      reasons_.push_back(record.reason);
      cleaned.push_back(CleanedOf(record));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Deduplicator::Answer>> Finish() {
    UNECHO_RETURN_IF_ERROR(remembered_.Settle());
    const std::vector<uint32_t> order = remembered_.InPriorityOrder();
    for (size_t next = 0; next < order.size();) {
      batch_.Clear();
      next = remembered_.Fill(order, next, batch_);
      sketch_(batch_);
      UNECHO_RETURN_IF_ERROR(fates_.CheckRoomFor(batch_.records.size()));
      UNECHO_RETURN_IF_ERROR(near_(batch_));
      for (const Record& record : batch_.records) {
        if (record.fate == Fate::kKept) fates_.SetRef(record.kept_id, remembered_.ref(record.unique));
      }
    }
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

  // Some of an index, or all of it.
  bool has_loaded() const { return !loaded_sources_.empty(); }
  uint64_t num_added() const { return num_added_; }
  uint32_t num_kept() const { return fates_.num_kept(); }
  uint64_t memory_bytes() const {
    return near_.index().memory_bytes() + exact_.memory_bytes() + fates_.memory_bytes() + remembered_.memory_bytes() +
           kept_.capacity() * sizeof(Kept) + reasons_.capacity() * sizeof(Reason) +
           (repeated_lines_ ? repeated_lines_->memory_bytes() : 0);
  }

 private:
  // As the front of a run has it (front.h), and which tokens came before.
  absl::Status Prepared() {
    clean_(batch_);
    if (repeated_lines_) {
      repeated_lines_->Split(batch_);
      if (answer_.clean.dedup_inside)
        repeated_lines_->FindInside(batch_);
      else
        UNECHO_RETURN_IF_ERROR(repeated_lines_->Find(batch_));
      repeated_lines_->Remove(batch_);
    }
    prepare_.Tokens(batch_);
    return exact_.FindOrAdd(batch_);
  }

  Deduplicator::Answer AnswerOf(const Record& record) const {
    Deduplicator::Answer answer;
    answer.fate = record.fate;
    if (record.fate != Fate::kExact && record.fate != Fate::kNear) return answer;
    answer.witness = record.witness.ordinal - 1;
    answer.similarity = record.similarity;
    const auto source = static_cast<size_t>(record.witness.source);
    if (source > 0) answer.witness_source = loaded_sources_[source - 1];
    return answer;
  }
  absl::Status CheckCanBeSaved() const {
    if (!repeated_lines_ || answer_.clean.dedup_inside) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "an index has no lines, and DeduplicatorOptions::clean asks which have come before: leave dedup_lines and its "
        "kin out, or set dedup_inside");
  }
  // For an index: what groups have.
  void Count(const Record& record) {
    const bool is_removed = record.fate == Fate::kExact || record.fate == Fate::kNear;
    if (record.fate == Fate::kKept) kept_.push_back({.text_hash = record.text_hash, .members = 1});
    if (is_removed) ++kept_[record.kept_id].members;
  }
  static std::vector<std::string> DigestsOf(const IndexFolder& folder) {
    std::vector<std::string> digests;
    for (const IndexRun& run : folder.manifest().runs) digests.push_back(run.digest);
    return digests;
  }
  void NoteSaved(const IndexFolder& folder) {
    saved_digests_ = DigestsOf(folder);
    for (Kept& kept : kept_) kept.saved_members = kept.members;
  }
  CleanedText CleanedOf(const Record& record) const {
    CleanedText cleaned = {record.reason, record.language, std::nullopt};
    if (!record.rewritten || record.reason != Reason::kNone) return cleaned;
    const auto pieces = batch_.PiecesOf(record);
    cleaned.rewritten.emplace(pieces.begin(), pieces.end());
    return cleaned;
  }

  const AnswerOptions answer_;
  const SourceNames sources_{std::vector<std::string>()};
  BandPlan bands_;
  Cleaner clean_;
  std::optional<RepeatedLines> repeated_lines_;
  Prepare prepare_;
  ExactTable exact_;
  Sketcher sketch_;
  Fates fates_;
  NearStage near_;
  Remembered remembered_;
  std::vector<Reason> reasons_;  // of what is held
  struct Kept {
    uint64_t text_hash = 0;
    uint32_t members = 0, saved_members = 1;  // of its group: now, and as the index has it
  };
  std::vector<Kept> kept_;                  // by kept number; only with kFirst
  std::deque<std::string> loaded_sources_;  // of the index: their names stay where they are
  std::vector<std::string> saved_digests_;  // of the runs of the index that this has loaded or saved
  Batch batch_;
  uint64_t num_added_ = 0;
};

}  // namespace

struct [[gnu::visibility("hidden")]] Deduplicator::Inside {
  explicit Inside(const DeduplicatorOptions& given) : options(given) {}

  bool is_deferred() const { return options.keep != KeepPolicy::kFirst; }
  // Before any call: the options are right, this is a call of their kind, and there is a flow.
  absl::Status Begin(bool holds) {
    if (!flow) UNECHO_RETURN_IF_ERROR(CheckDeduplicator(options));
    if (is_broken)
      return absl::FailedPreconditionError(
          "an earlier call has failed in its middle, so nothing is sure any more: make another one");
    if (holds != is_deferred()) {
      return absl::FailedPreconditionError(
          holds ? "with keep kFirst each text has its answer at once: call Add() or AddAll()"
                : "with keep kLast or kLongest the answer is known when all texts are there: call Hold(), then "
                  "Finish()");
    }
    if (is_finished) return absl::FailedPreconditionError("Finish() has answered for all texts: make another one");
    if (!flow) flow = std::make_unique<TextFlow>(AnswerFor(options));
    return absl::OkStatus();
  }

  // process(what was taken, answers) for so many texts at a time.
  template <typename Each, typename Process>
  absl::StatusOr<std::vector<Each>> ForAll(bool holds, std::span<const std::string_view> texts, Process process) {
    UNECHO_RETURN_IF_ERROR(Begin(holds));
    std::vector<Each> answers;
    answers.reserve(texts.size());
    for (size_t begin = 0; begin < texts.size(); begin += kTextsAtOnce) {
      flow->Clear();
      for (const std::string_view text : texts.subspan(begin, std::min(kTextsAtOnce, texts.size() - begin)))
        flow->Take(std::span(&text, 1), false);
      is_broken = true;
      UNECHO_RETURN_IF_ERROR(process(answers));
      is_broken = false;
    }
    return answers;
  }
  template <typename Each, typename Process>
  absl::StatusOr<Each> ForOne(bool holds, std::span<const std::string_view> pieces, bool begins_with_title,
                              Process process) {
    UNECHO_RETURN_IF_ERROR(Begin(holds));
    std::vector<Each> answers;
    flow->Clear();
    flow->Take(pieces, begins_with_title);
    is_broken = true;
    UNECHO_RETURN_IF_ERROR(process(answers));
    is_broken = false;
    return std::move(answers.front());
  }

  const DeduplicatorOptions options;
  std::unique_ptr<TextFlow> flow;  // from the first call on
  bool is_finished = false;
  bool is_broken = false;  // a stage has failed, or thrown, behind one that knows the texts already
};

Status DeduplicatorOptions::Validate() const {
  return PublicCall([&] { return CheckDeduplicator(*this); });
}

Deduplicator::Deduplicator(const DeduplicatorOptions& options) : inside_(std::make_unique<Inside>(options)) {}
Deduplicator::~Deduplicator() = default;

Status Deduplicator::Load(const std::string& folder) {
  return PublicCall([&]() -> absl::Status {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(false));
    if (inside_->flow->num_added() > 0 || inside_->flow->has_loaded())
      return absl::FailedPreconditionError("Load() comes before the first text, and once");
    const absl::Status status = inside_->flow->Load(folder);
    inside_->is_broken = !status.ok() && inside_->flow->has_loaded();
    return status;
  });
}

Status Deduplicator::Save(const std::string& folder, const std::string& source) {
  return PublicCall([&]() -> absl::Status {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(false));
    return inside_->flow->Save(folder, source);
  });
}

Result<Deduplicator::Answer> Deduplicator::Add(std::span<const std::string_view> pieces, bool begins_with_title) {
  return PublicCall([&] {
    return inside_->ForOne<Answer>(false, pieces, begins_with_title,
                                   [this](std::vector<Answer>& answers) { return inside_->flow->Decide(answers); });
  });
}

Result<std::vector<Deduplicator::Answer>> Deduplicator::AddAll(std::span<const std::string_view> texts) {
  return PublicCall([&] {
    return inside_->ForAll<Answer>(false, texts,
                                   [this](std::vector<Answer>& answers) { return inside_->flow->Decide(answers); });
  });
}

Result<CleanedText> Deduplicator::Hold(std::span<const std::string_view> pieces, bool begins_with_title) {
  return PublicCall([&] {
    return inside_->ForOne<CleanedText>(true, pieces, begins_with_title, [this](std::vector<CleanedText>& cleaned) {
      return inside_->flow->Remember(cleaned);
    });
  });
}

Result<std::vector<CleanedText>> Deduplicator::HoldAll(std::span<const std::string_view> texts) {
  return PublicCall([&] {
    return inside_->ForAll<CleanedText>(
        true, texts, [this](std::vector<CleanedText>& cleaned) { return inside_->flow->Remember(cleaned); });
  });
}

Result<std::vector<Deduplicator::Answer>> Deduplicator::Finish() {
  return PublicCall([&]() -> absl::StatusOr<std::vector<Answer>> {
    UNECHO_RETURN_IF_ERROR(inside_->Begin(true));
    inside_->is_finished = true;
    return inside_->flow->Finish();
  });
}

uint64_t Deduplicator::num_added() const { return inside_->flow ? inside_->flow->num_added() : 0; }
uint32_t Deduplicator::num_kept() const { return inside_->flow ? inside_->flow->num_kept() : 0; }
uint64_t Deduplicator::memory_bytes() const { return inside_->flow ? inside_->flow->memory_bytes() : 0; }

}  // namespace unecho
