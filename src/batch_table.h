// The records kept from the batch in hand by their band keys, while the index is frozen.
//
// Threads: one.
#ifndef UNECHO_SRC_BATCH_TABLE_H_
#define UNECHO_SRC_BATCH_TABLE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace unecho {

// Band keys of the records kept from the batch in hand -> those records, and one in 2^32 others. Chained, in one array that
// fits the second-level cache (80 KB) for a batch of usual size; cleared by size.
class BatchTable {
 public:
  void Clear(size_t expected_entries) {
    entries_.clear();
    heads_.assign(std::bit_ceil(std::max(size_t{64}, 2 * expected_entries)), 0);
  }
  void Insert(uint64_t key, uint32_t record) {
    uint32_t& head = heads_[key & (heads_.size() - 1)];
    entries_.push_back({Tag(key), record, head});
    head = static_cast<uint32_t>(entries_.size());
  }
  bool empty() const { return entries_.empty(); }
  template <typename Found>
  void Find(uint64_t key, Found&& found) const {
    for (uint32_t at = heads_[key & (heads_.size() - 1)]; at != 0; at = entries_[at - 1].next) {
      if (entries_[at - 1].tag == Tag(key)) found(entries_[at - 1].record);
    }
  }

 private:
  static uint32_t Tag(uint64_t key) { return static_cast<uint32_t>(key >> 32); }
  struct Entry { uint32_t tag, record, next; };
  std::vector<Entry> entries_;
  std::vector<uint32_t> heads_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_BATCH_TABLE_H_
