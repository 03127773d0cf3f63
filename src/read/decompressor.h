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
#include <optional>
#include <thread>
#include <vector>

#include "read/decode_pool.h"
#include "read/decoded_reader.h"
#include "read/decoders.h"
#include "read/fd_source.h"
#include "read/member_run.h"

namespace unecho {

class Decompressor final : public DecodedReader {
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

 private:
  // After that many cuts in the wrong place no more are tried.
  static constexpr int kMaxMisses = 8;

  Decompressor(FdSource* source, Compression compression, DecodePool* pool, const std::atomic<int>* interrupted)
      : DecodedReader(pool, source->label(), interrupted), source_(source), compression_(compression) {}

  // DecodeSource, for the threads of the pool.
  bool HasWork() const override { return NextRun() != nullptr; }
  DecodeWork* TakeWork() override;
  void GiveBack(DecodeWork* work) override;
  void RoomChanged() override { room_changed_.notify_one(); }
  MemberRun* NextRun() const;
  bool MayDecode(const MemberRun& run) const;

  // The reading thread's part.
  void ReadFile(DecodeBlock first);
  absl::Status FillPiece(DecodeBlock& piece, bool& at_end);
  bool WaitForRoom(std::unique_lock<std::mutex>& lock);  // false: stop
  bool MayReadOn() const;
  void Cut(DecodeBlock piece, std::unique_lock<std::mutex>& lock);  // with the mutex
  void Append(DecodeBlock piece);

  // The reader's.
  DecodeBlock NextBlock() override;
  std::optional<absl::Status> End() override;
  absl::Status EndOf(const MemberRun& last) const;

  // With the mutex.
  void Settle();         // joins runs that were cut in error, confirms those that were not
  void CountDecoders();  // tells the pool

  FdSource* const source_;
  const Compression compression_;

  // The reading thread's.
  uint64_t offset_ = 0;   // of the next piece
  size_t run_bytes_ = 0;  // appended to the last run

  // The pool's mutex guards what follows.
  std::condition_variable room_changed_;
  std::deque<std::unique_ptr<MemberRun>> runs_;     // never empty; the last is the one that is being read
  std::vector<std::unique_ptr<Decoder>> decoders_;  // without work
  bool has_members_ = false;                        // more than one was seen
  int misses_ = 0;
  bool stopping_ = false;
  absl::Status read_status_;  // why reading ended

  std::thread thread_;  // last: sees all of the above
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_DECOMPRESSOR_H_
