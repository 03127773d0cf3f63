// The words of records, one record behind the other: in memory, and from Spill() on in a file.
//
// A record's words are read for a verification, of which a new record has few, and hardly ever twice. So where memory
// is short they are what goes to disk first: of a record of 200 tokens they are more than half of what a run holds. The
// file has no name; what is read of it comes from the page cache while the system has room for it.
//
// Cost:    in memory none; on disk a pread(2) a candidate. Memory: 4 bytes a word; on disk 1 MiB.
// Threads: any number of readers while nobody appends or spills, each with a scratch of its own; ReadWritten() also
//          while somebody appends.
// Failure: as base/spill_file.h says; what cannot be read is no words, and ReadStatus() says why.
#ifndef UNECHO_SRC_MATCH_TOKEN_STORE_H_
#define UNECHO_SRC_MATCH_TOKEN_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/mapped_array.h"
#include "base/prefetch.h"
#include "base/spill_file.h"
#include "base/status.h"

namespace unecho {

class TokenStore {
 public:
  uint64_t size() const { return size_; }  // in words: where the next record begins
  // A record of one caller's, or several of them: their words.
  [[nodiscard]] absl::Status Append(std::span<const uint32_t> words);

  // `scratch`: for what is not in memory; what is given is valid until the next call with it, and the next Append().
  std::span<const uint32_t> Read(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const {
    if (!file_) [[likely]]
      return {memory_->data() + first, count};
    return ReadSpilled(first, count, scratch);
  }
  // Spilled, what was appended before a Flush().
  std::span<const uint32_t> ReadWritten(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const;
  void Prefetch(uint64_t first) const {
    if (file_) return;
    const char* const begin = reinterpret_cast<const char*>(memory_->data() + first);
    for (size_t line = 0; line < 4; ++line) PrefetchLine(begin + 64 * line);  // the hardware follows
  }
  // OK, or what has gone wrong in a Read() before.
  absl::Status ReadStatus() const { return file_ ? file_->status() : absl::OkStatus(); }

  // All words into a file in `folder` (empty: $TMPDIR, or /tmp), and so all that come. Once.
  [[nodiscard]] absl::Status Spill(const std::string& folder);
  // Once spilled: all up to now is in the file.
  [[nodiscard]] absl::Status Flush();
  bool is_spilled() const { return file_ != nullptr; }
  uint64_t memory_bytes() const {
    return (memory_ ? memory_->memory_bytes() : 0) + tail_.capacity() * sizeof(uint32_t);
  }
  uint64_t disk_bytes() const { return file_ ? file_->disk_bytes() : 0; }

 private:
  std::span<const uint32_t> ReadSpilled(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const;

  // Behind what is in the file the next record begins with a block of it: who reads one, while others append, reads
  // blocks that stay.
  void EndBlock() { written_ = size_ = (size_ + kBlockWords - 1) / kBlockWords * kBlockWords; }

  static constexpr size_t kBlockWords = SpillFile::kBlockBytes / sizeof(uint32_t);
  uint64_t size_ = 0, written_ = 0;  // written_: of them in the file
  std::unique_ptr<MappedArray<uint32_t>> memory_ = std::make_unique<MappedArray<uint32_t>>();  // null once spilled
  std::unique_ptr<SpillFile> file_;
  std::vector<uint32_t> tail_;  // words behind those in the file
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_TOKEN_STORE_H_
