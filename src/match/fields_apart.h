// The words of a record whose fields are compared apart (--match): first the number of words of each field, then the
// words of all of them, field by field. So what passes words on need not know of fields.
//
// Cost:    an addition a field. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_MATCH_FIELDS_APART_H_
#define UNECHO_SRC_MATCH_FIELDS_APART_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace unecho {

// visit(field, its words) for each field, in order; a field that the record does not have has none.
template <typename Visit>
void ForEachFieldApart(std::span<const uint32_t> words, size_t num_fields, Visit&& visit) {
  size_t at = num_fields;
  for (size_t field = 0; field < num_fields; ++field) {
    visit(field, words.subspan(at, words[field]));
    at += words[field];
  }
}

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_FIELDS_APART_H_
