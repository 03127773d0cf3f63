#include "layouts/listing_rules.h"

#include <algorithm>

#include "layouts/page_rules.h"
#include "unecho/profile.h"

namespace unecho {
namespace {

// What a record says of itself: labels, links, emphasis, or a few words on their own, as names of authors are.
bool IsAboutRecord(std::span<const Line> lines) {
  static const Pattern kLabels = Pattern::Known(
      R"((?i)^(?:[-*+>] +)?\W{0,4}(?:authors?|affiliations?|links?|urls?|pdf|paper|abstract|summary|tl;?dr|arxiv|published|date|venue|journal|code|doi|categor(?:y|ies)|keywords?)\W*:)");
  static const Pattern kMarkup =
      Pattern::Known(R"(^(?:<?https?://\S+>?|\*[^*]+\*|_[^_]+_|(?:[-*+>] +)?(?:\W*\[[^\]]*\]\([^)]*\)\W*)+)$)");
  constexpr size_t kFewBytes = 80;
  const Line& line = lines[0];
  if (kLabels.Matches(line.text) || kMarkup.Matches(line.text)) return true;
  const bool stands_alone = lines.size() > 1 && lines[1].after_gap && !lines[1].text.starts_with('#');
  return stands_alone && line.text.size() <= kFewBytes && line.text.find('`') == line.text.npos &&
         BodyScore(line.text) < 0;
}

}  // namespace

bool IsHeading(std::string_view line) {
  const size_t level = line.find_first_not_of('#');
  return level != line.npos && level >= 1 && level <= 6 && line[level] == ' ';
}

bool BeginsAsItem(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view mark = text.substr(digits, 2);
  return digits > 0 ? mark == ". " || mark == ") " : mark == "- " || mark == "* " || mark == "+ ";
}

bool HasHeadings(std::span<const Line> lines) {
  size_t headings = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i)
    headings += IsHeading(lines[i].text) && (i == 0 || lines[i].after_gap) && lines[i + 1].after_gap;
  return headings > 1;
}

std::span<const Line> BehindFrontMatter(const Head& head) {
  const auto is_fence = [](const Line& line) { return line.text == kFrontMatterFence; };
  if (head.lines.empty() || !is_fence(head.lines.front())) return {};
  const auto fence = std::find_if(head.lines.begin() + 1, head.lines.end(), is_fence);
  return fence == head.lines.end() ? std::span<const Line>() : std::span(fence + 1, head.lines.end());
}

bool IsListing(std::span<const Line> lines) {
  static const Pattern kLinked = Pattern::Known(R"(^#{1,6} +[^\pL]{0,12}\[[^\]]+\]\(https?:)");
  static const Pattern kBullet =
      Pattern::Known(R"(^(?:[-*+]|\d+[.)]) +(?:\[[ xX]\] +)?(?:\*\*|__)?(?:\[[^\]]+\]\(https?:|\*\*|__))");
  size_t headings = 0, like_records = 0, bullets = 0, rows = 0, others = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    if (IsHeading(lines[i].text)) {
      if (i + 1 == lines.size() || IsHeading(lines[i + 1].text)) continue;  // of a part of the listing
      ++headings;
      like_records += kLinked.Matches(text) || IsAboutRecord(lines.subspan(i + 1));
    } else if (kBullet.Matches(text)) {
      ++bullets;
    } else if (text.starts_with('|')) {
      ++rows;
    } else {
      ++others;
    }
  }
  if (headings > 1 && 3 * like_records >= 2 * headings) return true;
  return (bullets > 2 && bullets >= others) || (rows > 3 && rows >= 2 * others);
}

}  // namespace unecho
