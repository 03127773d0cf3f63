// The words of records, one record behind the other: in memory, and from Spill() on in a file. The first 128 MiB of
// them stand there as they are, those behind them packed (match/packed_words.h): who has few need not pay for what many
// save.
//
// A record's words are read for a verification, of which a new record has few, and hardly ever twice. So where memory
// is short they are what goes to disk first: of a record of 200 tokens they are more than half of what a run holds. The
// file has no name; what is read of it comes from the page cache while the system has room for it.
//
// Cost:    as packed_words.h says; on disk a pread(2) a candidate. Memory: 4 bytes a word, behind the first 128 MiB as
//          there; on disk 1 MiB.
// Threads: any number of readers while nobody appends or spills, each with a scratch of its own; ReadWritten() also
//          while somebody appends. Append() is parallel inside.
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
#include "match/packed_words.h"

namespace unecho {

class TokenStore {
 public:
  static constexpr size_t kMostPlain = size_t{1} << 25;  // words
  explicit TokenStore(size_t most_plain = kMostPlain) : most_plain_(most_plain) {}

  // Of each of these records its words. `places`: where they are, for Read().
  [[nodiscard]] absl::Status Append(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places);

  // `count`: of the words of the record. What is given may be in `scratch`.
  std::span<const uint32_t> Read(uint64_t place, size_t count, std::vector<uint32_t>& scratch) const;
  // Spilled, what was appended before a Flush().
  std::span<const uint32_t> ReadWritten(uint64_t place, size_t count, std::vector<uint32_t>& scratch) const;
  void Prefetch(uint64_t place) const {
    if (file_) return;
    const void* const words = IsPlain(place) ? static_cast<const void*>(plain_->data() + FirstOf(place) / 2)
                                             : memory_->data() + (FirstOf(place) - first_packed_);
    const char* const begin = static_cast<const char*>(words);
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
    return (file_ ? 0 : plain_->memory_bytes() + memory_->memory_bytes()) + tail_.capacity() * sizeof(uint16_t) +
           words_.memory_bytes();
  }
  uint64_t disk_bytes() const { return file_ ? file_->disk_bytes() : 0; }

 private:
  // A place is where the words begin, and above that, where they are packed, the share that says how long they are.
  static constexpr unsigned kShareShift = 56;
  static uint64_t FirstOf(uint64_t place) { return place & ((uint64_t{1} << kShareShift) - 1); }
  bool IsPlain(uint64_t place) const { return FirstOf(place) < end_plain_; }
  static size_t SizeOf(uint64_t place, size_t count) {
    return PackedWords::Size(count, static_cast<uint8_t>(place >> kShareShift));
  }
  bool AppendPlain(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places);
  std::span<const uint32_t> Unpack(const uint16_t* packed, size_t count, std::vector<uint32_t>& scratch) const;
  void PackAll(std::span<const std::span<const uint32_t>> records, std::vector<uint64_t>& places);
  // Behind what is in the file the next record begins with a block of it: who reads one, while others append, reads
  // blocks that stay.
  static uint64_t EndOfBlock(uint64_t size) { return (size + kBlockUnits - 1) / kBlockUnits * kBlockUnits; }

  static constexpr size_t kBlockUnits = SpillFile::kBlockBytes / sizeof(uint16_t);
  size_t most_plain_;
  PackedWords words_;
  uint64_t num_records_ = 0;  // that are packed
  // In units of two bytes. size_: where the next record begins; written_: what is in the file; what is packed begins
  // with a block of it, behind what is not.
  uint64_t size_ = 0, end_plain_ = 0, first_packed_ = 0, written_ = 0;
  std::unique_ptr<MappedArray<uint32_t>> plain_ = std::make_unique<MappedArray<uint32_t>>();   // null once spilled
  std::unique_ptr<MappedArray<uint16_t>> memory_ = std::make_unique<MappedArray<uint16_t>>();  // the same
  std::unique_ptr<SpillFile> file_;
  std::vector<uint16_t> tail_;                 // behind what is in the file
  std::vector<std::vector<uint16_t>> packed_;  // of Append(), some records each
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_TOKEN_STORE_H_
