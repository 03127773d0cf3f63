#include "match/decide.h"

#include "base/batch.h"

namespace unecho {

Decide::Decide(const PipelineOptions& options, const BandPlan& bands, Fates* fates) : fates_(fates) {
  if (options.command == Command::kSegment) return;
  if (options.answer.exact_join) {
    join_.emplace(options.answer.threshold);
  } else {
    near_.emplace(bands, options.answer.threshold, options.answer.shingle_tokens, fates);
  }
}

absl::Status Decide::operator()(Batch& batch) {
  UNECHO_RETURN_IF_ERROR(fates_->CheckRoomFor(batch.records.size()));
  for (const Record& record : batch.records) {
    if (record.fate == Fate::kContaminated) fates_->Contaminate(record);
  }
  if (near_) return (*near_)(batch);
  for (Record& record : batch.records) {
    if (record.num_words == 0) continue;
    if (!record.is_repeat && record.fate != Fate::kContaminated) {
      const auto match = join_ ? join_->FindOrKeep({batch.shingles.data() + record.first_shingle, record.num_shingles})
                               : std::nullopt;  // segment keeps all
      if (match) {
        fates_->Remove(record.unique, match->kept_id, match->similarity);
      } else {
        fates_->Keep(record.unique, {batch.source, record.ordinal});
      }
    }
    fates_->Apply(record);
  }
  return absl::OkStatus();
}

uint64_t Decide::memory_bytes() const {
  return fates_->memory_bytes() + (near_ ? near_->index().memory_bytes() : 0) + (join_ ? join_->memory_bytes() : 0);
}

}  // namespace unecho
