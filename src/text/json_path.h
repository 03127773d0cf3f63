// The values inside JSON at a path: meta.doi, or meta/doi; of every element of a list: authors[].family, where the
// brackets may be left out.
//
// A member that is called as the whole path comes first, so that names may have dots; of each name one that is written
// exactly so before one in another case, unless it says nothing.
// Cost: a look-up or two a name. Threads: functions without state. Failure: nothing is there.
#ifndef UNECHO_SRC_TEXT_JSON_PATH_H_
#define UNECHO_SRC_TEXT_JSON_PATH_H_

#include <simdjson.h>

#include <optional>
#include <string_view>

#include "absl/strings/match.h"
#include "base/status.h"

namespace unecho {

inline constexpr std::string_view kPathSeparators = "./";

// A path, or the elements of a list.
inline bool LeadsInside(std::string_view name) {
  return name.find_first_of(kPathSeparators) != std::string_view::npos || name.ends_with("[]");
}

// ids[] as ids: whoever means every element of a list may write the brackets, and need not.
inline std::string_view WithoutListMark(std::string_view name) {
  return name.ends_with("[]") ? name.substr(0, name.size() - 2) : name;
}

// null, "", [] or {}: a field that is there and has no value.
inline bool SaysNothing(const simdjson::dom::element& value) {
  std::string_view text;
  simdjson::dom::array array;
  simdjson::dom::object object;
  return value.is_null() || (value.get(text) == simdjson::SUCCESS && text.empty()) ||
         (value.get(array) == simdjson::SUCCESS && array.size() == 0) ||
         (value.get(object) == simdjson::SUCCESS && object.size() == 0);
}

inline bool FindMember(const simdjson::dom::object& object, std::string_view name, simdjson::dom::element& found) {
  bool is_there = object.at_key(name).get(found) == simdjson::SUCCESS;
  if (is_there && !SaysNothing(found)) return true;
  for (const auto& [key, value] : object) {
    if (!absl::EqualsIgnoreCase(Abs(key), Abs(name)) || (is_there && SaysNothing(value))) continue;
    found = value;
    is_there = true;
    if (!SaysNothing(found)) break;
  }
  return is_there;
}

// visit(element) for each value of what an option means by a field: a list is all that is in it, and null is none.
template <typename Visit>
void ForEachValueIn(const simdjson::dom::element& value, Visit&& visit) {
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const simdjson::dom::element each : array) ForEachValueIn(each, visit);
  } else if (!value.is_null()) {
    visit(value);
  }
}

// The same for what is at the path. False: nothing is.
template <typename Visit>
bool ForEachValueAt(const simdjson::dom::element& value, std::string_view path, Visit&& visit);
template <typename Visit>
bool ForEachValueAt(const simdjson::dom::object& object, std::string_view path, Visit&& visit) {
  simdjson::dom::element found;
  if (FindMember(object, path, found) || FindMember(object, WithoutListMark(path), found)) {
    ForEachValueIn(found, visit);
    return true;
  }
  for (size_t end = path.find_first_of(kPathSeparators); end != std::string_view::npos;
       end = path.find_first_of(kPathSeparators, end + 1)) {
    const std::string_view name = path.substr(0, end), rest = path.substr(end + 1);
    if (FindMember(object, name, found) && ForEachValueAt(found, rest, visit)) return true;
    if (name.ends_with("[]") && FindMember(object, WithoutListMark(name), found) && ForEachValueAt(found, rest, visit))
      return true;
  }
  return false;
}
template <typename Visit>
bool ForEachValueAt(const simdjson::dom::element& value, std::string_view path, Visit&& visit) {
  if (simdjson::dom::object object; value.get(object) == simdjson::SUCCESS) return ForEachValueAt(object, path, visit);
  bool is_there = false;
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    for (const simdjson::dom::element each : array) is_there |= ForEachValueAt(each, path, visit);
  }
  return is_there;
}

// The one value at the path that is no object, if there is exactly one; an empty string is none beside another.
// `value`: an element or an object.
template <typename Value>
std::optional<simdjson::dom::element> OneValueAt(const Value& value, std::string_view path) {
  std::optional<simdjson::dom::element> one;
  size_t count = 0;
  ForEachValueAt(value, path, [&](const simdjson::dom::element& each) {
    if (SaysNothing(each)) return;
    one = each;
    ++count;
  });
  if (count != 1 || one->is_object()) return std::nullopt;
  return one;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_PATH_H_
