// Standard input, kept for a second reading: the decompressed bytes in an unlinked temporary file, zstd level 1.
//
// Threads: one caller.
// Failure: a full disk or a missing folder: a Status that names --tmpdir. Nothing is left behind, however the process
//          ends.
#ifndef UNECHO_SRC_READ_SPOOL_H_
#define UNECHO_SRC_READ_SPOOL_H_

#include <memory>
#include <span>
#include <string>

#include "base/status.h"
#include "read/input.h"

namespace unecho {

class Spool {
 public:
  // `tmpdir` empty: $TMPDIR, or /tmp.
  static absl::StatusOr<std::shared_ptr<Spool>> Create(const std::string& tmpdir);
  ~Spool();

  absl::Status Append(std::span<const char> bytes);
  // `compression`: what the input came as.
  absl::Status Finish(Compression compression);
  // Opens what was spooled, from its beginning. After Finish().
  absl::StatusOr<std::unique_ptr<InputReader>> Open(const std::atomic<int>* interrupted) const;

 private:
  Spool();
  absl::Status Compress(std::span<const char> bytes, bool end);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Passes on what `input` gives, and appends it to `spool`.
std::unique_ptr<InputReader> SpoolWhileReading(std::unique_ptr<InputReader> input, std::shared_ptr<Spool> spool);

}  // namespace unecho

#endif  // UNECHO_SRC_READ_SPOOL_H_
