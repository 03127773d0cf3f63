// What a line is for a profile of the pattern engine, and what a row of a Markdown table says.
//
// Cost:    a look into a table by the first byte; RE2 only for lines that may match by it and by the range of the
//          pattern.
// Threads: const.
#ifndef UNECHO_SRC_LAYOUTS_LINE_RULES_H_
#define UNECHO_SRC_LAYOUTS_LINE_RULES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "layouts/profile.h"

namespace unecho {

enum class LineKind : uint8_t {
  kFurniture,
  kInside,
  kSnapshot,
  kSection,
  kSeparator,
  kEnd,
  kStart,
  kMaybe,
  kBlock,
  kAbove,
  kText
};

// Borrows from the profile.
class LineRules {
 public:
  explicit LineRules(const PatternProfile& profile);
  LineKind Classify(std::string_view line) const {
    const uint16_t kinds = line.empty() ? uint16_t{0} : kinds_by_first_byte_[static_cast<unsigned char>(line[0])];
    return kinds == 0 ? LineKind::kText : Ask(line, kinds);
  }
  // What it is where it cannot be kInside.
  LineKind ClassifyOutside(std::string_view line) const {
    constexpr auto kInside = static_cast<uint16_t>(1u << static_cast<unsigned>(LineKind::kInside));
    const auto first = line.empty() ? uint16_t{0} : kinds_by_first_byte_[static_cast<unsigned char>(line[0])];
    return Ask(line, static_cast<uint16_t>(first & ~kInside));
  }
  bool MayBegin(char c) const { return kinds_by_first_byte_[static_cast<unsigned char>(c)] != 0; }
  // Does a heading that has no text of its own say of which days the entries below it are? A year alone does.
  static bool IsDated(std::string_view heading);
  // The date that a line of kind kSnapshot puts in force.
  std::string_view SnapshotOf(std::string_view line) const;

 private:
  LineKind Ask(std::string_view line, uint16_t kinds) const;

  const PatternProfile& profile_;
  std::array<const std::vector<Pattern>*, static_cast<size_t>(LineKind::kText)> groups_{};
  std::array<uint16_t, 256> kinds_by_first_byte_{};  // bit k: a pattern of LineKind k may match
};

// --- Markdown tables -----------------------------------------------------------------------------------------------

// "|---|:---:|", with or without the outer bars.
bool IsDelimiterRow(std::string_view line);
size_t BarsIn(std::string_view line);  // that are not escaped
inline bool MayBeRow(std::string_view line) { return line.find('|') != line.npos; }

// The cells of a row, trimmed. "\|" separates nothing. Cells of a bold text that was cut at a bar are joined again
// while there are more than `num_columns`. What is still too much has a bar in its text, which nobody escaped: it is of
// `body`, or of the last column.
std::vector<std::string_view> RowCells(std::string_view line, size_t num_columns,
                                       std::optional<size_t> body = std::nullopt);

// Which lines of Markdown are code between fences. A fence that is never closed goes on for kMostCode lines.
class Fences {
 public:
  bool IsCode(std::string_view line);  // the next one; a fence itself is none

 private:
  char fence_ = 0;    // that the lines are behind; 0: none
  size_t lines_ = 0;  // behind it
};

struct Columns {
  size_t count = 0;
  std::optional<size_t> title, body, snapshot;
  std::vector<size_t> others;  // that may say something besides: no details, and no remarks beside a body
};
// By the names in the header row, as the columns of CSV.
Columns ColumnsOf(const TableProfile& profile, std::string_view header);
// Does a cell of one of the others say something? Links do not, and beside a body only prose does.
bool SaysSomething(std::string_view cell, bool has_body);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LINE_RULES_H_
