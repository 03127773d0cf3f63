// DecodePool: the threads that decompress, and the memory that may wait to be taken, for all sources of a run together.
//
// In:      sources with runs of members to decode (decompressor.h), in input order.
// Out:     threads take one block's worth of work at a time, always the earliest there is: what is needed first comes
//          first, and the rest of the threads works ahead.
// Cost:    threads start when there is work for one more. Compressed and decompressed bytes that wait, and the windows
//          of decoders: ahead_bytes, and beyond that, for the source that is being read and never waits for the others,
//          a few blocks and one window; so windows larger than ahead_bytes do not work side by side. A decoder for each
//          thread, and once more for the source that is being read.
// Why threads of its own, and not tasks of TBB: the first stage of the pipeline waits for blocks, and a thread that
// waits is one of TBB's. Tried with oneTBB 2021.8 and task_arena::enqueue(): with one thread all went well, with two
// the run stood still, because the wait had the only worker; and TBB warned of every arena under the limit of
// --threads. A wait that decodes meanwhile would do away with it, at the price of a serial stage that decodes.
// Threads: a source is told everything with mutex() held, except Work().
// Failure: none of its own; if no thread can be started, WorkChanged() says so; later failures only cost parallelism.
#ifndef UNECHO_SRC_READ_DECODE_POOL_H_
#define UNECHO_SRC_READ_DECODE_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/status.h"

namespace unecho {

// Bytes on their way, compressed or not.
struct DecodeBlock {
  static constexpr size_t kBytes = size_t{256} << 10;
  std::unique_ptr<char[]> data;  // kBytes
  size_t bytes = 0;              // of them in use
  uint64_t end_offset = 0;       // in the compressed file: how far it was read for this
};

// Something that may be decoded now. Its source owns it.
class DecodeWork {
 public:
  virtual ~DecodeWork() = default;
  virtual void Work() noexcept = 0;  // without the mutex, for at most a block
};

class DecodeSource {
 public:
  virtual ~DecodeSource() = default;
  virtual bool HasWork() const = 0;
  virtual DecodeWork* TakeWork() = 0;  // null: none; else nobody else gets it until ...
  virtual void GiveBack(DecodeWork* work) = 0;
  virtual void RoomChanged() = 0;  // a reader of compressed bytes may go on
};

class DecodePool {
 public:
  DecodePool(int threads, size_t ahead_bytes);
  ~DecodePool();  // destroy all sources first
  DecodePool(const DecodePool&) = delete;
  DecodePool& operator=(const DecodePool&) = delete;

  std::mutex& mutex() { return mutex_; }
  size_t max_threads() const { return max_threads_; }
  uint64_t peak_bytes();  // of all blocks, those that wait for reuse too, and of decoders

  // The rest is called with the mutex held.
  void Add(DecodeSource* source) { sources_.push_back(source); }
  void Remove(DecodeSource* source) { std::erase(sources_, source); }

  // There may be work that was not there before: wakes a thread, or starts one. Fails if there is none at all.
  absl::Status WorkChanged();

  // A quarter of the room is for compressed bytes.
  enum Use : uint8_t { kCompressed, kDecompressed };
  bool HasRoom(Use use) const {
    return in_use_[use] + (use == kDecompressed ? decoder_bytes_ / DecodeBlock::kBytes : 0) < limit_[use];
  }
  DecodeBlock Take(Use use);  // whether there is room or not; may throw bad_alloc
  void Return(Use use, DecodeBlock block);

  // Decoders that are in the midst of something, and what all hold: a source says how both changed.
  size_t num_decoders() const { return num_decoders_; }
  void DecodersChanged(ptrdiff_t decoders, ptrdiff_t bytes);

 private:
  void Run();
  DecodeSource* Pick() const;  // the first that has work

  const size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable work_changed_;
  std::vector<DecodeSource*> sources_;
  size_t limit_[2];  // blocks
  size_t in_use_[2] = {0, 0};
  size_t peak_blocks_ = 0;
  size_t num_decoders_ = 0;
  size_t decoder_bytes_ = 0, peak_decoder_bytes_ = 0;
  std::vector<DecodeBlock> free_;  // the last one returned is warm
  size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECODE_POOL_H_
