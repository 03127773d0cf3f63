// Band keys of records that are on their way into runs (key_run.h): appended record by record, read band by band.
//
// Memory:  two chunks of 1,024 records. Disk: 8 bytes a key. Cost: two copies.
// Threads: one that appends; ReadBand() is for many, behind Finish(). Failure: as base/spill_file.h says.
#ifndef UNECHO_SRC_MATCH_KEY_LOG_H_
#define UNECHO_SRC_MATCH_KEY_LOG_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/spill_file.h"
#include "base/status.h"

namespace unecho {

class KeyLog {
 public:
  static constexpr size_t kChunkRecords = 1024;

  static absl::StatusOr<std::unique_ptr<KeyLog>> Create(size_t bands, const std::string& folder);
  // Whole records, one key a band.
  [[nodiscard]] absl::Status Append(std::span<const uint64_t> keys);
  [[nodiscard]] absl::Status Finish() { return Flush(); }
  // Those of all records, in order, behind what `keys` has.
  [[nodiscard]] absl::Status ReadBand(size_t band, std::vector<uint64_t>& keys) const;

  size_t size() const { return num_records_; }
  uint64_t memory_bytes() const { return 2 * kChunkRecords * bands_ * sizeof(uint64_t); }

 private:
  KeyLog(size_t bands, std::unique_ptr<SpillFile> file);
  absl::Status Flush();

  size_t bands_;
  std::unique_ptr<SpillFile> file_;  // chunks, each band by band
  size_t num_records_ = 0;
  std::vector<uint64_t> by_record_, by_band_;  // of the chunk that is not full
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_KEY_LOG_H_
