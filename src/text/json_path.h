// A value inside JSON by its path: meta.doi, or meta/doi.
//
// A member that is called as the whole path comes first, so that names may have dots. Cost: a look-up a name.
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
std::optional<simdjson::dom::element> FindAtPath(const Value& value, std::string_view path) {
  simdjson::dom::element found;
  if (value.at_key(path).get(found) == simdjson::SUCCESS) return found;
  for (size_t end = path.find_first_of(kPathSeparators); end != std::string_view::npos;
       end = path.find_first_of(kPathSeparators, end + 1)) {
    if (value.at_key(path.substr(0, end)).get(found) != simdjson::SUCCESS) continue;
    if (const auto inside = FindAtPath(found, path.substr(end + 1))) return inside;
  }
  return std::nullopt;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_PATH_H_
