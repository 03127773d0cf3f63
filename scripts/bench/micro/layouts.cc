// Bytes -> records: cutting and segmenting, a layout at a time.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "data.h"
#include "unecho/layouts.h"

namespace unecho::bench {
namespace {

std::string Source(std::string_view layout) {
  if (layout == "page") return MakePages(kBatchBytes);
  if (layout == "jsonl") return MakeJsonl(kBatchBytes);
  return MakeText(Language::kEnglish, kBatchBytes);
}

// One batch, over and over: the cutter's answer is made once, the batch is loaded with the clock stopped.
void Segment(benchmark::State& state, std::string_view layout, Language language) {
  const std::string source = language == Language::kEnglish ? Source(layout) : MakeText(language, kBatchBytes);
  LayoutOptions options;
  if (layout == "jsonl") options.match_fields = {"text"};
  Batch batch;
  size_t records = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Load(layout, source, batch);
    state.ResumeTiming();
    batch.layout->segment(options, batch);
    benchmark::ClobberMemory();
    records = batch.records.size();
  }
  CountBytes(state, source.size());
  CountItems(state, records);
}

// The serial half: where may a batch of 256 KiB end?
void Cut(benchmark::State& state, std::string_view layout) {
  const std::string source = Source(layout);
  const Layout& table = GetLayout(*LayoutByName(layout));
  Batch batch;
  for (auto _ : state) {
    batch.Clear();
    const auto cutter = table.make_cutter({});
    benchmark::DoNotOptimize(cutter->Cut(source, 0, false, batch));
  }
  CountBytes(state, source.size());
}

BENCHMARK_CAPTURE(Cut, page, "page")->Name("layouts/page/cut");
BENCHMARK_CAPTURE(Cut, jsonl, "jsonl")->Name("layouts/jsonl/cut");
BENCHMARK_CAPTURE(Cut, text, "text")->Name("layouts/text/cut");
BENCHMARK_CAPTURE(Segment, page, "page", Language::kEnglish)->Name("layouts/page/segment");
BENCHMARK_CAPTURE(Segment, jsonl, "jsonl", Language::kEnglish)->Name("layouts/jsonl/segment");
BENCHMARK_CAPTURE(Segment, lines, "lines", Language::kEnglish)->Name("layouts/lines/segment");
BENCHMARK_CAPTURE(Segment, lines_mixed, "lines", Language::kMixed)->Name("layouts/lines/segment_mixed");
BENCHMARK_CAPTURE(Segment, text, "text", Language::kEnglish)->Name("layouts/text/segment");

}  // namespace
}  // namespace unecho::bench
