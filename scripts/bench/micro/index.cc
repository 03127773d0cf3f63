// The tables and what decides: exact table, band tables, bitmap filter, verification.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <vector>

#include "base/batch.h"
#include "data.h"
#include "match/band_table.h"
#include "match/bitmap.h"
#include "match/exact.h"
#include "match/verify.h"

namespace unecho::bench {
namespace {

constexpr size_t kBands = 21;
constexpr size_t kBatchRecords = 170;

std::vector<uint64_t> RandomKeys(size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<uint64_t> keys(count);
  for (uint64_t& key : keys) key = random();
  return keys;
}

using Tables = std::vector<std::unique_ptr<BandTable>>;

Tables EmptyTables() {
  Tables tables;
  for (size_t band = 0; band < kBands; ++band) tables.push_back(std::make_unique<BandTable>());
  return tables;
}

void Insert(Tables& tables, const std::vector<uint64_t>& keys) {
  const size_t records = keys.size() / kBands;
  for (size_t begin = 0; begin < records; begin += kBatchRecords) {
    const size_t end = std::min(records, begin + kBatchRecords);
    for (size_t band = 0; band < kBands; ++band) {
      BandTable& table = *tables[band];
      table.GrowFor(end - begin);
      constexpr size_t kAhead = 8;
      for (size_t i = begin; i < end; ++i) {
        if (i + kAhead < end) table.Prefetch(keys[(i + kAhead) * kBands + band]);
        table.Insert(keys[i * kBands + band], static_cast<uint32_t>(i));
      }
    }
  }
}

// New records in an index of `range` kept ones: 21 look-ups a record, prefetched two records ahead. Bytes: 1,500 a
// record.
void LookUp(benchmark::State& state) {
  const auto kept = static_cast<size_t>(state.range(0));
  Tables tables = EmptyTables();
  Insert(tables, RandomKeys(kept * kBands, 1));
  constexpr size_t kQueries = 20'000;
  const std::vector<uint64_t> keys = RandomKeys(kQueries * kBands, 2);
  uint64_t found = 0;
  for (auto _ : state) {
    for (size_t i = 0; i < kQueries; ++i) {
      if (i + 2 < kQueries) {
        for (size_t band = 0; band < kBands; ++band) tables[band]->Prefetch(keys[(i + 2) * kBands + band]);
      }
      for (size_t band = 0; band < kBands; ++band) {
        tables[band]->Find(keys[i * kBands + band], [&found](uint32_t id) { found += id; });
      }
    }
    benchmark::DoNotOptimize(found);
  }
  CountBytes(state, kQueries * kRecordBytes);
  CountItems(state, kQueries);
}

// From nothing to `range` kept records, in batches, growth included. Bytes: 1,500 a record.
void Grow(benchmark::State& state) {
  const auto kept = static_cast<size_t>(state.range(0));
  const std::vector<uint64_t> keys = RandomKeys(kept * kBands, 3);
  for (auto _ : state) {
    Tables tables = EmptyTables();  // fresh pages too: that is part of growing
    Insert(tables, keys);
    benchmark::DoNotOptimize(tables.front()->memory_bytes());
  }
  CountBytes(state, kept * kRecordBytes);
  CountItems(state, kept);
}

// A table of 100,000 sequences meets them again, or meets as many new ones. Bytes: 1,500 a record.
void Exact(benchmark::State& state, bool repeats) {
  constexpr size_t kSequences = 100'000;
  const std::vector<uint64_t> keys = RandomKeys(2 * kSequences, 4);
  const auto fill = [&keys](Batch& batch, size_t begin) {
    batch.records.assign(kBatchRecords, Record{});
    for (size_t i = 0; i < kBatchRecords; ++i) {
      batch.records[i].key_low = keys[2 * (begin + i)];
      batch.records[i].key_high = keys[2 * (begin + i) + 1];
      batch.records[i].num_words = 1;
    }
  };
  constexpr size_t kBatches = kSequences / kBatchRecords;
  std::vector<Batch> batches(kBatches);
  for (size_t i = 0; i < kBatches; ++i) fill(batches[i], i * kBatchRecords);
  auto table = std::make_unique<ExactTable>();
  const auto enter = [&] {
    for (Batch& batch : batches) {
      if (!table->FindOrAdd(batch).ok()) state.SkipWithError("the table is full");
    }
  };
  if (repeats) enter();
  for (auto _ : state) {
    if (!repeats) table = std::make_unique<ExactTable>();
    enter();
  }
  CountBytes(state, kBatches * kBatchRecords * kRecordBytes);
  CountItems(state, kBatches * kBatchRecords);
}

// One record against a thousand bitmaps of records like it: the pairs just below the threshold. Bytes are those of the
// bitmaps.
void BitmapFilter(benchmark::State& state) {
  constexpr size_t kShingles = 200, kBitmaps = 1000;
  const std::vector<uint64_t> own = RandomKeys(kShingles, 5);
  BitmapMaker maker;
  const auto make = [&maker](std::span<const uint64_t> shingles) {
    maker.Begin(shingles.size(), 0.7);
    for (const uint64_t shingle : shingles) maker.Flip(shingle);
    const Bitmaps made = maker.End();
    return std::vector<uint64_t>(made.words.begin(), made.words.end());
  };
  const std::vector<uint64_t> own_words = make(own);
  std::vector<std::vector<uint64_t>> bitmaps(kBitmaps);
  for (size_t i = 0; i < kBitmaps; ++i) {
    std::vector<uint64_t> other = RandomKeys(kShingles, 6 + i);
    std::copy_n(own.begin(), kShingles * 3 / 4, other.begin());  // J = .6
    bitmaps[i] = make(other);
  }
  for (auto _ : state) {
    size_t passed = 0;
    for (const std::vector<uint64_t>& other : bitmaps)
      passed += MayBeSimilar({own_words}, {other}, MostDifferent(2 * kShingles, 0.7)) ? 1 : 0;
    benchmark::DoNotOptimize(passed);
  }
  CountBytes(state, kBitmaps * own_words.size() * sizeof(uint64_t));
  CountItems(state, kBitmaps);
}

// A new record gets ready, and is compared with one candidate whose number of distinct shingles is known, as it is from
// the second time on; `step` is the distance of edits. Bytes are those of the new record's text.
void Verify(benchmark::State& state, size_t step) {
  const WordRecords records = MakeWordRecords(kBatchRecords);
  std::vector<std::vector<uint32_t>> candidates;
  for (const auto& words : records.words) candidates.push_back(Edited(words, step));
  std::vector<uint32_t> distinct(candidates.size());
  Verifier verifier(5);
  for (auto _ : state) {
    for (size_t i = 0; i < candidates.size(); ++i) {
      verifier.Begin(records.words[i]);
      benchmark::DoNotOptimize(verifier.Similarity(candidates[i], 0.7, distinct[i]));
    }
  }
  CountBytes(state, records.text_bytes);
  CountItems(state, candidates.size());
}

// The part of it that is paid once for all candidates.
void VerifyBegin(benchmark::State& state) {
  const WordRecords records = MakeWordRecords(kBatchRecords);
  Verifier verifier(5);
  for (auto _ : state) {
    for (const auto& words : records.words) {
      verifier.Begin(words);
      benchmark::ClobberMemory();
    }
  }
  CountBytes(state, records.text_bytes);
  CountItems(state, records.words.size());
}

BENCHMARK_CAPTURE(Exact, repeats, true)->Name("exact/repeats");
BENCHMARK_CAPTURE(Exact, new, false)->Name("exact/new");
BENCHMARK(LookUp)->Name("bands/look_up")->Arg(20'000)->Arg(500'000);
BENCHMARK(Grow)->Name("bands/insert_and_grow")->Arg(20'000)->Arg(500'000);
BENCHMARK(BitmapFilter)->Name("bitmap_filter");
BENCHMARK(VerifyBegin)->Name("verify/begin");
BENCHMARK_CAPTURE(Verify, near, size_t{60})->Name("verify/near");
BENCHMARK_CAPTURE(Verify, far, size_t{10})->Name("verify/far");

}  // namespace
}  // namespace unecho::bench
