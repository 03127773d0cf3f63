// Blocks of records: columns from the records of a run, and records from columns. index_format.h says what stands in
// them.
//
// Cost:    a copy of what a record has. Memory: that of the block in hand, 256 KiB or a record.
// Threads: one caller a RecordBlocks; ReadRecordBlock() is a function without state.
// Failure: ReadRecordBlock(): columns that do not fit: kDataLoss.
#ifndef UNECHO_SRC_STORE_RECORD_BLOCK_H_
#define UNECHO_SRC_STORE_RECORD_BLOCK_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/status.h"
#include "store/block.h"
#include "store/index_format.h"

namespace unecho {

// A distinct record as the index has it.
struct StoredRecord {
  Key128 key;
  uint32_t witness = kIsKept;
  // Of one that was removed.
  double similarity = 0;
  uint8_t by_key = 0;
  bool has_tokens = false;
  uint16_t agreeing = 0;
  std::span<const double> similarities;
  // Of a kept one. `source`: its number in the index.
  uint32_t source = 0;
  uint64_t ordinal = 0, text_hash = 0, asides = 0;
  std::span<const uint32_t> words, work_words;
  std::span<const uint64_t> marks;
  std::string_view id;  // as JSON text
};

class RecordBlocks {
 public:
  RecordBlocks(uint64_t first_record, uint64_t first_kept) : first_record_(first_record), first_kept_(first_kept) {}

  void Add(const StoredRecord& record);
  bool IsFull() const { return bytes_ >= kFullBytes || keys_low_.size() >= kMostRecords; }
  bool IsEmpty() const { return keys_low_.empty(); }
  // What was added since the last call, as PackBlock() takes it.
  std::string Take();
  // Of all that was added, and what came before.
  uint64_t num_records() const { return first_record_ + keys_low_.size(); }
  uint64_t num_kept() const { return first_kept_ + sources_.size(); }

 private:
  static constexpr size_t kFullBytes = size_t{256} << 10, kMostRecords = size_t{1} << 11;

  uint64_t first_record_, first_kept_;  // of the block in hand
  size_t bytes_ = 0;
  uint32_t marks_width_ = 0, num_fields_ = 0;
  std::vector<uint64_t> keys_low_, keys_high_;
  std::vector<uint32_t> witnesses_;
  std::vector<double> similarity_;
  std::vector<uint32_t> found_;
  std::vector<double> similarities_;
  std::vector<uint32_t> sources_;
  std::vector<uint64_t> ordinals_, text_hashes_, asides_;
  std::vector<uint32_t> num_words_, num_work_words_, id_sizes_;
  std::vector<uint64_t> marks_;
  std::vector<uint32_t> words_, work_words_;
  std::string ids_;
};

// The block of the names of a run's sources, packed.
std::string PackedSources(std::span<const std::string> names);

// append(block) for blocks of members, as PackBlock() takes them: of the first `num_kept` kept records those of which
// members(number) is not 0.
template <typename Append, typename Members>
absl::Status AppendGrown(size_t num_kept, Append append, Members members) {
  constexpr size_t kMostInBlock = size_t{1} << 18;
  std::vector<uint32_t> kept, counts;
  for (size_t id = 0; id <= num_kept; ++id) {
    if (const uint32_t count = id < num_kept ? members(id) : 0; count > 0) {
      kept.push_back(static_cast<uint32_t>(id));
      counts.push_back(count);
    }
    if (kept.size() < kMostInBlock && (id < num_kept || kept.empty())) continue;
    std::string block = BeginBlock(BlockKind::kMembers, static_cast<uint32_t>(kept.size()));
    AppendColumn(std::span<const uint32_t>(kept), block);
    AppendColumn(std::span<const uint32_t>(counts), block);
    UNECHO_RETURN_IF_ERROR(append(std::move(block)));
    kept.clear();
    counts.clear();
  }
  return absl::OkStatus();
}

// A payload of a block of members -> visit(kept number, members) for each, in order.
template <typename Visit>
absl::Status ReadMembers(const BlockHead& head, std::string_view payload, Visit visit) {
  const size_t count = head.count;
  const auto damaged = [] { return absl::DataLossError("a block of members does not fit"); };
  if (payload.size() != 2 * count * sizeof(uint32_t)) return damaged();
  ColumnReader columns(payload);
  std::vector<uint32_t> kept(count), members(count);
  columns.Read(std::span<uint32_t>(kept));
  columns.Read(std::span<uint32_t>(members));
  for (size_t i = 0; i < count; ++i) {
    if (members[i] == 0) return damaged();
    UNECHO_RETURN_IF_ERROR(visit(kept[i], members[i]));
  }
  return absl::OkStatus();
}

// A payload -> records as the stages behind `prepare` take them. Kept ones are reference texts there, with their tokens
// and marks, and their sources in Batch::stored_sources; removed ones have their key, the fate kNear or, of equal
// tokens, kExact, and what it says. All kept numbers are less than head.first_kept and what this block keeps.
[[nodiscard]] absl::Status ReadRecordBlock(const BlockHead& head, std::string_view payload, Batch& batch);

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_RECORD_BLOCK_H_
