#include "layouts/list_items.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "layouts/page_rules.h"
#include "layouts/profile.h"
#include "layouts/prose.h"
#include "unecho/layouts.h"

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

namespace {

// 12 of "12. Smith", "12) Smith", "[12] Smith". 0: it has none.
size_t NumberOf(const Line& line) {
  constexpr size_t kMostBlanks = 2, kMostDigits = 5;
  string_view text = line.text;
  const bool in_brackets = text.starts_with('[');
  if (in_brackets) text.remove_prefix(1);
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > kMostDigits || line.indent.size() > kMostBlanks) return 0;
  const string_view mark = text.substr(digits, 2);
  if (in_brackets ? mark != "] " : mark != ". " && mark != ") ") return 0;
  size_t number = 0;
  for (const char c : text.substr(0, digits)) number = 10 * number + static_cast<size_t>(c - '0');
  return number;
}

size_t WidthOf(const Line& line) { return line.indent.size() + line.text.size(); }

}  // namespace

std::optional<Detected> ByWrappedNumbers(std::span<const Line> lines) {
  constexpr size_t kLeast = 3, kNarrowest = 50, kWidest = 200;
  size_t width = 0, items = 0, chains = 0, others = 0, prose = 0, last = 0;
  std::vector<size_t> broken;  // the items that go on in the next line
  bool in_item = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const size_t number = NumberOf(lines[i]);
    if (number > 0) {
      ++items;
      chains += number != last + 1 ? 1 : 0;
      last = number;
      in_item = true;
      if (i + 1 < lines.size() && !lines[i + 1].after_gap && NumberOf(lines[i + 1]) == 0) broken.push_back(i);
    } else if (lines[i].after_gap || i == 0) {
      in_item = in_item && !lines[i].indent.empty();
      others += !in_item && items > 0 ? 1 : 0;
      prose += !in_item && IsProse(lines[i].text) ? 1 : 0;
    }
    if (in_item) width = std::max(width, WidthOf(lines[i]));
  }
  const auto full = std::ranges::count_if(broken, [&](size_t i) {
    const string_view next = lines[i + 1].text;
    return WidthOf(lines[i]) + 1 + std::min(next.find(' '), next.size()) > width;
  });
  if (items < kLeast || broken.size() < 2 || width < kNarrowest || width > kWidest) return std::nullopt;
  // Lines end short of the widest one by a long word here and there.
  if (10 * static_cast<size_t>(full) < 6 * broken.size() || 4 * broken.size() < items) return std::nullopt;
  if (10 * chains > items + 9 || 4 * others > items || 2 * prose > items)
    return Found("text", "it has numbered items in lines that were broken where they were full: it is one text");
  const string_view toml =
      "name = \"numbered\"\ndescription = \"numbered items, each a text\"\nengine = \"pattern\"\n\n"
      "[pattern]\noutside = \"reject\"\nrequire_title = false\nstart = ['^ {0,2}(?:\\[\\d{1,5}\\]|\\d{1,5}[.)]) "
      "+\\S']\n\n"
      "[[pattern.field]]\nname = \"body\"\nline = '^ {0,2}(?:\\[\\d{1,5}\\]|\\d{1,5}[.)]) +(.*\\S)'\nrest = true\n";
  return Detected{std::make_shared<const Layout>(ParseProfile(toml, "numbered").value()),
                  absl::StrFormat("%d numbered items are texts in lines that were broken where they were full, the "
                                  "first is %s",
                                  items, Quoted(lines[0].text))};
}

}  // namespace unecho
