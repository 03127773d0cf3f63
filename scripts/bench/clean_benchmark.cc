// The cleaning rules, one by one and together: nanoseconds a byte of text are 1000 / (MB/s).
//
// In: English-like texts of about 1,300 bytes, generated: frequent words by Zipf's law between rare ones, commas, sentences, some
// numbers; or, for figures on real text, the lines of the file that UNECHO_BENCH_LINES names. Each benchmark goes through all of
// them; rules that reject nothing do all of their work.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "clean/language.h"
#include "clean/pii.h"
#include "clean/quality.h"
#include "clean/repair.h"
#include "clean/repetition.h"
#include "clean/shape.h"
#include "unecho/clean.h"

namespace unecho::bench {
namespace {

constexpr size_t kTexts = 4000, kMaxLines = 20'000;
constexpr size_t kWordsPerText = 200;

constexpr std::array<std::string_view, 32> kFrequent = {
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "we", "this", "with", "on", "as", "are", "by",
    "be", "from", "which", "an", "our", "can", "it", "at", "not", "have", "these", "or", "has", "model", "data", "results"};

std::string RareWord(std::mt19937& random) {
  constexpr std::string_view kVowels = "aeiou", kConsonants = "bcdfglmnprstv";
  std::string word;
  const size_t syllables = 2 + random() % 3;
  for (size_t i = 0; i < syllables; ++i) {
    word += kConsonants[random() % kConsonants.size()];
    word += kVowels[random() % kVowels.size()];
    if (random() % 3 == 0) word += kConsonants[random() % kConsonants.size()];
  }
  return word;
}

std::string MakeText(std::mt19937& random) {
  std::vector<std::string> topic;
  for (size_t i = 0; i < 40; ++i) topic.push_back(RareWord(random));
  std::string text;
  size_t in_sentence = 0;
  for (size_t i = 0; i < kWordsPerText; ++i) {
    const auto pick = random() % 100;
    std::string word = pick < 42   ? std::string(kFrequent[random() % (1 + random() % kFrequent.size())])
                       : pick < 70 ? topic[random() % topic.size()]
                       : pick < 98 ? RareWord(random)
                                   : std::to_string(random() % 3000);
    if (in_sentence == 0 && word[0] >= 'a') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    text += word;
    ++in_sentence;
    const bool ends = i + 1 == kWordsPerText || in_sentence > 14 + random() % 16;
    if (ends) text += '.', in_sentence = 0;
    else if (random() % 14 == 0) text += ',';
    if (i + 1 < kWordsPerText) text += ' ';
  }
  return text;
}

struct Texts {
  TextArena arena;                     // pads each text
  std::vector<std::string_view> all;
  size_t bytes = 0;
  void Add(std::string_view text) {
    all.push_back(arena.Copy(text));
    bytes += text.size();
  }
};

const Texts& AllTexts() {
  static const Texts& texts = *[] {
    auto* made = new Texts;
    if (const char* path = std::getenv("UNECHO_BENCH_LINES")) {
      std::ifstream file(path);
      for (std::string line; made->all.size() < kMaxLines && std::getline(file, line);) made->Add(line);
    } else {
      std::mt19937 random(1);
      for (size_t i = 0; i < kTexts; ++i) made->Add(MakeText(random));
    }
    return made;
  }();
  return texts;
}

void Count(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * AllTexts().bytes));
}

template <typename Function>
void ForEachText(benchmark::State& state, Function function) {
  const Texts& texts = AllTexts();
  for (auto _ : state) {
    for (const std::string_view text : texts.all) function(text);
  }
  Count(state);
}

void Shape(benchmark::State& state) {
  clean::Shape shape;
  ForEachText(state, [&](std::string_view text) {
    shape.Read(text);
    benchmark::DoNotOptimize(shape.num_words());
  });
}
BENCHMARK(Shape)->Name("clean/lines and words");

void Repetition(benchmark::State& state) {
  clean::Shape shape;
  clean::Repetition repetition;
  ForEachText(state, [&](std::string_view text) {
    shape.Read(text);
    repetition.Begin(shape.hashes(), shape.lengths());
    uint64_t chars = 0;
    chars += repetition.TopChars();
    for (size_t n = 3; n <= 4; ++n) repetition.NextLevel(), chars += repetition.TopChars();
    for (size_t n = 5; n <= 10; ++n) repetition.NextLevel(), chars += repetition.DuplicateChars();
    benchmark::DoNotOptimize(chars);
  });
}
BENCHMARK(Repetition)->Name("clean/lines and words, repetition");

// A set, all its rules off so that none ends the work; the shape included.
void Quality(benchmark::State& state, const char* sets) {
  CleanOptions options;
  if (!ParseQuality(sets, options).ok()) return state.SkipWithError("no such set");
  options.off.fill(true);
  options.c4.filter_no_terminal_punct = false;
  const Cleaner cleaner(options);
  TextArena arena;
  RewriteCounts counts;
  ForEachText(state, [&](std::string_view text) {
    arena.Clear();
    std::array<std::string_view, 1> pieces = {text};
    Cleaner::Text record{pieces, 0, true};
    benchmark::DoNotOptimize(cleaner.Clean(record, arena, counts).reason);
  });
}
BENCHMARK_CAPTURE(Quality, gopher, "gopher")->Name("clean/gopher");
BENCHMARK_CAPTURE(Quality, c4, "c4")->Name("clean/c4");
BENCHMARK_CAPTURE(Quality, fineweb, "fineweb")->Name("clean/fineweb");
BENCHMARK_CAPTURE(Quality, all, "gopher,c4,fineweb")->Name("clean/gopher, c4, fineweb");

void Repair(benchmark::State& state, Rewrite rule) {
  std::string out;
  ForEachText(state, [&](std::string_view text) { benchmark::DoNotOptimize(clean::Repair(rule, text, out)); });
}
BENCHMARK_CAPTURE(Repair, html_entities, Rewrite::kHtmlEntities)->Name("clean/repair html_entities");
BENCHMARK_CAPTURE(Repair, mojibake, Rewrite::kMojibake)->Name("clean/repair mojibake");
BENCHMARK_CAPTURE(Repair, control_characters, Rewrite::kControlCharacters)->Name("clean/repair control_characters");
BENCHMARK_CAPTURE(Repair, soft_hyphens, Rewrite::kSoftHyphens)->Name("clean/repair soft_hyphens");
BENCHMARK_CAPTURE(Repair, hard_wrapped, Rewrite::kHardWrapped)->Name("clean/repair hard_wrapped");
BENCHMARK_CAPTURE(Repair, nfc, Rewrite::kNfc)->Name("clean/repair nfc");

void Pii(benchmark::State& state) {
  std::vector<clean::PiiPlace> places;
  ForEachText(state, [&](std::string_view text) {
    clean::FindPii(text, places);
    benchmark::DoNotOptimize(places.size());
  });
}
BENCHMARK(Pii)->Name("clean/personal data");

void Language(benchmark::State& state) {
  ForEachText(state, [&](std::string_view text) { benchmark::DoNotOptimize(clean::DetectLanguage(text, 40)); });
}
BENCHMARK(Language)->Name("clean/language");

}  // namespace
}  // namespace unecho::bench
