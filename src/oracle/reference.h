// Section 2 of the design in plain code: the definition of sameness, written to be read, not to be fast.
//
// The oracle (`exact_join`) and the auditor (`audit`) stand on this and share nothing else with the flow, so that an
// error in the fast path cannot hide itself; only what is markup is asked of the same text/markup.h. Tokens come from
// ICU alone: toNFKC_Casefold of the whole text, then its code points by general category and script. Shingles are
// XXH3-64 of the joined tokens.
//
// Cost:    not looked at.
// Threads: functions without state.
// Failure: none. A malformed sequence of UTF-8 is a token, and so is U+FFFD.
#ifndef UNECHO_SRC_ORACLE_REFERENCE_H_
#define UNECHO_SRC_ORACLE_REFERENCE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unecho/comparison.h"

namespace unecho {

// What a record is compared by.
struct ReferenceTokens {
  std::vector<std::string> tokens;  // in UTF-8, in order; none of a blank record
  // Of a short record with symbols: what it is compared by in place of its tokens. Else empty.
  std::string short_form;
  bool is_only_signs = false;  // the one token is none: all signs of a record that has no other

  friend bool operator==(const ReferenceTokens&, const ReferenceTokens&) = default;
};

// The normative tokens of a record with these pieces of match text.
ReferenceTokens ReferenceTokensOf(std::span<const std::string_view> pieces, const Comparison& comparison,
                                  int shingle_tokens);
ReferenceTokens ReferenceTokensOf(std::span<const std::string> pieces, const Comparison& comparison,
                                  int shingle_tokens);
// The tokens of one piece, whatever its length. Appends to `out`.
void AppendReferenceTokens(std::string_view text, std::vector<std::string>& out, const Comparison& comparison = {});

// The short form, or the tokens joined by single spaces.
std::string ReferenceText(const ReferenceTokens& record);

// The set of shingles of w consecutive tokens (one of all tokens if there are fewer than w): sorted, distinct, 64-bit.
std::vector<uint64_t> ReferenceShingles(std::span<const std::string> tokens, int shingle_tokens);
// That of a record: a short form is one shingle.
std::vector<uint64_t> ShinglesOf(const ReferenceTokens& record, int shingle_tokens);

// --ignore-common: of the shingles of many records, each set after the other, those that stand there more than
// `more_than` times: sorted.
std::vector<uint64_t> CommonShinglesOf(std::vector<uint64_t> all, uint64_t more_than);
// A sorted set without them; all of it, if nothing would be left.
std::vector<uint64_t> WithoutCommon(const std::vector<uint64_t>& set, std::span<const uint64_t> common);

// |A n B| / |A u B| of two sorted sets; 0 if both are empty.
double ReferenceSimilarity(std::span<const uint64_t> a, std::span<const uint64_t> b);

// The corpus id: XXH3-128 (seed 0) of ReferenceText(), as 32 lower-case hex digits.
std::string IdOf(const ReferenceTokens& record);
std::string ReferenceId(std::span<const std::string> tokens);

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_REFERENCE_H_
