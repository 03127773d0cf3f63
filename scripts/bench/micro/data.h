// Inputs of the microbenchmarks: made up, and the same bytes on every machine.
#ifndef UNECHO_BENCH_MICRO_DATA_H_
#define UNECHO_BENCH_MICRO_DATA_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"

namespace unecho::bench {

// splitmix64: no distribution of the standard library gives the same numbers everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t operator()() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  size_t Below(size_t n) { return static_cast<size_t>(((*this)() >> 32) * n >> 32); }

 private:
  uint64_t state_;
};

// Running text: words by a Zipf-like law, letters, lengths, punctuation and numbers about as in the language.
enum class Language : uint8_t {
  kEnglish,           // ASCII only
  kFrench,            // composed: one word in five has a letter above ASCII
  kFrenchDecomposed,  // the same with combining accents: the worst case, every such word goes to the library
  kRussian,
  kChinese,
  kJapanese,
  kArabic,
  kThai,
  kMixed,  // paragraphs of all of these, half of them English
  kCount
};
std::string_view Name(Language language);

// Text with 64 readable bytes behind it, as the tokeniser wants it.
class PaddedText {
 public:
  explicit PaddedText(std::string text) : bytes_(std::move(text)), size_(bytes_.size()) { bytes_.append(64, '\0'); }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::string bytes_;
  size_t size_;
};
std::string MakeText(Language language, size_t bytes, uint64_t seed = 1);

// English in records of 120 to 280 words, each once as words (32-bit hashes, from the real tokeniser).
struct WordRecords {
  std::vector<std::vector<uint32_t>> words;
  size_t text_bytes = 0;
};
WordRecords MakeWordRecords(size_t count, uint64_t seed = 1);
// A copy in which every `step`-th word is another one.
std::vector<uint32_t> Edited(const std::vector<uint32_t>& words, size_t step);

// Files of about `bytes`, of whole records.
std::string MakeJsonl(size_t bytes);
std::string MakePages(size_t bytes);

inline constexpr size_t kBatchBytes = size_t{256} << 10;  // as the flow has them
inline constexpr size_t kRecordBytes = 1500;

// Fills `batch` with a whole source, as the reader does.
void Load(std::string_view layout, std::string_view bytes, Batch& batch);

// Reports bytes_per_second of `bytes` an iteration.
inline void CountBytes(benchmark::State& state, size_t bytes) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(bytes));
}
inline void CountItems(benchmark::State& state, size_t items) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(items));
}

}  // namespace unecho::bench

#endif  // UNECHO_BENCH_MICRO_DATA_H_
