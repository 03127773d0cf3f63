// Patterns of lines, put together of named parts, and what is asked before one is tried.
#ifndef UNECHO_SRC_LAYOUTS_LINE_PATTERN_H_
#define UNECHO_SRC_LAYOUTS_LINE_PATTERN_H_

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "layouts/profile.h"
#include "text/characters.h"

namespace unecho {

inline std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

// Matches a line that is all of `pattern`, in either case.
inline Pattern WholeLine(std::string_view pattern) { return Pattern::Known(Joined({"(?i)^(?:", pattern, ")$"})); }

// "12", "1,200", "3.4k", "**5**"
inline constexpr std::string_view kCountPattern = "\\**[0-9][0-9.,]*k?\\+?\\**";

inline bool HasDigit(std::string_view line) { return std::ranges::any_of(line, IsDigit); }

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LINE_PATTERN_H_
