#include "unecho/tokens.h"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "kernels.h"
#include "unicode_words.h"
#include "word_hash.h"

namespace unecho {
namespace {

// Text is tokenised in chunks, so that the scratch stays in L1/L2 however long a record is. A chunk ends at an ASCII
// byte that is no letter or digit: no token and no normalisation crosses that, but for a mark behind it, which belongs
// to the next run and looks back.
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

// The hashes of a Tokenizer, in registers while they are gathered.
struct HashSink {
  std::vector<uint64_t>* hashes;
  uint64_t* data;
  size_t count;

  void Token(const char* bytes, size_t size) { data[count++] = HashBytes(bytes, size); }
  void Solo(uint32_t bytes, size_t) { data[count++] = HashShort(bytes); }
  void Reserve(size_t more) {
    if (hashes->size() < count + more) hashes->resize(2 * (count + more));
    data = hashes->data();
  }
  void TakeBackSolo(size_t) { --count; }
};

// The tokens themselves, one space behind each.
struct TextSink {
  std::string* out;

  void Token(const char* bytes, size_t size) { out->append(bytes, size) += ' '; }
  void Solo(uint32_t bytes, size_t size) { Token(reinterpret_cast<const char*>(&bytes), size); }
  void Reserve(size_t) {}
  void TakeBackSolo(size_t size) { out->resize(out->size() - size - 1); }
};

bool BeginsWithThreeBytes(char ch) { return static_cast<uint8_t>(ch) >= 0xe0; }

std::string_view Run(std::string_view chunk, const std::vector<uint32_t>& edges, size_t i) {
  return chunk.substr(edges[2 * i], edges[2 * i + 1] - edges[2 * i]);
}

}  // namespace

// Behind a pointer: its headers are ICU's business, not that of those who use a Tokenizer.
struct Tokenizer::Unicode {
  UnicodeWords<HashSink> words;
};

Tokenizer::Tokenizer() : unicode_(std::make_unique<Unicode>()) {}
Tokenizer::~Tokenizer() = default;

void Tokenizer::Add(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view chunk = FirstChunk(rest);
    AddChunk(chunk, text);
    rest.remove_prefix(chunk.size());
  }
}

uint64_t* Tokenizer::Room(size_t more) {
  if (hashes_.size() < num_hashes_ + more) hashes_.resize(2 * (num_hashes_ + more));
  return hashes_.data() + num_hashes_;
}

void Tokenizer::AddChunk(std::string_view chunk, std::string_view text) {
  const Kernels& kernels = ActiveKernels();
  if (edges_.size() < chunk.size() + 64) edges_.resize(chunk.size() + 64);
  bool ascii = false;
  const size_t num_words = kernels.find_words(chunk.data(), chunk.size(), edges_.data(), ascii);
  if (ascii) {
    kernels.hash_ascii_words(chunk.data(), edges_.data(), num_words, Room(num_words));
    num_hashes_ += num_words;
    return;
  }
  const auto collect = [&](std::string_view part) {
    HashSink sink = {&hashes_, hashes_.data(), num_hashes_};
    unicode_->words.Collect(text, part, sink);
    num_hashes_ = sink.count;
  };
  for (size_t i = 0; i < num_words; ++i) {
    const size_t hashed = kernels.hash_words(chunk.data(), edges_.data() + 2 * i, num_words - i, UnicodeTable::letters(),
                                             Room(num_words - i));
    num_hashes_ += hashed;
    i += hashed;
    if (i == num_words) break;
    // Words of three bytes a letter follow each other, and then one call is enough for many.
    const size_t first = i;
    while (i + 1 < num_words && BeginsWithThreeBytes(chunk[edges_[2 * i + 2]])) ++i;
    collect(chunk.substr(edges_[2 * first], edges_[2 * i + 1] - edges_[2 * first]));
  }
}

void AppendNormalTokens(std::string_view text, std::string& out) {
  const Kernels& kernels = ActiveKernels();
  thread_local std::vector<uint32_t> edges;
  thread_local UnicodeWords<TextSink> words;
  TextSink sink = {&out};
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view chunk = FirstChunk(rest);
    if (edges.size() < chunk.size() + 64) edges.resize(chunk.size() + 64);
    bool ascii = false;
    const size_t num_words = kernels.find_words(chunk.data(), chunk.size(), edges.data(), ascii);
    for (size_t i = 0; i < num_words; ++i) {
      const std::string_view run = Run(chunk, edges, i);
      if (ascii || std::ranges::all_of(run, [](char c) { return static_cast<uint8_t>(c) < 0x80; })) {
        const size_t at = out.size();
        out.append(run);
        for (size_t k = at; k < out.size(); ++k) out[k] = static_cast<char>(out[k] | 0x20);   // digits have the bit
        out += ' ';
      } else {
        words.Collect(text, run, sink);
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
  return R"({"word":"multiply-fold 64 with its factors, 16 bytes a step, a0761d6478bd642f e7037ed1a0b428db",)"
         R"("exact":"XXH3-128 of the 64-bit word hashes, seed 0",)"
         R"("shingle":"rotate-add of the low 32 bits of the word hashes, 9e3779b1, rotation 13",)"
         R"("sketch_shingle":"rotate-add, rotation 6, 9e3779b1 85ebca77",)"
         R"("id":"XXH3-128 of the tokens joined by single spaces, seed 0, big-endian hex"})";
}

}  // namespace unecho
