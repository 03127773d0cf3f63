#include "layouts/separators.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "text/characters.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kLeastBlocks = 3, kMostRulers = 4;  // records between rulers; rulers that are tried

// "Name" of "Name: Ann"; empty if the line has no label.
std::string_view LabelOf(std::string_view line) {
  constexpr size_t kLongestLabel = 30;
  const auto is_letter = [](char c) { return IsAlpha(c) || static_cast<unsigned char>(c) >= 0x80; };
  const size_t end = line.find(':');
  if (end == line.npos || end == 0 || end > kLongestLabel || !is_letter(line[0])) return {};
  if (end + 1 < line.size() && !IsBlank(line[end + 1])) return {};  // http://
  const std::string_view label = line.substr(0, end);
  return std::ranges::all_of(label,
                             [&](char c) { return is_letter(c) || IsDigit(c) || c == ' ' || c == '_' || c == '-'; })
             ? label
             : std::string_view();
}

// The lines between those that are `ruler`, without empty stretches. The last one may be cut where the head is.
std::vector<std::span<const Line>> BlocksBetween(const Head& head, std::string_view ruler) {
  std::vector<std::span<const Line>> blocks;
  size_t begin = 0;
  for (size_t i = 0; i <= head.lines.size(); ++i) {
    if (i < head.lines.size() && head.lines[i].text != ruler) continue;
    if (i > begin) blocks.push_back(std::span(head.lines).subspan(begin, i - begin));
    begin = i + 1;
  }
  return blocks;
}

// Do all blocks look like records of one kind? Each begins with the same label and has it once, and they have another
// label in common. Chapters, scenes, sections and stretches of a log do not.
bool AreRecords(const std::vector<std::span<const Line>>& blocks) {
  if (blocks.size() < kLeastBlocks) return false;
  const std::string_view first = LabelOf(blocks[0][0].text);
  if (first.empty()) return false;
  std::vector<std::string_view> common;
  for (const Line& line : blocks[0]) common.push_back(LabelOf(line.text));
  std::erase_if(common, [first](std::string_view label) { return label.empty() || label == first; });
  for (const std::span<const Line> block : blocks) {
    size_t times = 0;
    absl::flat_hash_set<std::string_view> labels;
    for (const Line& line : block) {
      const std::string_view label = LabelOf(line.text);
      labels.insert(label);
      times += label == first;
    }
    if (LabelOf(block[0].text) != first || times != 1) return false;
    std::erase_if(common, [&](std::string_view label) { return !labels.contains(label); });
    if (common.empty()) return false;
  }
  return true;
}

// "lx" of "\\lx kanu".
std::string_view MarkerOf(std::string_view line) {
  if (line.size() < 2 || line[0] != '\\') return {};
  size_t end = 1;
  while (end < line.size() && (IsAlnum(line[end]) || line[end] == '_')) ++end;
  return end > 1 && (end == line.size() || IsBlank(line[end])) ? line.substr(1, end - 1) : std::string_view();
}

}  // namespace

bool IsRuler(std::string_view line) {
  if (line.find_first_not_of(line[0]) != line.npos) return false;
  return line[0] == '%' || (line.size() >= 3 && std::string_view("-=*_~#+").find(line[0]) != std::string_view::npos);
}

bool IsFortunes(const Head& head) {
  size_t separators = 0;
  for (const Line& line : head.lines) {
    if (line.text[0] == '\\') return false;
    if (line.text[0] != '%') continue;
    if (line.text != "%" && line.text != "%%") return false;
    ++separators;
  }
  return separators > 1;
}

bool HasMarkers(std::span<const Line> lines) {
  const auto marked =
      static_cast<size_t>(std::ranges::count_if(lines, [](const Line& line) { return !MarkerOf(line.text).empty(); }));
  return marked > 3 && 5 * marked >= 4 * lines.size();
}

std::optional<Detected> BySeparators(const Head& head) {
  std::vector<std::string_view> tried;
  for (const Line& line : FirstLinesOf(head)) {
    if (!IsRuler(line.text) || std::ranges::find(tried, line.text) != tried.end()) continue;
    if (tried.size() == kMostRulers) break;
    tried.push_back(line.text);
    std::vector<std::span<const Line>> blocks = BlocksBetween(head, line.text);
    if (head.is_cut && !blocks.empty()) blocks.pop_back();
    if (!AreRecords(blocks)) continue;
    const std::string pattern = absl::StrFormat("^\\s*\\Q%s\\E$", line.text);
    return Detected{SeparatedLayout(pattern).value(),
                    absl::StrFormat("lines of %s part texts that begin with %s", Quoted(line.text),
                                    Quoted(absl::StrFormat("%s:", LabelOf(blocks[0][0].text))))};
  }
  return std::nullopt;
}

bool MayBeBlocks(const Head& head) {
  const std::span<const Line> lines = FirstLinesOf(head);
  const std::string_view label = lines.empty() ? std::string_view() : LabelOf(lines[0].text);
  return !label.empty() && std::ranges::any_of(lines, [label](const Line& line) {
    return line.after_gap && LabelOf(line.text) == label;
  });
}

std::optional<Detected> ByBlankLines(const Head& head) {
  if (!MayBeBlocks(head)) return std::nullopt;
  std::vector<std::span<const Line>> blocks;
  for (size_t i = 0, begin = 0; i <= head.lines.size(); ++i) {
    if (i < head.lines.size() && !(i > 0 && head.lines[i].after_gap)) continue;
    if (i > begin) blocks.push_back(std::span(head.lines).subspan(begin, i - begin));
    begin = i;
  }
  if (head.is_cut && !blocks.empty()) blocks.pop_back();
  if (!AreRecords(blocks)) return std::nullopt;
  return Detected{SeparatedLayout("^$").value(),
                  absl::StrFormat("blank lines part texts that begin with %s",
                                  Quoted(absl::StrFormat("%s:", LabelOf(blocks[0][0].text))))};
}

