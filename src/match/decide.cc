#include "match/decide.h"

#include "base/batch.h"
#include "options/match_fields.h"

namespace unecho {

Decide::Decide(const PipelineOptions& options, const BandPlan& bands, Fates* fates, const WorksPeople& people,
               const CommonShingles* common)
    : fates_(fates) {
  if (options.command == Command::kSegment) return;
  const MarkPlaces marks(SamenessOf(options.answer));
  if (options.answer.comparison.by == CompareBy::kWorks) {
    works_.emplace(fates, marks, people);
  } else if (options.answer.exact_join) {
    join_.emplace(options.answer.threshold, FieldThresholds(options.answer));
    if (marks.width > 0) marks_.emplace(marks);
  } else {
    // Evaluation sets are compared with the sketches of all, and what is common is counted where they are made.
    sketches_ = marks.width > 0 && common == nullptr && options.answer.against.empty();
    sketcher_.emplace(bands, options.answer.shingle_tokens, options.answer.seed, common);
    near_.emplace(bands, bands.threshold, options.answer.shingle_tokens, fates, marks, common,
                  sketches_ ? &*sketcher_ : nullptr);
  }
}

absl::Status Decide::operator()(Batch& batch) {
  UNECHO_RETURN_IF_ERROR(fates_->CheckRoomFor(batch.records.size()));
  for (const Record& record : batch.records) {
    if (record.fate == Fate::kContaminated) fates_->Contaminate(record);
  }
  if (near_) {
    UNECHO_RETURN_IF_ERROR((*near_)(batch));
    return Spill();
  }
  if (works_) {
    UNECHO_RETURN_IF_ERROR((*works_)(batch));
    return Spill();
  }
  for (Record& record : batch.records) {
    if (record.num_words == 0) continue;
    if (!record.is_repeat && record.fate != Fate::kContaminated) {
      if (join_)
        Join(batch, record);
      else  // segment keeps all
        fates_->Keep(record.unique, {batch.source, record.ordinal});
    }
    fates_->Apply(batch, record);
  }
  return Spill();
}

absl::Status Decide::Spill() {
  UNECHO_RETURN_IF_ERROR(fates_->status());
  const bool is_short = spill_.IsShort();
  bool has_spilled = false;
  if (is_short && near_) {
    UNECHO_ASSIGN_OR_RETURN(has_spilled, near_->Spill(*sketcher_, spill_));
  }
  is_still_short_ = is_short && !has_spilled;
  const bool may_spill = is_still_short_ && fates_->spillable_bytes() >= spill_.LeastBytes();
  return may_spill ? fates_->Spill(spill_.folder) : absl::OkStatus();
}

// Design, definition of sameness, point 9, step by step.
void Decide::Join(const Batch& batch, const Record& record) {
  const std::span<const uint64_t> shingles(batch.shingles.data() + record.first_shingle, record.num_shingles);
  std::optional<ExactJoin::Match> best;
  if (!marks_ && !record.is_reference) {
    best = join_->FindOrKeep(shingles);
    if (best) {
      fates_->Remove(record.unique, best->kept_id, best->similarity);
      return fates_->NoteSimilarities(join_->Similarities(shingles, best->kept_id));
    }
    return fates_->Keep(record.unique, {batch.source, record.ordinal});
  }
  const auto keep = [&] {
    join_->Keep(shingles);
    if (marks_) marks_->Keep(batch.MarksOf(record));
    fates_->Keep(record.unique, {batch.source, record.ordinal});
  };
  if (record.is_reference) return keep();
  const MarkRow row = batch.MarksOf(record);
  const auto take = [&best](uint32_t id, double similarity) {
    if (!best || similarity > best->similarity || (similarity == best->similarity && id < best->kept_id))
      best = {id, similarity};
  };
  marks_->ForEachOfEqualKey(row, 0, [&](uint32_t id) { take(id, join_->Similarity(shingles, id)); });
  if (!best) {
    for (const ExactJoin::Match& match : join_->Find(shingles)) {
      if (!marks_->IsApart(row, match.kept_id)) take(match.kept_id, match.similarity);
    }
  }
  if (best) {
    fates_->Remove(record.unique, best->kept_id, best->similarity,
                   {marks_->FirstEqualKey(row, best->kept_id), marks_->HasTokens(row, best->kept_id)});
    return fates_->NoteSimilarities(join_->Similarities(shingles, best->kept_id));
  }
  keep();
}

uint64_t Decide::memory_bytes() const {
  return fates_->memory_bytes() + (near_ ? near_->memory_bytes() : 0) + (join_ ? join_->memory_bytes() : 0) +
         (works_ ? works_->memory_bytes() : 0) + (marks_ ? marks_->memory_bytes() : 0);
}

}  // namespace unecho
