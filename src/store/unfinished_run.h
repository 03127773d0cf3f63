// What a run that was killed has left in an index: its blocks, each of which says whether it is whole, and what it was
// asked.
//
//   run-000002.part          the blocks that it had, one behind the other
//   run-000002.asked.part    a manifest of one run without a file: what decides what its records become. Written first
//
// A block is whole or not by its own hashes. So nothing is synced while a run goes on: after a kill all that was
// written is there, and after a power failure what the system had written by then.
//
// Threads: one caller a reader. Failure: a Status that names the file.
#ifndef UNECHO_SRC_STORE_UNFINISHED_RUN_H_
#define UNECHO_SRC_STORE_UNFINISHED_RUN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "store/index_format.h"
#include "store/manifest.h"

namespace unecho {

// What has to be the same in the run that goes on with it.
struct RunAsked {
  std::string made_by;         // the version of unecho
  IndexParameters parameters;  // of the index, and what else decides
  std::string known_answer;    // as of the manifest
  std::string runs_before;     // the digest of the runs in the index (DigestOfRuns())
  std::string command_line;    // said in errors, and not compared
};
std::string AskedText(const RunAsked& asked);
[[nodiscard]] absl::StatusOr<RunAsked> ParseAsked(std::string text);
// An error that names what differs, and both sides.
[[nodiscard]] absl::Status CheckAskedAlike(const RunAsked& killed, const RunAsked& now, const std::string& index);

// Blocks from the beginning of a file up to the first that is not whole.
class WholeBlocks {
 public:
  // `fd`: the caller's, which outlives it and is read from its beginning by pread(2). `path`: for messages.
  WholeBlocks(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  // The next block and its payload as it is in the file. False at the end, or where one is not whole.
  [[nodiscard]] absl::StatusOr<bool> Next(BlockHead& head, std::vector<char>& payload);
  // The same, but only of its head, and whether the file goes on to its end.
  [[nodiscard]] absl::StatusOr<bool> NextHead(BlockHead& head);
  uint64_t bytes() const { return at_; }  // of the blocks that were given

 private:
  absl::StatusOr<bool> Read(uint64_t at, char* to, size_t size) const;

  int fd_;
  std::string path_;
  uint64_t at_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_STORE_UNFINISHED_RUN_H_
