#include "match/fates.h"

#include <algorithm>

#include "base/batch.h"

namespace unecho {

void Fates::Keep(uint32_t unique, RecordRef ref) {
  if (num_kept() == 0) first_kept_ = unique;
  Set(unique, num_kept());
  kept_.PushBack(Pack(ref));
}

void Fates::Remove(uint32_t unique, uint32_t kept_id, double similarity, Found found) {
  if (found.by_key > 0 || found.has_tokens || found.by_decision || found.agreeing != 0) {
    found_.Resize(removed_.size() + 1);
    found_.Set(removed_.size(), found);
  }
  Set(unique, kRemovedBit | static_cast<uint32_t>(removed_.size()));
  removed_.PushBack({kept_id, similarity});
}

void Fates::Contaminate(const Record& record) {
  Remove(record.unique, kContaminatedBit | static_cast<uint32_t>(contaminated_.size()), record.similarity);
  contaminated_.PushBack({record.witness, record.ngrams});
}

void Fates::NoteSimilarities(std::span<const double> of_fields) {
  if (of_fields.empty()) return;
  num_fields_ = of_fields.size();
  similarities_.Resize(removed_.size() * num_fields_);
  const size_t first = (removed_.size() - 1) * num_fields_;
  for (size_t i = 0; i < num_fields_; ++i) similarities_.Set(first + i, of_fields[i]);
}

absl::Status Fates::Spill(const std::string& folder) {
  UNECHO_RETURN_IF_ERROR(of_unique_.Spill(folder, "fates"));
  UNECHO_RETURN_IF_ERROR(removed_.Spill(folder, "removed records"));
  UNECHO_RETURN_IF_ERROR(found_.Spill(folder, "what witnesses were found by"));
  UNECHO_RETURN_IF_ERROR(similarities_.Spill(folder, "similarities"));
  UNECHO_RETURN_IF_ERROR(kept_.Spill(folder, "kept records"));
  return contaminated_.Spill(folder, "contaminated records");
}

absl::Status Fates::status() const {
  UNECHO_RETURN_IF_ERROR(of_unique_.status());
  UNECHO_RETURN_IF_ERROR(removed_.status());
  UNECHO_RETURN_IF_ERROR(found_.status());
  UNECHO_RETURN_IF_ERROR(similarities_.status());
  UNECHO_RETURN_IF_ERROR(kept_.status());
  return contaminated_.status();
}

void Fates::Apply(Batch& batch, Record& record) const {
  Apply(record);
  if (num_fields_ == 0 || record.fate != Fate::kNear) return;
  const uint32_t place = of_unique_[record.unique] & ~kRemovedBit;
  record.first_similarity = static_cast<uint32_t>(batch.similarities.size());
  batch.similarities.resize(batch.similarities.size() + num_fields_);
  similarities_.Read(place * num_fields_, num_fields_, batch.similarities.data() + record.first_similarity);
}

void Fates::Apply(Record& record) const {
  const uint32_t fate = of_unique_[record.unique];
  if ((fate & kRemovedBit) != 0) {
    const uint32_t place = fate & ~kRemovedBit;
    const Removed removed = removed_[place];
    const Found found = place < found_.size() ? found_[place] : Found{};
    if ((removed.kept_id & kContaminatedBit) != 0) {
      const Contaminated contaminated = contaminated_[removed.kept_id & ~kContaminatedBit];
      record.fate = Fate::kContaminated;
      record.similarity = removed.similarity;
      record.witness = contaminated.witness;
      record.ngrams = contaminated.ngrams;
      return;
    }
    record.fate = found.has_tokens ? Fate::kExact : Fate::kNear;
    record.by_key = found.by_key;
    record.by_decision = found.by_decision;
    record.agreeing = found.agreeing;
    record.kept_id = removed.kept_id;
    record.similarity = removed.similarity;
  } else {
    record.fate = record.is_repeat ? Fate::kExact : Fate::kKept;
    record.by_key = record.is_repeat ? record.first_key : 0;
    record.kept_id = fate;
    record.similarity = 1;
  }
  record.witness = ref(record.kept_id);
  if (!record.is_reference) return;
  record.fate = Fate::kReference;
  record.by_key = 0;
  record.by_decision = false;
}

}  // namespace unecho
