// An array of which the older part goes to a file when its owner says so: what is known of each record by its number,
// appended in order, and read and changed at random ever after.
//
// Elements are in memory up to Spill(). From then on whole blocks of them (spill_file.h) are in a file, and those that
// come later in memory again. Of the file the last blocks that were used stay in memory, and one that was changed is
// written when another takes its place: copies often come in the order of what they are copies of.
//
// T is trivially copyable, of 504 bytes at most; new elements are zero.
// Cost:    in memory that of a MappedArray; on disk a read of a block, and a write where it is changed.
// Memory:  the elements that are not on disk; of others a byte a block, and 34 KiB.
// Threads: any number of readers, or one that changes it.
// Failure: as base/spill_file.h says: what cannot be read is zero, and status() says why.
#ifndef UNECHO_SRC_BASE_SPILLED_ARRAY_H_
#define UNECHO_SRC_BASE_SPILLED_ARRAY_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/mapped_array.h"
#include "base/spill_file.h"
#include "base/status.h"

namespace unecho {

// Blocks of a file that are read and changed, some of them in memory.
class CachedBlocks {
 public:
  using Bytes = std::array<char, SpillFile::kBlockBytes>;

  static absl::StatusOr<std::unique_ptr<CachedBlocks>> Create(const std::string& folder, std::string_view what);
  // Behind those that were written before: `count` is a multiple of the block's bytes.
  [[nodiscard]] absl::Status Append(const void* bytes, size_t count);
  // `size` bytes from `at` on in a block.
  void Read(uint64_t number, size_t at, void* to, size_t size);
  void Write(uint64_t number, size_t at, const void* from, size_t size);
  absl::Status status() const;
  uint64_t memory_bytes() const { return kSlots * sizeof(Slot) + times_.capacity(); }
  uint64_t disk_bytes() const { return times_.size() * SpillFile::kWholeBlockBytes; }

 private:
  static constexpr size_t kSlots = 64;
  static constexpr uint64_t kNone = UINT64_MAX;
  struct Slot {
    uint64_t number = kNone;
    bool is_changed = false;
    Bytes bytes;
  };
  explicit CachedBlocks(std::unique_ptr<SpillFile> file) : file_(std::move(file)), slots_(kSlots) {}
  Slot& SlotOf(uint64_t number);

  mutable std::mutex mutex_;
  std::unique_ptr<SpillFile> file_;
  std::vector<Slot> slots_;     // a block is in that of its number, modulo kSlots
  std::vector<uint8_t> times_;  // by block: how often it was written again
  absl::Status write_status_;   // the first error
};

template <typename T>
class SpilledArray {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= SpillFile::kBlockBytes);

 public:
  size_t size() const { return first_ + tail_.size(); }
  T operator[](size_t i) const {
    if (i >= first_) [[likely]]
      return tail_[i - first_];
    T value;
    blocks_->Read(i / kPerBlock, i % kPerBlock * sizeof(T), &value, sizeof value);
    return value;
  }
  void Set(size_t i, const T& value) {
    if (i >= first_) [[likely]]
      tail_[i - first_] = value;
    else
      blocks_->Write(i / kPerBlock, i % kPerBlock * sizeof(T), &value, sizeof value);
  }
  void PushBack(const T& value) { tail_.PushBack(value); }
  void Append(const T* values, size_t count) {
    if (count > 0) std::memcpy(tail_.Extend(count), values, count * sizeof(T));
  }
  // Not to fewer.
  void Resize(size_t count) { tail_.Resize(count - first_); }
  void Read(size_t first, size_t count, T* to) const {
    for (; count > 0 && first < first_; --count) *to++ = (*this)[first++];
    if (count > 0) std::memcpy(to, tail_.data() + (first - first_), count * sizeof(T));
  }

  // All whole blocks up to now go to a file in `folder`. `what` they are, for who reads an error.
  [[nodiscard]] absl::Status Spill(const std::string& folder, std::string_view what) {
    const size_t count = tail_.size() / kPerBlock * kPerBlock;
    if (count == 0) return absl::OkStatus();
    if (!blocks_) {
      UNECHO_ASSIGN_OR_RETURN(blocks_, CachedBlocks::Create(folder, what));
    }
    constexpr size_t kAtOnce = 64;  // blocks
    std::vector<CachedBlocks::Bytes> blocks(kAtOnce);
    for (size_t begin = 0; begin < count; begin += kAtOnce * kPerBlock) {
      const size_t end = std::min(count, begin + kAtOnce * kPerBlock);
      size_t made = 0;
      for (size_t at = begin; at < end; at += kPerBlock)
        std::memcpy(blocks[made++].data(), tail_.data() + at, kPerBlock * sizeof(T));
      UNECHO_RETURN_IF_ERROR(blocks_->Append(blocks.data(), made * sizeof blocks[0]));
    }
    const std::vector<T> rest(tail_.data() + count, tail_.data() + tail_.size());
    tail_.Clear();
    Append(rest.data(), rest.size());
    first_ += count;
    return absl::OkStatus();
  }
  // OK, or what has gone wrong before.
  absl::Status status() const { return blocks_ ? blocks_->status() : absl::OkStatus(); }
  uint64_t memory_bytes() const { return tail_.memory_bytes() + (blocks_ ? blocks_->memory_bytes() : 0); }
  // What of it Spill() would put on disk.
  uint64_t spillable_bytes() const { return tail_.memory_bytes(); }
  uint64_t disk_bytes() const { return blocks_ ? blocks_->disk_bytes() : 0; }

 private:
  static constexpr size_t kPerBlock = SpillFile::kBlockBytes / sizeof(T);
  size_t first_ = 0;  // in tail_; those before are in the file
  MappedArray<T> tail_;
  std::unique_ptr<CachedBlocks> blocks_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_SPILLED_ARRAY_H_
