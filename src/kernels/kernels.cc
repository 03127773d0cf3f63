#include "kernels/kernels.h"

#include <cstdlib>
#include <string_view>
#include <vector>

namespace unecho {
namespace baseline {
extern const Kernels kKernels;
}  // namespace baseline
#if defined(__x86_64__)
namespace avx2 {
extern const Kernels kKernels;
}
namespace avx512 {
extern const Kernels kKernels;
}
#elif defined(__aarch64__)
namespace neon {
extern const Kernels kKernels;
}
#endif

namespace {

std::vector<const Kernels*> Detect() {
  std::vector<const Kernels*> sets = {&baseline::kKernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) {
    sets.push_back(&avx2::kKernels);
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq")) {
      sets.push_back(&avx512::kKernels);
    }
  }
#elif defined(__aarch64__)
  sets.push_back(&neon::kKernels);
#endif
  return sets;
}

const Kernels& Choose() {
  const auto sets = AvailableKernels();
  if (const char* wanted = std::getenv("UNECHO_KERNELS"); wanted != nullptr) {
    for (const Kernels* set : sets) {
      if (std::string_view(set->name) == wanted) return *set;
    }
  }
  return *sets.back();
}

}  // namespace

std::span<const Kernels* const> AvailableKernels() {
  static const std::vector<const Kernels*> sets = Detect();
  return sets;
}

const Kernels& ActiveKernels() {
  static const Kernels& active = Choose();
  return active;
}

}  // namespace unecho
