// Word hashes -> shingles -> minima, the 8-bit estimate and the band keys. Bytes are those of the text that the words
// come from.
#include "match/sketch.h"

#include <benchmark/benchmark.h>

#include <array>
#include <numeric>
#include <vector>

#include "data.h"
#include "kernels/kernels.h"

namespace unecho::bench {
namespace {

constexpr size_t kWidth = 5;
constexpr size_t kRecords = 170;  // a batch

template <typename Shingle>
void Shingles(benchmark::State& state) {
  const WordRecords records = MakeWordRecords(kRecords);
  std::vector<Shingle> shingles(1000);
  size_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const auto& words : records.words) {
      if constexpr (sizeof(Shingle) == 4) {
        count += ActiveKernels().shingles32(words.data(), words.size(), kWidth, shingles.data());
      } else {
        count += ActiveKernels().shingles64(words.data(), words.size(), kWidth, shingles.data());
      }
      benchmark::ClobberMemory();
    }
  }
  CountBytes(state, records.text_bytes);
  CountItems(state, count);
}

// Minima of `range` shingles. Of 20, most bins stay empty and the time is that of the fill; of 5,000, none does. Bytes:
// 7 a shingle.
void Minima(benchmark::State& state) {
  const auto count = static_cast<size_t>(state.range(0));
  Random random(1);
  std::vector<uint32_t> shingles(count), multipliers(kSketchBins);
  for (uint32_t& shingle : shingles) shingle = static_cast<uint32_t>(random());
  for (uint32_t& multiplier : multipliers) multiplier = static_cast<uint32_t>(random()) | 1;
  std::array<uint32_t, kSketchBins> bins;
  for (auto _ : state) {
    ActiveKernels().minima(shingles.data(), count, multipliers.data(), bins.data());
    benchmark::ClobberMemory();
  }
  CountBytes(state, 7 * count);
  CountItems(state, count);
}

// Words -> minima and 21 band keys of a record, for a batch of records.
void Sketch(benchmark::State& state) {
  const WordRecords records = MakeWordRecords(kRecords);
  const BandPlan plan = PlanBands(0.7);
  const Sketcher sketcher(plan, static_cast<int>(kWidth), 1);
  std::vector<uint32_t> shingles;
  std::array<uint32_t, kSketchBytes> bins;
  std::vector<uint64_t> keys(static_cast<size_t>(plan.bands));
  for (auto _ : state) {
    for (const auto& words : records.words) {
      sketcher.Minima(words, shingles, bins);
      sketcher.BandKeys(bins, keys);
      benchmark::ClobberMemory();
    }
  }
  CountBytes(state, records.text_bytes);
  CountItems(state, kRecords);
}

// The 8-bit estimate of one record with a thousand others. Bytes are those of the sketches.
void Estimate(benchmark::State& state) {
  constexpr size_t kSketches = 1000;
  Random random(2);
  std::vector<uint8_t> sketches(kSketches * kSketchBytes);
  for (uint8_t& byte : sketches) byte = static_cast<uint8_t>(random());
  std::vector<uint32_t> ids(kSketches);
  std::vector<uint8_t> agreeing(kSketches);
  for (auto _ : state) {
    std::iota(ids.begin(), ids.end(), 0u);
    benchmark::DoNotOptimize(ActiveKernels().agreeing_sketches(sketches.data(), sketches.data(), 30, ids.data(),
                                                               kSketches, agreeing.data()));
  }
  CountBytes(state, sketches.size());
  CountItems(state, kSketches);
}

BENCHMARK(Shingles<uint32_t>)->Name("shingles/32_bit");
BENCHMARK(Shingles<uint64_t>)->Name("shingles/64_bit");
BENCHMARK(Minima)->Name("sketch/minima")->Arg(20)->Arg(200)->Arg(5000);
BENCHMARK(Sketch)->Name("sketch/words_to_band_keys");
BENCHMARK(Estimate)->Name("sketch/estimate");

}  // namespace
}  // namespace unecho::bench
