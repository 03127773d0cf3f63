// MemberRun: a stretch of a compressed file that one decoder decodes, from the beginning of a member on.
//
// In:      the stretch in pieces, as they are read; Close() after the last.
// Out:     decompressed blocks, in order. Where the stretch turns out to end in the middle of a member, the next run
//          was begun in error: Absorb() appends it, and decoding goes on.
// Cost:    the blocks it holds. A run whose beginning is only a guess keeps its pieces until it is confirmed.
// Threads: everything with the mutex of the pool held, except Work(), whose data nobody else touches between Take() and
//          GiveBack().
// Failure: verdict(), after the last block.
#ifndef UNECHO_SRC_READ_MEMBER_RUN_H_
#define UNECHO_SRC_READ_MEMBER_RUN_H_

#include <deque>
#include <memory>
#include <span>
#include <string_view>

#include "read/decode_pool.h"
#include "read/decoders.h"

namespace unecho {

class MemberRun final : public DecodeWork {
 public:
  MemberRun(DecodePool* pool, uint64_t begin_offset, bool confirmed)
      : pool_(pool), begin_offset_(begin_offset), confirmed_(confirmed) {}
  ~MemberRun() override = default;
  MemberRun(const MemberRun&) = delete;
  MemberRun& operator=(const MemberRun&) = delete;

  // The last call: its blocks go back to the pool, which may then ask its sources for work. Not while it is at work.
  void ReturnBlocks();

  // Input.
  void Append(DecodeBlock piece) { pieces_.push_back(std::move(piece)); }
  void Close();    // nothing will be appended
  void Confirm();  // the member before ended where this run begins
  void Absorb(MemberRun& next);
  size_t pending_pieces() const { return pieces_.size() - next_piece_; }

  // Decoding.
  bool HasWork() const { return !at_work_ && !finished_ && (pending_pieces() > 0 || may_hold_more_); }
  bool NeedsBlock() const { return current_.data == nullptr; }
  bool NeedsDecoder() const { return decoder_ == nullptr; }
  size_t decoder_bytes() const { return decoder_ == nullptr ? 0 : decoder_bytes_; }
  void Take(std::unique_ptr<Decoder> decoder_if_needed);  // may throw bad_alloc
  void Work() noexcept override;
  void GiveBack();
  void Fail(DecodeVerdict verdict);
  bool at_work() const { return at_work_; }
  std::unique_ptr<Decoder> ReleaseDecoder();  // of a run that has ended at the end of a member

  // Output.
  size_t ready_blocks() const { return ready_.size(); }
  DecodeBlock TakeBlock();  // the next one; what there is of it, if nothing can be done for it now; or none
  bool closed() const { return closed_; }
  bool finished() const { return finished_; }
  bool confirmed() const { return confirmed_; }
  bool ends_member() const { return ends_member_; }  // once finished
  DecodeVerdict verdict() const { return verdict_; }
  std::string_view detail() const { return detail_; }
  uint64_t begin_offset() const { return begin_offset_; }
  uint64_t end_offset() const { return begin_offset_ + consumed_bytes_ - read_ahead_bytes_; }  // how far it was decoded

 private:
  void FinishIfDone();
  void Finish();

  DecodePool* const pool_;
  const uint64_t begin_offset_;
  std::deque<DecodeBlock> pieces_;  // the first is the first of the run, until it is confirmed
  size_t next_piece_ = 0;           // the first that is not used up
  size_t piece_offset_ = 0;         // and how far it is
  bool closed_ = false;
  bool confirmed_;

  std::unique_ptr<Decoder> decoder_;
  size_t decoder_bytes_ = 0;  // when it was last given back
  std::span<const char> in_;  // between Take() and Work(): what is left of the next piece
  Decoded step_;              // between Work() and GiveBack()
  bool may_hold_more_ = false;
  bool at_work_ = false;
  uint64_t consumed_bytes_ = 0;

  std::deque<DecodeBlock> ready_;
  DecodeBlock current_;
  bool finished_ = false;
  bool ends_member_ = false;
  DecodeVerdict verdict_ = DecodeVerdict::kOk;
  std::string_view detail_;
  uint64_t read_ahead_bytes_ = 0;
};

}  // namespace unecho

#endif  // UNECHO_SRC_READ_MEMBER_RUN_H_
