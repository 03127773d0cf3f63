// The match text of a record -> what it is compared by: the hashes of its tokens, and for a short record of words or
// characters that of its short form (short_form.h).
//
// In the tables a short record stands with the hashes of its tokens, of which the first ones carry the hash of the
// form. So it has as many words as tokens, one shingle, and 64 bits of its own (32, if it has one token).
//
// Cost:    words: as match/tokens.h, and a look at each byte of a short record; others as compared_tokens.h.
// Threads: one object per thread.
// Failure: none. Only a blank record has no tokens: one of signs alone, or of nothing but what is ignored, has its
//          signs as its one token.
#ifndef UNECHO_SRC_MATCH_RECORD_TOKENS_H_
#define UNECHO_SRC_MATCH_RECORD_TOKENS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "match/tokens.h"
#include "unecho/comparison.h"

namespace unecho {

// How records of a run are compared.
struct TokenRules {
  Comparison comparison;
  int shingle_tokens = 5;
};

class RecordTokens {
 public:
  RecordTokens();
  ~RecordTokens();

  // 64 bytes behind each piece must be readable.
  void Read(const TokenRules& rules, std::span<const std::string_view> pieces);

  // What was read; valid until the next Read().
  std::span<const uint64_t> hashes() const { return hashes_; }
  bool IsOnlySigns() const { return is_only_signs_; }  // its one hash is of no token
  Key128 Key(uint64_t seed = 0) const;
  // The low halves of the hashes, with the form: what shingles are made of.
  void WriteWords(uint32_t* words) const;

  // The corpus id of a record, without Read(): its tokens or its form are written out for it.
  std::string Id(const TokenRules& rules, std::span<const std::string_view> pieces);

 private:
  struct General;  // headers of ICU are not the business of those who use this

  void HashForm(const TokenRules& rules, std::span<const std::string_view> pieces);
  // What a short record is compared by in place of its tokens; empty if the tokens say it all.
  std::string FormOf(const TokenRules& rules, std::span<const std::string_view> pieces, bool has_tokens);

  Tokenizer tokenizer_;
  std::unique_ptr<General> general_;
  std::span<const uint64_t> hashes_;
  uint64_t form_hash_ = 0;  // 0: none
  bool is_only_signs_ = false;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_RECORD_TOKENS_H_
