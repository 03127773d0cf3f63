// Labels of lines: "Title: x", "TI   x", "title = x", "Title" above "  x"; and what they say of what is behind them.
//
// Cost:    a pass over the beginning of a line. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_LINE_LABELS_H_
#define UNECHO_SRC_LAYOUTS_LINE_LABELS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "layouts/source_head.h"

namespace unecho {

enum class LabelStyle : uint8_t { kColon, kTag, kEquals, kAbove };

struct Label {
  std::string_view name;  // empty: the line has none
  std::string_view value;
};

inline constexpr size_t kLongestLabel = 40;  // in bytes, of those that end in a sign

// `next`: the line below it; only kAbove asks.
Label LabelOf(const Line& line, const Line* next, LabelStyle style);
// "Name" of "Name: Ann"; empty if the line has no such label. An address ("http://") has none.
std::string_view ColonLabel(const Line& line);

// The name as a key: "reviewtext" of "review/reviewText".
std::string PlainLabel(std::string_view name);
// How well it fits a title, the better the lower; kNoTitle: not at all.
size_t TitleRank(std::string_view name);
inline constexpr size_t kNoTitle = 11, kSureTitles = 9;  // "name" and "subject" may be anything

bool LabelsText(std::string_view name);
// ... which says by itself that it is the text of a record: a description is that of a thing.
bool LabelsSureText(std::string_view name);
// An identity, a date, a place: nothing to compare.
bool LabelsDetail(std::string_view name, LabelStyle style);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_LINE_LABELS_H_
