// Whether this process has been asked to end. Set by the program's signal handler; polled by its commands, and by the
// library where they hand it on as RunOptions::stop.
//
// Cost:    a load. Threads: any; InterruptFlag() may be set by a signal handler. Failure: none.
#ifndef UNECHO_SRC_BASE_INTERRUPT_H_
#define UNECHO_SRC_BASE_INTERRUPT_H_

#include <atomic>

namespace unecho {

inline std::atomic<int>& InterruptFlag() {
  static constinit std::atomic<int> flag{0};
  return flag;
}

// 0, or the number of the signal.
inline const std::atomic<int>& InterruptSignal() { return InterruptFlag(); }

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_INTERRUPT_H_
