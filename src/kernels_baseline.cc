#define UNECHO_KERNEL_SET baseline
#define UNECHO_KERNEL_NAME "baseline"
#define UNECHO_KERNEL_BASELINE
#include "kernels_impl.h"
