#include "layouts/tagged_lines.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "layouts/profile.h"
#include "layouts/separators.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

using std::string_view;

string_view TagOf(string_view line) {
  static const Pattern kTag = Pattern::Known(R"(^(?:--([A-Z][A-Z0-9]{1,3})--|([A-Z][A-Z0-9]{1,3}) {0,2}[-~](?: |$)))");
  std::array<string_view, 3> groups;
  if (!kTag.Find(line, groups)) return {};
  return groups[1].empty() ? groups[2] : groups[1];
}

bool IsKnown(string_view tag) {
  static constexpr string_view kTags[] = {"TI", "T1", "BTI", "AU", "A1", "FAU", "AB"};
  return std::ranges::find(kTags, tag) != std::end(kTags);
}

}  // namespace

std::optional<Detected> ByTaggedLines(std::span<const Line> lines) {
  constexpr size_t kLeastTags = 3;
  std::vector<string_view> tags;
  size_t tagged = 0, known = 0, blocks = 0, begin_alike = 0, firsts = 0;
  string_view first;
  for (const Line& line : lines) {
    const string_view tag = TagOf(line.text);
    const bool begins = line.after_gap || tagged == 0;
    blocks += begins && !tag.empty() ? 1 : 0;
    if (tag.empty()) continue;
    if (first.empty()) first = tag;
    firsts += tag == first ? 1 : 0;
    begin_alike += begins && tag == first ? 1 : 0;
    ++tagged;
    if (std::ranges::find(tags, tag) != tags.end()) continue;
    tags.push_back(tag);
    known += IsKnown(tag) ? 1 : 0;
  }
  if (tags.size() < kLeastTags || known < 2 || 10 * tagged < 6 * lines.size()) return std::nullopt;
  const bool is_author = first == "AU" || first == "A1" || first == "FAU";  // a record may have several
  if (firsts == 1 || (blocks == 1 && is_author))
    return Weak(
        Found("text", absl::StrFormat("its lines have tags (%s, %s), as those of one record", tags[0], tags[1])));
  if (blocks > 1 && 10 * begin_alike >= 8 * blocks)
    return Detected{SeparatedLayout("^$").value(),
                    absl::StrFormat("its blocks of lines with tags begin with %s", first)};
  return Detected{nullptr,
                  absl::StrFormat("its lines have tags (%s, %s), and it is not known where a record begins: say what "
                                  "parts them (--record-separator REGEX), or take each line for a record (--layout "
                                  "lines)",
                                  tags[0], tags[1])};
}

}  // namespace unecho
