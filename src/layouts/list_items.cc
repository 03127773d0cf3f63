#include "layouts/list_items.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "layouts/page_rules.h"
#include "layouts/prose.h"
#include "unecho/layouts.h"
#include "unecho/profile.h"

namespace unecho {
namespace {

using std::string_view;

// "- " of "- On Rain".
string_view MarkOf(string_view line) {
  static constexpr string_view kMarks[] = {"- ", "* ", "+ ", "\u2022 "};
  const auto mark = std::ranges::find_if(kMarks, [line](string_view each) { return line.starts_with(each); });
  return mark == std::end(kMarks) ? string_view() : *mark;
}

// The lines below the title of an item.
bool IsText(std::span<const Line> lines) {
  if (lines.empty()) return false;
  const string_view text = TextOf(lines);
  return IsProse(text) && BodyScore(text) > 0;
}

}  // namespace

std::optional<Detected> ByItems(std::span<const Line> lines) {
  constexpr size_t kLeast = 3, kLongestTitle = 200;
  const string_view mark = MarkOf(lines[0].text);
  if (mark.empty() || !lines[0].indent.empty()) return std::nullopt;
  size_t items = 0, whole = 0;
  for (size_t begin = 0; begin < lines.size();) {
    if (!lines[begin].text.starts_with(mark)) return std::nullopt;
    size_t end = begin + 1;
    while (end < lines.size() && (lines[end].indent.size() > 1 || lines[end].indent == "\t")) ++end;
    if (end < lines.size() && !lines[end].indent.empty()) return std::nullopt;
    const string_view title = lines[begin].text.substr(mark.size());
    const bool is_title = title.size() <= kLongestTitle && BodyScore(title) <= 0;
    const bool is_cut = end == lines.size() && lines.size() >= kHintLines;
    items += static_cast<size_t>(!is_cut);
    whole += static_cast<size_t>(!is_cut && is_title && IsText(lines.subspan(begin + 1, end - begin - 1)));
    begin = end;
  }
  if (whole < kLeast || 10 * whole < 8 * items) return std::nullopt;
  const std::string start = absl::StrFormat("'^\\Q%s\\E *\\S'", mark);
  auto profile = ParseProfile(
      absl::StrFormat(
          "name = \"items\"\ndescription = \"items of a list, with their text below them\"\n"
          "engine = \"pattern\"\n\n[unescape]\ntitle = [\"html\", \"markdown\"]\n"
          "body = [\"html\", \"markdown\"]\n\n[pattern]\noutside = \"reject\"\nfences = true\nstart = [%s]\n\n"
          "[[pattern.field]]\nname = \"title\"\nline = '^\\Q%s\\E *(.*\\S)'\n\n"
          "[[pattern.field]]\nname = \"body\"\nstrip = ['^> ?']\n",
          start, mark),
      "items");
  if (!profile.ok()) return std::nullopt;
  return Detected{
      std::make_shared<const Layout>(*std::move(profile)),
      absl::StrFormat("%d items of a list have a text below them, the first is %s", whole, Quoted(lines[0].text))};
}

}  // namespace unecho
