#include "read/decompressed_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/decoders.h"
#include "text/file_name.h"

namespace unecho {
namespace {

// Of a reader without a pool: one thread, and no more ahead than the blocks every source has.
constexpr int kOwnThreads = 1;
constexpr size_t kOwnAheadBytes = 0;

}  // namespace

DecompressedFile::DecompressedFile(std::unique_ptr<FdSource> source, std::string tmpdir, DecodePool* pool,
                                   const std::atomic<int>* interrupted)
    : source_(std::move(source)),
      tmpdir_(std::move(tmpdir)),
      interrupted_(interrupted),
      buffer_(std::make_unique_for_overwrite<char[]>(DecodeBlock::kBytes)),
      pool_(pool) {}

absl::Status DecompressedFile::Prefetch() { return Sniff(Deadline(std::chrono::milliseconds::zero())).status(); }

absl::StatusOr<InputReader::Result> DecompressedFile::Read(std::span<char> out, std::chrono::milliseconds patience) {
  if (out.empty()) return Result{};
  if (IsSet(interrupted_)) return absl::CancelledError("interrupted");
  const Deadline deadline(patience);
  if (!sniffed_) {
    UNECHO_ASSIGN_OR_RETURN(const bool sniffed, Sniff(deadline));
    if (!sniffed) return Result{.stalled = true};
  }
  if (decoding_ != nullptr) return decoding_->Read(out, deadline.Remaining());
  if (table_ != nullptr) return table_->Read(out, deadline.Remaining());

  if (given_bytes_ < buffered_bytes_) {
    const size_t bytes = std::min(out.size(), buffered_bytes_ - given_bytes_);
    std::memcpy(out.data(), buffer_.get() + given_bytes_, bytes);
    given_bytes_ += bytes;
    plain_bytes_ += bytes;
    if (given_bytes_ == buffered_bytes_) buffer_.reset();
    return Result{.bytes = bytes};
  }
  absl::StatusOr<Result> result = source_->Read(out, deadline.Remaining());
  if (result.ok()) plain_bytes_ += result->bytes;
  return result;
}

absl::StatusOr<bool> DecompressedFile::Sniff(const Deadline& deadline) {
  while (SniffNeedsMore(std::span(buffer_.get(), buffered_bytes_))) {
    UNECHO_ASSIGN_OR_RETURN(
        const Result result,
        source_->Read({buffer_.get() + buffered_bytes_, DecodeBlock::kBytes - buffered_bytes_}, deadline.Remaining()));
    if (result.stalled) return false;
    if (result.at_end && PromisesMagic(label())) {  // what a copy that was broken off leaves
      return absl::DataLossError(absl::StrFormat("%s: is of %d bytes, and not what its name says; fetch the file again",
                                                 label(), buffered_bytes_));
    }
    if (result.at_end) break;
    buffered_bytes_ += result.bytes;
  }
  const std::span<const char> first_bytes = std::span(buffer_.get(), buffered_bytes_);
  compression_ = SniffCompression(first_bytes);
  if (compression_ != Compression::kPlain) {
    if (pool_ == nullptr) {
      own_pool_ = std::make_unique<DecodePool>(kOwnThreads, kOwnAheadBytes);
      pool_ = own_pool_.get();
    }
    if (IsTable(compression_)) {
      UNECHO_RETURN_IF_ERROR(StartTable(first_bytes));
    } else {
      UNECHO_ASSIGN_OR_RETURN(decoding_,
                              Decompressor::Start(source_.get(), compression_, pool_, first_bytes, interrupted_));
    }
    buffer_.reset();
  }
  sniffed_ = true;
  return true;
}

absl::Status DecompressedFile::StartTable(std::span<const char> first_bytes) {
  const UnechoTableKind kind = TableKindOf(compression_, first_bytes);
  int fd = source_->FileFrom(first_bytes.size());
  if (fd < 0) {
    UNECHO_RETURN_IF_ERROR(KeepInFile(first_bytes));
    fd = kept_->fd();
  }
  UNECHO_ASSIGN_OR_RETURN(table_, TableDecoding::Start(fd, kind, label(), pool_, interrupted_));
  return absl::OkStatus();
}

absl::Status DecompressedFile::KeepInFile(std::span<const char> first_bytes) {
  UNECHO_ASSIGN_OR_RETURN(kept_, UnnamedFile::Create(tmpdir_));
  std::span<const char> bytes = first_bytes;
  for (bool at_end = false;;) {
    while (!bytes.empty()) {
      const ssize_t written = write(kept_->fd(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        return absl::UnavailableError(
            absl::StrFormat("%s: a table that comes through a pipe is kept in a temporary file, which cannot be "
                            "written (%s); name a folder with room by --tmpdir, or give the file itself",
                            label(), std::strerror(errno)));
      }
      bytes = bytes.subspan(static_cast<size_t>(written));
    }
    if (at_end) return absl::OkStatus();
    UNECHO_ASSIGN_OR_RETURN(const Result result, source_->Read({buffer_.get(), DecodeBlock::kBytes}, kForever));
    bytes = {buffer_.get(), result.bytes};
    at_end = result.at_end;
  }
}

}  // namespace unecho
