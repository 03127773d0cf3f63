#include "oracle/word_hashes.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/hash.h"

namespace unecho {
namespace {

constexpr uint64_t kFirst = 0xa0761d6478bd642f, kSecond = 0xe7037ed1a0b428db;

// Both halves of the product, and its factors.
uint64_t Fold(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return a ^ b ^ static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

void AppendShingles(std::span<const uint32_t> words, size_t width, std::vector<uint64_t>& out) {
  if (words.empty()) return;
  const size_t each = std::min(width, words.size());
  for (size_t i = 0; i + each <= words.size(); ++i) {
    const std::span<const uint32_t> shingle = words.subspan(i, each);
    out.push_back(Hash64({reinterpret_cast<const char*>(shingle.data()), shingle.size_bytes()}));
  }
}

}  // namespace

uint64_t PlainWordHash(std::string_view token) {
  constexpr size_t kStep = 16;
  uint64_t hash = kFirst;
  while (true) {
    const bool is_last = token.size() <= kStep;
    uint64_t halves[2] = {0, 0};
    std::memcpy(halves, token.data(), std::min(kStep, token.size()));
    hash = Fold(halves[0] ^ hash, halves[1] ^ kSecond);
    if (is_last) return hash;
    hash += kSecond;
    token.remove_prefix(kStep);
  }
}

std::vector<uint32_t> PlainWordsOf(const ReferenceTokens& record) {
  std::vector<uint32_t> words;
  if (record.is_only_signs) {
    words.push_back(static_cast<uint32_t>(PlainWordHash(ReferenceText(record))));
    return words;
  }
  for (const std::string& token : record.tokens) words.push_back(static_cast<uint32_t>(PlainWordHash(token)));
  if (record.short_form.empty() || words.empty()) return words;
  const uint64_t form = PlainWordHash(record.short_form);
  words[0] ^= static_cast<uint32_t>(form);
  if (words.size() > 1) words[1] ^= static_cast<uint32_t>(form >> 32);
  return words;
}

std::vector<uint32_t> PlainWordsOf(const ReferenceFields& record) {
  std::vector<uint32_t> all(record.size());
  for (size_t field = 0; field < record.size(); ++field) {
    const std::vector<uint32_t> words = PlainWordsOf(record[field]);
    all[field] = static_cast<uint32_t>(words.size());
    all.insert(all.end(), words.begin(), words.end());
  }
  return all;
}

Key128 PlainKeyOf(const ReferenceTokens& record) {
  std::vector<uint64_t> hashes;
  if (record.is_only_signs) {
    hashes.push_back(PlainWordHash(ReferenceText(record)));
  } else {
    for (const std::string& token : record.tokens) hashes.push_back(PlainWordHash(token));
    if (!record.short_form.empty() && !hashes.empty()) hashes.push_back(PlainWordHash(record.short_form));
  }
  return Hash128(hashes.data(), hashes.size() * sizeof(uint64_t));
}

Key128 PlainKeyOf(const ReferenceFields& record) {
  std::vector<Key128> keys;
  for (const ReferenceTokens& field : record) keys.push_back(PlainKeyOf(field));
  return Hash128(keys.data(), keys.size() * sizeof(Key128));
}

std::vector<uint64_t> ShinglesOfWords(std::span<const uint32_t> words, int shingle_tokens, size_t num_fields) {
  const auto width = static_cast<size_t>(shingle_tokens);
  std::vector<uint64_t> shingles;
  if (num_fields == 0) AppendShingles(words, width, shingles);
  size_t at = num_fields;
  for (size_t field = 0; field < num_fields && at <= words.size(); ++field) {
    const size_t first = shingles.size(), count = std::min<size_t>(words[field], words.size() - at);
    AppendShingles(words.subspan(at, count), width, shingles);
    for (size_t i = first; i < shingles.size(); ++i) shingles[i] = (shingles[i] & ~kFieldOfShingle) | field;
    at += count;
  }
  std::ranges::sort(shingles);
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

}  // namespace unecho
