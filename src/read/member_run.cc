#include "read/member_run.h"

#include <cassert>
#include <new>
#include <utility>

namespace unecho {

void MemberRun::Close() {
  closed_ = true;
  if (!at_work_) FinishIfDone();
}

void MemberRun::Confirm() {
  confirmed_ = true;
  if (verdict_ == DecodeVerdict::kOutOfMemory) {  // it may have been one too many at a time
    for (DecodeBlock& block : ready_) pool_->Return(DecodePool::kDecompressed, std::move(block));
    ready_.clear();
    next_piece_ = piece_offset_ = 0;
    consumed_bytes_ = 0;
    may_hold_more_ = finished_ = false;
    verdict_ = DecodeVerdict::kOk;
  }
  for (; next_piece_ > 0; --next_piece_) {
    pool_->Return(DecodePool::kCompressed, std::move(pieces_.front()));
    pieces_.pop_front();
  }
}

void MemberRun::Absorb(MemberRun& next) {
  assert(finished_ && !ends_member_ && verdict_ == DecodeVerdict::kOk && !next.at_work_);
  for (DecodeBlock& piece : next.pieces_) pieces_.push_back(std::move(piece));
  next.pieces_.clear();
  closed_ = next.closed_;
  finished_ = false;
  FinishIfDone();
}

void MemberRun::Take(std::unique_ptr<Decoder> decoder_if_needed) {
  if (decoder_ == nullptr) {
    decoder_ = std::move(decoder_if_needed);
    decoder_bytes_ = decoder_->memory_bytes();
  }
  if (NeedsBlock()) current_ = pool_->Take(DecodePool::kDecompressed);
  in_ = {};
  if (pending_pieces() > 0) {
    const DecodeBlock& piece = pieces_[next_piece_];
    in_ = std::span<const char>(piece.data.get(), piece.bytes).subspan(piece_offset_);
  }
  at_work_ = true;
}

void MemberRun::Work() noexcept {
  const std::span<char> room(current_.data.get() + current_.bytes, DecodeBlock::kBytes - current_.bytes);
  try {
    step_ = decoder_->Decode(in_, room);
  } catch (const std::bad_alloc&) {
    step_ = {.verdict = DecodeVerdict::kOutOfMemory, .detail = {}};
  }
}

void MemberRun::GiveBack() {
  at_work_ = false;
  decoder_bytes_ = decoder_->memory_bytes();
  may_hold_more_ = step_.produced == DecodeBlock::kBytes - current_.bytes;
  current_.bytes += step_.produced;
  consumed_bytes_ += step_.consumed;
  current_.end_offset = end_offset();
  if (may_hold_more_) ready_.push_back(std::exchange(current_, {}));
  piece_offset_ += step_.consumed;
  if (pending_pieces() > 0 && piece_offset_ == pieces_[next_piece_].bytes) {
    piece_offset_ = 0;
    if (confirmed_) {
      pool_->Return(DecodePool::kCompressed, std::move(pieces_.front()));
      pieces_.pop_front();
    } else {
      ++next_piece_;
    }
  }
  if (step_.verdict != DecodeVerdict::kOk) {
    detail_ = step_.detail;
    read_ahead_bytes_ = step_.read_ahead;
    Fail(step_.verdict);
  } else {
    FinishIfDone();
  }
}

void MemberRun::Fail(DecodeVerdict verdict) {
  verdict_ = verdict;
  Finish();
  decoder_.reset();
}

void MemberRun::FinishIfDone() {
  if (!closed_ || pending_pieces() > 0 || may_hold_more_) return;
  ends_member_ = decoder_ != nullptr && decoder_->MayEndHere();
  Finish();
}

void MemberRun::Finish() {
  finished_ = true;
  if (current_.data == nullptr) return;
  if (current_.bytes > 0) {
    ready_.push_back(std::exchange(current_, {}));
  } else {
    pool_->Return(DecodePool::kDecompressed, std::exchange(current_, {}));
  }
}

std::unique_ptr<Decoder> MemberRun::ReleaseDecoder() {
  if (ends_member_ && decoder_ != nullptr) decoder_->Reset();
  return std::move(decoder_);
}

DecodeBlock MemberRun::TakeBlock() {
  DecodeBlock block;
  if (!ready_.empty()) {
    block = std::move(ready_.front());
    ready_.pop_front();
  } else if (!at_work_ && !HasWork() && current_.bytes > 0) {
    block = std::exchange(current_, {});
  }
  return block;
}

void MemberRun::ReturnBlocks() {
  for (DecodeBlock& piece : pieces_) pool_->Return(DecodePool::kCompressed, std::move(piece));
  for (DecodeBlock& block : ready_) pool_->Return(DecodePool::kDecompressed, std::move(block));
  if (current_.data != nullptr) pool_->Return(DecodePool::kDecompressed, std::move(current_));
}

}  // namespace unecho
