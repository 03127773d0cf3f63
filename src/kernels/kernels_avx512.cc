// Compiled with -mavx512f -mavx512bw -mavx512vl -mavx512vbmi2 -mavx512vpopcntdq on x86-64 (CMakeLists.txt); empty
// elsewhere.
#if defined(__AVX512VBMI2__)
#define UNECHO_KERNEL_SET avx512
#define UNECHO_KERNEL_NAME "avx512"
#include "kernels/kernels_impl.h"
#endif
