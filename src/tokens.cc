#include "unecho/tokens.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kernels.h"
#include "unicode_words.h"

namespace unecho {
namespace {

// Text is tokenised in chunks, so that the scratch stays in L1/L2 however long a record is. A chunk ends at an ASCII byte
// that is no letter or digit: no token and no normalisation crosses that, but for a mark behind it, which belongs to the next
// run and looks back.
constexpr size_t kChunkBytes = size_t{16} << 10;

bool IsAsciiSeparator(char ch) {
  const auto c = static_cast<uint8_t>(ch);
  return c < 0x80 && static_cast<uint8_t>((c | 0x20) - 'a') > 25 && static_cast<uint8_t>(c - '0') > 9;
}

std::string_view FirstChunk(std::string_view text) {
  if (text.size() <= kChunkBytes) return text;
  size_t end = kChunkBytes;
  while (end < text.size() && !IsAsciiSeparator(text[end])) ++end;
  return text.substr(0, end);
}

}  // namespace

void Tokenizer::AppendWordHashes(std::string_view text, std::vector<uint64_t>& out) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view chunk = FirstChunk(rest);
    AppendChunk(chunk, text, out);
    rest.remove_prefix(chunk.size());
  }
}

void Tokenizer::AppendChunk(std::string_view chunk, std::string_view text, std::vector<uint64_t>& out) {
  const Kernels& kernels = ActiveKernels();
  if (edges_.size() < chunk.size() + 64) {
    edges_.resize(chunk.size() + 64);
    unicode_.resize(chunk.size() / 2 + 64);
    hashes_.resize(chunk.size() / 2 + 64);
  }
  const size_t num_words = kernels.find_words(chunk.data(), chunk.size(), edges_.data());
  const size_t num_unicode = kernels.hash_words(chunk.data(), edges_.data(), num_words, hashes_.data(), unicode_.data());
  const auto hash = [&](size_t i) { return hashes_.begin() + static_cast<std::ptrdiff_t>(i); };
  size_t done = 0;
  if (num_unicode > 0) {
    TokenCollector tokens([&out](const char* token, size_t size) { out.push_back(HashToken(token, size)); });
    for (size_t u = 0; u < num_unicode; ++u) {
      const size_t word = unicode_[u];
      out.insert(out.end(), hash(done), hash(word));
      const std::string_view run = chunk.substr(edges_[2 * word], edges_[2 * word + 1] - edges_[2 * word]);
      CollectUnicodeRun(text, run, tokens);
      tokens.Flush();
      done = word + 1;
    }
  }
  out.insert(out.end(), hash(done), hash(num_words));
}

void AppendNormalTokens(std::string_view text, std::string& out) {
  const Kernels& kernels = ActiveKernels();
  thread_local std::vector<uint32_t> edges;
  TokenCollector tokens([&out](const char* token, size_t size) { out.append(token, size) += ' '; });
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view chunk = FirstChunk(rest);
    if (edges.size() < chunk.size() + 64) edges.resize(chunk.size() + 64);
    const size_t num_words = kernels.find_words(chunk.data(), chunk.size(), edges.data());
    for (size_t i = 0; i < num_words; ++i) {
      const std::string_view run = chunk.substr(edges[2 * i], edges[2 * i + 1] - edges[2 * i]);
      if (std::ranges::all_of(run, [](char c) { return static_cast<uint8_t>(c) < 0x80; })) {
        const size_t at = out.size();
        out.append(run);
        for (size_t k = at; k < out.size(); ++k) out[k] = static_cast<char>(out[k] | 0x20);   // digits have the bit
        out += ' ';
      } else {
        CollectUnicodeRun(text, run, tokens);
        tokens.Flush();
      }
    }
    rest.remove_prefix(chunk.size());
  }
}

std::string TokensId(std::string_view joined) {
  if (!joined.empty()) joined.remove_suffix(1);   // the space behind the last token
  const XXH128_hash_t hash = XXH3_128bits(joined.data(), joined.size());
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  std::string hex;
  hex.reserve(32);
  for (const unsigned char byte : canonical.digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

std::string_view HashConstantsJson() {
  return R"({"word":"multiply-fold 64, 16 bytes a step, a0761d6478bd642f e7037ed1a0b428db",)"
         R"("exact":"XXH3-128 of the 64-bit word hashes, seed 0",)"
         R"("shingle":"rotate-add of the low 32 bits of the word hashes, 9e3779b1, rotation 13",)"
         R"("sketch_shingle":"rotate-add, rotation 6, 9e3779b1 85ebca77",)"
         R"("id":"XXH3-128 of the tokens joined by single spaces, seed 0, big-endian hex"})";
}

}  // namespace unecho
