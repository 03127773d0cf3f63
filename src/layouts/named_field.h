// Which field of a record an option means: --key doi is `doi` here, `DOI` there, and `DO` in RIS.
//
//   1. the first that is called exactly so
//   2. the first that is, without case, and without blanks at its ends
//   3. the first that the layout calls so: StandardName of its profile
//
// One that is empty or null is passed over while there is another: {"doi": null, "DOI": "10.1/x"}.
//
// Cost:    a comparison for each field of the record where one is called exactly so, else a few.
// Threads: functions without state. Failure: there is none.
#ifndef UNECHO_SRC_LAYOUTS_NAMED_FIELD_H_
#define UNECHO_SRC_LAYOUTS_NAMED_FIELD_H_

#include <span>
#include <string_view>

#include "base/batch.h"
#include "base/hash_map.h"
#include "layouts/profile.h"

namespace unecho {

// Rules 1 and 2.
bool IsCalled(std::string_view name, std::string_view asked);

// What a standard name is written as, if not as itself: the name of the field, and how its value ends, which is cut
// off.
struct WrittenName {
  explicit WrittenName(std::string_view written);
  static WrittenName AsItIs(std::string_view name);
  bool Fits(const NamedField& field) const { return IsCalled(field.name, name) && field.value.ends_with(ending); }
  std::string_view name, ending;
};
// All that the layout writes for it, the preferred first.
std::span<const std::string> WrittenNames(const Batch& batch, std::string_view asked);

struct FoundField {
  const NamedField* field = nullptr;  // null: none
  std::string_view value;
};
FoundField FindField(const Batch& batch, const Record& record, std::string_view asked);

// The other way round, for layouts whose fields are tags.
//
// Cost: a look-up for each tag. Views borrow from the profile.
class StandardNames {
 public:
  // Of a layout without tags, or without names for them, each field is called as it is.
  explicit StandardNames(const Layout* layout);
  // Empty: the layout has names, and none for this tag.
  std::string_view Of(std::string_view tag) const;

 private:
  HashMap<std::string_view, std::string_view> names_;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_NAMED_FIELD_H_
