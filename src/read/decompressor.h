// Decompressor: decompresses a source in the background, ahead of its reader; members side by side where there are
// several.
//
// A thread of its own reads the compressed file and cuts it where a member seems to begin (member_search.h); the
// threads of the pool decode the stretches between the cuts (member_run.h). A stretch counts only if the one before it
// ends at the end of a member; else the two are joined, and what was decoded of the second is thrown away. So the bytes
// and the errors are those of one decoder that reads the whole file, whatever looks like the beginning of a member.
//
// In:      a source, and the bytes of it that were read already.
// Out:     the decompressed bytes. What is decompressed is handed over as soon as there is nothing more to decode.
// Cost:    the pool's. A source of one member holds at most kPiecesAhead and kReadyBlocks blocks while it is being
//          read.
// Threads: Read() and the destructor from one thread.
// Failure: corrupt or truncated data: kDataLoss with the offset in the compressed file, after all that came before it.
#ifndef UNECHO_SRC_READ_DECOMPRESSOR_H_
#define UNECHO_SRC_READ_DECOMPRESSOR_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "read/decode_pool.h"
#include "read/decoders.h"
#include "read/fd_source.h"
#include "read/member_run.h"

namespace unecho {

class Decompressor final : private DecodeSource {
 public:
  static constexpr size_t kPiecesAhead = 4;
  static constexpr size_t kReadyBlocks = 8;
  // A stretch is at least that long: less would be more administration than decoding.
  static constexpr size_t kMinRunBytes = size_t{128} << 10;

  // `source` and `pool` outlive the reader. `first_bytes`, at most a block, are the beginning of the file.
  static absl::StatusOr<std::unique_ptr<Decompressor>> Start(FdSource* source, Compression compression,
                                                             DecodePool* pool, std::span<const char> first_bytes,
                                                             const std::atomic<int>* interrupted);
  // Stops the reading thread: at once, or within kWaitSlice if it waits for the source.
  ~Decompressor() override;

  absl::StatusOr<InputReader::Result> Read(std::span<char> out, std::chrono::milliseconds patience);
  uint64_t compressed_bytes() const { return compressed_bytes_.load(std::memory_order_relaxed); }

 private:
  // After that many cuts in the wrong place no more are tried.
  static constexpr int kMaxMisses = 8;

  Decompressor(FdSource* source, Compression compression, DecodePool* pool, const std::atomic<int>* interrupted)
      : source_(source), compression_(compression), pool_(pool), interrupted_(interrupted) {}

  // DecodeSource, for the threads of the pool.
  bool HasWork() const override { return NextRun() != nullptr; }
  DecodeWork* TakeWork() override;
  void GiveBack(DecodeWork* work) override;
  void RoomChanged() override { room_changed_.notify_one(); }
  MemberRun* NextRun() const;
  bool MayDecode(const MemberRun& run) const;

  // The reading thread's part.
  void ReadFile(Block first);
  absl::Status FillPiece(Block& piece, bool& at_end);
  bool WaitForRoom(std::unique_lock<std::mutex>& lock);  // false: stop
  bool MayReadOn() const;
  void Cut(Block piece, std::unique_lock<std::mutex>& lock);  // with the mutex
  void Append(Block piece);

  // The reader's.
  size_t GiveOut(std::span<char> out);
  bool NextBlock();  // false: none is ready
  absl::Status End(const MemberRun& last) const;

  // With the mutex.
  void Settle();  // joins runs that were cut in error, confirms those that were not
  void FrontChanged();
  void CountDecoders();  // tells the pool

  FdSource* const source_;
  const Compression compression_;
  DecodePool* const pool_;
  const std::atomic<int>* const interrupted_;

  // The reading thread's.
  uint64_t offset_ = 0;   // of the next piece
  size_t run_bytes_ = 0;  // appended to the last run

  // The reader's.
  Block taken_;  // being given out
  size_t taken_offset_ = 0;
  uint64_t decompressed_bytes_ = 0;
  std::atomic<uint64_t> compressed_bytes_{0};

  // The pool's mutex guards what follows.
  std::condition_variable ready_changed_, room_changed_;
  std::deque<std::unique_ptr<MemberRun>> runs_;              // never empty; the last is the one that is being read
  std::vector<std::unique_ptr<Decoder>> decoders_;           // without work
  size_t counted_decoders_ = 0, counted_decoder_bytes_ = 0;  // what the pool knows of
  bool being_read_ = false;
  bool has_members_ = false;  // more than one was seen
  int misses_ = 0;
  bool stopping_ = false;
  absl::Status read_status_;  // why reading ended
  absl::Status pool_status_;  // whether there is a thread that decodes

  std::thread thread_;  // last: sees all of the above
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECOMPRESSOR_H_
