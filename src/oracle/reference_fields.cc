#include "oracle/reference_fields.h"

#include <algorithm>

#include "base/hash.h"

namespace unecho {

ReferenceFields ReferenceFieldsOf(std::span<const std::string> pieces, std::span<const uint8_t> field_of,
                                  size_t num_fields, const Comparison& comparison, int shingle_tokens) {
  ReferenceFields record;
  for (size_t field = 0; field < num_fields; ++field) {
    std::vector<std::string> own;
    for (size_t i = 0; i < pieces.size(); ++i) {
      const size_t of_piece = i < field_of.size() ? field_of[i] : 0;
      if (of_piece == field && !pieces[i].empty()) own.push_back(pieces[i]);
    }
    record.push_back(ReferenceTokensOf(own, comparison, shingle_tokens));
  }
  return record;
}

size_t NumTokens(const ReferenceFields& record) {
  size_t count = 0;
  for (const ReferenceTokens& field : record) count += field.tokens.size();
  return count;
}

std::vector<uint64_t> ShinglesOfFields(const ReferenceFields& record, int shingle_tokens) {
  std::vector<uint64_t> all;
  for (size_t field = 0; field < record.size(); ++field) {
    for (const uint64_t shingle : ShinglesOf(record[field], shingle_tokens))
      all.push_back((shingle & ~kFieldOfShingle) | field);
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<double> ReferenceSimilarities(std::span<const uint64_t> a, std::span<const uint64_t> b, size_t num_fields) {
  std::vector<size_t> of_a(num_fields), of_b(num_fields), common(num_fields);
  for (const uint64_t shingle : a) ++of_a[shingle & kFieldOfShingle];
  for (const uint64_t shingle : b) ++of_b[shingle & kFieldOfShingle];
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common[a[i] & kFieldOfShingle], ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  std::vector<double> similarities;
  for (size_t field = 0; field < num_fields; ++field) {
    const size_t together = of_a[field] + of_b[field] - common[field];
    similarities.push_back(together == 0 ? 1 : static_cast<double>(common[field]) / static_cast<double>(together));
  }
  return similarities;
}

std::string IdOf(const ReferenceFields& record) {
  std::string ids;
  for (const ReferenceTokens& field : record) ids += IdOf(field);
  return Hex(Hash128(ids));
}

}  // namespace unecho
