// The cleaning rules, one by one and together: nanoseconds a byte of text are 1000 / (MB/s).
//
// In: 4,000 made-up English texts of 1,500 bytes; or, for figures on real text, the lines of the file that
//     UNECHO_BENCH_LINES
// names. Each benchmark goes through all of them; rules that reject nothing do all of their work.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "clean/cleaner.h"
#include "clean/language.h"
#include "clean/pii.h"
#include "clean/quality.h"
#include "clean/repair.h"
#include "clean/repetition.h"
#include "clean/shape.h"
#include "data.h"
#include "layouts/html_text.h"

namespace unecho::bench {
namespace {

constexpr size_t kTexts = 4000, kMaxLines = 20'000;

struct Texts {
  TextArena arena;  // pads each text
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
      for (size_t i = 0; i < kTexts; ++i) made->Add(MakeText(Language::kEnglish, kRecordBytes, i + 1));
    }
    return made;
  }();
  return texts;
}

template <typename Function>
void ForEachText(benchmark::State& state, Function function) {
  const Texts& texts = AllTexts();
  for (auto _ : state) {
    for (const std::string_view text : texts.all) function(text);
  }
  CountBytes(state, texts.bytes);
  CountItems(state, texts.all.size());
}

void Shape(benchmark::State& state) {
  clean::Shape shape;
  ForEachText(state, [&](std::string_view text) {
    shape.Read(text);
    benchmark::DoNotOptimize(shape.num_words());
  });
}
BENCHMARK(Shape)->Name("clean/lines_and_words");

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
BENCHMARK(Repetition)->Name("clean/words_and_repetition");

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
BENCHMARK_CAPTURE(Quality, all, "gopher,c4,fineweb")->Name("clean/gopher_c4_fineweb");

void Repair(benchmark::State& state, Rewrite rule) {
  std::string out;
  ForEachText(state, [&](std::string_view text) { benchmark::DoNotOptimize(clean::Repair(rule, text, out)); });
}
BENCHMARK_CAPTURE(Repair, html_entities, Rewrite::kHtmlEntities)->Name("clean/repair/html_entities");
BENCHMARK_CAPTURE(Repair, mojibake, Rewrite::kMojibake)->Name("clean/repair/mojibake");
BENCHMARK_CAPTURE(Repair, control_characters, Rewrite::kControlCharacters)->Name("clean/repair/control_characters");
BENCHMARK_CAPTURE(Repair, soft_hyphens, Rewrite::kSoftHyphens)->Name("clean/repair/soft_hyphens");
BENCHMARK_CAPTURE(Repair, hard_wrapped, Rewrite::kHardWrapped)->Name("clean/repair/hard_wrapped");
BENCHMARK_CAPTURE(Repair, nfc, Rewrite::kNfc)->Name("clean/repair/nfc");

void Pii(benchmark::State& state) {
  std::vector<clean::PiiPlace> places;
  ForEachText(state, [&](std::string_view text) {
    clean::FindPii(text, places);
    benchmark::DoNotOptimize(places.size());
  });
}
BENCHMARK(Pii)->Name("clean/pii");

// A page of the web: text in paragraphs, with a script, a menu and entities around it.
void HtmlToText(benchmark::State& state) {
  std::vector<std::string> pages;
  for (const std::string_view text : AllTexts().all) {
    std::string page =
        "<!DOCTYPE html><html><head><title>A page</title><script>var a = 1 < 2;</script></head><body><nav><a "
        "href=\"/\">Home</a></nav>";
    for (size_t at = 0; at < text.size(); at += 300)
      page += "<p class=\"p\">" + std::string(text.substr(at, 300)) + " &amp; <b>more</b></p>\n";
    pages.push_back(page + "</body></html>");
  }
  size_t bytes = 0;
  for (const std::string& page : pages) bytes += page.size();
  std::string title, body;
  for (auto _ : state) {
    for (const std::string& page : pages) benchmark::DoNotOptimize(ReadHtml(page, title, body));
  }
  CountBytes(state, bytes);
  CountItems(state, pages.size());
}
BENCHMARK(HtmlToText)->Name("clean/html_to_text");

void DetectLanguages(benchmark::State& state) {
  ForEachText(state, [&](std::string_view text) { benchmark::DoNotOptimize(clean::DetectLanguage(text, 40)); });
}
BENCHMARK(DetectLanguages)->Name("clean/language");

}  // namespace
}  // namespace unecho::bench
