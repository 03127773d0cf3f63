#include "unecho/layouts.h"

#include <algorithm>
#include <array>

#include "layouts/layout_parts.h"
#include "layouts/page_rules.h"
#include "layouts/text_scan.h"

namespace unecho {
namespace {

constexpr std::array<Layout, 4> kLayouts = {{
    {LayoutKind::kPage, "page", "saved listing pages: furniture, a date, then titles and abstracts in turn", false,
     MakePageCutter, SegmentPage},
    {LayoutKind::kJsonl, "jsonl", "one JSON object per line", true, MakeLineCutter, SegmentJsonl},
    {LayoutKind::kLines, "lines", "one record per line", true, MakeLineCutter, SegmentLines},
    {LayoutKind::kText, "text", "one record per file", false, MakeTextCutter, SegmentText},
}};

// What the first lines of a source show. Every rule needs complete lines only, so more bytes never change an answer.
constexpr int kSniffLines = 8;

}  // namespace

std::span<const Layout> Layouts() { return kLayouts; }

const Layout& GetLayout(LayoutKind kind) {
  return *std::find_if(kLayouts.begin(), kLayouts.end(), [kind](const Layout& layout) { return layout.kind == kind; });
}

std::optional<LayoutKind> LayoutByName(std::string_view name) {
  if (name == "auto") return LayoutKind::kAuto;
  for (const Layout& layout : kLayouts) {
    if (layout.name == name) return layout.kind;
  }
  return std::nullopt;
}

std::optional<LayoutKind> SniffLayout(std::string_view prefix, bool at_end) {
  if (prefix.size() >= kSniffBytes) {
    prefix = prefix.substr(0, kSniffBytes);
    at_end = true;
  }
  if (!at_end && prefix.size() < kBom.size() && kBom.starts_with(prefix)) return std::nullopt;
  LineEnds ends(prefix);
  int lines = 0, gaps = 0;        // non-blank lines; blank runs between two of them
  bool after_blank = false;
  for (size_t begin = BomBytes(0, prefix); begin < prefix.size() && lines < kSniffLines;) {
    const size_t found = ends.Find(begin);
    const bool is_complete = found != LineEnds::kNone;
    const size_t end = is_complete ? found : prefix.size();
    const std::string_view line = TrimBlanks(prefix.substr(begin, end - begin));
    if (lines == 0 && line.starts_with('{')) return LayoutKind::kJsonl;
    if (!is_complete && !at_end) return std::nullopt;
    if (line.empty()) {
      after_blank = lines > 0;
    } else {
      if (lines == 0 && IsFurniture(line)) return LayoutKind::kPage;
      if (after_blank) ++gaps;
      after_blank = false;
      ++lines;
    }
    begin = is_complete ? end + ends.Size(end) : end;
  }
  // Eight lines have seven gaps: half of them is four. A shorter source is a page as soon as it has two paragraphs.
  if (lines == kSniffLines) return gaps >= kSniffLines / 2 ? LayoutKind::kPage : LayoutKind::kLines;
  if (!at_end) return std::nullopt;
  return gaps >= 1 ? LayoutKind::kPage : LayoutKind::kLines;
}

}  // namespace unecho
