// The SSE2 intrinsics where there are some: those of the compiler on x86-64, whose baseline they are, and on AArch64
// those of SIMDe, which are NEON. UNECHO_SSE2 says so; a file that defines UNECHO_PLAIN first has none, and is the
// plain twin of one that has.
#ifndef UNECHO_SRC_BASE_VECTORS_H_
#define UNECHO_SRC_BASE_VECTORS_H_

#if defined(UNECHO_PLAIN)
#define UNECHO_SSE2 0
#elif defined(__SSE2__)
#define UNECHO_SSE2 1
#include <immintrin.h>
#elif defined(__aarch64__)
#define UNECHO_SSE2 1
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/sse2.h>
#else
#define UNECHO_SSE2 0
#endif

#endif  // UNECHO_SRC_BASE_VECTORS_H_
