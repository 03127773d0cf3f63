// FramePool: the threads that compress, for all outputs of a run together.
//
// In:      frames whose content is whole.
// Out:     the same frames, packed, in any order: each stream waits for its own.
// Cost:    threads start when there is work for one more, and no more frames wait than there are threads: whoever comes
//          then does the work himself. A packer of each format for each thread.
// Threads: any.
// Failure: a thread that cannot be started is done without.
#ifndef UNECHO_SRC_WRITE_FRAME_POOL_H_
#define UNECHO_SRC_WRITE_FRAME_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "read/input.h"

namespace unecho {

struct Frame {
  Compression compression = Compression::kPlain;
  std::string content, packed;
  bool is_done = false, failed = false;  // touched under the pool's mutex while it is there
};

class FramePool {
 public:
  explicit FramePool(int threads);
  ~FramePool();
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;

  size_t threads() const { return max_threads_; }
  // False: enough is waiting, or there is no thread.
  bool TakesOver(const std::shared_ptr<Frame>& frame);
  bool IsDone(const Frame& frame);
  void WaitFor(const Frame& frame);

 private:
  void Run();

  const size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable has_work_, has_done_;
  std::deque<std::shared_ptr<Frame>> waiting_;
  size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_WRITE_FRAME_POOL_H_
