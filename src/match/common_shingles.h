// Shingles that many records have (--ignore-common): frames of templates, heads of licences. Which they are, and sets
// of shingles without them.
//
// A shingle is common if more than N records have it; what a record is, and what is counted once, its caller says. A
// set without its common shingles is what is left of it; if nothing would be left, it stays as it is.
//
// They are counted exactly, in two scans. The first adds to an array of 8-bit counters, by hash: up to 255 a counter is
// never below the count of a shingle that falls into it. The second counts those whose counter passed N, or 254, one by
// one. Each thread scans all records for the shingles of its share of the hashes, so that none waits for another.
//
// Cost:    a scan hashes all shingles; the first has a cache miss for each, fetched ahead, the second a look-up for
//          each that passed.
// Memory:  1 to 2 bytes a shingle, 64 KiB a thread at least; about 40 for each that passed; 16 to 32 for each common
//          one in the end.
// Threads: finding them runs on as many as it is told. A set is const: share it.
// Failure: what the caller's check says; it is asked again and again, with the bytes that are taken.
#ifndef UNECHO_SRC_MATCH_COMMON_SHINGLES_H_
#define UNECHO_SRC_MATCH_COMMON_SHINGLES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/batch.h"
#include "base/status.h"

namespace unecho {

class CommonShingles {
 public:
  // Of 64-bit shingles, none of them 0.
  explicit CommonShingles(std::span<const uint64_t> shingles);

  bool Contains(uint64_t shingle) const {
    size_t at = shingle * kSpread >> shift_;
    while (slots_[at] != 0 && slots_[at] != shingle) at = (at + 1) & (slots_.size() - 1);
    return slots_[at] != 0;
  }
  // Packs the shingles that are left to the front, in order, and likewise what stands beside them, if that is not null.
  struct Left {
    size_t count;
    Record::Common common;  // what the set had of them
  };
  Left LeaveOut(std::span<uint64_t> shingles, uint32_t* beside = nullptr) const;

  size_t size() const { return size_; }
  uint64_t memory_bytes() const { return slots_.size() * sizeof(uint64_t); }

 private:
  static constexpr uint64_t kSpread = 0xe7037ed1a0b428db;
  std::vector<uint64_t> slots_;  // at most half full; 0: free
  int shift_ = 0;
  size_t size_ = 0;
};

// What is counted: records 0, 1, ... and the shingles of each, in any order, repeats allowed.
struct CountedRecords {
  size_t num_records = 0;     // at most 2^32 - 1
  uint64_t num_shingles = 0;  // of all of them, repeats included
  absl::FunctionRef<std::span<const uint64_t>(size_t record, std::vector<uint64_t>& scratch)> shingles_of;
};

// Those that more than `more_than` of the records have. `check` is called from several threads.
absl::StatusOr<CommonShingles> FindCommonShingles(const CountedRecords& records, uint64_t more_than, int threads,
                                                  absl::FunctionRef<absl::Status(uint64_t bytes)> check);

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_COMMON_SHINGLES_H_
