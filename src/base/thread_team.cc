#include "base/thread_team.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace unecho {
namespace {

// How many threads to have beside the caller's: as many as wanted, if they can be made. Else half of those that can:
// there are others that want some, to decompress for instance.
int CountThreads(int wanted) {
  std::mutex gate;
  std::vector<std::thread> threads;
  gate.lock();
  try {
    threads.reserve(static_cast<size_t>(std::max(wanted, 0)));
    while (threads.size() < threads.capacity()) threads.emplace_back([&gate] { const std::lock_guard lock(gate); });
  } catch (const std::exception&) {  // system_error, bad_alloc: there are no more
  }
  gate.unlock();
  for (std::thread& thread : threads) thread.join();
  const auto made = static_cast<int>(threads.size());
  return made < wanted ? made / 2 : made;
}

// Those that were called by this one: TBB keeps them for as long as it is there.
thread_local int called = 1;

}  // namespace

ThreadTeam::ThreadTeam(int threads)
    : threads_(threads <= called ? std::max(threads, 1) : 1 + CountThreads(threads - 1)),
      limit_(tbb::global_control::max_allowed_parallelism, static_cast<size_t>(threads_)),
      arena_(threads_) {
  if (threads_ <= called) return;
  CallTogether();
  called = threads_;
}

void ThreadTeam::CallTogether() {
  // Those who come are there; nobody waits long for one who is late.
  constexpr std::chrono::milliseconds kPatience{50};
  const auto end = std::chrono::steady_clock::now() + kPatience;
  std::atomic<int> there{0};
  arena_.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<int>(0, threads_, 1),
        [&](const auto& /*range*/) {
          ++there;
          while (there < threads_ && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        },
        tbb::simple_partitioner());
  });
}

}  // namespace unecho
