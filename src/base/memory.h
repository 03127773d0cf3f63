// What this process may have of memory, and what it has had. All sizes are bytes.
//
// Cost:    a file or two of /proc and /sys. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_BASE_MEMORY_H_
#define UNECHO_SRC_BASE_MEMORY_H_

#include <cstdint>

namespace unecho {

// 3/4 of the smallest of: physical memory, the cgroup's limit (v2 or v1), RLIMIT_AS.
uint64_t DefaultMemoryLimit();

// High-water mark of the resident set of this process.
uint64_t PeakResidentBytes();

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_MEMORY_H_
