#include "read/decompressor.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "read/member_search.h"

namespace unecho {
namespace {

absl::Status NoMemory(const std::string& label) {
  return absl::ResourceExhaustedError(
      absl::StrFormat("%s: no memory to decompress it; lower --memory or --threads, or decompress it before", label));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Decompressor>> Decompressor::Start(FdSource* source, Compression compression,
                                                                  DecodePool* pool, std::span<const char> first_bytes,
                                                                  const std::atomic<int>* interrupted) {
  assert(!first_bytes.empty() && first_bytes.size() <= DecodeBlock::kBytes);
  std::unique_ptr<Decompressor> reader(new Decompressor(source, compression, pool, interrupted));
  const std::lock_guard lock(pool->mutex());
  reader->runs_.push_back(std::make_unique<MemberRun>(pool, 0, /*confirmed=*/true));
  pool->Add(reader.get());
  DecodeBlock first = pool->Take(DecodePool::kCompressed);
  std::ranges::copy(first_bytes, first.data.get());
  first.bytes = first_bytes.size();
  try {
    reader->thread_ = std::thread(&Decompressor::ReadFile, reader.get(), std::move(first));
  } catch (const std::system_error& error) {
    pool->Remove(reader.get());
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no thread to read it (%s); raise the limit (ulimit -u) or decompress it before",
                        source->label(), error.what()));
  }
  return reader;
}

Decompressor::~Decompressor() {
  source_->Stop();
  std::unique_lock lock(pool_->mutex());
  stopping_ = true;
  pool_->Remove(this);
  room_changed_.notify_one();
  lock.unlock();
  if (thread_.joinable()) thread_.join();
  lock.lock();
  ready_changed_.wait(lock,
                      [this] { return std::ranges::none_of(runs_, [](const auto& run) { return run->at_work(); }); });
  ReturnTaken();
  for (const std::unique_ptr<MemberRun>& run : runs_) run->ReturnBlocks();
  runs_.clear();
  decoders_.clear();
  CountDecoders();
}

// --- for the threads of the pool -------------------------------------------------------------------------------------

bool Decompressor::MayDecode(const MemberRun& run) const {
  if (!run.HasWork()) return false;
  if (!run.NeedsBlock()) return true;
  // Nobody waits for what is not being read, and nothing keeps what is being read from going on.
  if (being_read_ && &run == runs_.front().get()) return run.ready_blocks() < kReadyBlocks;
  return pool_->HasRoom(DecodePool::kDecompressed);
}

MemberRun* Decompressor::NextRun() const {
  if (stopping_) return nullptr;
  size_t begun = 0;
  for (const std::unique_ptr<MemberRun>& run : runs_) {
    if (run->finished() && run->verdict() != DecodeVerdict::kOk && run->confirmed()) return nullptr;
    // Each run that is begun has a decoder and its window: no more of them than there are threads, here if this is
    // being read, else in the whole pool.
    const size_t decoders = being_read_ ? begun : pool_->num_decoders();
    if (run->NeedsDecoder() && !run->finished() && decoders >= pool_->max_threads()) return nullptr;
    begun += !run->NeedsDecoder();
    if (MayDecode(*run)) return run.get();
  }
  return nullptr;
}

DecodeWork* Decompressor::TakeWork() {
  MemberRun* const run = NextRun();
  try {
    std::unique_ptr<Decoder> decoder;
    if (run->NeedsDecoder()) {
      if (decoders_.empty()) {
        decoder = MakeDecoder(compression_);
      } else {
        decoder = std::move(decoders_.back());
        decoders_.pop_back();
      }
    }
    run->Take(std::move(decoder));
    CountDecoders();
    return run;
  } catch (const std::bad_alloc&) {
    run->Fail(DecodeVerdict::kOutOfMemory);
    Settle();
    ready_changed_.notify_all();
    return nullptr;
  }
}

void Decompressor::GiveBack(DecodeWork* work) {
  static_cast<MemberRun*>(work)->GiveBack();
  Settle();
  CountDecoders();
  room_changed_.notify_one();
  ready_changed_.notify_all();
}

void Decompressor::Settle() {
  if (stopping_) return;
  for (size_t i = 0; i < runs_.size(); ++i) {
    MemberRun& run = *runs_[i];
    if (run.at_work() || !run.finished() || run.verdict() != DecodeVerdict::kOk) return;
    if (run.ends_member()) {
      if (std::unique_ptr<Decoder> decoder = run.ReleaseDecoder()) decoders_.push_back(std::move(decoder));
      if (i + 1 < runs_.size() && !runs_[i + 1]->confirmed()) runs_[i + 1]->Confirm();
      continue;
    }
    if (i + 1 == runs_.size() || runs_[i + 1]->at_work()) return;
    run.Absorb(*runs_[i + 1]);
    // When blocks come back, the pool asks this source for work, which looks through runs_: so the run leaves them
    // first.
    const std::unique_ptr<MemberRun> absorbed = std::move(runs_[i + 1]);
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    absorbed->ReturnBlocks();
    ++misses_;
    pool_status_.Update(pool_->WorkChanged());
    return;
  }
}

void Decompressor::CountDecoders() {
  // Idle ones are kept only while there may be members that they have not seen.
  const bool all_begun = stopping_ || (runs_.back()->closed() && std::ranges::none_of(runs_, [](const auto& run) {
                                         return run->NeedsDecoder() && !run->finished();
                                       }));
  if (all_begun) decoders_.clear();
  size_t decoders = 0, bytes = 0;
  for (const std::unique_ptr<MemberRun>& run : runs_) {
    decoders += !run->NeedsDecoder();
    bytes += run->decoder_bytes();
  }
  for (const std::unique_ptr<Decoder>& idle : decoders_) bytes += idle->memory_bytes();
  DecodedReader::CountDecoders(decoders, bytes);
}

// --- the reading thread ----------------------------------------------------------------------------------------------

bool Decompressor::MayReadOn() const {
  const MemberRun& last = *runs_.back();
  if (being_read_ && runs_.size() == 1 && last.pending_pieces() == 0) return true;  // the reader waits for it
  if (!has_members_ && last.pending_pieces() >= kPiecesAhead) return false;
  return pool_->HasRoom(DecodePool::kCompressed);
}

bool Decompressor::WaitForRoom(std::unique_lock<std::mutex>& lock) {
  room_changed_.wait(lock, [this] { return stopping_ || MayReadOn(); });
  return !stopping_;
}

// As much as there is: a slow pipe's bytes go on at once, a fast one's fill the piece.
absl::Status Decompressor::FillPiece(DecodeBlock& piece, bool& at_end) {
  while (piece.bytes < DecodeBlock::kBytes) {
    const std::span<char> room(piece.data.get() + piece.bytes, DecodeBlock::kBytes - piece.bytes);
    UNECHO_ASSIGN_OR_RETURN(const InputReader::Result result,
                            source_->Read(room, piece.bytes == 0 ? kForever : std::chrono::milliseconds::zero()));
    piece.bytes += result.bytes;
    at_end = result.at_end;
    if (at_end || (result.stalled && piece.bytes > 0)) break;
  }
  return absl::OkStatus();
}

void Decompressor::ReadFile(DecodeBlock first) {
  std::unique_lock lock(pool_->mutex());
  absl::Status status;
  try {
    Cut(std::move(first), lock);
    for (bool at_end = false; status.ok() && !at_end && WaitForRoom(lock);) {
      DecodeBlock piece = pool_->Take(DecodePool::kCompressed);
      lock.unlock();
      status = FillPiece(piece, at_end);
      lock.lock();
      if (piece.bytes == 0) {
        pool_->Return(DecodePool::kCompressed, std::move(piece));
      } else {
        Cut(std::move(piece), lock);
      }
    }
  } catch (const std::bad_alloc&) {
    if (!lock.owns_lock()) lock.lock();
    status = NoMemory(source_->label());
  }
  read_status_.Update(status);
  runs_.back()->Close();
  Settle();
  CountDecoders();
  ready_changed_.notify_all();
}

// Appends the piece to the last run, or begins new ones with parts of it. Searches and copies without the mutex.
void Decompressor::Cut(DecodeBlock piece, std::unique_lock<std::mutex>& lock) {
  bool more = misses_ < kMaxMisses;
  while (more) {
    lock.unlock();
    const size_t wanted = kMinRunBytes - std::min(kMinRunBytes, run_bytes_);
    const auto place = FindMember(compression_, {piece.data.get(), piece.bytes}, wanted);
    lock.lock();
    if (!place) break;
    DecodeBlock rest = pool_->Take(DecodePool::kCompressed);
    lock.unlock();
    rest.bytes = piece.bytes - *place;
    std::memcpy(rest.data.get(), piece.data.get() + *place, rest.bytes);
    piece.bytes = *place;
    lock.lock();
    Append(std::exchange(piece, std::move(rest)));
    runs_.back()->Close();
    runs_.push_back(std::make_unique<MemberRun>(pool_, offset_, /*confirmed=*/false));
    run_bytes_ = 0;
    has_members_ = true;
    Settle();
    more = misses_ < kMaxMisses;
  }
  Append(std::move(piece));
  pool_status_.Update(pool_->WorkChanged());
}

void Decompressor::Append(DecodeBlock piece) {
  offset_ += piece.bytes;
  run_bytes_ += piece.bytes;
  if (piece.bytes == 0) {
    pool_->Return(DecodePool::kCompressed, std::move(piece));
  } else {
    runs_.back()->Append(std::move(piece));
  }
}

// --- the reader ------------------------------------------------------------------------------------------------------

DecodeBlock Decompressor::NextBlock() {
  DecodeBlock block = runs_.front()->TakeBlock();
  while (block.data == nullptr && runs_.size() > 1 && runs_.front()->finished() && runs_[1]->confirmed()) {
    const std::unique_ptr<MemberRun> emptied = std::move(runs_.front());
    runs_.pop_front();
    emptied->ReturnBlocks();  // when it has left, as in Settle()
    FrontChanged();
    block = runs_.front()->TakeBlock();
  }
  if (block.data != nullptr) compressed_bytes_.store(block.end_offset, std::memory_order_relaxed);
  return block;
}

std::optional<absl::Status> Decompressor::End() {
  const MemberRun& front = *runs_.front();
  if (!front.finished() || (runs_.size() > 1 && front.verdict() == DecodeVerdict::kOk)) return std::nullopt;
  compressed_bytes_.store(front.end_offset(), std::memory_order_relaxed);
  return EndOf(front);
}

absl::Status Decompressor::EndOf(const MemberRun& last) const {
  const uint64_t at = last.end_offset();
  if (last.verdict() == DecodeVerdict::kOutOfMemory) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("%s: no memory for the %s window it asks for, at byte %d of the compressed file; compress it "
                        "with a smaller window or use a larger machine",
                        source_->label(), Name(compression_), at));
  }
  if (last.verdict() != DecodeVerdict::kOk) {
    return absl::DataLossError(absl::StrFormat(
        "%s: corrupt %s data at byte %d of the compressed file (%s); %d bytes were decompressed before; fetch the file "
        "again or repair it",
        source_->label(), Name(compression_), at, last.detail(), given_bytes_));
  }
  if (!read_status_.ok() || last.ends_member()) return read_status_;
  return absl::DataLossError(absl::StrFormat(
      "%s: the file ends in the middle of its %s data, after %d bytes; %d bytes were decompressed before; fetch the "
      "file again",
      source_->label(), Name(compression_), at, given_bytes_));
}

}  // namespace unecho
