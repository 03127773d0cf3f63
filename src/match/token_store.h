// The words of records, one record behind the other: in memory, and from Spill() on in a file.
//
// A record's words are read for a verification, of which a new record has few, and hardly ever twice. So where memory
// is short they are what goes to disk first: of a record of 200 tokens they are more than half of what a run holds. The
// file has no name; what is read of it comes from the page cache while the system has room for it.
//
// Cost:    in memory none; on disk a pread(2) a candidate. Memory: 4 bytes a word; on disk
//          1 MiB.
// Threads: any number of readers while nobody appends or spills; each with a scratch of its own.
// Failure: a file that cannot be made or written: a Status that names --tmpdir. One that cannot be read: no words, and
//          ReadStatus() says why.
#ifndef UNECHO_SRC_MATCH_TOKEN_STORE_H_
#define UNECHO_SRC_MATCH_TOKEN_STORE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/mapped_array.h"
#include "base/status.h"
#include "base/unnamed_file.h"

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
  void Prefetch(uint64_t first) const {
    if (file_) return;
    const char* const begin = reinterpret_cast<const char*>(memory_->data() + first);
    for (size_t line = 0; line < 4; ++line) __builtin_prefetch(begin + 64 * line);  // the hardware follows
  }
  // OK, or what has gone wrong in a Read() before.
  absl::Status ReadStatus() const;

  // All words into a file in `folder` (empty: $TMPDIR, or /tmp), and so all that come. Once.
  [[nodiscard]] absl::Status Spill(const std::string& folder);
  bool is_spilled() const { return file_.has_value(); }
  uint64_t memory_bytes() const {
    return (memory_ ? memory_->memory_bytes() : 0) + tail_.capacity() * sizeof(uint32_t);
  }
  uint64_t disk_bytes() const { return written_ * sizeof(uint32_t); }

 private:
  std::span<const uint32_t> ReadSpilled(uint64_t first, size_t count, std::vector<uint32_t>& scratch) const;
  absl::Status Write(std::span<const uint32_t> words);

  uint64_t size_ = 0;
  std::unique_ptr<MappedArray<uint32_t>> memory_ = std::make_unique<MappedArray<uint32_t>>();  // null once spilled
  std::optional<UnnamedFile> file_;
  std::string folder_;
  uint64_t written_ = 0;        // words in the file
  std::vector<uint32_t> tail_;  // those behind them
  mutable std::atomic<int> read_error_{0};
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_TOKEN_STORE_H_
