// Text -> word hashes, whole and in its two steps.
#include "match/tokens.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>
#include <vector>

#include "data.h"
#include "kernels/kernels.h"
#include "text/json.h"

namespace unecho::bench {
namespace {

// Record by record (a line of 200 words each), as the flow does it.
void Tokenise(benchmark::State& state, Language language) {
  const PaddedText text(MakeText(language, kBatchBytes));
  Tokenizer tokenizer;
  size_t words = 0;
  for (auto _ : state) {
    words = 0;
    for (size_t at = 0; at < text.view().size();) {
      const size_t end = std::min(text.view().find('\n', at), text.view().size());
      tokenizer.Clear();
      tokenizer.Add(text.view().substr(at, end - at));
      words += tokenizer.hashes().size();
      at = end + 1;
    }
    benchmark::DoNotOptimize(words);
  }
  CountBytes(state, text.view().size());
  CountItems(state, words);
}

struct Words {
  PaddedText text{MakeText(Language::kEnglish, kBatchBytes)};
  std::vector<uint32_t> edges = std::vector<uint32_t>(text.view().size() + 64);
  bool ascii = false;
  size_t count = ActiveKernels().find_words(text.view().data(), text.view().size(), edges.data(), ascii);
};

void FindWords(benchmark::State& state) {
  Words words;
  const std::string_view text = words.text.view();
  for (auto _ : state) {
    benchmark::DoNotOptimize(ActiveKernels().find_words(text.data(), text.size(), words.edges.data(), words.ascii));
  }
  CountBytes(state, words.text.view().size());
  CountItems(state, words.count);
}

void HashWords(benchmark::State& state) {
  const Words words;
  std::vector<uint64_t> hashes(words.count + 1);
  for (auto _ : state) {
    ActiveKernels().hash_ascii_words(words.text.view().data(), words.edges.data(), words.count, hashes.data());
    benchmark::ClobberMemory();
  }
  CountBytes(state, words.text.view().size());
  CountItems(state, words.count);
}

void CorpusId(benchmark::State& state, Language language) {
  const PaddedText text(MakeText(language, kRecordBytes));
  std::string joined;
  for (auto _ : state) {
    joined.clear();
    AppendNormalTokens(text.view(), joined);
    benchmark::DoNotOptimize(TokensId(joined));
  }
  CountBytes(state, text.view().size());
}

void CheckUtf8(benchmark::State& state, Language language) {
  const PaddedText text(MakeText(language, kBatchBytes));
  for (auto _ : state) benchmark::DoNotOptimize(IsValidUtf8(text.view()));
  CountBytes(state, text.view().size());
}

const int kRegistered = [] {
  for (size_t i = 0; i < static_cast<size_t>(Language::kCount); ++i) {
    const auto language = static_cast<Language>(i);
    benchmark::RegisterBenchmark(("tokens/" + std::string(Name(language))).c_str(), Tokenise, language);
  }
  benchmark::RegisterBenchmark("tokens/find_words", FindWords);
  benchmark::RegisterBenchmark("tokens/hash_words", HashWords);
  benchmark::RegisterBenchmark("corpus_id/english", CorpusId, Language::kEnglish);
  benchmark::RegisterBenchmark("corpus_id/mixed", CorpusId, Language::kMixed);
  benchmark::RegisterBenchmark("utf8_check/english", CheckUtf8, Language::kEnglish);
  benchmark::RegisterBenchmark("utf8_check/mixed", CheckUtf8, Language::kMixed);
  return 0;
}();

}  // namespace
}  // namespace unecho::bench
