// Which layout a source has, by its first lines.
#include "layouts/page_rules.h"
#include "layouts/text_scan.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

// What the first lines of a source show. Every rule needs complete lines only, so more bytes never change an answer.
constexpr int kSniffLines = 8;

Detected Found(std::string_view name, std::string why) { return {FindLayout(name), std::move(why)}; }

}  // namespace

std::optional<Detected> SniffLayout(std::string_view prefix, bool at_end) {
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
    if (lines == 0 && line.starts_with('{')) return Found("jsonl", "the first line begins with {");
    if (!is_complete && !at_end) return std::nullopt;
    if (line.empty()) {
      after_blank = lines > 0;
    } else {
      if (lines == 0 && IsFurniture(line)) return Found("page", "the first line is furniture of a page");
      if (after_blank) ++gaps;
      after_blank = false;
      ++lines;
    }
    begin = is_complete ? end + ends.Size(end) : end;
  }
  // Eight lines have seven gaps: half of them is four. A shorter source is a page as soon as it has two paragraphs.
  if (lines == kSniffLines) {
    return gaps >= kSniffLines / 2 ? Found("page", "paragraphs") : Found("lines", "lines under each other");
  }
  if (!at_end) return std::nullopt;
  return gaps >= 1 ? Found("page", "paragraphs") : Found("lines", "lines under each other");
}

}  // namespace unecho
