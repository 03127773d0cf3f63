// The threads on which TBB runs the work of a run.
//
// TBB makes its threads when there is work, on whatever thread sees that, and where one cannot be made (ulimit -u,
// ulimit -v) the process is aborted. So threads are tried before, and those that can be had are called together at
// once, before memory is taken that they need: a process that may have fewer runs on fewer.
//
// Cost:    some 100 us a thread, in the first team of its owner's thread. Threads: one owner.
// Failure: none; one thread there is always, the caller's.
#ifndef UNECHO_SRC_BASE_THREAD_TEAM_H_
#define UNECHO_SRC_BASE_THREAD_TEAM_H_

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <utility>

namespace unecho {

class ThreadTeam {
 public:
  // As many threads, the caller's counted; or fewer.
  explicit ThreadTeam(int threads);

  // On the caller's thread or one of the others; all of them help.
  template <typename Work>
  auto Execute(Work&& work) {
    return arena_.execute(std::forward<Work>(work));
  }

 private:
  void CallTogether();

  int threads_;
  tbb::global_control limit_;
  tbb::task_arena arena_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_THREAD_TEAM_H_
