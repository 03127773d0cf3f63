// The records kept from the batch in hand by their band keys, while the index is frozen.
//
// Chained, in one array that fits the second-level cache (80 KB) for a batch of usual size; cleared by size.
//
// Threads: one.
#ifndef UNECHO_SRC_MATCH_BATCH_TABLE_H_
#define UNECHO_SRC_MATCH_BATCH_TABLE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/kernels.h"
#include "match/sketch.h"

namespace unecho {

class BatchTable {
 public:
  explicit BatchTable(const BandPlan& plan) : plan_(plan) {}

  void Clear(size_t expected_records) {
    entries_.clear();
    sketches_.clear();
    heads_.assign(std::bit_ceil(std::max(size_t{64}, 2 * expected_records * static_cast<size_t>(plan_.bands))), 0);
  }
  // Numbers the records 0, 1, ...
  void Insert(std::span<const uint64_t> band_keys, const uint8_t* sketch) {
    const auto record = static_cast<uint32_t>(size());
    sketches_.insert(sketches_.end(), sketch, sketch + kSketchBytes);
    for (const uint64_t key : band_keys) {
      uint32_t& head = heads_[key & (heads_.size() - 1)];
      entries_.push_back({Tag(key), record, head});
      head = static_cast<uint32_t>(entries_.size());
    }
  }
  size_t size() const { return sketches_.size() / kSketchBytes; }

  // As Index::FindCandidates, but in ascending order. Valid until the next call.
  std::span<uint32_t> FindCandidates(std::span<const uint64_t> band_keys, const uint8_t* sketch) {
    if (size() == 0) return {};
    if (ids_.size() <= size()) {
      ids_.resize(2 * size() + 64);
      agreeing_.resize(ids_.size());
      seen_.resize(ids_.size() / 64 + 1);
    }
    size_t count = 0;
    for (const uint64_t key : band_keys) {
      for (uint32_t at = heads_[key & (heads_.size() - 1)]; at != 0; at = entries_[at - 1].next) {
        const Entry& entry = entries_[at - 1];
        if (entry.tag != Tag(key)) continue;
        uint64_t& word = seen_[entry.record / 64];
        ids_[count] = entry.record;
        count += ~word >> entry.record % 64 & 1;
        word |= uint64_t{1} << entry.record % 64;
      }
    }
    for (size_t i = 0; i < count; ++i) seen_[ids_[i] / 64] = 0;
    count = ActiveKernels().agreeing_sketches(sketch, sketches_.data(), static_cast<unsigned>(plan_.min_agreeing_bins),
                                              ids_.data(), count, agreeing_.data());
    if (!plan_.fields.empty()) {
      const auto disagrees = [&](uint32_t id) {
        return !AgreeInFields(plan_, sketch, sketches_.data() + size_t{id} * kSketchBytes);
      };
      count = static_cast<size_t>(
          std::remove_if(ids_.begin(), ids_.begin() + static_cast<std::ptrdiff_t>(count), disagrees) - ids_.begin());
    }
    const std::span<uint32_t> candidates(ids_.data(), count);
    std::ranges::sort(candidates);
    return candidates;
  }

 private:
  // The records that have the key, and one in 2^32 others.
  static uint32_t Tag(uint64_t key) { return static_cast<uint32_t>(key >> 32); }
  struct Entry {
    uint32_t tag, record, next;
  };

  BandPlan plan_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> heads_;
  std::vector<uint8_t> sketches_;  // by record
  std::vector<uint32_t> ids_;
  std::vector<uint8_t> agreeing_;
  std::vector<uint64_t> seen_;  // one bit a record, all zero between calls
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_BATCH_TABLE_H_
