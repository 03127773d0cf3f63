// What this process may have of memory, and what it has. All sizes are bytes.
//
// A limit that is set is held against what the system says is resident, since that is what people see of it, and what
// counts each buffer for itself misses some. It is asked before memory is taken: by operator new (src/new.cc) in steps
// of kMemoryStep, and by RequireMemory() where a library takes memory without it.
//
// Cost:    a file or two of /proc and /sys; NoteAllocation an addition, but for one call in a MiB.
// Threads: any. The limit is one for the process, and no library sets it: main programs do.
// Failure: std::bad_alloc, where it is said.
#ifndef UNECHO_SRC_BASE_MEMORY_H_
#define UNECHO_SRC_BASE_MEMORY_H_

#include <cstdint>

namespace unecho {

// 3/4 of the smallest of: physical memory, the cgroup's limit (v2 or v1), RLIMIT_AS.
uint64_t DefaultMemoryLimit();

// 0: none, as at the beginning.
void LimitResident(uint64_t bytes);
// What the limit leaves; all there is without one.
uint64_t ResidentLeft();
// Has an allocation been refused, for the limit and not by the system?
bool WasRefusedForLimit();

constexpr uint64_t kMemoryStep = uint64_t{1} << 20;
// Before `bytes` are taken and written: std::bad_alloc if the limit does not leave as much.
void RequireMemory(uint64_t bytes);
// The same for allocations of any size, which are looked at where those of a thread come to a step.
void NoteAllocation(uint64_t bytes);
// For what is asked for in case, and hardly written: counts as one that is small.
void NoteReservation(uint64_t bytes) noexcept;

// High-water mark of the resident set of this process.
uint64_t PeakResidentBytes();

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_MEMORY_H_
