// Every instruction set gives the bits of the plain twins below (promise P4).
#include "kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>
#include <string>
#include <vector>

namespace unecho {
namespace {

bool IsWordByte(unsigned char c) { return std::isalnum(c) || c >= 0x80; }

std::vector<uint32_t> PlainEdges(const std::string& text) {
  std::vector<uint32_t> edges;
  for (size_t i = 0; i <= text.size(); ++i) {
    const bool before = i > 0 && IsWordByte(static_cast<unsigned char>(text[i - 1]));
    const bool here = i < text.size() && IsWordByte(static_cast<unsigned char>(text[i]));
    if (before != here) edges.push_back(static_cast<uint32_t>(i));
  }
  return edges;
}

std::string RandomText(std::mt19937& random, size_t size) {
  static constexpr std::string_view kPalette = "abcXYZ019 ,.-\n\xc3\xa9@[`{/:";
  std::string text;
  for (size_t i = 0; i < size; ++i) text += random() % 3 ? kPalette[random() % kPalette.size()] : 'w';
  return text;
}

class EveryKernelSet : public testing::TestWithParam<const Kernels*> {};

TEST_P(EveryKernelSet, FindsTheWordsOfThePlainTwin) {
  std::mt19937 random(1);
  for (size_t size = 0; size < 700; ++size) {
    const std::string text = RandomText(random, size);
    const std::string padded = text + std::string(64, 'q');
    std::vector<uint32_t> edges(size + 64);
    bool ascii = false;
    const size_t words = GetParam()->find_words(padded.data(), size, edges.data(), ascii);
    EXPECT_EQ(ascii, std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    edges.resize(2 * words);
    ASSERT_EQ(edges, PlainEdges(text)) << size;
  }
}

TEST_P(EveryKernelSet, HashesWordsAsHashTokenDoesAndListsTheOthers) {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    const std::string text = RandomText(random, random() % (round % 2 ? 300 : 30));
    const std::string padded = text + std::string(64, 'q');
    const std::vector<uint32_t> edges = PlainEdges(text);
    const size_t words = edges.size() / 2;
    std::vector<uint64_t> hashes(words + 1);
    std::vector<uint32_t> unicode(words + 1);
    unicode.resize(GetParam()->hash_words(padded.data(), edges.data(), words, hashes.data(), unicode.data()));
    std::vector<uint32_t> want_unicode;
    for (size_t i = 0; i < words; ++i) {
      std::string word = text.substr(edges[2 * i], edges[2 * i + 1] - edges[2 * i]);
      if (std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        want_unicode.push_back(static_cast<uint32_t>(i));
        continue;
      }
      for (char& c : word) c = static_cast<char>(std::tolower(c));
      const size_t size = word.size();
      word.resize(size + 16, '!');
      ASSERT_EQ(hashes[i], HashToken(word.data(), size)) << word;
    }
    ASSERT_EQ(unicode, want_unicode);
    if (!want_unicode.empty()) continue;
    std::vector<uint64_t> ascii_hashes(words + 1);
    GetParam()->hash_ascii_words(padded.data(), edges.data(), words, ascii_hashes.data());
    hashes[words] = ascii_hashes[words] = 0;
    ASSERT_EQ(ascii_hashes, hashes);
  }
}

TEST_P(EveryKernelSet, GivesTheShinglesOfTheBaselineForEveryWidth) {
  std::mt19937 random(3);
  const Kernels& baseline = *AvailableKernels().front();
  for (size_t w = 1; w <= 64; w = w < 8 ? w + 1 : w * 2) {
    for (const size_t n : {1u, 2u, 4u, 5u, 6u, 17u, 64u, 333u}) {
      std::vector<uint32_t> words(n);
      for (uint32_t& word : words) word = static_cast<uint32_t>(random());
      std::vector<uint32_t> got32(n + 1), want32(n + 1);
      std::vector<uint64_t> got64(n + 1), want64(n + 1);
      const size_t count = n < w ? 1 : n - w + 1;
      EXPECT_EQ(GetParam()->shingles32(words.data(), n, w, got32.data()), count);
      EXPECT_EQ(baseline.shingles32(words.data(), n, w, want32.data()), count);
      EXPECT_EQ(GetParam()->shingles64(words.data(), n, w, got64.data()), count);
      EXPECT_EQ(baseline.shingles64(words.data(), n, w, want64.data()), count);
      EXPECT_EQ(got32, want32);
      EXPECT_EQ(got64, want64);
      EXPECT_EQ(std::ranges::count(std::span(got64).first(count), 0u), 0);
    }
  }
}

// One-permutation minima with true fill, as sketch.h says it.
std::vector<uint32_t> PlainMinima(const std::vector<uint32_t>& shingles, const std::vector<uint32_t>& multipliers) {
  std::vector<uint32_t> bins(kSketchBins, ~0u);
  for (const uint32_t shingle : shingles) {
    uint32_t& bin = bins[shingle / (uint64_t{1} << 32 >> std::bit_width(kSketchBins - 1))];
    bin = std::min(bin, shingle);
  }
  for (size_t i = 0; i < kSketchBins; ++i) {
    if (bins[i] != ~0u) continue;
    uint32_t minimum = ~0u;
    for (const uint32_t shingle : shingles) minimum = std::min(minimum, shingle * multipliers[i]);
    bins[i] = minimum >> 8;
  }
  return bins;
}

TEST_P(EveryKernelSet, GivesTheMinimaOfThePlainTwin) {
  std::mt19937 random(4);
  std::vector<uint32_t> multipliers(kSketchBins);
  for (uint32_t& multiplier : multipliers) multiplier = static_cast<uint32_t>(random()) | 1;
  for (const size_t n : {1u, 2u, 3u, 7u, 20u, 50u, 64u, 100u, 200u, 400u, 5000u}) {
    std::vector<uint32_t> shingles(n);
    for (uint32_t& shingle : shingles) shingle = static_cast<uint32_t>(random());
    std::vector<uint32_t> bins(kSketchBins);
    GetParam()->minima(shingles.data(), n, multipliers.data(), bins.data());
    EXPECT_EQ(bins, PlainMinima(shingles, multipliers)) << n;
  }
}

TEST_P(EveryKernelSet, CountsCommonBits) {
  std::mt19937_64 random(5);
  for (size_t words = 8; words <= 512; words *= 2) {
    std::vector<uint64_t> a(words), b(words);
    size_t want = 0;
    for (size_t i = 0; i < words; ++i) {
      a[i] = random();
      b[i] = random() & random();
      want += static_cast<size_t>(std::popcount(a[i] & b[i]));
    }
    EXPECT_EQ(GetParam()->common_bits(a.data(), b.data(), words), want);
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryKernelSet, testing::ValuesIn(AvailableKernels().begin(), AvailableKernels().end()),
                         [](const auto& param) { return std::string(param.param->name); });

}  // namespace
}  // namespace unecho
