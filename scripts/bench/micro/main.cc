// unecho_microbench: the kernels and stages one by one, and in the same run what the machine can do at all
// (reference.cc).
//
//   unecho_microbench --kernel-sets     the instruction sets that this machine can run, one a line
//   UNECHO_KERNELS=SET unecho_microbench [options of Google Benchmark]
//
// bytes_per_second is of the text that the work belongs to, so that the times of stages add up, unless the name says
// otherwise.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "kernels/kernels.h"

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--kernel-sets") {
    for (const unecho::Kernels* set : unecho::AvailableKernels()) std::printf("%s\n", set->name);
    return 0;
  }
  const char* wanted = std::getenv("UNECHO_KERNELS");
  if (wanted != nullptr && std::string_view(wanted) != unecho::ActiveKernels().name) {
    std::fprintf(stderr, "unecho_microbench: this machine cannot run UNECHO_KERNELS=%s\n", wanted);
    return 1;
  }
  benchmark::AddCustomContext("kernels", unecho::ActiveKernels().name);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
