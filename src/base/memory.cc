#include "base/memory.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>
#include <utility>

#include "base/cgroup.h"

namespace unecho {
namespace {

constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();

// Resident pages, as the kernel counts them. Opened once, when there is a limit.
std::atomic<int> resident_file{-1};
std::atomic<uint64_t> resident_limit{0};
std::atomic<bool> was_refused{false};
thread_local uint64_t noted_bytes = 0;

// 0: nobody knows.
uint64_t ResidentBytes() {
  std::array<char, 64> text{};  // "pages resident ..."
  const ssize_t size = pread(resident_file.load(std::memory_order_relaxed), text.data(), text.size() - 1, 0);
  if (size <= 0) return 0;
  char* second = nullptr;
  std::strtoull(text.data(), &second, 10);
  return std::strtoull(second, nullptr, 10) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

uint64_t Left() {
  const uint64_t limit = resident_limit.load(std::memory_order_relaxed);
  return limit - std::min(limit, ResidentBytes());
}

}  // namespace

void LimitResident(uint64_t bytes) {
  // Kept open: where memory is short, files may be, too.
  if (resident_file < 0) resident_file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  resident_limit = resident_file < 0 ? 0 : bytes;
}

uint64_t ResidentLeft() { return resident_limit.load(std::memory_order_relaxed) == 0 ? kUnlimited : Left(); }

bool WasRefusedForLimit() { return was_refused; }

void RequireMemory(uint64_t bytes) {
  if (ResidentLeft() >= bytes) return;
  // What was freed may still be held for the next who asks.
  malloc_trim(0);
  if (ResidentLeft() >= bytes) return;
  was_refused = true;
  throw std::bad_alloc();
}

void NoteAllocation(uint64_t bytes) {
  noted_bytes += std::min(bytes, kUnlimited - noted_bytes);
  if (noted_bytes < kMemoryStep) return;
  // Set back first: whoever says that there was no memory takes a little himself.
  const uint64_t noted = std::exchange(noted_bytes, 0);
  RequireMemory(std::max(bytes, std::min(noted, kMemoryStep)));
}

void NoteReservation(uint64_t bytes) noexcept { noted_bytes += std::min(bytes, kMemoryStep / 2); }

uint64_t DefaultMemoryLimit() {
  const auto pages = static_cast<uint64_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
  uint64_t limit = pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  limit = std::min(limit, CgroupMemoryLimit());
  rlimit address_space{};
  if (getrlimit(RLIMIT_AS, &address_space) == 0) limit = std::min(limit, uint64_t{address_space.rlim_cur});
  return limit / 4 * 3;
}

uint64_t PeakResidentBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace unecho
