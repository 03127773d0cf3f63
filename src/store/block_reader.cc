#include "store/block_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash.h"
#include "store/block.h"
#include "store/files.h"

namespace unecho {

BlockReader::~BlockReader() {
  if (fd_ >= 0) ::close(fd_);
}

absl::Status BlockReader::OpenRun() {
  run_ = next_run_++;
  place_.file = folder_.manifest().runs[run_].file;
  UNECHO_ASSIGN_OR_RETURN(fd_, folder_.OpenRun(place_.file));
  (void)::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
  place_.at = at_ = blocks_ = run_records_ = 0;
  heads_.clear();
  return absl::OkStatus();
}

// What the run is said to have came.
absl::Status BlockReader::EndRun() {
  ::close(std::exchange(fd_, -1));
  const IndexRun& run = folder_.manifest().runs[run_];
  if (at_ != run.bytes || blocks_ != run.blocks || Hex(Hash128(heads_)) != run.digest)
    return Damaged(absl::DataLossError("it has other blocks than the manifest says"));
  if (run_records_ != run.records) return Damaged(absl::DataLossError("it has more or fewer records than it should"));
  return absl::OkStatus();
}

absl::StatusOr<bool> BlockReader::Next(BlockHead& head, std::vector<char>& payload) {
  const auto read = [this](char* to, size_t size) -> absl::StatusOr<size_t> {
    const ssize_t got = ReadFully(fd_, to, size);
    if (got < 0) return Damaged(absl::DataLossError(absl::StrFormat("it cannot be read (%s)", std::strerror(errno))));
    return static_cast<size_t>(got);
  };
  std::string bytes(sizeof(BlockHead), '\0');
  while (true) {
    if (fd_ < 0) {
      if (next_run_ == folder_.manifest().runs.size()) return false;
      UNECHO_RETURN_IF_ERROR(OpenRun());
    }
    place_.at = at_;
    UNECHO_ASSIGN_OR_RETURN(const size_t size, read(bytes.data(), bytes.size()));
    bytes.resize(size);
    if (size > 0) break;
    UNECHO_RETURN_IF_ERROR(EndRun());
    bytes.resize(sizeof(BlockHead));
  }
  const absl::StatusOr<BlockHead> read_head = ReadBlockHead(bytes);
  if (!read_head.ok()) return Damaged(read_head.status());
  head = *read_head;
  const bool is_first = at_ == 0, is_sources = head.kind == static_cast<uint32_t>(BlockKind::kSources);
  if (is_sources != is_first || head.kind < static_cast<uint32_t>(BlockKind::kSources) ||
      head.kind > static_cast<uint32_t>(BlockKind::kMembers))
    return Damaged(absl::DataLossError("a block is not in its place, or of no known kind"));
  const uint64_t left = folder_.manifest().runs[run_].bytes;
  if (head.packed_bytes > left - std::min(left, at_))
    return Damaged(absl::DataLossError("a block goes beyond the end"));
  payload.resize(head.packed_bytes);
  UNECHO_ASSIGN_OR_RETURN(const size_t got, read(payload.data(), payload.size()));
  if (got != payload.size()) return Damaged(absl::DataLossError("it ends inside a block"));
  heads_ += bytes;
  at_ += sizeof(BlockHead) + head.packed_bytes;
  ++blocks_;
  if (head.kind == static_cast<uint32_t>(BlockKind::kRecords)) {
    if (head.first_record != records_) return Damaged(absl::DataLossError("a block of records is not in its place"));
    records_ += head.count;
    run_records_ += head.count;
  }
  return true;
}

absl::Status ForEachBlock(const IndexFolder& folder, size_t num_runs,
                          const std::function<absl::Status(const Block& block)>& visit) {
  BlockReader reader(folder);
  std::vector<char> packed;
  std::string plain;
  BlockHead head;
  while (true) {
    UNECHO_ASSIGN_OR_RETURN(const bool is_there, reader.Next(head, packed));
    if (!is_there || reader.run() >= num_runs) return absl::OkStatus();
    absl::Status status = UnpackBlock(head, {packed.data(), packed.size()}, plain);
    if (status.ok()) status = visit(Block{head, reader.run(), plain});
    if (absl::IsDataLoss(status)) return reader.Damaged(status);
    if (!status.ok()) return status;
  }
}

}  // namespace unecho
