// Where kept records of aligned files go under --output-dir: line by line into a file for each of those that were read,
// so that line i of each belongs together in what is written, too.
//
// In:      the batches of the run, in input order, with fates.
// Cost:    a pass over the kept records, and a copy.
// Threads: one caller.
// Failure: what cannot be created or written.
#ifndef UNECHO_SRC_WRITE_ALIGNED_FILES_H_
#define UNECHO_SRC_WRITE_ALIGNED_FILES_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/batch.h"
#include "base/status.h"
#include "write/atomic_file.h"

namespace unecho {

class AlignedFiles {
 public:
  // `paths`: one for each file, in their order.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<AlignedFiles>> Create(std::span<const std::string> paths,
                                                                            FramePool* pool);
  [[nodiscard]] absl::Status Write(const Batch& batch);
  [[nodiscard]] absl::Status Commit();

 private:
  std::vector<std::unique_ptr<OutputFile>> files_;
  std::vector<std::string> texts_;  // of a batch, by file
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_ALIGNED_FILES_H_
