// Text -> 64-bit word hashes: one per token as docs/design.md defines them (toNFKC_Casefold; maximal runs of letters,
// marks and numbers; each code point of a script written without spaces by itself).
//
// Most words never leave the vector kernels: ASCII, Latin-1 letters among ASCII, scripts of two bytes a letter. Other
// runs go through a table of code points (unicode_words.h), and only where normalisation has something to do with
// neighbours through ICU. All give the hash of the normalised token, so the same token has the same hash whatever way
// it came.
//
// Hash:    64-bit multiply-and-fold of 16 bytes a step (after wyhash, its protected variant), fixed constants. Equal
//          sequences of word hashes count as equal tokens: two different words agree with probability 2^-64, and 2^-32
//          in the shingles, which use the low half. There is no secret in it, as equal input must give equal bytes: who
//          wants a collision can compute one.
// Cost:    scripts/bench prints MB/s for each script and instruction set: of the order of .3 ns a byte for English, 1
//          to 2 for others. No allocation once the scratch has grown. The table fills as code points are first seen.
// Threads: one Tokenizer per thread.
// Failure: none. A malformed sequence of UTF-8 is a token, and so is U+FFFD.
#ifndef UNECHO_SRC_MATCH_TOKENS_H_
#define UNECHO_SRC_MATCH_TOKENS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

class Tokenizer {
 public:
  Tokenizer();
  ~Tokenizer();
  // Forgets the hashes gathered so far.
  void Clear() { num_hashes_ = 0; }
  // Gathers the word hashes of `text`. 64 bytes behind the text must be readable (Batch and TextArena see to that).
  void Add(std::string_view text);
  // In order; valid until the next call.
  std::span<const uint64_t> hashes() const { return {hashes_.data(), num_hashes_}; }

 private:
  uint64_t* Room(size_t more);

  std::vector<uint64_t> hashes_;  // the first num_hashes_ count: growing it fills nothing with zeros
  size_t num_hashes_ = 0;
  std::vector<uint32_t> edges_;
  struct Unicode;
  std::unique_ptr<Unicode> unicode_;
};

// Appends the tokens themselves, normalised, each followed by one space. For the corpus id: only kept records need it.
// As with Tokenizer::Add(), 64 bytes behind the text are readable.
void AppendNormalTokens(std::string_view text, std::string& out);

// Hex digits of XXH3-128 of tokens joined by single spaces; `joined` is what AppendNormalTokens left.
std::string TokensId(std::string_view joined);

// The constants behind every hash of a run, as one JSON object: part of the report.
std::string_view HashConstantsJson();

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_TOKENS_H_
