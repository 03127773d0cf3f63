// Keys of consecutive records, on disk: sorted, one list a column (a band; the exact table has one column).
//
// An entry is 64 bits: as many of a key's upper bits as the record's place in the run leaves, and that place. A list
// has one entry a record. In memory are a filter a list, and of every 1,008th entry the upper half, a fence. So a key
// that is not there costs a cache miss, and one that is a read: keys are hashes, and where one is between two fences is
// known to 16 entries, of the 63 of a block.
//
// A second filter has the keys that more than one entry has. So who knows that a record has a key, and that no other
// one does, need not read.
//
// Filters have a share of the memory. Where that is too little a run that is made gets filters of fewer bits a key,
// down to none, and those of the largest run that is there go, list by list: each byte of a small one saves more reads.
// Of a list without a filter any key may be there, and each costs a read.
//
// Two keys with equal upper bits are taken for one: of 20 million records 39 bits count, so of their keys one in 27,000
// is met by chance, and the sketch filter does the rest.
//
// Memory:  per record and column .004 bytes of fences, and at most 1.25 of filter, and as much again for a key that
//          several have. Disk: 8.1 bytes.
// Threads: Find() is for many. Failure: as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_KEY_RUN_H_
#define UNECHO_SRC_MATCH_KEY_RUN_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/spill_file.h"
#include "base/status.h"
#include "match/key_filter.h"

namespace unecho {

class KeyRun {
 public:
  // The keys of a column, in the order of their records, into a vector; calls come from several threads.
  using ReadColumn = std::function<absl::Status(size_t column, std::vector<uint64_t>& keys)>;
  // What of filters a run gets.
  struct Filters {
    uint32_t bits = KeyFilter::kMostBits;  // a key
    uint64_t most_shared = UINT64_MAX;     // keys that several have, a column; if there are more: no filter of them
  };
  // Of the records [first, first + count), count > 0. A thread holds 16 bytes a record meanwhile, and at most
  // columns / 3 + 1 threads do.
  static absl::StatusOr<std::unique_ptr<KeyRun>> Sort(size_t columns, Filters filters, uint32_t first, uint32_t count,
                                                      const ReadColumn& read, const std::string& folder);
  // Each goes on where the one before it ends. Their filters go as those of the new one come.
  static absl::StatusOr<std::unique_ptr<KeyRun>> Merge(std::vector<std::unique_ptr<KeyRun>> parts, Filters filters,
                                                       const std::string& folder);

  void Prefetch(size_t column, uint64_t key) const { columns_[column]->filter.Prefetch(key & ~PlaceMask()); }
  // Calls found(number of the record) for those that have the key. Where nothing can be read, for none: status().
  template <typename Found>
  void Find(size_t column, uint64_t key, Found&& found) const {
    if (MayHave(column, key)) [[unlikely]]
      Search(column, key, found);
  }
  bool MayHave(size_t column, uint64_t key) const { return columns_[column]->filter.MayHave(key & ~PlaceMask()); }
  // One entry at most has the key. False: perhaps.
  bool HasOnce(size_t column, uint64_t key) const { return !columns_[column]->shared.MayHave(key & ~PlaceMask()); }
  // The same for Find().
  bool AreOne(uint64_t key, uint64_t other) const { return key >> place_bits_ == other >> place_bits_; }
  uint64_t filter_bytes() const;
  // What passes the filters of keys that are not there, per cent of a key a column.
  uint64_t pass_percent() const;
  // The filter of a column goes. False: none is left.
  bool DropFilter();
  bool Covers(uint32_t record) const { return record >= first_ && record - first_ < count_; }

  uint32_t first() const { return first_; }
  uint32_t count() const { return count_; }
  absl::Status status() const { return file_->status(); }
  uint64_t memory_bytes() const;
  uint64_t disk_bytes() const { return file_->disk_bytes(); }

 private:
  static constexpr size_t kBlockEntries = SpillFile::kBlockBytes / sizeof(uint64_t);
  static constexpr size_t kFenceBlocks = 16;  // one fence for so many
  struct Column {
    Column(uint64_t count, uint32_t bits) : filter(count, bits) {
      fences.reserve(count / (kFenceBlocks * kBlockEntries) + 1);
    }
    KeyFilter filter;
    KeyFilter shared;              // keys of two entries or more
    std::vector<uint32_t> fences;  // the upper half of the first entry of every kFenceBlocks-th block
  };
  class Writer;
  class Merger;
  // Some blocks of a column, in order.
  struct Window {
    std::array<uint64_t, 2 * kBlockEntries> entries;
    size_t size = 0;  // 0: they cannot be read
    uint64_t begin = 0, end = 0;
  };

