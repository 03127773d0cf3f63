#include "layouts/listing_rules.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "layouts/page_rules.h"
#include "layouts/profile.h"
#include "layouts/prose.h"
#include "text/characters.h"

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

// "introduction" of "## 1. Introduction" and "## [Introduction](https://...)": its words, without a number.
std::string SectionName(std::string_view heading) {
  std::string name;
  heading = heading.substr(0, heading.find("]("));
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
                                                "documentation",
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
                                                "conclusiones",
                                                "ingredients",
                                                "directions",
                                                "preparation",
                                                "nutrition",
                                                "notes",
                                                "note",
                                                "tips",
                                                "variations",
                                                "equipment",
                                                "materials",
                                                "procedure",
                                                "status",
                                                "context",
                                                "decision",
                                                "consequences",
                                                "rationale",
                                                "benefits",
                                                "risks",
                                                "alternatives",
                                                "summary",
                                                "objectives",
                                                "goals",
                                                "scope",
                                                "problem",
                                                "problem statement",
                                                "solution",
                                                "symptoms",
                                                "cause",
                                                "root cause",
                                                "resolution",
                                                "workaround",
                                                "timeline",
                                                "impact",
                                                "action items",
                                                "agenda",
                                                "attendees",
                                                "minutes",
                                                "see also",
                                                "external links",
                                                "further reading",
                                                "sources",
                                                "history",
                                                "early life",
                                                "career",
                                                "personal life",
                                                "plot",
                                                "cast",
                                                "reception",
                                                "zutaten",
                                                "zubereitung",
                                                "ingr\u00E9dients",
                                                "pr\u00E9paration",
                                                "ingredientes",
                                                "preparaci\u00F3n",
                                                "ingredienti",
                                                "preparazione"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

// Of the README of a program. A listing may have a license, and say how to contribute.
bool IsOfProgram(const std::string& name) {
  static constexpr std::string_view kNames[] = {"usage",       "installation",  "install",       "getting started",
                                                "quick start", "quickstart",    "configuration", "requirements",
                                                "building",    "prerequisites", "how to use"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

// "1.2.0 - 2024-03-01", "[v2.0]": what a list of changes is divided by.
bool IsVersion(std::string_view heading) {
  static const Pattern kVersion = Pattern::Known(
      R"((?i)^#{1,4} +(?:\[?(?:v|version |release )?\d+\.\d+(?:\.\d+)?\S*\]?|\[?unreleased\]?)(?:[\s(]|$))");
  return kVersion.Matches(heading);
}

// How many of these names a document has, and has once.
size_t SectionsOnce(const std::vector<std::string>& names) {
  return static_cast<size_t>(std::ranges::count_if(
      names, [&](const std::string& name) { return IsSectionName(name) && std::ranges::count(names, name) == 1; }));
}

}  // namespace

bool IsHeading(std::string_view line) {
  const size_t level = line.find_first_not_of('#');
  return level != line.npos && level >= 1 && level <= 6 && line[level] == ' ';
}

bool IsProseLine(std::string_view text) {
  static const Pattern kOther = Pattern::Known(
      R"((?i)^(?:[-*+>|<!\[#=~_`&@]|\d+[.)] |https?:|\W*(?:last )?(?:updated?|exported|generated|crawled|retrieved|source|date|authors?|tags?|links?|urls?|category|published)\W*(?:on |at )?\W*:)|^[\pL ]{1,30}:(?:\s|$))");
  return IsProse(text) && !kOther.Matches(text) && text.find("](") == text.npos;
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

bool HasComments(std::span<const Line> lines) {
  const auto level = [&](size_t i) {  // 0: of no comment
    return i < lines.size() ? std::min(lines[i].text.find_first_not_of('#'), lines[i].text.size()) : 0;
  };
  const auto joins = [&](size_t i) { return i > 0 && i < lines.size() && !lines[i].after_gap; };  // the line above
  size_t in_rows = 0, headings = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    if (text.find("](") != text.npos || text.starts_with("```") || text.starts_with("~~~")) return false;
    if (level(i) == 0) continue;
    const bool in_row = (joins(i) && level(i - 1) == level(i)) || (joins(i + 1) && level(i + 1) == level(i));
    const bool is_last = i + 1 < lines.size() && level(i + 1) == 0;
    const bool is_alone = is_last && lines[i + 1].after_gap && (i == 0 || lines[i].after_gap);
    const bool is_above_prose = is_last && IsProse(lines[i + 1].text);
    const bool is_heading = IsHeading(text) && is_last && (is_alone || is_above_prose);
    if (is_heading && level(i) > 1) return false;
    // The title of a record may stand below that of its category.
    const bool is_second = in_row && is_heading && (i < 2 || !joins(i - 1) || level(i - 2) != level(i));
    in_rows += static_cast<size_t>(in_row && !is_second);
    headings += static_cast<size_t>(is_heading && (!in_row || is_second));
  }
  return in_rows > headings;
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
// title and an introduction of one paragraph, or neither.
bool AreEntries(std::span<const Line> lines, std::span<const size_t> headings) {
  constexpr size_t kFewEntries = 4;
  const size_t title = std::min<size_t>(headings[0], 1);
  if (headings.size() < kFewEntries || NumParagraphs(lines.subspan(title, headings[0] - title)) > 1) return false;
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
  if (lines[0].text.starts_with("% ")) return true;
  if (has_front_matter) {
    const bool is_titled = headings[0] == 0 && headings.size() > 1 && headings[1] == 1;
    return headings[0] > 0 || !AreEntries(lines, std::span(headings).subspan(is_titled ? 1 : 0));
  }
  if (IsListOfChanges(lines)) return true;
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
  if (is_title && std::ranges::any_of(names, IsOfProgram)) return true;
  const size_t sections = SectionsOnce(names);
  return sections > 1 && 4 * sections >= headings.size();
}

bool LeadsToLists(std::span<const Line> lines) {
  constexpr size_t kPart = 12;  // of the paragraphs
  size_t lists = 0, texts = 0;
  bool in_list = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    const bool is_item = BeginsAsItem(text), begins = i == 0 || lines[i].after_gap;
    if (is_item && !in_list && i > 0) lists += lines[i - 1].text.ends_with(':') && IsProse(lines[i - 1].text) ? 1 : 0;
    if (is_item) in_list = true;
    if (is_item || !begins || !lines[i].indent.empty()) continue;
    in_list = false;
    texts += IsProseLine(text) ? 1 : 0;
  }
  // Besides what leads to a list there is another text, too.
  return lists > 0 && texts > 1 && kPart * lists >= NumParagraphs(lines);
}

bool IsListOfChanges(std::span<const Line> lines) {
  return std::ranges::count_if(lines, [](const Line& line) { return IsVersion(line.text); }) > 1;
}

bool HasNumberedSections(std::span<const Line> lines) {
  size_t heads = 0, sections = 0, chapters = 0, prose = 0;
  const auto end_of_section = [&] {
    chapters += static_cast<size_t>(prose > 1);
    prose = 0;
  };
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool has_number = digits > 0 && digits < 4 && digits < text.size() && (i == 0 || lines[i].after_gap);
    const std::string_view rest = has_number ? text.substr(digits) : std::string_view();
    if (rest.size() > 3 && rest[0] == '.' && IsDigit(rest[1]) && text.size() < 80 && rest.find(' ') < 5) return true;
    if (rest.size() > 2 && (rest[0] == '.' || rest[0] == ')') && rest[1] == ' ' && !IsProse(rest)) {
      end_of_section();
      ++heads;
      sections += static_cast<size_t>(IsSectionName(SectionName(rest)));
    } else if (heads > 0 && lines[i].after_gap) {
      prose += static_cast<size_t>(IsProseLine(text));
    }
  }
  end_of_section();
  return heads > 1 && (3 * sections >= heads || 2 * chapters >= heads);
}

bool IsListing(std::span<const Line> lines) {
  static const Pattern kLinked = Pattern::Known(R"(^#{1,6} +[^\pL]{0,12}\[[^\]]+\]\(https?:)");
  static const Pattern kBullet =
      Pattern::Known(R"(^(?:[-*+]|\d+[.)]) +(?:\[[ xX]\] +)?(?:\*\*|__)?(?:\[[^\]]+\]\(https?:|\*\*|__))");
  static const Pattern kBold = Pattern::Known(R"(^(?:[-*+]|\d+[.)]) +(?:\*\*|__)[^\[\]]*$)");
  constexpr size_t kFewBullets = 20;  // of a text that links to other places
  size_t headings = 0, like_records = 0, bullets = 0, bold = 0, rows = 0, others = 0, of_program = 0;
  std::vector<std::string> names;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines[i].text;
    if (IsHeading(lines[i].text)) {
      if (i + 1 == lines.size() || IsHeading(lines[i + 1].text)) continue;  // of a part of the listing
      ++headings;
      names.push_back(SectionName(text));
      of_program += static_cast<size_t>(IsOfProgram(names.back()));
      like_records += kLinked.Matches(text) || IsAboutRecord(lines.subspan(i + 1));
    } else if (kBullet.Matches(text)) {
      ++bullets;
      bold += static_cast<size_t>(kBold.Matches(text));
    } else if (text.starts_with('|')) {
      ++rows;
    } else {
      ++others;
    }
  }
  if (of_program > 0 && bullets < kFewBullets && rows <= others) return false;
  if (headings > 1 && 3 * like_records >= 2 * headings && 2 * SectionsOnce(names) < headings) return true;
  // Sections of a document may have lists of bold words in them.
  const size_t sections = SectionsOnce(names);
  if (sections > 1 && 3 * sections >= names.size() && 2 * bold > bullets) return false;
  return (bullets > 2 && bullets >= others) || (rows > 3 && rows >= 2 * others);
}

}  // namespace unecho
