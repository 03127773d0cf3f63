// What the members of a JSON object hold.
//
// Cost: a walk over the value. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_MEMBERS_H_
#define UNECHO_SRC_LAYOUTS_JSON_MEMBERS_H_

#include <simdjson.h>

#include <string>
#include <string_view>

#include "base/batch.h"
#include "base/hash_map.h"

namespace unecho {

// No text, by its name and kind (field_names.h). `beside_text`: there is a text that is known by its name.
bool IsOtherMember(std::string_view key, const simdjson::dom::element& value, bool beside_text = true);
// A text by its name, and there is something in it.
bool IsTextMember(std::string_view key, const simdjson::dom::element& value);
// Is there, beside this member, a text by its name, or prose? Else a name that ends as titles do (job_title) may be one
// of many short fields.
bool HasTextBeside(const simdjson::dom::object& object, std::string_view title);
// Does it say with mark-up what another member says without, as its name tells: title_html beside title?
// Borrows from the object; its members by name are listed when the first such name comes.
class MarkupTwins {
 public:
  explicit MarkupTwins(const simdjson::dom::object& object) : object_(object) {}
  bool Repeats(std::string_view key, const simdjson::dom::element& value);

 private:
  const simdjson::dom::object& object_;
  HashMap<std::string_view, simdjson::dom::element> members_;  // the first of each name
};
// A list of strings, some of them not empty, and of nothing else.
bool IsListOfStrings(const simdjson::dom::element& value);
// Is there prose in it, but for members that are no text?
bool HasProse(const simdjson::dom::element& value);
// Is there a text by its name in it, but for members that are no text: {"steps": [{"text": "Stir."}]}?
bool HasNamedText(const simdjson::dom::element& value);
// Is there a string that is not empty, but for those that only identify it?
bool HasString(const simdjson::dom::element& value);

// A member as a field: a string as the text it stands for, another value as JSON. `name`: in the arena; `copy`: into
// it.
template <typename Copy>
NamedField FieldOf(std::string_view name, const simdjson::dom::element& value, bool is_compared, Copy&& copy) {
  std::string_view string;
  const bool is_string = value.get(string) == simdjson::SUCCESS;
  return {.name = name,
          .value = copy(is_string ? string : std::string_view(std::string(simdjson::minify(value)))),
          .is_json = !is_string,
          .is_compared = is_compared};
}

// All strings, at any depth, in order.
template <typename Visit>
void ForEachString(const simdjson::dom::object& object, Visit&& visit);
template <typename Visit>
void ForEachString(const simdjson::dom::element& value, Visit&& visit) {
  if (std::string_view string; value.get(string) == simdjson::SUCCESS) return visit(string);
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const auto each : array) ForEachString(each, visit);
  }
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) ForEachString(object, visit);
}
template <typename Visit>
void ForEachString(const simdjson::dom::object& object, Visit&& visit) {
  for (const auto& [key, each] : object) ForEachString(each, visit);
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_MEMBERS_H_
