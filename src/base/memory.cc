#include "base/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>

namespace unecho {
namespace {

constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();

// A number in a file; unlimited if there is none ("max", or no such file).
uint64_t ReadLimit(const char* path) {
  std::ifstream file(path);
  uint64_t value = 0;
  return file >> value ? value : kUnlimited;
}

}  // namespace

uint64_t DefaultMemoryLimit() {
  const auto pages = static_cast<uint64_t>(std::max(0L, sysconf(_SC_PHYS_PAGES)));
  uint64_t limit = pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  limit = std::min(limit, ReadLimit("/sys/fs/cgroup/memory.max"));
  limit = std::min(limit, ReadLimit("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
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
