// Keys of consecutive records, on disk: sorted, one list a column (a band; the exact table has one column).
//
// An entry is 64 bits: as many of a key's upper bits as the record's place in the run leaves, and that place. A list
// has one entry a record. In memory are a filter a list, and of every 63rd entry the upper half. So a key that is not
// there costs a cache miss, and one that is a read of a block.
//
// A second filter has the keys that more than one entry has. So who knows that a record has a key, and that no other
// one does, need not read.
//
// Two keys with equal upper bits are taken for one: of 20 million records 39 bits count, so of their keys one in 27,000
// is met by chance, and the sketch filter does the rest.
//
// Memory:  per record and column 1.25 bytes of filter and .06 of fences, and as much as of the filter for a key that
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
  // Of the records [first, first + count), count > 0. A thread holds 16 bytes a record meanwhile, and at most
  // columns / 3 + 1 threads do.
  static absl::StatusOr<std::unique_ptr<KeyRun>> Sort(size_t columns, uint32_t first, uint32_t count,
                                                      const ReadColumn& read, const std::string& folder);
  // Each goes on where the one before it ends. Their filters go as those of the new one come.
  static absl::StatusOr<std::unique_ptr<KeyRun>> Merge(std::vector<std::unique_ptr<KeyRun>> parts,
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
  bool Covers(uint32_t record) const { return record >= first_ && record - first_ < count_; }

  uint32_t first() const { return first_; }
  uint32_t count() const { return count_; }
  absl::Status status() const { return file_->status(); }
  uint64_t memory_bytes() const;
  uint64_t disk_bytes() const { return file_->disk_bytes(); }

 private:
  static constexpr size_t kBlockEntries = SpillFile::kBlockBytes / sizeof(uint64_t);
  struct Column {
    explicit Column(uint64_t count) : filter(count) { fences.reserve((count + kBlockEntries - 1) / kBlockEntries); }
    KeyFilter filter;
    KeyFilter shared{0};           // keys of two entries or more
    std::vector<uint32_t> fences;  // the upper half of the first entry of each block
  };
  class Writer;
  class Merger;

  KeyRun(size_t columns, uint32_t first, uint32_t count);
  uint64_t PlaceMask() const { return (uint64_t{1} << place_bits_) - 1; }
  uint64_t PlaceOfColumn(size_t column) const {
    const uint64_t blocks = (uint64_t{count_} + kBlockEntries - 1) / kBlockEntries;
    return column * blocks * SpillFile::kBlockBytes;
  }
  // Entries of a block; 0: none, or they cannot be read.
  size_t ReadBlock(size_t column, uint64_t block, std::array<uint64_t, kBlockEntries>& entries) const;
  // The first block that begins with `upper_half` or more.
  static uint64_t FirstBlock(const std::vector<uint32_t>& fences, uint32_t upper_half);
  template <typename Found>
  void Search(size_t column, uint64_t key, Found&& found) const;

  uint32_t first_, count_;
  uint32_t place_bits_;
  std::unique_ptr<SpillFile> file_;
  std::vector<std::unique_ptr<Column>> columns_;
};

template <typename Found>
void KeyRun::Search(size_t column, uint64_t key, Found&& found) const {
  const uint64_t mask = PlaceMask();
  const uint64_t low = key & ~mask, high = key | mask;  // the entries of a key lie in between
  const std::vector<uint32_t>& fences = columns_[column]->fences;
  // The last block that begins before them, for it may end with some, or the first one.
  uint64_t block = FirstBlock(fences, static_cast<uint32_t>(low >> 32));
  block -= block > 0 ? 1 : 0;
  std::array<uint64_t, kBlockEntries> entries;
  for (; block < fences.size() && fences[block] <= high >> 32; ++block) {
    const size_t size = ReadBlock(column, block, entries);
    for (auto at = std::lower_bound(entries.begin(), entries.begin() + size, low); at != entries.begin() + size; ++at) {
      if (*at > high) return;
      found(first_ + static_cast<uint32_t>(*at & mask));
    }
  }
}

// The runs of one table, oldest first. Four and more of them are merged at once, if the first has half of their records
// at most: so a record is written again each time that its run has become twice to four times as large, and few runs
// are searched.
class KeyRuns {
 public:
  explicit KeyRuns(size_t columns) : columns_(columns) {}

  // Of `count` more records.
  [[nodiscard]] absl::Status Add(uint32_t count, const KeyRun::ReadColumn& read, const std::string& folder);

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

  size_t columns_;
  std::vector<std::unique_ptr<KeyRun>> runs_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_RUN_H_
