// Section 2 of the design in plain code: the definition of sameness, written to be read, not to be fast.
//
// The oracle (`exact_join`) and the auditor (`audit`) stand on this and share nothing else with the flow, so that an
// error in the fast path cannot hide itself. Tokens come from ICU alone: toNFKC_Casefold of the whole text, then its
// code points by general category and script. Shingles are XXH3-64 of the joined tokens.
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

namespace unecho {

// The normative tokens of one piece of match text, in UTF-8, in order. Appends to `out`.
void AppendReferenceTokens(std::string_view text, std::vector<std::string>& out);

// The set of shingles of w consecutive tokens (one of all tokens if there are fewer than w): sorted, distinct, 64-bit.
std::vector<uint64_t> ReferenceShingles(std::span<const std::string> tokens, int shingle_tokens);

// |A n B| / |A u B| of two sorted sets; 0 if both are empty.
double ReferenceSimilarity(std::span<const uint64_t> a, std::span<const uint64_t> b);

// The corpus id: XXH3-128 (seed 0) of the tokens joined by single spaces, as 32 lower-case hex digits.
std::string ReferenceId(std::span<const std::string> tokens);

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_REFERENCE_H_
