// What does not fit into --memory: bytes in a file without a name, written once and read at their places.
//
// They stand there in blocks of 512 bytes, the last 8 of which are a checksum: of the others, of the block's number, of
// a number of the file, and of the time that it is written, for who writes it again. So bytes that the disk has
// changed, or put elsewhere, or left from another file or time, are an error, and never another answer. A block is what
// is read at least.
//
// What is read comes from the page cache while the system has room for it. That is not memory of this process.
//
// Cost:    a system call, a copy, and a hash of what is read or written.
// Memory:  128 KiB a thread.
// Threads: any number that read or WriteAt() apart from one another; one that appends while nobody reads.
// Failure: a file that cannot be made or written: a Status that names --tmpdir. One that cannot be read, or is not as
//          it was written: false, and status() says why.
#ifndef UNECHO_SRC_BASE_SPILL_FILE_H_
#define UNECHO_SRC_BASE_SPILL_FILE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"
#include "base/unnamed_file.h"

namespace unecho {

class SpillFile {
 public:
  static constexpr size_t kBlockBytes = 504;  // of what is written; 63 keys, 6 rows, or 126 words
  static constexpr size_t kWholeBlockBytes = 512;

  // In `folder`; empty: $TMPDIR, or /tmp. `what` it holds, for who reads an error.
  static absl::StatusOr<std::unique_ptr<SpillFile>> Create(const std::string& folder, std::string_view what);

  // Behind what was appended before.
  [[nodiscard]] absl::Status Append(const void* bytes, size_t count);
  // For who appends nothing. A block begins at `at`, and the last one of what is written is written once; or again, at
  // another `time`, by which it is read then.
  [[nodiscard]] absl::Status WriteAt(uint64_t at, const void* bytes, size_t count, uint8_t time = 0);
  bool Read(uint64_t at, void* to, size_t count, uint8_t time = 0) const;

  uint64_t size() const { return size_; }  // where Append() goes on
  uint64_t disk_bytes() const { return num_blocks_.load(std::memory_order_relaxed) * sizeof(Block); }
  // OK, or what has gone wrong in a Read() before.
  absl::Status status() const;

 private:
  struct Block {
    std::array<char, kBlockBytes> bytes;
    uint64_t checksum;
  };
  static_assert(sizeof(Block) == kWholeBlockBytes);
  static constexpr size_t kAtOnce = 256;
  // Of the thread: room for so many.
  static Block* Scratch();

  SpillFile(UnnamedFile file, const std::string& folder, std::string_view what);
  uint64_t ChecksumOf(const Block& block, uint64_t number, uint8_t time) const;
  absl::Status WriteBlocks(uint64_t first, const Block* blocks, size_t count);
  bool ReadBlocks(uint64_t first, Block* blocks, size_t count, uint8_t time) const;

  UnnamedFile file_;
  std::string folder_, what_;
  uint64_t own_number_;
  uint64_t size_ = 0;
  std::array<char, kBlockBytes> tail_;  // what was appended behind the last whole block
  std::atomic<uint64_t> num_blocks_{0};
  mutable std::atomic<int> read_error_{0};
  mutable std::atomic<uint64_t> damaged_block_{kNone};
  static constexpr uint64_t kNone = UINT64_MAX;
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_SPILL_FILE_H_
