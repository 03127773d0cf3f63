#include "flow/foretold.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "flow/stored_blocks.h"
#include "store/block.h"
#include "store/record_block.h"

namespace unecho {

Foretell::Foretell(const IndexFolder& folder, const AnswerOptions& answer)
    : folder_(folder),
      blocks_(folder.run_descriptor(), folder.run_path()),
      num_keys_(answer.keys.size()),
      num_fields_(answer.match.size()),
      may_pass_(!answer.against.empty()) {}

absl::Status Foretell::CheckBlock(const BlockHead& head) const {
  const bool is_well_formed = std::ranges::all_of(block_.records, [this](const Record& record) {
    const size_t num_similarities = record.fate == Fate::kNear ? num_fields_ : 0;
    return record.fate == Fate::kKept ||
           (record.by_key <= num_keys_ && record.first_similarity + num_similarities <= block_.similarities.size());
  });
  if (is_well_formed && head.count > 0) return absl::OkStatus();
  return DamagedIndex(folder_, "what a killed run has left of a record cannot be read");
}

// Reads on where the block in hand is through.
absl::StatusOr<bool> Foretell::IsThereNext() {
  while (next_ == block_.records.size() && !has_ended_) {
    BlockHead head;
    UNECHO_ASSIGN_OR_RETURN(const bool is_there, blocks_.Next(head, payload_));
    has_ended_ = !is_there || blocks_.bytes() > folder_.unfinished().bytes;
    if (has_ended_) break;
    if (head.kind != static_cast<uint32_t>(BlockKind::kRecords)) continue;
    block_.Clear();
    next_ = 0;
    UNECHO_RETURN_IF_ERROR(UnpackBlock(head, {payload_.data(), payload_.size()}, plain_));
    UNECHO_RETURN_IF_ERROR(ReadRecordBlock(head, plain_, block_));
    UNECHO_RETURN_IF_ERROR(CheckBlock(head));
  }
  return !has_ended_;
}

absl::Status Foretell::operator()(Batch& batch) {
  if (has_ended_) return absl::OkStatus();
  for (Record& record : batch.records) {
    if (record.num_words == 0 || record.is_repeat) continue;
    UNECHO_ASSIGN_OR_RETURN(const bool is_there, IsThereNext());
    if (!is_there) return absl::OkStatus();
    const Record& said = block_.records[next_];
    if (said.key_low != record.key_low || said.key_high != record.key_high) {
      if (may_pass_) continue;
      return folder_.IsAnother();
    }
    ++next_;
    record.is_foretold = true;
    record.fate = said.fate;
    if (said.fate == Fate::kKept) {
      record.is_reference = true;
      continue;
    }
    record.is_repeat = true;
    record.kept_id = said.kept_id;
    record.similarity = said.similarity;
    record.by_key = said.by_key;
    record.agreeing = said.agreeing;
    if (said.fate != Fate::kNear) continue;
    record.first_similarity = static_cast<uint32_t>(batch.similarities.size());
    const auto of_fields = std::span(block_.similarities).subspan(said.first_similarity, num_fields_);
    batch.similarities.insert(batch.similarities.end(), of_fields.begin(), of_fields.end());
  }
  return absl::OkStatus();
}

absl::Status EnterForetold::operator()(Batch& batch) {
  UNECHO_RETURN_IF_ERROR(fates_.CheckRoomFor(batch.records.size()));
  const auto is_kept = [](const Record& record) { return record.is_foretold && record.fate == Fate::kKept; };
  const auto num_kept = fates_.num_kept() + static_cast<uint64_t>(std::ranges::count_if(batch.records, is_kept));
  for (const Record& record : batch.records) {
    if (!record.is_foretold || record.fate == Fate::kKept) continue;
    if (record.kept_id >= num_kept)
      return absl::DataLossError(
          "what a killed run has left removes a record for one that is not there; leave --resume out");
    EnterAsRemoved(batch, record, num_fields_, fates_);
  }
  return absl::OkStatus();
}

void SettleForetold::operator()(Batch& batch) const {
  for (Record& record : batch.records) {
    if (!record.is_foretold) continue;
    record.is_repeat = false;
    if (record.fate != Fate::kReference) continue;
    record.is_reference = false;
    record.fate = Fate::kKept;
  }
}

}  // namespace unecho
