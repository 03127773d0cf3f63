#define UNECHO_KERNEL_SET baseline
#define UNECHO_KERNEL_NAME "baseline"
#include "kernels_impl.h"
