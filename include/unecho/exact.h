// Token sequence -> the number of the first record that had it.
//
// One open-addressing table of 12-byte slots (low half of the XXH3-128, number), and the high halves by number: 128 bits are
// compared, 20 to 32 bytes a distinct sequence are paid (load 3/8 to 3/4). A batch is looked up in three sweeps, so that each cache miss is
// under way long before it is waited for.
//
// In:      a batch with keys. Out: Record::unique and is_repeat for every record that has tokens.
// Cost:    one or two cache misses a record; doubling moves every slot once.
// Threads: one caller (the serial stage `exact`).
// Failure: more than 2^32 - 2 distinct sequences: kResourceExhausted.
#ifndef UNECHO_EXACT_H_
#define UNECHO_EXACT_H_

#include <cstdint>
#include <memory>

#include "unecho/mapped_array.h"
#include "unecho/record.h"
#include "unecho/status.h"

namespace unecho {

class ExactTable {
 public:
  ExactTable();
  [[nodiscard]] absl::Status FindOrAdd(Batch& batch);
  // Gives every record with tokens a number of its own: `segment` compares nothing.
  [[nodiscard]] absl::Status NumberAll(Batch& batch);

  uint32_t num_unique() const { return num_unique_; }
  uint64_t memory_bytes() const;

 private:
#pragma pack(push, 4)
  struct Slot {
    uint64_t low;
    uint32_t unique_plus_1;   // 0: free
  };
#pragma pack(pop)
  static_assert(sizeof(Slot) == 12);

  absl::Status RoomFor(size_t more) const;
  void GrowFor(size_t more);
  uint64_t Find(uint64_t low, uint64_t high) const;   // the slot that has it, or the free one where it belongs

  std::unique_ptr<MappedArray<Slot>> slots_;
  uint64_t mask_ = 0;
  uint32_t num_unique_ = 0;
  MappedArray<uint64_t> highs_;
};

}  // namespace unecho

#endif  // UNECHO_EXACT_H_
