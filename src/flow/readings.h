// Inputs that a run reads more than once: what cannot be opened again, such as standard input, is kept in a spool; and
// whether all readings gave the same.
//
// Threads: one caller. Failure: that of the inputs and of the spool.
#ifndef UNECHO_SRC_FLOW_READINGS_H_
#define UNECHO_SRC_FLOW_READINGS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "base/status.h"
#include "flow/run.h"
#include "read/input.h"
#include "read/spool.h"

namespace unecho {

class Readings {
 public:
  explicit Readings(Run& run) : run_(run), spools_(run.plan.inputs.size()) {}
  // For one reading after the other, each of all inputs.
  absl::StatusOr<std::unique_ptr<InputReader>> Open(size_t i);
  BatchReader Read() {
    return run_.Read([this](size_t i) { return Open(i); });
  }

 private:
  Run& run_;
  std::vector<std::shared_ptr<Spool>> spools_;
};

// A stage over the decompressed bytes of all sources, however they are cut into batches: blocks are hashed by the
// kernels, and then their hashes.
class Digest {
 public:
  void operator()(Batch& batch);
  // Of another reading.
  absl::Status CheckEqual(const Digest& other) const;
  uint64_t value() const;

 private:
  static constexpr size_t kBlockBytes = size_t{16} << 10;
  std::string begun_;  // of a block
  Digest64 blocks_;
};

absl::Status InputChanged();

}  // namespace unecho

#endif  // UNECHO_SRC_FLOW_READINGS_H_
