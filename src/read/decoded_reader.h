// What a source that the threads of the pool decode (decode_pool.h) has in common with the others: its reader's side.
// It gives out blocks in their order, waits for the next with patience, and tells the pool what is held.
//
// Threads: Read() from one thread; what is virtual here is called by it, with the pool's mutex held.
// Failure: of the pool; what End() says, after all that came before it.
#ifndef UNECHO_SRC_READ_DECODED_READER_H_
#define UNECHO_SRC_READ_DECODED_READER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/status.h"
#include "read/decode_pool.h"
#include "read/input.h"

namespace unecho {

class DecodedReader : protected DecodeSource {
 public:
  absl::StatusOr<InputReader::Result> Read(std::span<char> out, std::chrono::milliseconds patience);
  // Of the file, as far as it has been given out.
  uint64_t compressed_bytes() const { return compressed_bytes_.load(std::memory_order_relaxed); }

 protected:
  // `label`, the source's name, and `pool` outlive the reader.
  DecodedReader(DecodePool* pool, const std::string& label, const std::atomic<int>* interrupted)
      : pool_(pool), label_(label), interrupted_(interrupted) {}
  ~DecodedReader() override = default;

  // The next block, without data if none is ready.
  virtual DecodeBlock NextBlock() = 0;
  // Where none is ready: what there is to say because none will follow, kOk if that is the end. None: one may follow.
  virtual std::optional<absl::Status> End() = 0;

  // With the mutex.
  void FrontChanged();  // other blocks are in turn: there may be other work
  void CountDecoders(size_t decoders, size_t bytes);
  void ReturnTaken();

  DecodePool* const pool_;
  const std::string& label_;

  // The reader's.
  uint64_t given_bytes_ = 0;
  std::atomic<uint64_t> compressed_bytes_{0};

  // The pool's mutex guards what follows.
  std::condition_variable ready_changed_;
  bool being_read_ = false;
  absl::Status pool_status_;  // whether there is a thread that decodes

 private:
  size_t GiveOut(std::span<char> out);
  bool TakeNext();  // false: none is ready

  const std::atomic<int>* const interrupted_;
  DecodeBlock taken_;  // being given out
  size_t taken_offset_ = 0;
  size_t counted_decoders_ = 0, counted_bytes_ = 0;  // what the pool knows of
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECODED_READER_H_
