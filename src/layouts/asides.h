// What tells a record from another one with the same text: fields that are not compared, and that are no mere
// circumstances of a copy.
//
// Problem. Bookings of one concert differ in seat and amount, bank transactions in date and sum: columns beside a title
// or a text, that are left out of the comparison. Copies of an article differ in link, score and date.
// Idea. Ids, links, scores, counts and the like never count. Beside prose nothing counts whose name says that it is a
// detail: the text is what the record is. Without prose such details do.
//
// The hash of a record has a byte for each eighth of all names, so that of two records with the same text it is known
// which of their fields differ: those whose eighth does. Where fields stand in a record does not matter.
//
// Cost:    a compare of each name with the one at its place in the record before; a hash of each value that counts.
// Threads: one object a thread. Failure: two different values have one byte in 255 cases.
#ifndef UNECHO_SRC_LAYOUTS_ASIDES_H_
#define UNECHO_SRC_LAYOUTS_ASIDES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"

namespace unecho {

class Asides {
 public:
  // The next record. `pieces`: its match text, which is looked at while its fields are added, if it matters whether it
  // is prose.
  void Begin(std::span<const std::string_view> pieces);
  // Its next field that is not compared; one that does not count may be named, too. An empty value is none.
  void Add(std::string_view name, std::string_view value) {
    if (!value.empty() && Counts(name)) AddHash(value);
  }
  // In two steps, where the value has yet to be written.
  bool Counts(std::string_view name);
  void AddHash(std::string_view value);
  // Of all of them; 0 if there are none.
  uint64_t hash() const;

 private:
  enum class Kind : uint8_t { kNone, kDetail, kUnknown, kIdentity };
  struct Name {
    std::string text;
    Kind kind = Kind::kNone;
    uint8_t lane = 0;
  };
  static Kind KindOf(std::string_view name);
  bool HasProse();
  friend std::vector<std::string_view> OtherAsides(const Batch& batch, const Record& record);

  std::vector<Name> names_;  // by place in the record
  size_t place_ = 0;
  uint8_t lane_ = 0;  // of the last name
  std::array<uint8_t, 8> lanes_{};
  std::span<const std::string_view> pieces_;  // of the record
  std::optional<bool> has_prose_;
  bool has_identity_ = false;
};

// Sets Record::asides from its listed fields.
void HashAsides(Batch& batch, Record& record, Asides& asides);

// The names of the fields of an exact copy that its witness has otherwise, of those that are listed.
std::vector<std::string_view> OtherAsides(const Batch& batch, const Record& record);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_ASIDES_H_
