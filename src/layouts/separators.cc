#include "layouts/separators.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/hash_map.h"
#include "layouts/line_labels.h"
#include "layouts/profile.h"
#include "layouts/text_shape.h"
#include "text/characters.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

constexpr size_t kLeastBlocks = 3, kMostRulers = 4;  // records between rulers; rulers that are tried

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
  const std::string_view first = ColonLabel(blocks[0][0]);
  if (first.empty()) return false;
  std::vector<std::string_view> common;
  for (const Line& line : blocks[0]) common.push_back(ColonLabel(line));
  std::erase_if(common, [first](std::string_view label) { return label.empty() || label == first; });
  for (const std::span<const Line> block : blocks) {
    size_t times = 0;
    HashSet<std::string_view> labels;
    for (const Line& line : block) {
      const std::string_view label = ColonLabel(line);
      labels.insert(label);
      times += label == first;
    }
    if (ColonLabel(block[0]) != first || times != 1) return false;
    std::erase_if(common, [&](std::string_view label) { return !labels.contains(label); });
    if (common.empty()) return false;
  }
  return true;
}

// "r3 | ann" -> "a0 | a": letters and digits of the first words, where there are several numbers in the line, as in a
// date.
std::string ShapeOfBeginning(std::string_view line) {
  constexpr size_t kWords = 3;
  std::string shape;
  size_t numbers = 0;
  for (size_t i = 0; i < line.size(); ++i)
    numbers += static_cast<size_t>(IsDigit(line[i]) && (i == 0 || !IsDigit(line[i - 1])));
  if (numbers < 2) return shape;
  for (size_t at = 0, words = 0; at < line.size() && words < kWords; ++at) {
    const char c = IsDigit(line[at]) ? '0' : IsBlank(line[at]) ? ' ' : IsAlpha(line[at]) ? 'a' : line[at];
    words += static_cast<size_t>(c == ' ');
    if (!shape.ends_with(c) || (c != '0' && c != 'a' && c != ' ')) shape += c;
  }
  return shape;
}

// ... and all of them begin so, though not with a number alone, as chapters do.
bool BeginAlike(const std::vector<std::span<const Line>>& blocks) {
  if (blocks.size() < kLeastBlocks) return false;
  const std::string shape = ShapeOfBeginning(blocks[0][0].text);
  return shape.size() > 4 && shape.find('a') != shape.npos &&
         std::ranges::all_of(blocks, [&](std::span<const Line> block) {
           return block.size() > 1 && !NamesPart(block[0].text) && ShapeOfBeginning(block[0].text) == shape;
         });
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

namespace {

std::string RulerPattern(std::string_view ruler) { return absl::StrFormat("^\\s*\\Q%s\\E$", ruler); }

}  // namespace

std::optional<Detected> ByRulers(std::span<const Line> lines) {
  size_t rulers = 0, others = 0;
  std::string_view ruler;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!IsRuler(lines[i].text) || (!ruler.empty() && lines[i].text != ruler)) {
      ++others;
      if (i > 0 && !IsRuler(lines[i - 1].text)) return std::nullopt;
      continue;
    }
    if (i > 0 && IsRuler(lines[i - 1].text)) return std::nullopt;
    ruler = lines[i].text;
    ++rulers;
  }
  if (rulers < 2 || others < 2) return std::nullopt;
  return Detected{SeparatedLayout(RulerPattern(ruler)).value(),
                  absl::StrFormat("lines of %s stand between all others", Quoted(ruler))};
}

std::optional<Detected> ByDialogues(std::span<const Line> lines) {
  const auto ruler = std::ranges::find_if(lines, [](const Line& line) { return IsRuler(line.text); });
  if (ruler == lines.end() || std::ranges::count(lines, ruler->text, &Line::text) < 2) return std::nullopt;
  return Detected{SeparatedLayout(RulerPattern(ruler->text)).value(),
                  absl::StrFormat("lines of %s part what is said", Quoted(ruler->text))};
}

std::optional<Detected> BySeparators(const Head& head) {
  std::vector<std::string_view> tried;
  for (const Line& line : FirstLinesOf(head)) {
    if (!IsRuler(line.text) || std::ranges::find(tried, line.text) != tried.end()) continue;
    if (tried.size() == kMostRulers) break;
    tried.push_back(line.text);
    std::vector<std::span<const Line>> blocks = BlocksBetween(head, line.text);
    if (head.is_cut && !blocks.empty()) blocks.pop_back();
    if (!AreRecords(blocks)) {
      if (!BeginAlike(blocks)) continue;
      return Detected{
          SeparatedLayout(RulerPattern(line.text)).value(),
          absl::StrFormat("lines of %s part texts that begin like %s", Quoted(line.text), Quoted(blocks[0][0].text))};
    }
    return Detected{SeparatedLayout(RulerPattern(line.text)).value(),
                    absl::StrFormat("lines of %s part texts that begin with %s", Quoted(line.text),
                                    Quoted(absl::StrFormat("%s:", ColonLabel(blocks[0][0]))))};
  }
  return std::nullopt;
}

bool MayBeBlocks(const Head& head) {
  const std::span<const Line> lines = FirstLinesOf(head);
  const std::string_view label = lines.empty() ? std::string_view() : ColonLabel(lines[0]);
  return !label.empty() &&
         std::ranges::any_of(lines, [label](const Line& line) { return line.after_gap && ColonLabel(line) == label; });
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
                                  Quoted(absl::StrFormat("%s:", ColonLabel(blocks[0][0]))))};
}

std::optional<Detected> ByMarkers(const Head& head) {
  if (!HasMarkers(head.lines)) return std::nullopt;
  std::vector<std::string_view> markers;
  HashMap<std::string_view, size_t> times;
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
    R"(^[\[(]?(?:\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d:\d\d|\d{1,2}[-/. ](?:\d\d|[A-Z][a-z]{2})[-/. ]\d{2,4}[ :T]\d\d:\d\d:\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|[IWEFD]\d{4} \d\d:\d\d:\d\d|\d\d:\d\d:\d\d[.,]\d{3}\b|\d{1,2}:\d\d(?::\d\d)?\]))";

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

bool MayBeMessages(std::span<const Line> lines) {
  return std::ranges::any_of(lines, [](const Line& line) { return line.text.starts_with("msgid \""); });
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

namespace {

// Four lines each: "@name", letters, "+", as many signs.
bool AreReads(std::span<const Line> lines) {
  if (lines.size() < 4) return false;
  for (size_t i = 0; i + 3 < lines.size(); i += 4) {
    if (!lines[i].text.starts_with('@') || !lines[i + 2].text.starts_with('+') ||
        lines[i + 1].text.size() != lines[i + 3].text.size() || !std::ranges::all_of(lines[i + 1].text, IsAlpha))
      return false;
  }
  return true;
}

}  // namespace

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
  if (AreReads(lines)) {
    return Detected{
        nullptr,
        "it has reads of a sequencer (FASTQ): turn them into FASTA (sed -n '1~4s/^@/>/p;2~4p'), or read it all "
        "as one text (--layout text)"};
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
