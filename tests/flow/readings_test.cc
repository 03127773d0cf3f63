#include "flow/readings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>

namespace unecho::readings_test {
namespace {

Digest DigestOf(const std::string& text, const std::function<size_t()>& next_size) {
  Digest digest;
  for (size_t at = 0; at < text.size();) {
    Batch batch;
    const std::string part = text.substr(at, next_size());
    batch.bytes.assign(part.begin(), part.end());
    batch.bytes.resize(part.size() + Batch::kPaddingBytes);
    batch.size = part.size();
    digest(batch);
    at += part.size();
  }
  return digest;
}

TEST(DigestTest, IsOfTheBytesHoweverTheyAreCut) {
  std::mt19937_64 random(7);
  std::string text(size_t{200} << 10, '\0');
  std::ranges::generate(text, [&random] { return static_cast<char>(random()); });
  const Digest whole = DigestOf(text, [&text] { return text.size(); });
  for (int i = 0; i < 20; ++i) {
    const size_t most = size_t{1} << (4 + i % 14);
    const Digest cut = DigestOf(text, [&] { return 1 + random() % most; });
    EXPECT_EQ(cut.value(), whole.value()) << most;
    EXPECT_TRUE(cut.CheckEqual(whole).ok());
  }
}

TEST(DigestTest, SeesEachByteAndTheEnd) {
  const std::string text(size_t{40} << 10, 'x');
  const auto of = [](const std::string& bytes) { return DigestOf(bytes, [] { return size_t{5000}; }).value(); };
  for (const size_t at : {size_t{0}, size_t{16383}, size_t{16384}, text.size() - 1}) {
    std::string other = text;
    other[at] = 'y';
    EXPECT_NE(of(other), of(text)) << at;
  }
  EXPECT_NE(of(text + 'x'), of(text));
  EXPECT_NE(of(text.substr(1)), of(text));
  EXPECT_NE(of(""), of("x"));
}

}  // namespace
}  // namespace unecho::readings_test
