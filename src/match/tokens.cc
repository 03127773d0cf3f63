#include "match/tokens.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/grow.h"
#include "base/hash.h"
#include "kernels/kernels.h"
#include "kernels/word_hash.h"
#include "match/unicode_words.h"

namespace unecho {
namespace {

// Text is tokenised in chunks, so that the scratch stays in L1/L2 however long a record is.
constexpr size_t kChunkBytes = size_t{16} << 10;

// Whether no token and no normalisation crosses the place before text[at]. That is so before an ASCII separator, but
// for a mark behind it, which belongs to the next run and looks back; and before a code point that is a boundary
// (unicode_table.h) and a separator or a token by itself, whatever malformed bytes are before it: none of them takes in
// the first byte of a sequence.
bool MayCutBefore(std::string_view text, size_t at) {
  const auto first = static_cast<uint8_t>(text[at]);
  if (first < 0x80) return kAsciiFold[first] == 0;
  const int32_t c = NextCodePoint(text.data(), at, text.size());
  if (c < 0) return false;
  const CharInfo info = UnicodeTable::Find(static_cast<uint32_t>(c));
  return info.kind() == CharKind::kSolo || info.kind() == CharKind::kSeparator;
}

std::string_view FirstChunk(std::string_view text) {
  if (text.size() <= kChunkBytes) return text;
  size_t end = kChunkBytes;
  while (end < text.size() && !MayCutBefore(text, end)) ++end;
  return text.substr(0, end);
}

// Calls use(chunk, edges, num_words, ascii) for each chunk of the text.
template <typename Use>
void ForEachChunk(std::string_view text, std::vector<uint32_t>& edges, Use&& use) {
  const Kernels& kernels = ActiveKernels();
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view chunk = FirstChunk(rest);
    if (edges.size() < chunk.size() + 64) edges.resize(chunk.size() + 64);
    bool ascii = false;
    const size_t num_words = kernels.find_words(chunk.data(), chunk.size(), edges.data(), ascii);
    use(chunk, edges.data(), num_words, ascii);
    rest.remove_prefix(chunk.size());
  }
}

// The hashes of a Tokenizer, in registers while they are gathered.
struct HashSink {
  std::vector<uint64_t>* hashes;
  uint64_t* data;
  size_t count;

  void Token(const char* bytes, size_t size) { data[count++] = HashBytes(bytes, size); }
  void Solo(uint32_t bytes, size_t) { data[count++] = HashShort(bytes); }
  void Reserve(size_t more) {
    GrowTo(*hashes, count + more);
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

// An ASCII word in lower case, 16 bytes a step: reads and writes up to 15 bytes behind it. Digits have the bit of lower
// case anyway.
void WriteLower(std::string_view word, char* to) {
  constexpr uint64_t kLower = 0x2020202020202020;
  for (size_t i = 0; i < word.size(); i += 16) {
    std::array<uint64_t, 2> bytes;
    std::memcpy(bytes.data(), word.data() + i, sizeof(bytes));
    for (uint64_t& eight : bytes) eight |= kLower;
    std::memcpy(to + i, bytes.data(), sizeof(bytes));
  }
}

bool BeginsWithThreeBytes(char ch) { return static_cast<uint8_t>(ch) >= 0xe0; }

std::string_view ChunkPart(std::string_view chunk, const uint32_t* edges, size_t first, size_t last) {
  return chunk.substr(edges[2 * first], edges[2 * last + 1] - edges[2 * first]);
}

}  // namespace

// Behind a pointer: its headers are ICU's business, not that of those who use a Tokenizer.
struct Tokenizer::Unicode {
  UnicodeWords<HashSink> words;
};

Tokenizer::Tokenizer() : unicode_(std::make_unique<Unicode>()) {}
Tokenizer::~Tokenizer() = default;

uint64_t* Tokenizer::Room(size_t more) {
  GrowTo(hashes_, num_hashes_ + more);
  return hashes_.data() + num_hashes_;
}

void Tokenizer::Add(std::string_view text) {
  const Kernels& kernels = ActiveKernels();
  ForEachChunk(text, edges_, [&](std::string_view chunk, const uint32_t* edges, size_t num_words, bool ascii) {
    if (ascii) {
      kernels.hash_ascii_words(chunk.data(), edges, num_words, Room(num_words));
      num_hashes_ += num_words;
      return;
    }
    for (size_t i = 0; i < num_words; ++i) {
      const size_t hashed =
          kernels.hash_words(chunk.data(), edges + 2 * i, num_words - i, UnicodeTable::letters(), Room(num_words - i));
      num_hashes_ += hashed;
      i += hashed;
      if (i == num_words) break;
      // Words of three bytes a letter follow each other, and then one call is enough for many.
      const size_t first = i;
      while (i + 1 < num_words && BeginsWithThreeBytes(chunk[edges[2 * i + 2]])) ++i;
      HashSink sink = {&hashes_, hashes_.data(), num_hashes_};
      unicode_->words.Collect(text, ChunkPart(chunk, edges, first, i), sink);
      num_hashes_ = sink.count;
    }
  });
}

void AppendNormalTokens(std::string_view text, std::string& out) {
  thread_local std::vector<uint32_t> scratch;
  thread_local UnicodeWords<TextSink> words;
  TextSink sink = {&out};
  ForEachChunk(text, scratch, [&](std::string_view chunk, const uint32_t* edges, size_t num_words, bool ascii) {
    if (ascii) {
      const size_t before = out.size();
      out.resize(before + chunk.size() + num_words + 16);
      char* to = out.data() + before;
      for (size_t i = 0; i < num_words; ++i) {
        const std::string_view run = ChunkPart(chunk, edges, i, i);
        WriteLower(run, to);
        to += run.size();
        *to++ = ' ';
      }
      out.resize(static_cast<size_t>(to - out.data()));
      return;
    }
    for (size_t i = 0; i < num_words; ++i) {
      const std::string_view run = ChunkPart(chunk, edges, i, i);
      if (!std::ranges::all_of(run, [](char c) { return static_cast<uint8_t>(c) < 0x80; })) {
        words.Collect(text, run, sink);
        continue;
      }
      const size_t before = out.size();
      out.resize(before + run.size() + 16);
      WriteLower(run, out.data() + before);
      out[before + run.size()] = ' ';
      out.resize(before + run.size() + 1);
    }
  });
}

std::string TokensId(std::string_view joined) {
  if (!joined.empty()) joined.remove_suffix(1);  // the space behind the last token
  return Hex(Hash128(joined));
}

std::string_view HashConstantsJson() {
  return R"({"word":"multiply-fold 64 with its factors, 16 bytes a step, a0761d6478bd642f e7037ed1a0b428db",)"
         R"("exact":"XXH3-128 of the 64-bit word hashes, seed 0",)"
         R"("shingle":"rotate-add of the low 32 bits of the word hashes, 9e3779b1, rotation 13",)"
         R"("sketch_shingle":"rotate-add, rotation 6, 9e3779b1 85ebca77",)"
         R"("id":"XXH3-128 of the tokens joined by single spaces, seed 0, big-endian hex"})";
}

}  // namespace unecho
