// The definition of sameness for records whose fields are compared apart (--match), in plain code.
//
// Each field has its own tokens (reference.h) and its own set of shingles. The shingles of all fields of a record stand
// in one set, each with the place of its field in its low bits: what two such sets have in common is what the fields
// have in common, and of two records that are the same they have as much in common as the lowest threshold at least.
//
// Cost:    not looked at.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_ORACLE_REFERENCE_FIELDS_H_
#define UNECHO_SRC_ORACLE_REFERENCE_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/reference.h"

namespace unecho {

using ReferenceFields = std::vector<ReferenceTokens>;

// The fields of a record; `field_of`: of each piece, the place of the field that it is of; 0 beyond its end.
ReferenceFields ReferenceFieldsOf(std::span<const std::string> pieces, std::span<const uint8_t> field_of,
                                  size_t num_fields, const Comparison& comparison, int shingle_tokens);
size_t NumTokens(const ReferenceFields& record);

// Sorted, distinct; the lowest four bits are the place of the field.
std::vector<uint64_t> ShinglesOfFields(const ReferenceFields& record, int shingle_tokens);
inline constexpr uint64_t kFieldOfShingle = 15;

// In each field. One that neither has is 1, one that only one of them has is 0.
std::vector<double> ReferenceSimilarities(std::span<const uint64_t> a, std::span<const uint64_t> b, size_t num_fields);

// The corpus id: XXH3-128 of the ids of the fields, one behind the other.
std::string IdOf(const ReferenceFields& record);

}  // namespace unecho

#endif  // UNECHO_SRC_ORACLE_REFERENCE_FIELDS_H_
