#include "flow/remembered.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "kernels/kernels.h"
#include "match/key_table.h"
#include "match/marks.h"
#include "text/json.h"
#include "write/corpus.h"

namespace unecho {

Remembered::Remembered(const AnswerOptions& answer, const SourceNames& sources, uint32_t num_known, bool for_index)
    : answer_(answer), num_known_(num_known), for_index_(for_index) {
  if (answer.keep == KeepPolicy::kFieldMax || answer.keep == KeepPolicy::kFieldMin) by_field_.emplace(sources, answer);
}

bool Remembered::Precedes(uint32_t a, uint32_t b) const {
  const Standing x = stands_for_[a], y = stands_for_[b];
  if (x.is_reference != y.is_reference) return x.is_reference;
  switch (x.is_reference ? KeepPolicy::kFirst : answer_.keep) {
    case KeepPolicy::kFirst: break;
    case KeepPolicy::kLast: return x.record > y.record;
    case KeepPolicy::kLongest:
      if (x.num_words != y.num_words) return x.num_words > y.num_words;
      break;
    case KeepPolicy::kFieldMax:
    case KeepPolicy::kFieldMin:
      if (by_field_->HasPriority(a, b)) return true;
      if (by_field_->HasPriority(b, a)) return false;
      break;
  }
  return x.record < y.record;
}

absl::Status Remembered::Learn(const Batch& batch) {
  new_words_.clear();
  const size_t first_new = stands_for_.size();
  for (const Record& record : batch.records) {
    if (record.num_words == 0) continue;
    const RecordRef ref{batch.source, record.ordinal};
    const uint64_t position = unique_of_record_.size();
    unique_of_record_.PushBack(record.unique);
    if (answer_.annotate) ref_of_record_.PushBack(ref);
    if (answer_.merge) fields_of_record_.PushBack({record.said_fields, record.given_fields});
    if (!answer_.segment.id_field.empty()) {
      std::string id;
      record.invalid_utf8 > 0 ? AppendRepairedUtf8(record.id, id) : void(id = record.id);
      id_of_record_.PushBack({ids_.size(), static_cast<uint32_t>(id.size())});
      ids_.Append(id.data(), id.size());
    }
    if (record.unique < num_known_) continue;
    const uint32_t place = record.unique - num_known_;
    const FieldOrder::Holder holder{ref, position, record.text_hash, record.asides};
    if (by_field_) UNECHO_RETURN_IF_ERROR(by_field_->Add(place, record, holder));
    if (!record.is_repeat) {
      Standing standing{
          ref,          position, 0, record.num_words, record.num_shingles, record.is_reference, record.text_hash,
          record.asides};
      if (record.fate == Fate::kContaminated) {
        standing.first_word = kContaminated;
      } else if (answer_.comparison.by == CompareBy::kWorks) {
        standing.num_items = record.num_work_words;
        new_words_.push_back(batch.WorkOf(record));
      } else if (answer_.exact_join) {
        standing.first_word = shingles_.size();
        std::memcpy(shingles_.Extend(record.num_shingles), batch.shingles.data() + record.first_shingle,
                    record.num_shingles * sizeof(uint64_t));
      } else {
        new_words_.push_back(batch.WordsOf(record));
      }
      stands_for_.PushBack(standing);
      if (for_index_) keys_.PushBack({record.key_low, record.key_high});
      if (record.is_decided()) decided_[place] = {record.decided_groups, record.equals};
      if (record.equals > 0) decided_[record.equals - 1].equals = record.equals;
      marks_width_ = batch.marks_width;
      const auto marks = batch.MarksOf(record);
      std::ranges::copy(marks, marks_.Extend(marks.size()));
      continue;
    }
    Standing standing = stands_for_[place];
    if (standing.is_reference) continue;
    // Among equals the one of highest priority stands for all. Of equal texts `longest` is a tie, which the first wins;
    // equal works may have texts of their own beside what makes them works.
    const bool is_longer = record.num_words > standing.num_words;
    if (answer_.keep == KeepPolicy::kLongest && is_longer) {
      standing.num_words = record.num_words;
      stands_for_.Set(place, standing);
    }
    if (answer_.keep == KeepPolicy::kLast || (answer_.keep == KeepPolicy::kLongest && is_longer))
      StandFor(place, holder);
  }
  UNECHO_RETURN_IF_ERROR(words_.Append(new_words_, new_places_));
  auto next = new_places_.begin();
  for (size_t place = first_new; next != new_places_.end(); ++place) {
    Standing standing = stands_for_[place];
    if (standing.contaminated()) continue;
    standing.first_word = *next++;
    stands_for_.Set(place, standing);
  }
  UNECHO_RETURN_IF_ERROR(ReadStatus());
  const uint64_t bytes = SumOverArrays([](const auto& array) { return array.spillable_bytes(); });
  const bool may_spill = spill_.IsShort() && (!words_.is_spilled() || bytes >= spill_.LeastBytes());
  return may_spill ? SpillNow() : absl::OkStatus();
}

absl::Status Remembered::SpillNow() {
  if (!words_.is_spilled()) return words_.Spill(spill_.folder);
  UNECHO_RETURN_IF_ERROR(keys_.Spill(spill_.folder, "keys"));
  UNECHO_RETURN_IF_ERROR(stands_for_.Spill(spill_.folder, "distinct records"));
  UNECHO_RETURN_IF_ERROR(unique_of_record_.Spill(spill_.folder, "numbers of records"));
  UNECHO_RETURN_IF_ERROR(ref_of_record_.Spill(spill_.folder, "places of records"));
  UNECHO_RETURN_IF_ERROR(fields_of_record_.Spill(spill_.folder, "fields of records"));
  UNECHO_RETURN_IF_ERROR(id_of_record_.Spill(spill_.folder, "ids"));
  return ids_.Spill(spill_.folder, "ids");
}

absl::Status Remembered::ReadStatus() const {
  UNECHO_RETURN_IF_ERROR(words_.ReadStatus());
  UNECHO_RETURN_IF_ERROR(keys_.status());
  UNECHO_RETURN_IF_ERROR(stands_for_.status());
  UNECHO_RETURN_IF_ERROR(unique_of_record_.status());
  UNECHO_RETURN_IF_ERROR(ref_of_record_.status());
  UNECHO_RETURN_IF_ERROR(fields_of_record_.status());
  UNECHO_RETURN_IF_ERROR(id_of_record_.status());
  return ids_.status();
}

void Remembered::StandFor(uint32_t place, const FieldOrder::Holder& holder) {
  Standing standing = stands_for_[place];
  standing.ref = holder.ref;
  standing.text_hash = holder.text_hash;
  standing.asides = holder.asides;
  standing.record = holder.position;
  stands_for_.Set(place, standing);
}

absl::Status Remembered::Settle() {
  if (!by_field_) return absl::OkStatus();
  UNECHO_RETURN_IF_ERROR(by_field_->Settle());
  for (uint32_t place = 0; place < stands_for_.size(); ++place) StandFor(place, by_field_->holder(place));
  return absl::OkStatus();
}

std::vector<uint32_t> Remembered::InPriorityOrder() const {
  std::vector<uint32_t> order(stands_for_.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [this](uint32_t place) { return stands_for_[place].contaminated(); });
  const auto precedes = [this](uint32_t a, uint32_t b) { return Precedes(a, b); };
  // The first of equals are in order as they come.
  const bool is_sorted = std::ranges::is_sorted(order, precedes);
  if (!is_sorted && stands_for_.disk_bytes() == 0) std::ranges::sort(order, precedes);
  if (!is_sorted && stands_for_.disk_bytes() > 0) {  // stays in bounds also where a disk says two things of a record
    std::ranges::make_heap(order, precedes);
    std::ranges::sort_heap(order, precedes);
  }
  for (uint32_t& unique : order) unique += num_known_;
  return order;
}

std::vector<uint32_t> Remembered::DistinctTexts() const {
  std::vector<uint32_t> distinct;
  KeyTable tokens;  // where there are marks, some of the sequences have the same
  for (uint32_t unique = 0; unique < stands_for_.size(); ++unique) {
    if (stands_for_[unique].contaminated()) continue;
    const uint64_t* const row = marks_.data() + size_t{unique} * marks_width_;
    if (marks_width_ > 0) tokens.GrowFor(1);
    if (marks_width_ > 0 && !tokens.FindOrAdd(row[0], row[1]).is_new) continue;
    distinct.push_back(unique);
  }
  return distinct;
}

size_t Remembered::NumShingles(uint32_t unique) const {
  const Standing standing = stands_for_[unique];
  if (answer_.exact_join) return standing.num_items;
  const auto width = static_cast<uint32_t>(answer_.shingle_tokens);
  return standing.num_words < width ? 1 : standing.num_words - width + 1;
}

std::span<const uint64_t> Remembered::ShinglesOf(uint32_t unique, std::vector<uint64_t>& scratch) const {
  const Standing standing = stands_for_[unique];
  if (answer_.exact_join) return {shingles_.data() + standing.first_word, standing.num_items};
  if (scratch.size() <= standing.num_words) scratch.resize(2 * size_t{standing.num_words} + 1);
  thread_local std::vector<uint32_t> from_disk;
  const auto words = words_.Read(standing.first_word, standing.num_words, from_disk);
  if (words.size() < standing.num_words) return {};  // ReadStatus() says why
  const size_t count = ActiveKernels().shingles64(words.data(), words.size(),
                                                  static_cast<size_t>(answer_.shingle_tokens), scratch.data());
  return {scratch.data(), count};
}

size_t Remembered::Fill(const std::vector<uint32_t>& order, size_t begin, Batch& batch,
                        const CommonShingles* common) const {
  size_t end = begin, tokens = 0;
  for (; end < std::min(order.size(), begin + kMaxRecords) && tokens < kMaxTokens; ++end)
    tokens += stands_for_[order[end] - num_known_].num_words;
  thread_local std::vector<uint32_t> from_disk;
  const bool holds_words = !answer_.exact_join && answer_.comparison.by != CompareBy::kWorks;
  if (batch.words.size() < tokens && holds_words) batch.words.resize(tokens);
  batch.marks_width = marks_width_;
  for (size_t i = begin; i < end; ++i) {
    const uint32_t place = order[i] - num_known_;
    const Standing standing = stands_for_[place];
    const std::span<const uint64_t> marks(marks_.data() + size_t{place} * marks_width_, marks_width_);
    batch.marks.insert(batch.marks.end(), marks.begin(), marks.end());
    Record record;
    record.unique = order[i];
    record.num_words = standing.num_words;
    record.is_reference = standing.is_reference;
    record.first_key = MarkPlaces::FirstKey(marks, answer_.keys.size());
    if (const auto decided = decided_.find(place); decided != decided_.end()) {
      record.decided_groups = decided->second.groups;
      record.equals = decided->second.equals;
    }
    if (answer_.comparison.by == CompareBy::kWorks) {
      const auto work = words_.Read(standing.first_word, standing.num_items, from_disk);
      record.first_work_word = batch.works.size();
      record.num_work_words = static_cast<uint32_t>(work.size());
      batch.works.insert(batch.works.end(), work.begin(), work.end());
    } else if (answer_.exact_join) {
      record.first_shingle = batch.shingles.size();
      record.num_shingles = standing.num_items;
      const uint64_t* shingles = shingles_.data() + standing.first_word;
      batch.shingles.insert(batch.shingles.end(), shingles, shingles + standing.num_items);
      if (common != nullptr) {
        const CommonShingles::Left left = common->LeaveOut(std::span(batch.shingles).subspan(record.first_shingle));
        record.common = left.common;
        record.num_shingles = static_cast<uint32_t>(left.count);
        batch.shingles.resize(record.first_shingle + left.count);
      }
    } else {
      record.first_word = batch.num_words;
      std::ranges::copy(words_.Read(standing.first_word, standing.num_words, from_disk),
                        batch.AddWords(standing.num_words));
    }
    if (for_index_) {
      record.ordinal = standing.ref.ordinal;
      const Key128 key = keys_[place];
      record.key_low = key.low;
      record.key_high = key.high;
      record.text_hash = standing.text_hash;
      record.asides = standing.asides;
      batch.stored_sources.push_back(static_cast<uint32_t>(standing.ref.source));
    }
    batch.records.push_back(record);
  }
  return end;
}

bool Remembered::Recall(Batch& batch) {
  for (Record& record : batch.records) {
    if (record.num_words == 0) continue;
    if (recalled_ == unique_of_record_.size()) return false;
    record.unique = unique_of_record_[recalled_];
    record.is_repeat = IsRepeat(record.unique, recalled_);
    ++recalled_;
  }
  return true;
}

std::vector<Remembered::Giving> Remembered::Givings(const Fates& fates) const {
  std::vector<uint16_t> missing(fates.num_kept());
  const auto fate_of = [&](uint64_t i) {
    Record record;
    record.unique = unique_of_record_[i];
    record.is_repeat = IsRepeat(record.unique, i);
    fates.Apply(record);
    return record;
  };
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    const Record record = fate_of(i);
    if (record.fate == Fate::kKept && !stands_for_[record.unique - num_known_].is_reference)
      missing[record.kept_id] = static_cast<uint16_t>(~fields_of_record_[i].said);
  }
  std::vector<Giving> givings;
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    const Record record = fate_of(i);
    if (record.fate != Fate::kExact && record.fate != Fate::kNear) continue;
    const auto given = static_cast<uint16_t>(missing[record.kept_id] & fields_of_record_[i].given);
    if (given == 0) continue;
    missing[record.kept_id] = static_cast<uint16_t>(missing[record.kept_id] & ~given);
    givings.push_back({i, record.kept_id, given});
  }
  return givings;
}

