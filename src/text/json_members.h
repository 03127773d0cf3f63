// Members of parsed JSON objects, where one that is not there, or is of another kind, is no error.
//
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_JSON_MEMBERS_H_
#define UNECHO_SRC_TEXT_JSON_MEMBERS_H_

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace unecho {

// Empty: no text.
inline std::string_view Text(const simdjson::dom::element& object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

inline std::optional<uint64_t> Number(const simdjson::dom::element& object, std::string_view key) {
  uint64_t value = 0;
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_JSON_MEMBERS_H_
