// A value inside JSON by its path: meta.doi, or meta/doi.
//
// A member that is called as the whole path comes first, so that names may have dots; of each name one that is written
// exactly so before one in another case. Cost: a look-up or two a name.
// Threads: functions without state. Failure: nothing is there.
#ifndef UNECHO_SRC_TEXT_JSON_PATH_H_
#define UNECHO_SRC_TEXT_JSON_PATH_H_

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace unecho {

inline constexpr std::string_view kPathSeparators = "./";

inline bool IsPath(std::string_view name) { return name.find_first_of(kPathSeparators) != std::string_view::npos; }

// `value`: an element or an object of the DOM.
template <typename Value>
bool FindMember(const Value& value, std::string_view name, simdjson::dom::element& found) {
  return value.at_key(name).get(found) == simdjson::SUCCESS ||
         value.at_key_case_insensitive(name).get(found) == simdjson::SUCCESS;
}

template <typename Value>
std::optional<simdjson::dom::element> FindAtPath(const Value& value, std::string_view path) {
  simdjson::dom::element found;
  if (FindMember(value, path, found)) return found;
  for (size_t end = path.find_first_of(kPathSeparators); end != std::string_view::npos;
       end = path.find_first_of(kPathSeparators, end + 1)) {
    if (!FindMember(value, path.substr(0, end), found)) continue;
    if (const auto inside = FindAtPath(found, path.substr(end + 1))) return inside;
  }
  return std::nullopt;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_PATH_H_