std::optional<Detected> ByMarkers(const Head& head) {
  if (!HasMarkers(head.lines)) return std::nullopt;
  std::vector<std::string_view> markers;
  absl::flat_hash_map<std::string_view, size_t> times;
  for (const Line& line : head.lines) {
    markers.push_back(MarkerOf(line.text));
    ++times[markers.back()];
  }
  if (times.contains("item")) return std::nullopt;  // a list of LaTeX
  if (times.contains("c") && times.contains("v"))
    return Detected{FindLayout("text"), "it has chapters and verses (USFM), and is one text"};
  const auto first = std::ranges::find_if(
      markers, [&](std::string_view marker) { return !marker.empty() && marker[0] != '_' && times[marker] > 1; });
  if (first == markers.end()) return std::nullopt;
  const LayoutPtr toolbox = FindLayout("toolbox");
  std::string why = absl::StrFormat("its lines have markers, and \\%s is the first that comes again", *first);
  if (*first == "lx") return Detected{toolbox, std::move(why)};
  Profile profile = toolbox->profile();
  profile.pattern.start = {Pattern::Known(absl::StrFormat("^\\\\%s(?:\\s|$)", *first))};
  profile.pattern.fields[0].line = Pattern::Known(absl::StrFormat("^\\\\%s\\s+(.*\\S)", *first));
  return Detected{std::make_shared<const Layout>(std::move(profile)), std::move(why)};
}

namespace {

// 2024-01-01 10:00:00,123    [01/Jan/2024:10:00:00    Jan  1 10:00:00    I0101 10:00:00.1    10:00:00.123
constexpr std::string_view kTimePattern =
    R"(^[\[(]?(?:\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d|\d{1,2}[-/. ](?:\d\d|[A-Z][a-z]{2})[-/. ]\d{2,4}[ :T]\d\d:\d\d:\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|[IWEFD]\d{4} \d\d:\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d{3}\b))";

bool HasTime(const Line& line) {
  static const Pattern kTime = Pattern::Known(kTimePattern);
  return kTime.Matches(line.text);
}

}  // namespace

bool MayBeLog(std::span<const Line> lines) {
  constexpr size_t kAbove = 5;  // lines of a head without a time
  return std::ranges::any_of(lines.first(std::min(lines.size(), kAbove + 1)), HasTime);
}

std::optional<Detected> ByTimes(const Head& head) {
  if (!MayBeLog(head.lines)) return std::nullopt;
  const auto events = static_cast<size_t>(std::ranges::count_if(head.lines, HasTime));
  if (events < 2 || events == head.lines.size() || 20 * events < head.lines.size()) return std::nullopt;
  std::string toml = "name = \"log\"\ndescription = \"a line with its time, and the lines below that have none\"\n";
  toml += absl::StrFormat(
      "engine = \"pattern\"\n\n[pattern]\noutside = \"record\"\nrequire_title = false\nstart = ['%s']\n", kTimePattern);
  return Detected{std::make_shared<const Layout>(ParseProfile(toml, "log").value()),
                  absl::StrFormat("%d of its first %d lines begin with a time; the others go on with them", events,
                                  head.lines.size())};
}

std::optional<Detected> ByMessages(const Head& head) {
  size_t ids = 0, texts = 0;
  for (const Line& line : head.lines) {
    ids += line.text.starts_with("msgid \"");
    texts += line.text.starts_with("msgstr \"") || line.text.starts_with("msgstr[0] \"");
  }
  if (ids < kLeastBlocks || texts + 1 < ids) return std::nullopt;
  return Detected{SeparatedLayout("^$").value(), "it has messages of gettext (msgid), and blank lines part them"};
}

std::optional<Detected> UncutTexts(std::span<const Line> lines) {
  static const Pattern kMarker = Pattern::Known(
      R"([^\s`"'](<\|(?:endoftext|end_of_text|eot_id)\|>|</s>|<eos>|\[EOD\]|\[EOS\])(?:$|[^\s`"'*:,.)]))");
  static const Pattern kArticle = Pattern::Known(R"(^Document [A-Za-z]{2,}[A-Za-z0-9]*\d[A-Za-z0-9]*$)");
  size_t markers = 0, articles = 0;
  std::string_view marker;
  for (const Line& line : lines) {
    // Struck out in HTML: <s>word</s>.
    std::string_view rest = line.text.find("<s>") == std::string_view::npos ? line.text : std::string_view();
    std::array<std::string_view, 2> groups;
    while (kMarker.Find(rest, groups)) {
      ++markers;
      marker = groups[1];
      rest.remove_prefix(static_cast<size_t>(groups[1].data() + groups[1].size() - rest.data()));
    }
    articles += kArticle.Matches(line.text);
  }
  if (markers > 1) {
    return Detected{
        nullptr, absl::StrFormat("its texts are parted by %s inside their lines: put each marker on a line of its own "
                                 "(sed 's/%s/\\n&\\n/g'), or read it all as one text (--layout text)",
                                 marker, marker.starts_with('[') ? "\\" + std::string(marker) : std::string(marker))};
  }
  if (articles > 1) {
    return Detected{
        nullptr,
        "its articles end with lines like 'Document ABC0000123': cut it there (--record-separator '^Document "
        "[A-Za-z0-9]+$'), or read it all as one text (--layout text)"};
  }
  return std::nullopt;
}

}  // namespace unecho
