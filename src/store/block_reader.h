// The blocks of all runs of an index, one after the other.
//
// Threads: one caller.
// Failure: a block that is not as the manifest and its own head say: kDataLoss, with the file and the byte.
#ifndef UNECHO_SRC_STORE_BLOCK_READER_H_
#define UNECHO_SRC_STORE_BLOCK_READER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "store/index_folder.h"
#include "store/index_format.h"

namespace unecho {

// As they are in the files.
class BlockReader {
 public:
  // `folder` outlives it.
  explicit BlockReader(const IndexFolder& folder) : folder_(folder) {}
  ~BlockReader();
  BlockReader(const BlockReader&) = delete;
  BlockReader& operator=(const BlockReader&) = delete;

  // The next block: its head, and its payload as it is in the file, into `payload`. False at the end.
  [[nodiscard]] absl::StatusOr<bool> Next(BlockHead& head, std::vector<char>& payload);
  // Of the last block.
  size_t run() const { return run_; }
  const BlockPlace& place() const { return place_; }
  // An error about the block that came last, or about the place where the next one should be.
  absl::Status Damaged(const absl::Status& what) const { return folder_.Damaged(place_, what); }

 private:
  absl::Status OpenRun();
  absl::Status EndRun();

  const IndexFolder& folder_;
  size_t next_run_ = 0, run_ = 0;
  int fd_ = -1;
  BlockPlace place_;
  uint64_t at_ = 0, blocks_ = 0;  // of what was read of the run
  uint64_t records_ = 0;          // of blocks that were given, of all runs
  uint64_t run_records_ = 0;
  std::string heads_;
};

struct Block {
  BlockHead head;
  size_t run;
  std::string_view payload;  // unpacked
};
// visit(block) for those of the first `num_runs` runs, in order. What it says is lost of data is said with its place.
[[nodiscard]] absl::Status ForEachBlock(const IndexFolder& folder, size_t num_runs,
                                        const std::function<absl::Status(const Block& block)>& visit);

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_BLOCK_READER_H_