  KeyRun(size_t columns, Filters filters, uint32_t first, uint32_t count);
  uint64_t PlaceMask() const { return (uint64_t{1} << place_bits_) - 1; }
  uint64_t NumBlocks() const { return (uint64_t{count_} + kBlockEntries - 1) / kBlockEntries; }
  uint64_t PlaceOfColumn(size_t column) const { return column * NumBlocks() * SpillFile::kBlockBytes; }
  void ReadWindow(size_t column, uint64_t begin, uint64_t end, Window& window) const;
  // Blocks with the first entry that is `low` or more, or the end of the column.
  void FindFirst(size_t column, uint64_t low, Window& window) const;
  // The first fence that is `upper_half` or more.
  static uint64_t FirstFence(const std::vector<uint32_t>& fences, uint32_t upper_half);
  template <typename Found>
  void Search(size_t column, uint64_t key, Found&& found) const;

  uint32_t first_, count_;
  uint32_t place_bits_;
  Filters filters_;
  size_t num_filtered_;  // columns, the first ones
  std::unique_ptr<SpillFile> file_;
  std::vector<std::unique_ptr<Column>> columns_;
};

template <typename Found>
void KeyRun::Search(size_t column, uint64_t key, Found&& found) const {
  const uint64_t mask = PlaceMask();
  const uint64_t low = key & ~mask, high = key | mask;  // the entries of a key lie in between
  Window window;
  FindFirst(column, low, window);
  while (window.size > 0) {
    const auto end = window.entries.begin() + window.size;
    for (auto at = std::lower_bound(window.entries.begin(), end, low); at != end; ++at) {
      if (*at > high) return;
      found(first_ + static_cast<uint32_t>(*at & mask));
    }
    if (window.end == NumBlocks()) return;
    ReadWindow(column, window.end, window.end + 1, window);
  }
}

// The runs of one table, oldest first. Four and more of them are merged at once, if the first has half of their records
// at most: so a record is written again each time that its run has become twice to four times as large, and few runs
// are searched. Without filters each run that is searched costs many times what it costs to write it once more: there
// two are enough, and the first may have four fifths of their records; and where filters let less pass, in proportion.
class KeyRuns {
 public:
  explicit KeyRuns(size_t columns) : columns_(columns) {}

  // Of `count` more records. Filters take `most_filter_bytes`, about.
  [[nodiscard]] absl::Status Add(uint32_t count, const KeyRun::ReadColumn& read, const std::string& folder,
                                 uint64_t most_filter_bytes = UINT64_MAX);

  // `keys`: one a column.
  void Prefetch(const uint64_t* keys) const {
    for (const auto& run : runs_) {
      for (size_t column = 0; column < columns_; ++column) run->Prefetch(column, keys[column]);
    }
  }
  const std::vector<std::unique_ptr<KeyRun>>& runs() const { return runs_; }
  template <typename Found>
  void Find(const uint64_t* keys, Found&& found) const {
    for (const auto& run : runs_) {
      for (size_t column = 0; column < columns_; ++column) run->Find(column, keys[column], found);
    }
  }

  uint32_t size() const { return runs_.empty() ? 0 : runs_.back()->first() + runs_.back()->count(); }
  absl::Status status() const;
  uint64_t memory_bytes() const;
  uint64_t disk_bytes() const;

 private:
  // Larger ones are left as they are: with more records too few bits of a key would count.
  static constexpr uint32_t kMostMerged = uint32_t{1} << 27;
  static constexpr size_t kLeastMerged = 4;
  // The runs from here on belong into one; all of them if nothing does.
  size_t FirstToMerge() const;
  // What a new run of so many records gets. Those of larger runs make room.
  KeyRun::Filters MakeRoomForFilters(uint32_t count, uint64_t most_filter_bytes);

  size_t columns_;
  std::vector<std::unique_ptr<KeyRun>> runs_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_RUN_H_
