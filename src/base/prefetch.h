// A cache line that is wanted soon.
//
// In place of __builtin_prefetch() alone: a function that does nothing else has no effect as GCC sees it, and where it
// is not inlined early its calls are left out, silently.
//
// Cost: an instruction, and a miss that nobody waits for. Threads: any. Failure: none, whatever the address is.
#ifndef UNECHO_SRC_BASE_PREFETCH_H_
#define UNECHO_SRC_BASE_PREFETCH_H_

namespace unecho {

inline void PrefetchLine(const void* at) {
  __builtin_prefetch(at);
  asm volatile("");
}
// One that is going to be written.
inline void PrefetchLineToWrite(const void* at) {
  __builtin_prefetch(at, 1);
  asm volatile("");
}

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_PREFETCH_H_
