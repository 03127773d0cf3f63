// What tells a record from another one with the same text: fields that are not compared, and that are no mere
// circumstances of a copy.
//
// Problem. Bookings of one concert differ in seat and amount, bank transactions in date and sum: columns beside a title
// or a text, that are left out of the comparison. Copies of an article differ in link, score and date.
// Idea. Ids, links, scores, counts and the like never count. Beside prose nothing counts whose name says that it is a
// detail: the text is what the record is. Without prose such details do. What is in a list or an object counts by the
// same names, and so does what a text that is compared has inside and is no text: the numbers in it.
//
// The hash of a record has a byte for each eighth of all names, so that of two records with the same text it is known
// which of their fields differ: those whose eighth does. Where fields stand in a record does not matter. What only the
// witness says is not lost with the copy, so only eighths in which the copy has fields count (match/compare_asides.h).
//
// In a layout that has names for its fields a tag is what it is called: DO is "doi" in RIS. A tag without a name counts
// for nothing.
//
// Cost:    a compare of each name with the one at its place in the record before; a hash of each value that counts; a
//          parse and a walk of lists and objects that count.
// Threads: one object a thread. Failure: two different values have one byte in 255 cases.
#ifndef UNECHO_SRC_LAYOUTS_ASIDES_H_
#define UNECHO_SRC_LAYOUTS_ASIDES_H_

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/batch.h"
#include "layouts/named_field.h"

namespace unecho {

class Asides {
 public:
  // The next record. `pieces`: its match text, which is looked at while its fields are added, if it matters whether it
  // is prose. `apart`: names of fields in which no two records are the same thing that differ (--differ); nothing is to
  // be said of them.
  void Begin(std::span<const std::string_view> pieces, std::span<const std::string> apart = {});
  // Its next field that is not compared; one that does not count may be named, too. An empty value is none.
  void Add(std::string_view name, std::string_view value) {
    if (!value.empty() && Counts(name)) AddHash(value);
  }
  // Any field.
  void Add(const NamedField& field) { Add(field, field.name); }
  // ... which is called `standard`.
  void Add(const NamedField& field, std::string_view standard);
  // In two steps, where the value has yet to be written.
  bool Counts(std::string_view name);
  void AddHash(std::string_view value);
  // A list or an object. `is_compared`: its texts are.
  void AddInside(std::string_view name, const simdjson::dom::element& value, bool is_compared) {
    if (Counts(name)) AddValues(name, value, is_compared);
  }
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
  bool IsApart(std::string_view name) const;
  void AddValues(std::string_view key, const simdjson::dom::element& value, bool is_compared);
  friend std::vector<std::string> OtherAsides(const Batch& batch, const Record& record,
                                              std::span<const std::string> apart);

  std::vector<Name> names_;  // by place in the record
  size_t place_ = 0;
  uint8_t lane_ = 0;  // of the last name
  std::array<uint8_t, 8> lanes_{};
  std::span<const std::string_view> pieces_;  // of the record
  std::span<const std::string> apart_;
  std::optional<bool> has_prose_;
  bool has_identity_ = false;
  simdjson::dom::parser parser_;
  std::string leaf_;  // a value inside a list or an object, with its name
};

// Sets Record::asides from its listed fields.
void HashAsides(Batch& batch, Record& record, Asides& asides, std::span<const std::string> apart);
// ... which are tags.
void HashAsides(Batch& batch, Record& record, Asides& asides, std::span<const std::string> apart,
                const StandardNames& names);

// The names of the fields of an exact copy that its witness has otherwise. Where the fields of all records are not
// listed the record is read again.
std::vector<std::string> OtherAsides(const Batch& batch, const Record& record, std::span<const std::string> apart);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_ASIDES_H_
