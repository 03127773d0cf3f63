#include "write/frame_pool.h"

#include <algorithm>
#include <map>
#include <new>
#include <system_error>

#include "write/frame_packer.h"

namespace unecho {

FramePool::FramePool(int threads) : max_threads_(static_cast<size_t>(std::max(threads, 1))) {}

FramePool::~FramePool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool FramePool::TakesOver(const std::shared_ptr<Frame>& frame) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= max_threads_) return false;
  if (idle_ <= waiting_.size() && threads_.size() < max_threads_) {
    try {
      threads_.emplace_back(&FramePool::Run, this);
    } catch (const std::system_error&) {
      if (threads_.empty()) return false;
    }
  }
  waiting_.push_back(frame);
  has_work_.notify_one();
  return true;
}

bool FramePool::IsDone(const Frame& frame) {
  const std::lock_guard lock(mutex_);
  return frame.is_done;
}

void FramePool::WaitFor(const Frame& frame) {
  std::unique_lock lock(mutex_);
  has_done_.wait(lock, [&frame] { return frame.is_done; });
}

void FramePool::Run() {
  std::map<Compression, std::unique_ptr<FramePacker>> packers;
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    has_work_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    --idle_;
    if (stopping_) return;  // what still waits is of a run that has failed
    const std::shared_ptr<Frame> frame = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    bool packed = false;
    try {
      std::unique_ptr<FramePacker>& packer = packers[frame->compression];
      if (packer == nullptr) packer = FramePacker::Make(frame->compression);
      packed = packer->Pack(frame->content, frame->packed);
    } catch (const std::bad_alloc&) {
    }
    lock.lock();
    frame->failed = !packed;
    frame->is_done = true;
    has_done_.notify_all();
  }
}

}  // namespace unecho
