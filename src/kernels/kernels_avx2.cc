// Compiled with -mavx2 -mbmi -mbmi2 on x86-64 (CMakeLists.txt); empty elsewhere.
#if defined(__AVX2__)
#define UNECHO_KERNEL_SET avx2
#define UNECHO_KERNEL_NAME "avx2"
#include "kernels/kernels_impl.h"
#endif
