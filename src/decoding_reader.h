// DecodingReader: decompresses a source in a thread of its own, a bounded number of blocks ahead of its reader.
//
// In:      a source, and the bytes of it that were read already.
// Out:     the decompressed bytes. What is decompressed is handed over as soon as the source has nothing more to read.
// Cost:    kBlocks * kBlockBytes, kReadBytes, and the decoder's window.
// Threads: Read() and the destructor from one thread.
// Failure: corrupt or truncated data: kDataLoss with the offset in the compressed file, after all that came before it.
#ifndef UNECHO_SRC_DECODING_READER_H_
#define UNECHO_SRC_DECODING_READER_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "decoders.h"
#include "fd_source.h"

namespace unecho {

inline constexpr size_t kReadBytes = size_t{256} << 10;

class DecodingReader {
 public:
  static constexpr size_t kBlocks = 4;
  static constexpr size_t kBlockBytes = size_t{256} << 10;

  // `source` outlives the reader. The first `first_bytes` of `buffer` (of kReadBytes) are the beginning of the file.
  static absl::StatusOr<std::unique_ptr<DecodingReader>> Start(FdSource* source, Compression compression,
                                                               std::vector<char> buffer, size_t first_bytes,
                                                               const std::atomic<int>* interrupted);
  // Stops the thread: at once, or within kWaitSlice if it waits for the source.
  ~DecodingReader();

  absl::StatusOr<InputReader::Result> Read(std::span<char> out, std::chrono::milliseconds patience);
  uint64_t compressed_bytes() const { return compressed_bytes_.load(std::memory_order_relaxed); }

 private:
  DecodingReader(FdSource* source, Compression compression, std::vector<char> buffer,
                 const std::atomic<int>* interrupted);

  // The thread's part.
  void Run(size_t first_bytes);
  absl::Status DecodeAll(size_t first_bytes);
  bool WaitForFreeBlock();              // false: stop
  void HandOver(size_t bytes);          // the block being filled; none if 0
  absl::Status Damage(Verdict verdict, std::string_view detail) const;
  absl::Status Truncation() const;

  FdSource* const source_;
  const Compression compression_;
  const std::atomic<int>* const interrupted_;
  const std::unique_ptr<Decoder> decoder_;
  std::vector<char> buffer_;            // compressed
  std::atomic<uint64_t> compressed_bytes_{0};
  uint64_t decompressed_bytes_ = 0;     // the thread's

  struct Block {
    std::unique_ptr<char[]> data;
    size_t bytes = 0;
  };
  // Block i of the stream lives in blocks_[i % kBlocks]; [taken_, filled_) belong to Read(), the others to the thread.
  std::array<Block, kBlocks> blocks_;
  size_t block_offset_ = 0;             // Read()'s, in block taken_
  std::mutex mutex_;                    // guards what follows
  std::condition_variable filled_changed_, taken_changed_;
  uint64_t filled_ = 0, taken_ = 0;
  bool stopping_ = false;
  bool finished_ = false;
  absl::Status end_;                    // once finished: why

  std::thread thread_;                  // last: sees all of the above
};

}  // namespace unecho

#endif  // UNECHO_SRC_DECODING_READER_H_
