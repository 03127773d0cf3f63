// A decided batch -> the bytes of corpus and provenance.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/batch.h"
#include "data.h"
#include "layouts/cutter.h"
#include "unecho/layouts.h"
#include "write/corpus.h"
#include "write/format.h"
#include "write/provenance.h"

namespace unecho::bench {
namespace {

const std::vector<std::string> kSources = {"dumps/listing_1.jsonl", "dumps/listing_2.jsonl"};

// A segmented batch of which every `keep`-th record is kept and the others are near copies of something before.
Batch Decided(std::string_view layout, std::string_view bytes, size_t keep) {
  Batch batch;
  Load(layout, bytes, batch);
  Segment(*batch.layout, {}, batch);
  batch.source = SourceId{1};
  uint64_t ordinal = 70'000;
  for (Record& record : batch.records) {
    record.ordinal = ++ordinal;
    record.num_words = 190;
    if (ordinal % keep == 0) {
      record.fate = Fate::kKept;
    } else {
      record.fate = ordinal % 3 == 0 ? Fate::kNear : Fate::kExact;
      record.witness = {SourceId{0}, ordinal / 2};
      record.similarity = record.fate == Fate::kExact ? 1 : 0.7 + static_cast<double>(ordinal % 300) / 1000;
    }
  }
  return batch;
}

// Bytes are those of the input; items are lines.
void Provenance(benchmark::State& state, size_t keep) {
  const Batch batch = Decided("jsonl", MakeJsonl(kBatchBytes), keep);
  const SourceNames names(kSources);
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (const Record& record : batch.records) AppendProvenance(names, batch, record, {}, out);
    benchmark::ClobberMemory();
  }
  CountBytes(state, batch.size);
  CountItems(state, batch.records.size());
}

// The whole stage, as the flow runs it: provenance, and the corpus as ranges of the input (jsonl) or as objects (page).
void FormatBatch(benchmark::State& state, std::string_view layout) {
  Batch batch = Decided(layout, layout == "page" ? MakePages(kBatchBytes) : MakeJsonl(kBatchBytes), 1);
  const SourceNames names(kSources);
  PipelineOptions options;
  options.provenance = "provenance.jsonl";
  const Format format(options, names);
  for (auto _ : state) {
    batch.corpus.clear();
    batch.corpus_ranges.clear();
    batch.provenance.clear();
    format(batch);
    benchmark::ClobberMemory();
  }
  CountBytes(state, batch.size);
  CountItems(state, batch.records.size());
}

// One object a record; the id is given: corpus_id/... says what it costs.
void CorpusObjects(benchmark::State& state) {
  const Batch batch = Decided("page", MakePages(kBatchBytes), 1);
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (const Record& record : batch.records) {
      if (record.reason != Reason::kNone) continue;
      AppendCorpusObject(batch, record, "23abad4f1aa2c902cc691fa8cebe644c", "dumps/page_1.txt#70001", {}, out);
    }
    benchmark::ClobberMemory();
  }
  CountBytes(state, batch.size);
  CountItems(state, batch.records.size());
}

BENCHMARK_CAPTURE(Provenance, kept, size_t{1})->Name("provenance/all_kept");
BENCHMARK_CAPTURE(Provenance, removed, size_t{5})->Name("provenance/most_removed");
BENCHMARK(CorpusObjects)->Name("corpus/objects");
BENCHMARK_CAPTURE(FormatBatch, jsonl, "jsonl")->Name("format/jsonl");
BENCHMARK_CAPTURE(FormatBatch, page, "page")->Name("format/page");

}  // namespace
}  // namespace unecho::bench
