#include "base/spill_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "base/hash.h"

namespace unecho {
namespace {

std::string ShownFolder(const std::string& folder) { return folder.empty() ? "$TMPDIR or /tmp" : folder; }

// Another one for each file: blocks that are left from one have the same numbers in the next.
uint64_t NumberOfFile() {
  static std::atomic<uint64_t> num_files{0};
  const int64_t now[] = {std::chrono::system_clock::now().time_since_epoch().count(), getpid(),
                         static_cast<int64_t>(num_files.fetch_add(1, std::memory_order_relaxed))};
  return Hash64({reinterpret_cast<const char*>(now), sizeof now});
}

}  // namespace

SpillFile::SpillFile(UnnamedFile file, const std::string& folder, std::string_view what)
    : file_(std::move(file)), folder_(folder), what_(what), own_number_(NumberOfFile()) {}

absl::StatusOr<std::unique_ptr<SpillFile>> SpillFile::Create(const std::string& folder, std::string_view what) {
  UNECHO_ASSIGN_OR_RETURN(UnnamedFile file, UnnamedFile::Create(folder));
  return std::unique_ptr<SpillFile>(new SpillFile(std::move(file), folder, what));
}

SpillFile::Block* SpillFile::Scratch() {
  thread_local const std::unique_ptr<Block[]> blocks = std::make_unique_for_overwrite<Block[]>(kAtOnce);
  return blocks.get();
}

uint64_t SpillFile::ChecksumOf(const Block& block, uint64_t number, uint8_t time) const {
  return Hash64({block.bytes.data(), kBlockBytes}) ^ (own_number_ + number + (uint64_t{time} << 56));
}

absl::Status SpillFile::Append(const void* bytes, size_t count) {
  const char* from = static_cast<const char*>(bytes);
  if (const size_t begun = size_ % kBlockBytes; begun > 0) {
    const size_t more = std::min(count, kBlockBytes - begun);
    std::memcpy(tail_.data() + begun, from, more);
    size_ += more;
    if (begun + more < kBlockBytes) return absl::OkStatus();
    UNECHO_RETURN_IF_ERROR(WriteAt(size_ - kBlockBytes, tail_.data(), kBlockBytes));
    from += more;
    count -= more;
  }
  const size_t left = count % kBlockBytes;
  UNECHO_RETURN_IF_ERROR(WriteAt(size_, from, count - left));
  if (left > 0) std::memcpy(tail_.data(), from + count - left, left);
  size_ += count;
  return absl::OkStatus();
}

absl::Status SpillFile::WriteAt(uint64_t at, const void* bytes, size_t count, uint8_t time) {
  const char* from = static_cast<const char*>(bytes);
  Block* const blocks = Scratch();
  for (uint64_t first = at / kBlockBytes; count > 0;) {
    size_t made = 0;
    for (; made < kAtOnce && count > 0; ++made) {
      Block& block = blocks[made];
      const size_t size = std::min(count, kBlockBytes);
      std::memcpy(block.bytes.data(), from, size);
      if (size < kBlockBytes) std::memset(block.bytes.data() + size, 0, kBlockBytes - size);
      block.checksum = ChecksumOf(block, first + made, time);
      from += size;
      count -= size;
    }
    UNECHO_RETURN_IF_ERROR(WriteBlocks(first, blocks, made));
    first += made;
  }
  return absl::OkStatus();
}

absl::Status SpillFile::WriteBlocks(uint64_t first, const Block* blocks, size_t count) {
  num_blocks_.fetch_add(count, std::memory_order_relaxed);
  const char* from = blocks->bytes.data();
  uint64_t at = first * sizeof(Block);
  for (size_t left = count * sizeof(Block); left > 0;) {
    const ssize_t done = ::pwrite(file_.fd(), from, left, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      return absl::ResourceExhaustedError(
          absl::StrFormat("what does not fit into --memory goes to %s, and that cannot be written (%s); name a folder "
                          "with room by --tmpdir, or raise --memory",
                          ShownFolder(folder_), std::strerror(done < 0 ? errno : ENOSPC)));
    }
    from += done;
    at += static_cast<uint64_t>(done);
    left -= static_cast<size_t>(done);
  }
  return absl::OkStatus();
}

bool SpillFile::Read(uint64_t at, void* to, size_t count, uint8_t time) const {
  char* place = static_cast<char*>(to);
  Block* const blocks = Scratch();
  while (count > 0) {
    const uint64_t first = at / kBlockBytes;
    size_t skipped = at % kBlockBytes;
    const uint64_t whole = size_ / kBlockBytes;
    if (size_ > 0 && first == whole) {
      std::memcpy(place, tail_.data() + skipped, count);
      return true;
    }
    uint64_t num_blocks = std::min<uint64_t>(kAtOnce, (skipped + count + kBlockBytes - 1) / kBlockBytes);
    if (size_ > 0) num_blocks = std::min(num_blocks, whole - first);
    if (!ReadBlocks(first, blocks, num_blocks, time)) return false;
    for (size_t i = 0; i < num_blocks; ++i) {
      const size_t size = std::min(count, kBlockBytes - skipped);
      std::memcpy(place, blocks[i].bytes.data() + skipped, size);
      skipped = 0;
      place += size;
      at += size;
      count -= size;
    }
  }
  return true;
}

bool SpillFile::ReadBlocks(uint64_t first, Block* blocks, size_t count, uint8_t time) const {
  char* place = blocks->bytes.data();
  uint64_t at = first * sizeof(Block);
  for (size_t left = count * sizeof(Block); left > 0;) {
    const ssize_t done = ::pread(file_.fd(), place, left, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      read_error_.store(done < 0 ? errno : EIO, std::memory_order_relaxed);
      return false;
    }
    place += done;
    at += static_cast<uint64_t>(done);
    left -= static_cast<size_t>(done);
  }
  for (size_t i = 0; i < count; ++i) {
    if (blocks[i].checksum == ChecksumOf(blocks[i], first + i, time)) continue;
    damaged_block_.store(first + i, std::memory_order_relaxed);
    return false;
  }
  return true;
}

absl::Status SpillFile::status() const {
  constexpr const char* kAdvice = "check that disk, or name another folder by --tmpdir";
  if (const int error = read_error_.load(std::memory_order_relaxed); error != 0) {
    return absl::DataLossError(
        absl::StrFormat("what did not fit into --memory (%s) cannot be read again from %s (%s); %s", what_,
                        ShownFolder(folder_), std::strerror(error), kAdvice));
  }
  if (const uint64_t block = damaged_block_.load(std::memory_order_relaxed); block != kNone) {
    return absl::DataLossError(absl::StrFormat(
        "what did not fit into --memory (%s) comes back from %s with other bytes than were written, at byte %d "
        "of a file without a name; %s",
        what_, ShownFolder(folder_), block * sizeof(Block), kAdvice));
  }
  return absl::OkStatus();
}

}  // namespace unecho
