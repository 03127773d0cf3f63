// Every instruction set gives the bits of the plain twins below (promise P4).
#include "kernels/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>
#include <string>
#include <vector>

#include "base/hash.h"
#include "kernels/word_hash.h"

namespace unecho::kernels_test {
namespace {

unsigned char ByteAt(const std::string& text, size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// U+00A0, U+00AB, U+00BB, U+2010..U+2016, U+2018..U+2026
size_t PlainPunctuationBytes(const std::string& text, size_t i) {
  const unsigned char a = ByteAt(text, i), b = ByteAt(text, i + 1), c = ByteAt(text, i + 2);
  if (a == 0xc2 && (b == 0xa0 || b == 0xab || b == 0xbb)) return 2;
  if (a == 0xe2 && b == 0x80 && c >= 0x90 && c <= 0xa6 && c != 0x97) return 3;
  return 0;
}

std::vector<uint32_t> PlainEdges(const std::string& text) {
  std::vector<bool> word(text.size() + 1);
  for (size_t i = 0; i < text.size(); ++i) word[i] = std::isalnum(ByteAt(text, i)) || ByteAt(text, i) >= 0x80;
  for (size_t i = 0; i < text.size(); ++i) {
    for (size_t k = 0; k < PlainPunctuationBytes(text, i); ++k) word[i + k] = false;
  }
  std::vector<uint32_t> edges;
  for (size_t i = 0; i <= text.size(); ++i) {
    if ((i > 0 && word[i - 1]) != word[i]) edges.push_back(static_cast<uint32_t>(i));
  }
  return edges;
}

std::string RandomText(std::mt19937& random, size_t size) {
  static const std::vector<std::string> kPalette = {"a",
                                                    "b",
                                                    "c",
                                                    "X",
                                                    "Y",
                                                    "Z",
                                                    "0",
                                                    "1",
                                                    "9",
                                                    " ",
                                                    ",",
                                                    ".",
                                                    "-",
                                                    "\n",
                                                    "@",
                                                    "[",
                                                    "`",
                                                    "{",
                                                    "/",
                                                    ":",
                                                    "\xc3\xa9",
                                                    "\xc3\x89",
                                                    "\xc3\xbf",
                                                    "\xc3\x9f",
                                                    "\xc3\x97",
                                                    "\xd0\xb0",
                                                    "\xd0\x90",
                                                    "\xd0\xaf",
                                                    "\xd1\x8f",
                                                    "\xd9\x8e",
                                                    "\xd9\x91",
                                                    "\xcc\x81",
                                                    "\xc2\xa0",
                                                    "\xc2\xab",
                                                    "\xc2\xb5",
                                                    "\xe2\x80\x99",
                                                    "\xe2\x80\x97",
                                                    "\xe2\x80\xa6",
                                                    "\xe2\x80",
                                                    "\xe6\xbc\xa2",
                                                    "\xff",
                                                    "\x80"};
  // Stretches of one kind, so that there are words of one script.
  std::string text;
  while (text.size() < size) {
    const size_t first = random() % kPalette.size(), kinds = 1 + random() % 4;
    for (size_t k = random() % 24; k > 0; --k) text += kPalette[(first + random() % kinds) % kPalette.size()];
  }
  text.resize(size);
  return text;
}

bool IsAscii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
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
    EXPECT_EQ(ascii, IsAscii(text));
    edges.resize(2 * words);
    ASSERT_EQ(edges, PlainEdges(text)) << size;
  }
}

uint16_t TwoBytes(unsigned code_point) {
  return static_cast<uint16_t>(0xc0 | code_point >> 6 | (0x80 | (code_point & 0x3f)) << 8);
}

// Cyrillic letters, and two Arabic marks.
Letters SomeLetters() {
  Letters letters;
  for (uint16_t c = 0x410; c < 0x450; ++c) {
    const auto folded = static_cast<uint16_t>(c < 0x430 ? c + 0x20 : c);
    letters.of[c] = TwoBytes(folded);
  }
  for (const unsigned mark : {0x64eu, 0x651u}) {
    letters.of[mark] = static_cast<uint16_t>(TwoBytes(mark) | Letters::kMark);
    letters.classes[mark] = mark == 0x64e ? 30 : 33;
  }
  return letters;
}

// What the word folds to if its letters are ASCII, or Latin-1 and ASCII, or all in SomeLetters(); "" otherwise.
std::string PlainFold(const std::string& word, const Letters& letters) {
  std::string folded;
  bool latin = true;
  for (size_t i = 0; i < word.size() && latin; ++i) {
    const unsigned char a = ByteAt(word, i), b = ByteAt(word, i + 1);
    if (a < 0x80) {
      folded += static_cast<char>(a | 0x20);
      continue;
    }
    latin = a == 0xc3 && b >= 0x80 && b <= 0xbf && b != 0x97 && b != 0x9f && b != 0xb7;
    folded += {static_cast<char>(a), static_cast<char>(b | 0x20)};
    ++i;
  }
  if (latin) return folded;
  std::vector<size_t> code_points;
  for (size_t i = 0; i < word.size(); i += 2) {
    const unsigned char a = ByteAt(word, i), b = ByteAt(word, i + 1);
    const size_t c = (a & 0x1fu) << 6 | (b & 0x3fu);
    if (a < 0xc2 || a > 0xdf || b < 0x80 || b > 0xbf || letters.of[c] == 0) return "";
    code_points.push_back(c);
    for (size_t k = code_points.size() - 1; k > 0 && letters.classes[code_points[k]] != 0; --k) {
      if (letters.classes[code_points[k - 1]] <= letters.classes[code_points[k]]) break;
      std::swap(code_points[k - 1], code_points[k]);
    }
  }
  folded.clear();
  for (const size_t c : code_points) {
    const unsigned bytes = letters.of[c] & ~unsigned{Letters::kMark};
    folded += {static_cast<char>(bytes & 0xff), static_cast<char>(bytes >> 8)};
  }
  return folded;
}

TEST_P(EveryKernelSet, HashesWordsAsThePlainTwinAndStopsAtNoAsciiOne) {
  std::mt19937 random(2);
  const Letters letters = SomeLetters();
  size_t num_above_ascii = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string text = RandomText(random, random() % (round % 2 ? 300 : 30));
    const std::string padded = text + std::string(64, 'q');
    const std::vector<uint32_t> edges = PlainEdges(text);
    const size_t words = edges.size() / 2;
    std::vector<uint64_t> hashes(words + 1);
    for (size_t first = 0; first < words; ++first) {
      const size_t stop = first + GetParam()->hash_words(padded.data(), edges.data() + 2 * first, words - first,
                                                         letters, hashes.data() + first);
      ASSERT_LE(stop, words);
      for (; first <= stop && first < words; ++first) {
        const std::string word = text.substr(edges[2 * first], edges[2 * first + 1] - edges[2 * first]);
        if (first == stop) {
          ASSERT_FALSE(IsAscii(word)) << word;
          break;
        }
        const std::string folded = PlainFold(word, letters);
        ASSERT_NE(folded, "") << testing::PrintToString(word);
        ASSERT_EQ(hashes[first], HashBytes((folded + std::string(16, '!')).data(), folded.size()))
            << testing::PrintToString(word);
        num_above_ascii += !IsAscii(word);
      }
    }
    if (!IsAscii(text)) continue;
    std::vector<uint64_t> ascii_hashes(words + 1);
    GetParam()->hash_ascii_words(padded.data(), edges.data(), words, ascii_hashes.data());
    ASSERT_EQ(ascii_hashes, hashes);
  }
  // Plain code, which is what the set "baseline" is where x86-64 is not, leaves them all to unicode_words.h.
#if defined(__x86_64__)
  const bool is_plain = false;
#else
  const bool is_plain = std::string_view(GetParam()->name) == "baseline";
#endif
  EXPECT_TRUE(is_plain || num_above_ascii > 1000) << num_above_ascii;
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

TEST_P(EveryKernelSet, PacksTheSketchesThatAgree) {
  std::mt19937_64 random(6);
  constexpr size_t kSketches = 300;
  std::vector<uint8_t> sketches(kSketches * kSketchBins);
  // Three values: from about a tenth to all bins agree with the first.
  for (size_t i = 0; i < sketches.size(); ++i) {
    const size_t sketch = i / kSketchBins;
    sketches[i] =
        random() % kSketches < sketch && sketch > 0 ? sketches[i % kSketchBins] : static_cast<uint8_t>(random() % 9);
  }
  for (const unsigned min_agreeing : {0u, 1u, 30u, 63u, 64u}) {
    std::vector<uint32_t> ids, want_ids;
    std::vector<uint8_t> want;
    for (size_t k = 0; k < 500; ++k) {
      ids.push_back(static_cast<uint32_t>(random() % kSketches));
      unsigned agreeing = 0;
      for (size_t i = 0; i < kSketchBins; ++i) agreeing += sketches[i] == sketches[ids.back() * kSketchBins + i];
      if (agreeing < min_agreeing) continue;
      want_ids.push_back(ids.back());
      want.push_back(static_cast<uint8_t>(agreeing));
    }
    std::vector<uint8_t> agreeing(ids.size());
    const size_t passed = GetParam()->agreeing_sketches(sketches.data(), sketches.data(), min_agreeing, ids.data(),
                                                        ids.size(), agreeing.data());
    ids.resize(passed);
    agreeing.resize(passed);
    EXPECT_EQ(ids, want_ids);
    EXPECT_EQ(agreeing, want);
  }
}

TEST_P(EveryKernelSet, CountsDifferentBits) {
  std::mt19937_64 random(5);
  for (size_t words = 8; words <= 512; words *= 2) {
    std::vector<uint64_t> a(words), b(words);
    size_t want = 0;
    for (size_t i = 0; i < words; ++i) {
      a[i] = random();
      b[i] = random() & random();
      want += static_cast<size_t>(std::popcount(a[i] ^ b[i]));
    }
    EXPECT_EQ(GetParam()->different_bits(a.data(), b.data(), words), want);
  }
}

TEST_P(EveryKernelSet, FindsCloseBitmaps) {
  std::mt19937_64 random(6);
  constexpr size_t kBitmaps = 40, kWords = 16;
  std::vector<uint64_t> bitmaps(kBitmaps * kWords);
  for (uint64_t& word : bitmaps) word = random() & random() & random();
  std::vector<uint32_t> places, most, want;
  for (uint32_t i = 0; i < 100; ++i) {
    places.push_back(static_cast<uint32_t>(random() % kBitmaps));
    most.push_back(200 + static_cast<uint32_t>(random() % 60));
    uint32_t differ = 0;
    for (size_t k = 0; k < kWords; ++k)
      differ += static_cast<uint32_t>(std::popcount(bitmaps[k] ^ bitmaps[places[i] * kWords + k]));
    if (differ <= most[i]) want.push_back(i);
  }
  std::vector<uint32_t> out(places.size());
  out.resize(
      GetParam()->close_bitmaps(bitmaps.data(), bitmaps.data(), places.data(), most.data(), places.size(), out.data()));
  EXPECT_EQ(out, want);
  EXPECT_GT(want.size(), 10);
  EXPECT_LT(want.size(), 90);
}

TEST_P(EveryKernelSet, HashesBytesAsBaseHashDoes) {
  std::mt19937_64 random(7);
  std::string bytes(5000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  for (const size_t size : {0, 1, 3, 8, 16, 17, 128, 129, 240, 241, 512, 1000, 1024, 1025, 4999}) {
    EXPECT_EQ(GetParam()->hash64(bytes.data(), size), Hash64({bytes.data(), size})) << size;
    for (const uint64_t seed : {uint64_t{0}, uint64_t{1} << 40}) {
      uint64_t key[2];
      GetParam()->hash128(bytes.data(), size, seed, key);
      const Key128 want = Hash128(bytes.data(), size, seed);
      EXPECT_EQ(key[0], want.low) << size;
      EXPECT_EQ(key[1], want.high) << size;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryKernelSet,
                         testing::ValuesIn(AvailableKernels().begin(), AvailableKernels().end()),
                         [](const auto& param) { return std::string(param.param->name); });

}  // namespace
}  // namespace unecho::kernels_test
