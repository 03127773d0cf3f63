// x86-64 as it always is; elsewhere plain code, by which the others are tested.
#if !defined(__SSE2__)
#define UNECHO_PLAIN
#endif
#define UNECHO_KERNEL_SET baseline
#define UNECHO_KERNEL_NAME "baseline"
#include "kernels/kernels_impl.h"
