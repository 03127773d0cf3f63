#include "store/record_block.h"

#include <algorithm>
#include <numeric>

#include "store/block.h"

namespace unecho {
namespace {

constexpr uint32_t kHasTokensBit = 1 << 8;
constexpr unsigned kAgreeingShift = 16;

template <typename T>
void AppendAndClear(std::vector<T>& column, std::string& block) {
  AppendColumn(std::span<const T>(column), block);
  column.clear();
}

template <typename T>
std::vector<T> Column(ColumnReader& reader, size_t count) {
  std::vector<T> column;
  if (count > reader.left() / sizeof(T)) count = reader.left() / sizeof(T) + 1;  // too short: found at the end
  column.resize(count);
  reader.Read(std::span<T>(column));
  return column;
}

}  // namespace

void RecordBlocks::Add(const StoredRecord& record) {
  keys_low_.push_back(record.key.low);
  keys_high_.push_back(record.key.high);
  witnesses_.push_back(record.witness);
  bytes_ += sizeof record.key + sizeof record.witness;
  if (record.witness != kIsKept) {
    similarity_.push_back(record.similarity);
    found_.push_back(record.by_key | (record.has_tokens ? kHasTokensBit : 0) |
                     static_cast<uint32_t>(record.agreeing) << kAgreeingShift);
    num_fields_ = std::max(num_fields_, static_cast<uint32_t>(record.similarities.size()));
    similarities_.resize((similarity_.size() - 1) * num_fields_);
    similarities_.insert(similarities_.end(), record.similarities.begin(), record.similarities.end());
    similarities_.resize(similarity_.size() * num_fields_);
    return;
  }
  sources_.push_back(record.source);
  ordinals_.push_back(record.ordinal);
  text_hashes_.push_back(record.text_hash);
  asides_.push_back(record.asides);
  num_words_.push_back(static_cast<uint32_t>(record.words.size()));
  num_work_words_.push_back(static_cast<uint32_t>(record.work_words.size()));
  id_sizes_.push_back(static_cast<uint32_t>(record.id.size()));
  marks_width_ = static_cast<uint32_t>(record.marks.size());
  marks_.insert(marks_.end(), record.marks.begin(), record.marks.end());
  words_.insert(words_.end(), record.words.begin(), record.words.end());
  work_words_.insert(work_words_.end(), record.work_words.begin(), record.work_words.end());
  ids_ += record.id;
  bytes_ += record.words.size_bytes() + record.work_words.size_bytes() + record.marks.size_bytes() + record.id.size();
}

std::string RecordBlocks::Take() {
  const auto count = static_cast<uint32_t>(keys_low_.size()), kept = static_cast<uint32_t>(sources_.size());
  std::string block = BeginBlock(BlockKind::kRecords, count, first_record_, first_kept_);
  block.reserve(block.size() + bytes_ + 64 * size_t{count});
  const RecordsHead head = {count, kept, marks_width_, num_fields_};
  AppendColumn(std::span(&head, 1), block);
  AppendAndClear(keys_low_, block);
  AppendAndClear(keys_high_, block);
  AppendAndClear(witnesses_, block);
  AppendAndClear(similarity_, block);
  AppendAndClear(found_, block);
  AppendAndClear(similarities_, block);
  AppendAndClear(sources_, block);
  AppendAndClear(ordinals_, block);
  AppendAndClear(text_hashes_, block);
  AppendAndClear(asides_, block);
  AppendAndClear(num_words_, block);
  AppendAndClear(num_work_words_, block);
  AppendAndClear(id_sizes_, block);
  AppendAndClear(marks_, block);
  AppendAndClear(words_, block);
  AppendAndClear(work_words_, block);
  block += ids_;
  ids_.clear();
  first_record_ += count;
  first_kept_ += kept;
  bytes_ = 0;
  marks_width_ = num_fields_ = 0;
  return block;
}

std::string PackedSources(std::span<const std::string> names) {
  std::string block = BeginBlock(BlockKind::kSources, static_cast<uint32_t>(names.size()));
  for (const std::string& name : names) {
    const auto size = static_cast<uint32_t>(name.size());
    AppendColumn(std::span(&size, 1), block);
  }
  for (const std::string& name : names) block += name;
  PackBlock(block);
  return block;
}

absl::Status ReadRecordBlock(const BlockHead& block, std::string_view payload, Batch& batch) {
  ColumnReader reader(payload);
  RecordsHead head{};
  reader.Read(std::span(&head, 1));
  const size_t count = head.num_records, kept = head.num_kept;
  const auto damaged = [] { return absl::DataLossError("the columns of a block do not fit"); };
  // 20 bytes of each record are there at least, so nothing larger is asked for than what the file has.
  if (count != block.count || kept > count || count * 20 > reader.left()) return damaged();
  if (kept == 0 && head.marks_width > 0) return damaged();  // marks of nothing would have any width
  const size_t removed = count - kept;
  const auto lows = Column<uint64_t>(reader, count), highs = Column<uint64_t>(reader, count);
  const auto witnesses = Column<uint32_t>(reader, count);
  const auto similarity = Column<double>(reader, removed);
  const auto found = Column<uint32_t>(reader, removed);
  const auto similarities = Column<double>(reader, removed * head.num_fields);
  const auto sources = Column<uint32_t>(reader, kept);
  const auto ordinals = Column<uint64_t>(reader, kept), text_hashes = Column<uint64_t>(reader, kept);
  const auto asides = Column<uint64_t>(reader, kept);
  const auto num_words = Column<uint32_t>(reader, kept), num_work_words = Column<uint32_t>(reader, kept);
  const auto id_sizes = Column<uint32_t>(reader, kept);
  const auto marks = Column<uint64_t>(reader, kept * head.marks_width);
  const auto sum = [](const std::vector<uint32_t>& sizes) {
    return std::accumulate(sizes.begin(), sizes.end(), uint64_t{0});
  };
  const uint64_t all_words = sum(num_words), all_work_words = sum(num_work_words), all_ids = sum(id_sizes);
  if (reader.left() != (all_words + all_work_words) * sizeof(uint32_t) + all_ids) return damaged();
  if (all_words > 0) reader.Read(std::span(batch.AddWords(all_words), all_words));
  batch.works = Column<uint32_t>(reader, all_work_words);
  const std::string_view ids = reader.Take(all_ids);
  if (!reader.is_whole()) return damaged();
  if (static_cast<size_t>(std::ranges::count(witnesses, kIsKept)) != kept) return damaged();

  const auto is_share = [](double value) { return value >= 0 && value <= 1; };  // nor is NaN
  if (!std::ranges::all_of(similarity, is_share) || !std::ranges::all_of(similarities, is_share)) return damaged();

  batch.marks_width = head.marks_width;
  batch.marks.assign(count * head.marks_width, 0);
  batch.records.assign(count, Record{});
  batch.stored_sources.assign(count, 0);
  uint64_t word = 0, work_word = 0, id = 0;
  size_t k = 0, r = 0;
  for (size_t i = 0; i < count; ++i) {
    Record& record = batch.records[i];
    record.key_low = lows[i];
    record.key_high = highs[i];
    record.is_reference = true;
    if (witnesses[i] == kIsKept) {
      if ((num_words[k] == 0 && num_work_words[k] == 0) || ordinals[k] == 0) return damaged();
      record.fate = Fate::kKept;
      record.ordinal = ordinals[k];
      record.text_hash = text_hashes[k];
      record.asides = asides[k];
      record.first_word = word;
      record.num_words = std::max<uint32_t>(1, num_words[k]);  // a work is compared by other words
      record.first_work_word = work_word;
      record.num_work_words = num_work_words[k];
      record.id = batch.arena.Copy(ids.substr(id, id_sizes[k]));
      batch.stored_sources[i] = sources[k];
      std::copy_n(marks.begin() + static_cast<std::ptrdiff_t>(k * head.marks_width), head.marks_width,
                  batch.marks.begin() + static_cast<std::ptrdiff_t>(i * head.marks_width));
      word += num_words[k];
      work_word += num_work_words[k];
      id += id_sizes[k++];
      continue;
    }
    if (witnesses[i] >= block.first_kept + kept) return damaged();
    record.fate = (found[r] & kHasTokensBit) != 0 ? Fate::kExact : Fate::kNear;
    record.num_words = 1;  // its tokens are not here: it is known by its key
    record.kept_id = witnesses[i];
    record.similarity = similarity[r];
    record.by_key = static_cast<uint8_t>(found[r]);
    record.agreeing = static_cast<uint16_t>(found[r] >> kAgreeingShift);
    record.first_similarity = static_cast<uint32_t>(r * head.num_fields);
    ++r;
  }
  batch.similarities.assign(similarities.begin(), similarities.end());
  return absl::OkStatus();
}

}  // namespace unecho
