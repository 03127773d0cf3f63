// DecompressedFile: plain and compressed files and tables alike; the first bytes decide, on the first Read() or
// Prefetch().
//
// Threads: one. Failure: as InputReader.
#ifndef UNECHO_SRC_READ_DECOMPRESSED_FILE_H_
#define UNECHO_SRC_READ_DECOMPRESSED_FILE_H_

#include <memory>
#include <optional>
#include <string>

#include "base/unnamed_file.h"
#include "read/decode_pool.h"
#include "read/decompressor.h"
#include "read/fd_source.h"
#include "read/table_decoding.h"

namespace unecho {

class DecompressedFile final : public InputReader {
 public:
  // Without a pool, the reader makes one of one thread for itself when it needs it. A pool outlives the reader.
  // `tmpdir`: InputFile::tmpdir.
  DecompressedFile(std::unique_ptr<FdSource> source, std::string tmpdir, DecodePool* pool,
                   const std::atomic<int>* interrupted);

  // Reads the first bytes of a regular file, and has it decompressed from now on.
  absl::Status Prefetch();

  absl::StatusOr<Result> Read(std::span<char> out, std::chrono::milliseconds patience) override;
  Compression compression() const override { return compression_; }
  uint64_t compressed_bytes() const override {
    if (table_ != nullptr) return table_->compressed_bytes();
    return decoding_ != nullptr ? decoding_->compressed_bytes() : plain_bytes_;
  }
  const std::string& label() const override { return source_->label(); }

 private:
  // False: not enough bytes yet. A plain pipe is known by its first byte, usually, and does not wait for kMagicBytes.
  absl::StatusOr<bool> Sniff(const Deadline& deadline);
  absl::Status StartTable(std::span<const char> first_bytes);
  absl::Status KeepInFile(std::span<const char> first_bytes);

  const std::unique_ptr<FdSource> source_;
  const std::string tmpdir_;
  const std::atomic<int>* const interrupted_;
  bool sniffed_ = false;
  Compression compression_ = Compression::kPlain;
  // What sniffing read; given to the decoder, or given out first. Not cleared: of small files that took 2 % of a run.
  std::unique_ptr<char[]> buffer_;
  size_t buffered_bytes_ = 0;
  size_t given_bytes_ = 0;
  uint64_t plain_bytes_ = 0;
  DecodePool* pool_;
  std::unique_ptr<DecodePool> own_pool_;
  std::optional<UnnamedFile> kept_;         // a table that came through a pipe
  std::unique_ptr<Decompressor> decoding_;  // last: use the source and the pool
  std::unique_ptr<TableDecoding> table_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECOMPRESSED_FILE_H_
