#include "works/citation.h"

#include <array>
#include <cstddef>

#include "layouts/profile.h"

namespace unecho {
namespace {

constexpr size_t kLongestCitation = 500;

// Of which the groups are the volume, the number and the pages.
const std::array<Pattern, 3>& Notations() {
  static const std::array<Pattern, 3> kNotations = {
      // 12(3):314-20 of MEDLINE, 14(1):56
      Pattern::Known(
          R"(\b(\d{1,4}) ?(?:\(([^()]{1,40})\))? ?: ?([A-Za-z]{0,4}\.?\d+(?:-[A-Za-z]{0,4}\.?\d+)?)(?:[^\w-]|$))"),
      // 12 (3) (pp 314-320) of Embase
      Pattern::Known(R"(\b(\d{1,4}) ?(?:\(([^()]{1,40})\))? ?\((?:pp? ([A-Za-z]{0,4}\.?\d[\w.-]*)|no pagination)\))"),
      // Vol.43(5), Sep 2015, pp. 623-634 of PsycINFO
      Pattern::Known(
          R"(\bVol\.? ?(\d{1,4}) ?(?:\(([^()]{1,40})\))?(?:,? [A-Za-z /-]{0,20}(?:1[5-9]|20)\d\d, (?:pp?\.? ?)?([A-Za-z]{0,4}\.?\d+(?:-[A-Za-z]{0,4}\d+)?))?)")};
  return kNotations;
}

std::string_view YearIn(std::string_view text) {
  static const Pattern kYear = Pattern::Known(R"(\b(1[5-9]\d\d|20\d\d)\b)");
  std::array<std::string_view, 2> groups;
  return kYear.Find(text, groups) ? groups[1] : std::string_view();
}

}  // namespace

std::optional<Citation> CitationIn(std::string_view text) {
  if (text.size() > kLongestCitation || text.find_first_of("0123456789") == text.npos) return std::nullopt;
  for (const Pattern& notation : Notations()) {
    std::array<std::string_view, 4> groups;
    if (!notation.Find(text, groups) || (groups[2].empty() && groups[3].empty())) continue;
    const auto begin = static_cast<size_t>(groups[0].data() - text.data());
    Citation citation{.container = text.substr(0, begin),
                      .volume = groups[1],
                      .number = groups[2],
                      .pages = groups[3],
                      .year = YearIn(text.substr(begin + groups[0].size()))};
    if (citation.year.empty()) citation.year = YearIn(citation.container);
    if (citation.year.empty()) citation.year = YearIn(groups[0].substr(0, groups[0].size() - groups[3].size()));
    citation.container = citation.container.substr(0, citation.container.find_last_not_of(" .,;") + 1);
    if (!citation.container.empty() && !citation.year.empty()) return citation;
  }
  return std::nullopt;
}

}  // namespace unecho
