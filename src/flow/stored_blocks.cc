#include "flow/stored_blocks.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <span>

#include "absl/strings/str_format.h"
#include "match/marks.h"
#include "options/sameness.h"
#include "store/block.h"
#include "store/record_block.h"
#include "works/work.h"

namespace unecho {
namespace {

// Of a block of records, in front of its payload in a batch.
struct StoredBlock {
  BlockHead head;
  uint64_t run, at;  // where it is in the index
};

}  // namespace

absl::StatusOr<bool> StoredBlocks::Fill(Batch& batch) {
  StoredBlock block;
  BlockHead& head = block.head;
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(const bool is_there, reader_.Next(head, payload_));
    if (!is_there) return false;
    if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) break;
    if (head.kind == static_cast<uint32_t>(BlockKind::kMembers)) UNECHO_RETURN_IF_ERROR(TakeMembers(head));
  }
  block.run = reader_.run();
  block.at = reader_.place().at;
  batch.size = sizeof block + payload_.size();
  batch.bytes.resize(std::max(batch.bytes.size(), batch.size + Batch::kPaddingBytes));
  std::memcpy(batch.bytes.data(), &block, sizeof block);
  if (!payload_.empty()) std::memcpy(batch.bytes.data() + sizeof block, payload_.data(), payload_.size());
  return true;
}

absl::Status StoredBlocks::TakeMembers(const BlockHead& head) {
  std::string plain;
  absl::Status status = UnpackBlock(head, {payload_.data(), payload_.size()}, plain);
  if (status.ok()) {
    status = ReadMembers(head, plain, [this](uint32_t kept, uint32_t members) {
      members_.push_back({kept, members});
      return absl::OkStatus();
    });
  }
  return status.ok() ? status : reader_.Damaged(status);
}

UnpackStored::UnpackStored(const IndexFolder& folder, const AnswerOptions& answer)
    : folder_(folder),
      has_works_(answer.comparison.by == CompareBy::kWorks),
      num_keys_(answer.keys.size()),
      num_fields_(answer.match.size()),
      marks_width_(MarkPlaces(SamenessOf(answer)).width) {}

bool UnpackStored::IsWellFormed(const Batch& batch, const Record& record) const {
  if (record.fate != Fate::kKept) {
    // Of one with the same tokens nobody asks how like them it is.
    const size_t num_similarities = record.fate == Fate::kNear ? num_fields_ : 0;
    return record.by_key <= num_keys_ && record.first_similarity + num_similarities <= batch.similarities.size();
  }
  if (batch.marks_width != marks_width_) return false;
  if (has_works_) return IsWellFormedWork(batch.WorkOf(record));
  if (record.num_work_words > 0) return false;
  if (num_fields_ == 0) return true;
  const std::span<const uint32_t> words = batch.WordsOf(record);
  if (words.size() <= num_fields_) return false;
  const auto of_fields = words.first(num_fields_);
  return std::accumulate(of_fields.begin(), of_fields.end(), uint64_t{num_fields_}) == words.size();
}

absl::Status UnpackStored::operator()(Batch& batch) const {
  thread_local std::string plain;
  StoredBlock block;
  std::memcpy(&block, batch.bytes.data(), sizeof block);
  absl::Status status = UnpackBlock(block.head, batch.content().substr(sizeof block), plain);
  if (status.ok()) status = ReadRecordBlock(block.head, plain, batch);
  const auto is_wrong = [&](const Record& record) { return !IsWellFormed(batch, record); };
  if (status.ok() && std::ranges::any_of(batch.records, is_wrong))
    status = absl::DataLossError("what it says of a record cannot be read");
  return status.ok() ? status : folder_.Damaged({folder_.manifest().runs[block.run].file, block.at}, status);
}

absl::Status CheckDistinct::operator()(Batch& batch) const {
  for (Record& record : batch.records) {
    if (record.is_repeat) return DamagedIndex(folder_, "it has a record twice");
    if (record.fate != Fate::kKept) record.num_words = 0;
  }
  return absl::OkStatus();
}

absl::Status EnterRemoved::operator()(Batch& batch) {
  UNECHO_RETURN_IF_ERROR(fates_.CheckRoomFor(batch.records.size()));
  const auto num_kept =
      fates_.num_kept() + static_cast<uint64_t>(std::ranges::count(batch.records, Fate::kKept, &Record::fate));
  for (const Record& record : batch.records) {
    if (record.num_words > 0) continue;
    if (record.kept_id >= num_kept) return DamagedIndex(folder_, "a record was removed for one that is not there");
    EnterAsRemoved(batch, record, num_fields_, fates_);
  }
  return absl::OkStatus();
}

void EnterAsRemoved(const Batch& batch, const Record& record, size_t num_fields, Fates& fates) {
  fates.Remove(record.unique, record.kept_id, record.similarity,
               {.by_key = record.by_key, .has_tokens = record.fate == Fate::kExact, .agreeing = record.agreeing});
  if (record.fate == Fate::kNear)
    fates.NoteSimilarities(std::span(batch.similarities).subspan(record.first_similarity, num_fields));
}

absl::Status NameStored::operator()(Batch& batch) {
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const Record& record = batch.records[i];
    if (record.num_words == 0) continue;
    if (batch.stored_sources[i] >= folder_.source_names().size())
      return DamagedIndex(folder_, "a record is of a source that is not named");
    if (record.fate == Fate::kKept || record.fate == Fate::kReference)
      fates_.SetRef(record.kept_id, {SourceId{first_source_ + batch.stored_sources[i]}, record.ordinal});
  }
  return absl::OkStatus();
}

absl::Status DamagedIndex(const IndexFolder& folder, std::string_view what) {
  return absl::DataLossError(
      absl::StrFormat("%s: %s; the index is damaged ('unecho index check' says where): put a backup in its place, or "
                      "make it again from its "
                      "inputs",
                      folder.path(), what));
}

}  // namespace unecho
