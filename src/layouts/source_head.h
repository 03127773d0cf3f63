// The beginning of a source as lines, for the rules by which --layout auto knows it (sniff.cc).
//
// Cost:    a pass over it. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_SOURCE_HEAD_H_
#define UNECHO_SRC_LAYOUTS_SOURCE_HEAD_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

constexpr size_t kHintLines = 50;  // a layout made of lines shows one of its hints within so many

struct Line {
  std::string_view text;    // trimmed
  size_t number = 0;        // 1-based
  bool after_gap = false;   // a blank line before it
  std::string_view indent;  // what was trimmed in front of it
};

// The beginning of a source.
struct Head {
  std::string_view bytes;   // without byte order mark, cut behind the last line that is complete
  bool is_all = false;      // no more bytes will be looked at
  bool is_cut = false;      // ... although the source may go on
  std::vector<Line> lines;  // those that are not blank, and are complete
};

// `is_all`: no more bytes will be looked at.
Head ReadHead(std::string_view prefix, bool is_all);

inline std::span<const Line> FirstLinesOf(const Head& head) {
  return std::span(head.lines).first(std::min(kHintLines, head.lines.size()));
}

// In quotes, on one line, its beginning, fit for a terminal: for a reason.
std::string Quoted(std::string_view text);

// Lines that follow one another, as they stand in the source; at least one.
inline std::string_view TextOf(std::span<const Line> lines) {
  const char* const end = lines.back().text.data() + lines.back().text.size();
  return {lines.front().text.data(), static_cast<size_t>(end - lines.front().text.data())};
}

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SOURCE_HEAD_H_
