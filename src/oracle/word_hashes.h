// The words of a record as an index on disk has them, in plain code: so what a run has removed for a record of an
// earlier one can be compared with it without that one's inputs.
//
// A word is the low half of the 64-bit hash of a token: 16 bytes a step, multiplied and folded (after wyhash), the last
// of them padded with zeros. Of a short record that has a short form, the hash of that is added to the first two words.
// A shingle is a hash of its words.
//
// Cost:    not looked at.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_ORACLE_WORD_HASHES_H_
#define UNECHO_SRC_ORACLE_WORD_HASHES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "oracle/reference.h"
#include "oracle/reference_fields.h"

namespace unecho {

uint64_t PlainWordHash(std::string_view token);

std::vector<uint32_t> PlainWordsOf(const ReferenceTokens& record);
// With --match: how many words each field has, then those of all fields.
std::vector<uint32_t> PlainWordsOf(const ReferenceFields& record);

// Sorted, distinct. `num_fields`: of --match, else 0; the lowest four bits are the field then, as ShinglesOfFields()
// has it.
std::vector<uint64_t> ShinglesOfWords(std::span<const uint32_t> words, int shingle_tokens, size_t num_fields);

// Equal keys: equal tokens. XXH3-128 of the hashes of the tokens, and of the short form's; with --match, of the keys of
// the fields.
Key128 PlainKeyOf(const ReferenceTokens& record);
Key128 PlainKeyOf(const ReferenceFields& record);

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_WORD_HASHES_H_
