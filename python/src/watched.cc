#include "watched.h"

#include <nanobind/nanobind.h>

#include <chrono>
#include <condition_variable>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace nb = nanobind;

namespace unecho::python {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(50);

}  // namespace

void RunWatched(std::atomic<int>& stop, const std::function<void()>& work, const std::function<void()>& look) {
  stop = 0;
  std::mutex mutex;
  std::condition_variable ended;
  bool has_ended = false;
  std::thread thread([&] {
    work();
    const std::lock_guard lock(mutex);
    has_ended = true;
    ended.notify_one();
  });
  std::optional<nb::python_error> raised;
  for (bool is_last = false; !is_last;) {
    {
      const nb::gil_scoped_release released;
      std::unique_lock lock(mutex);
      is_last = ended.wait_for(lock, kBetweenLooks, [&] { return has_ended; });
      lock.unlock();
      if (is_last) thread.join();
    }
    if (raised) continue;
    try {
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
      look();
    } catch (nb::python_error& error) {
      raised.emplace(std::move(error));
      stop = 1;
    }
  }
  if (raised) throw std::move(*raised);
}

OneCaller::OneCaller(std::mutex& mutex, const char* what) : lock_(mutex, std::try_to_lock) {
  if (!lock_.owns_lock()) throw std::runtime_error(std::string(what) + " is at work in another call");
}

}  // namespace unecho::python
