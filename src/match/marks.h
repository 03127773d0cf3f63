// The marks of a record: hashes of what its fields say beside its text (--key, --differ, --within).
//
// A row of 64-bit words, 0 where a record has no such value:
//
//   two for its tokens | two for each key | one for each field of --differ | one for the field of --within
//
// The value of --within is part of each key, so that no key is equal across groups.
//
// A list says all of its values, in their order; a value that stands where nobody knows one (field_value.h) is none.
//
// Cost:    a look at the names of a record's fields for each that is asked for, and a hash of each value.
// Threads: const and stateless; share one object between threads.
// Failure: none. Values that differ have equal marks with a probability of 2^-128 (keys) or 2^-64.
#ifndef UNECHO_SRC_MATCH_MARKS_H_
#define UNECHO_SRC_MATCH_MARKS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash.h"
#include "options/sameness.h"

namespace unecho {

using MarkRow = std::span<const uint64_t>;

// Where in a row what stands.
struct MarkPlaces {
  MarkPlaces() = default;
  explicit MarkPlaces(const Sameness& sameness)
      : keys(sameness.keys.size()),
        first_differ(2 + 2 * keys),
        within(first_differ + sameness.differ.size()),
        width(sameness.any() ? within + 1 : 0) {}

  size_t keys = 0;  // how many
  size_t first_differ = 2, within = 2;
  size_t width = 0;  // 0: nothing is asked for

  static Key128 Key(MarkRow row, size_t key) { return {row[2 + 2 * key], row[3 + 2 * key]}; }
  static bool HasKey(MarkRow row, size_t key) { return row[2 + 2 * key] != 0; }
  static bool IsKeyEqual(MarkRow a, MarkRow b, size_t key) {
    return HasKey(a, key) && a[2 + 2 * key] == b[2 + 2 * key] && a[3 + 2 * key] == b[3 + 2 * key];
  }
  // The first of `keys` that it has, from 1; 0: none.
  static uint8_t FirstKey(MarkRow row, size_t keys) {
    for (size_t key = 0; key < keys; ++key) {
      if (HasKey(row, key)) return static_cast<uint8_t>(key + 1);
    }
    return 0;
  }
  // The first key that both have, from 1; 0: none.
  uint8_t FirstEqualKey(MarkRow a, MarkRow b) const {
    for (size_t key = 0; key < keys; ++key) {
      if (IsKeyEqual(a, b, key)) return static_cast<uint8_t>(key + 1);
    }
    return 0;
  }
  // Something says that the two are not the same, whatever their keys and texts.
  bool AreApart(MarkRow a, MarkRow b) const {
    if (a[within] != b[within]) return true;
    for (size_t at = first_differ; at < within; ++at) {
      if (a[at] != b[at] && a[at] != 0 && b[at] != 0) return true;
    }
    return false;
  }
};

// The part of the stage `prepare` that makes them, behind the tokens: Batch::marks, fields_found and placeholders, and
// of each record with tokens first_key; the marks become part of its key.
class MakeMarks {
 public:
  explicit MakeMarks(Sameness sameness) : sameness_(std::move(sameness)), places_(sameness_) {}
  bool idle() const { return places_.width == 0; }
  void operator()(Batch& batch) const;
  std::vector<std::string> names() const;  // of the fields that it looks for

 private:
  Sameness sameness_;
  MarkPlaces places_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_MATCH_MARKS_H_
