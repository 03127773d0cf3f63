// The SSE2 code as NEON (vectors.h), which every AArch64 has; empty elsewhere.
#if defined(__aarch64__)
#define UNECHO_KERNEL_SET neon
#define UNECHO_KERNEL_NAME "neon"
#include "kernels/kernels_impl.h"
#endif
