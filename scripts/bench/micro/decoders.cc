// Compressed bytes -> bytes, by each decoder. Bytes are the decompressed ones.
#include "read/decoders.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "data.h"
#include "support/compress.h"

namespace unecho::bench {
namespace {

void Decode(benchmark::State& state, Compression compression) {
  const std::string plain = MakeJsonl(size_t{4} << 20);
  const std::string packed = Compress(compression, plain);
  std::vector<char> block(kBatchBytes);
  for (auto _ : state) {
    const auto decoder = MakeDecoder(compression);
    size_t at = 0, produced = 0;
    while (at < packed.size() || !decoder->MayEndHere()) {
      const Decoded step = decoder->Decode({packed.data() + at, packed.size() - at}, block);
      if (step.verdict != Verdict::kOk || (step.consumed == 0 && step.produced == 0)) break;
      at += step.consumed;
      produced += step.produced;
    }
    if (produced != plain.size()) state.SkipWithError("not all was decoded");
  }
  CountBytes(state, plain.size());
}

BENCHMARK_CAPTURE(Decode, gzip, Compression::kGzip)->Name("decoders/gzip");
BENCHMARK_CAPTURE(Decode, zstd, Compression::kZstd)->Name("decoders/zstd");
BENCHMARK_CAPTURE(Decode, lz4, Compression::kLz4)->Name("decoders/lz4");
BENCHMARK_CAPTURE(Decode, xz, Compression::kXz)->Name("decoders/xz");
BENCHMARK_CAPTURE(Decode, bzip2, Compression::kBzip2)->Name("decoders/bzip2");

}  // namespace
}  // namespace unecho::bench
