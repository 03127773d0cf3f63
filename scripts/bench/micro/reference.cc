// What the machine can do at all, in the same run: no kernel can be faster than these by much, and the noise of the
// machine shows here. In cache means one batch; from memory, more than any cache holds.
#include <benchmark/benchmark.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <memory>

#include "data.h"

namespace unecho::bench {
namespace {

constexpr size_t kFromMemory = size_t{1} << 30;

// Written once: a page that was never written is the zero page, which is in the cache.
char* Memory(size_t bytes) {
  static const std::unique_ptr<char[]> memory = [] {
    std::unique_ptr<char[]> all(new char[kFromMemory]);
    std::memset(all.get(), 1, kFromMemory);
    return all;
  }();
  return bytes <= kFromMemory ? memory.get() : nullptr;
}

void Read(benchmark::State& state, size_t bytes) {
  using Vector __attribute__((vector_size(64))) = uint64_t;  // whatever registers there are
  const char* memory = Memory(bytes);
  for (auto _ : state) {
    Vector even{}, odd{};
    for (size_t i = 0; i < bytes; i += 2 * sizeof(Vector)) {
      Vector words[2];
      std::memcpy(words, memory + i, sizeof words);
      even += words[0];
      odd += words[1];
    }
    even += odd;
    benchmark::DoNotOptimize(even);
  }
  CountBytes(state, bytes);
}

void Copy(benchmark::State& state, size_t bytes) {
  char* memory = Memory(2 * bytes);
  for (auto _ : state) {
    std::memcpy(memory + bytes, memory, bytes);
    benchmark::ClobberMemory();
  }
  CountBytes(state, bytes);
}

// As a stream, a batch at a time.
void Xxh3(benchmark::State& state, size_t bytes) {
  const char* memory = Memory(bytes);
  XXH3_state_t hash;
  XXH3_64bits_reset(&hash);
  for (auto _ : state) {
    for (size_t i = 0; i < bytes; i += kBatchBytes) XXH3_64bits_update(&hash, memory + i, kBatchBytes);
  }
  benchmark::DoNotOptimize(XXH3_64bits_digest(&hash));
  CountBytes(state, bytes);
}

BENCHMARK_CAPTURE(Read, in_cache, kBatchBytes)->Name("reference/read/in_cache");
BENCHMARK_CAPTURE(Read, from_memory, kFromMemory)->Name("reference/read/from_memory");
BENCHMARK_CAPTURE(Copy, in_cache, kBatchBytes)->Name("reference/memcpy/in_cache");
BENCHMARK_CAPTURE(Copy, from_memory, kFromMemory / 2)->Name("reference/memcpy/from_memory");
BENCHMARK_CAPTURE(Xxh3, in_cache, kBatchBytes)->Name("reference/xxh3/in_cache");
BENCHMARK_CAPTURE(Xxh3, from_memory, kFromMemory)->Name("reference/xxh3/from_memory");

}  // namespace
}  // namespace unecho::bench