void Remembered::CollectCopies(const Fates& fates) {
  // Counting sort by kept record keeps input order within each.
  const auto kept_for = [&](uint64_t i) {
    Record record;
    record.unique = unique_of_record_[i];
    record.is_repeat = IsRepeat(record.unique, i);
    fates.Apply(record);
    const bool is_copy = record.fate == Fate::kExact || record.fate == Fate::kNear;
    return is_copy ? static_cast<int64_t>(record.kept_id) : -1;
  };
  first_copy_.assign(size_t{fates.num_kept()} + 2, 0);
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    if (const int64_t kept = kept_for(i); kept >= 0) ++first_copy_[static_cast<size_t>(kept) + 2];
  }
  std::partial_sum(first_copy_.begin(), first_copy_.end(), first_copy_.begin());
  copies_.resize(first_copy_.back());
  for (uint64_t i = 0; i < unique_of_record_.size(); ++i) {
    if (const int64_t kept = kept_for(i); kept >= 0) copies_[first_copy_[static_cast<size_t>(kept) + 1]++] = i;
  }
}

std::vector<std::string> Remembered::Copies(uint32_t kept_id, const SourceNames& sources) const {
  std::vector<std::string> refs;
  for (uint64_t i = first_copy_[kept_id]; i < first_copy_[size_t{kept_id} + 1]; ++i) {
    const RecordRef ref = ref_of_record_[copies_[i]];
    refs.push_back(RefName(sources.name(ref.source), ref.ordinal));
  }
  return refs;
}

std::vector<std::string> Remembered::CopyIds(uint32_t kept_id) const {
  std::vector<std::string> ids;
  if (id_of_record_.size() == 0) return ids;
  for (uint64_t i = first_copy_[kept_id]; i < first_copy_[size_t{kept_id} + 1]; ++i) ids.emplace_back(IdOf(copies_[i]));
  return ids;
}

uint64_t Remembered::memory_bytes() const {
  const uint64_t bytes = SumOverArrays([](const auto& array) { return array.memory_bytes(); }) + words_.memory_bytes() +
                         marks_.memory_bytes() + shingles_.memory_bytes() +
                         (by_field_ ? by_field_->memory_bytes() : 0) + first_copy_.size() * sizeof(uint64_t) +
                         copies_.size() * sizeof(uint64_t);
  return bytes;
}

}  // namespace unecho
