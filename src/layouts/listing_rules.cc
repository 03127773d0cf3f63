#include "layouts/listing_rules.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "layouts/page_rules.h"
#include "layouts/prose.h"
#include "text/characters.h"
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

// A paragraph of prose: no label, link, quotation, item, row or tag.
bool IsProseLine(std::string_view text) {
  static const Pattern kOther = Pattern::Known(
      R"((?i)^(?:[-*+>|<!\[#=~_`&@]|\d+[.)] |https?:|\W*(?:last )?(?:updated?|exported|generated|crawled|retrieved|source|date|authors?|tags?|links?|urls?|category|published)\W*(?:on |at )?\W*:)|^[\pL ]{1,30}:(?:\s|$))");
  return IsProse(text) && !kOther.Matches(text) && text.find("](") == text.npos;
}

// "introduction" of "## 1. Introduction": its words, without a number.
std::string SectionName(std::string_view heading) {
  std::string name;
  for (const char c : heading) {
    if (IsAlpha(c))
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    else if (c == ' ' && !name.empty() && name.back() != ' ')
      name += ' ';
  }
  while (name.ends_with(' ')) name.pop_back();
  return name;
}

// Sections of papers, manuals and answers. Below the records of a listing some of them come again and again.
bool IsSectionName(std::string_view name) {
  static constexpr std::string_view kNames[] = {"abstract",
                                                "introduction",
                                                "background",
                                                "related work",
                                                "motivation",
                                                "methods",
                                                "method",
                                                "methodology",
                                                "materials and methods",
                                                "experiments",
                                                "results",
                                                "results and discussion",
                                                "discussion",
                                                "conclusion",
                                                "conclusions",
                                                "conclusion and future work",
                                                "future work",
                                                "limitations",
                                                "acknowledgements",
                                                "acknowledgments",
                                                "references",
                                                "bibliography",
                                                "appendix",
                                                "overview",
                                                "usage",
                                                "installation",
                                                "install",
                                                "getting started",
                                                "quick start",
                                                "quickstart",
                                                "license",
                                                "contributing",
                                                "configuration",
                                                "examples",
                                                "example",
                                                "requirements",
                                                "prerequisites",
                                                "features",
                                                "faq",
                                                "troubleshooting",
                                                "steps",
                                                "next steps",
                                                "instructions",
                                                "when to use",
                                                "purpose",
                                                "description",
                                                "einleitung",
                                                "zusammenfassung",
                                                "fazit",
                                                "literatur",
                                                "introducci\u00F3n",
                                                "resumen",
                                                "conclusiones"};
  return std::ranges::find(kNames, name) != std::end(kNames);
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

// Lines between blank ones.
size_t NumParagraphs(std::span<const Line> lines) {
  if (lines.empty()) return 0;
  return 1 + static_cast<size_t>(std::ranges::count(lines.subspan(1), true, &Line::after_gap));
}

// Several headings with one paragraph each, none of them a section of a document: the entries of a listing that has a
// title and an introduction of one paragraph.
bool AreEntries(std::span<const Line> lines, std::span<const size_t> headings) {
  constexpr size_t kFewEntries = 4;
  if (headings.size() < kFewEntries || NumParagraphs(lines.subspan(1, headings[0] - 1)) != 1) return false;
  size_t sections = 0;
  for (size_t i = 0; i < headings.size(); ++i) {
    const size_t begin = headings[i] + 1, end = i + 1 < headings.size() ? headings[i + 1] : lines.size();
    const auto body = lines.subspan(begin, end - begin);
    if (NumParagraphs(body) != 1 || !std::ranges::any_of(body, [](const Line& line) { return IsProseLine(line.text); }))
      return false;
    sections += IsSectionName(SectionName(lines[headings[i]].text));
  }
  return 4 * sections <= headings.size();
}

bool IsDocument(std::span<const Line> lines, bool has_front_matter) {
  if (lines.empty() || IsListing(lines)) return false;
  std::vector<size_t> headings;
  bool is_code = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].text.starts_with("```") || lines[i].text.starts_with("~~~")) is_code = !is_code;
    if (!is_code && IsHeading(lines[i].text)) headings.push_back(i);
  }
  if (headings.empty()) return false;
  if (has_front_matter || lines[0].text.starts_with("% ")) return true;
  const auto level = [&](size_t i) { return lines[headings[i]].text.find_first_not_of('#'); };
  const auto has_prose = [&](size_t begin, size_t end) {
    const auto part = lines.subspan(begin, end - begin);
    return std::ranges::any_of(part, [](const Line& line) { return IsProseLine(line.text); });
  };
  if (has_prose(0, headings[0])) return true;
  bool is_title = headings[0] == 0 && headings.size() > 1;
  for (size_t i = 1; i < headings.size(); ++i) is_title = is_title && level(i) > level(0);
  if (is_title && has_prose(1, headings[1])) return !AreEntries(lines, std::span(headings).subspan(1));
  std::vector<std::string> names;
  for (const size_t i : headings) names.push_back(SectionName(lines[i].text));
  size_t sections = 0;
  for (const std::string& name : names) sections += IsSectionName(name) && std::ranges::count(names, name) == 1;
  return sections > 1 && 4 * sections >= headings.size();
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
