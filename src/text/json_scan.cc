#include "text/json_scan.h"

#include <algorithm>
#include <cstddef>

#include "text/scan.h"

namespace unecho {
namespace {

// Behind the string that opens at `at`, by whichever quote.
size_t SkipString(std::string_view text, size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

bool Opens(char c) { return c == '{' || c == '[' || c == '('; }
bool Closes(char c) { return c == '}' || c == ']' || c == ')'; }

}  // namespace

std::vector<WrittenMember> MembersAsWritten(std::string_view container) {
  std::vector<WrittenMember> members;
  size_t at = std::min(container.find_first_of("{[("), container.size()) + 1;
  size_t begin = at;  // of the name or the value
  std::string_view name;
  for (int depth = 0; at < container.size();) {
    const char c = container[at];
    if (c == '"' || c == '\'') {
      at = SkipString(container, at);
      continue;
    }
    if (depth == 0 && (c == ':' || c == ',' || Closes(c))) {
      const std::string_view part = TrimBlanks(container.substr(begin, at - begin));
      begin = at + 1;
      if (c == ':') {
        name = part;
      } else {
        if (!part.empty()) members.push_back({name, part});  // empty: an empty container, or a comma before its end
        name = {};
      }
      if (Closes(c)) break;
    }
    depth += Opens(c) ? 1 : Closes(c) ? -1 : 0;
    ++at;
  }
  return members;
}

}  // namespace unecho
