// Work that takes its time: done on a thread of its own without the interpreter lock, while the caller's thread looks
// for signals and says how far it is.
//
// Cost:    a thread, some 20 us; a look every 50 ms.
// Failure: what the interpreter raises meanwhile, as KeyboardInterrupt at Ctrl-C, or `look` does: the work is told to
//          stop, and that is raised when it has.
#ifndef UNECHO_PYTHON_WATCHED_H_
#define UNECHO_PYTHON_WATCHED_H_

#include <atomic>
#include <functional>
#include <mutex>

namespace unecho::python {

// `work` throws nothing and touches nothing of Python; it ends soon when `stop` is set. `look` is called under the lock,
// and once more behind the work.
void RunWatched(
    std::atomic<int>& stop, const std::function<void()>& work, const std::function<void()>& look = [] {});

// One caller at a time: another thread, or a callback of the call in hand, has RuntimeError.
class OneCaller {
 public:
  OneCaller(std::mutex& mutex, const char* what);

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace unecho::python

#endif  // UNECHO_PYTHON_WATCHED_H_
