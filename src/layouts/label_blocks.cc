#include "layouts/label_blocks.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/hash_map.h"
#include "layouts/field_names.h"
#include "layouts/line_labels.h"
#include "layouts/profile.h"
#include "layouts/prose.h"
#include "layouts/separators.h"
#include "layouts/text_shape.h"
#include "text/characters.h"
#include "text/counted.h"
#include "text/scan.h"
#include "text/shown_text.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kLeastLabelBlocks = 3;

// --- lines that begin a record -------------------------------------------------------------------------------------

// "Record #1 of 4", "<1>": every number is 0. Empty: no such line, as one with a label.
std::string CounterShape(string_view line) {
  constexpr size_t kLongest = 50;
  if (line.size() > kLongest || std::ranges::none_of(line, IsDigit)) return {};
  const bool is_bracketed = (line.front() == '<' && line.back() == '>') || (line.front() == '[' && line.back() == ']');
  if (!is_bracketed && (std::ranges::none_of(line, IsAlpha) || line.find_first_of(":=") != line.npos)) return {};
  std::string shape;
  for (const char c : line) {
    if (IsDigit(c) && !shape.empty() && IsAlpha(shape.back())) return {};  // a name of something
    if (!IsDigit(c))
      shape += c;
    else if (shape.empty() || shape.back() != '0')
      shape += '0';
  }
  return shape;
}

size_t FirstNumber(string_view line) {
  size_t number = 0;
  for (size_t at = line.find_first_of("0123456789"); at < line.size() && IsDigit(line[at]) && number < 1'000'000; ++at)
    number = 10 * number + static_cast<size_t>(line[at] - '0');
  return number;
}

// "[Term]", "[[paper]]"
bool IsBracketed(string_view line) {
  return line.size() > 2 && line.size() <= 50 && line.front() == '[' && line.back() == ']' &&
         std::ranges::any_of(line, IsAlpha) && line.find_first_of("\"',()|") == line.npos;
}

std::string Escaped(string_view text) {
  std::string out;
  for (const char c : text) {
    if (!IsAlnum(c) && c != ' ' && c != '_' && static_cast<unsigned char>(c) < 0x80) out += '\\';
    out += c;
  }
  return out;
}

// As a basic string of TOML, which may have no control characters.
std::string Quote(string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if ((c >= 0 && c < ' ') || c == '\x7F')
      absl::StrAppendFormat(&out, "\\u%04X", static_cast<unsigned>(c));
    else if (c == '"' || c == '\\')
      out.append({'\\', c});
    else
      out += c;
  }
  return out + '"';
}

std::string PatternOfLabels(const std::vector<string_view>& names, LabelStyle style) {
  std::vector<std::string> escaped;
  for (const string_view name : names) escaped.push_back(Escaped(name));
  const std::string any = "(?:" + absl::StrJoin(escaped, "|") + ")";
  switch (style) {
    case LabelStyle::kColon: return "^\\s*" + any + "\\s*:(?:\\s+(.*)|$)";
    case LabelStyle::kTag: return "^" + any + "(?:\\s{2,}(?:- )?(.*)|$)";
    case LabelStyle::kEquals: return "^\\s*" + any + "\\s*=\\s*[\"']{0,3}(.*)";
    case LabelStyle::kAbove: return "^" + any + "\\s*()$";
  }
  return {};
}

struct Start {
  std::string pattern, shown;
  string_view label;  // of a title or another label; empty: the line has none
  bool is_bracketed = false;
  std::vector<size_t> at = {};  // in the head
};

// Lines of the head, from `begin` to before `end`.
struct LabelBlock {
  size_t begin, end;
};

// What is known of a label in all blocks.
struct Seen {
  string_view name;
  size_t blocks = 0, values = 0, prose = 0;
  size_t last_block = SIZE_MAX;  // that has it
};

class BlockFinder {
 public:
  explicit BlockFinder(const Head& head) : head_(head) {}

  std::optional<Detected> Find() {
    const std::span<const Line> first = FirstLinesOf(head_);
    std::vector<std::string> tried;
    for (size_t i = 0; i < first.size(); ++i) {
      const std::string shape = IsBracketed(first[i].text) && CounterShape(first[i].text).empty()
                                    ? std::string(first[i].text)
                                    : CounterShape(first[i].text);
      if (shape.empty() || NamesScene(first[i].text) || std::ranges::find(tried, shape) != tried.end()) continue;
      tried.push_back(shape);
      if (auto found = Try(StartOf(first[i].text, shape))) return found;
    }
    for (const LabelStyle style : {LabelStyle::kColon, LabelStyle::kTag, LabelStyle::kEquals}) {
      tried.clear();
      for (size_t i = 0; i < first.size(); ++i) {
        const string_view name = LabelsIn(style)[i].name;
        if (name.empty() || std::ranges::find(tried, name) != tried.end()) continue;
        tried.emplace_back(name);
        if (auto found = TryLabel(name, style)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  // Of each line of the head, read once: every line that may begin a record asks for all of them.
  std::span<const Label> LabelsIn(LabelStyle style) const {
    std::vector<Label>& labels = labels_[static_cast<size_t>(style)];
    const std::vector<Line>& lines = head_.lines;
    for (size_t i = labels.size(); i < lines.size(); ++i)
      labels.push_back(LabelOf(lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr, style));
    return labels;
  }

  // Behind a blank line, a ruler, or what ends the records of some databases.
  bool IsBehindGap(size_t i) const {
    return i == 0 || head_.lines[i].after_gap || IsRuler(head_.lines[i - 1].text) || head_.lines[i - 1].text == "//";
  }

  Start StartOf(string_view line, const std::string& shape) const {
    Start start;
    start.is_bracketed = IsBracketed(line) && CounterShape(line).empty();
    start.shown = line;
    std::string pattern;
    for (const char c : shape) pattern += IsDigit(c) ? "\\d+" : Escaped(string_view(&c, 1));
    start.pattern = "^\\s*" + pattern + "\\s*$";
    for (size_t i = 0; i < head_.lines.size(); ++i) {
      const string_view text = head_.lines[i].text;
      if ((start.is_bracketed ? std::string(text) : CounterShape(text)) == shape) start.at.push_back(i);
    }
    const auto behind_gap = std::ranges::count_if(start.at, [this](size_t i) { return IsBehindGap(i); });
    if (10 * static_cast<size_t>(behind_gap) < 8 * start.at.size()) start.at.clear();
    if (start.is_bracketed) return start;
    size_t goes_on = 0;
    for (size_t i = 1; i < start.at.size(); ++i)
      goes_on += FirstNumber(head_.lines[start.at[i]].text) == FirstNumber(head_.lines[start.at[i - 1]].text) + 1;
    if (10 * (goes_on + 1) < 9 * start.at.size()) start.at.clear();
    return start;
  }

  std::vector<LabelBlock> BlocksOf(const Start& start) const {
    std::vector<LabelBlock> blocks;
    for (size_t i = 0; i < start.at.size(); ++i) {
      const size_t end = i + 1 < start.at.size() ? start.at[i + 1] : head_.lines.size();
      blocks.push_back({start.at[i], end});
    }
    if (head_.is_cut && !blocks.empty()) blocks.pop_back();
    return blocks;
  }

  // The labels of the blocks, in the order in which they come; without the line that a block begins with, if it has no
  // label itself.
  std::vector<Seen> LabelsOf(const std::vector<LabelBlock>& blocks, LabelStyle style, bool skips_first) const {
    const std::span<const Label> labels = LabelsIn(style);
    std::vector<Seen> all;
    HashMap<string_view, size_t> places;  // in `all`
    for (size_t k = 0; k < blocks.size(); ++k) {
      for (size_t i = blocks[k].begin + (skips_first ? 1 : 0); i < blocks[k].end; ++i) {
        const auto& [name, value] = labels[i];
        const bool is_last = i + 1 == blocks[k].end;
        if (name.empty() || (is_last && style == LabelStyle::kAbove)) continue;
        const auto [place, is_new] = places.try_emplace(name, all.size());
        if (is_new) all.push_back({.name = name});
        Seen& seen = all[place->second];
        ++seen.values;
        seen.prose += IsProse(value) || (value.starts_with("\"\"\"") && !is_last);
        seen.blocks += seen.last_block != k;
        seen.last_block = k;
      }
    }
    // A word with a colon in one text of many is none.
    std::erase_if(all, [&](const Seen& seen) { return seen.blocks < 2 || 10 * seen.blocks < blocks.size(); });
    return all;
  }

  // Is there as much above the first of these lines as between two of them? Then they end records.
  bool IsEnd(const Start& start) const { return start.at[0] > 2 && 3 * start.at[0] > 2 * (start.at[1] - start.at[0]); }

  std::optional<Detected> Try(const Start& start) const {
    const std::vector<LabelBlock> blocks = BlocksOf(start);
    if (blocks.size() < kLeastLabelBlocks || IsEnd(start)) return std::nullopt;
    for (const LabelStyle style : {LabelStyle::kColon, LabelStyle::kTag, LabelStyle::kEquals, LabelStyle::kAbove}) {
      const std::vector<Seen> labels = LabelsOf(blocks, style, true);
      const bool is_shared =
          std::ranges::any_of(labels, [&](const Seen& seen) { return 10 * seen.blocks >= 8 * blocks.size(); });
      if (is_shared) return LayoutOf(start, blocks, labels, style);
    }
    return std::nullopt;
  }

  // A label of a title wherever it stands; another one where it begins a block behind a blank line or a ruler.
  std::optional<Detected> TryLabel(string_view name, LabelStyle style) const {
    const std::span<const Label> in_lines = LabelsIn(style);
    Start start{.pattern = PatternOfLabels({name}, style), .shown = std::string(name), .label = name};
    size_t behind_gap = 0;
    for (size_t i = 0; i < head_.lines.size(); ++i) {
      if (in_lines[i].name != name) continue;
      behind_gap += IsBehindGap(i);
      start.at.push_back(i);
    }
    const bool is_title = TitleRank(name) < kSureTitles;
    if (name == "dn") return std::nullopt;  // LDIF: the title of a person
    const bool is_behind_gap = 10 * behind_gap >= 8 * start.at.size();
    if (!is_behind_gap && !is_title && start.at[0] > 0) return std::nullopt;
    const std::vector<LabelBlock> blocks = BlocksOf(start);
    if (blocks.size() < kLeastLabelBlocks) return std::nullopt;
    const std::vector<Seen> labels = LabelsOf(blocks, style, false);
    const auto in_most = [&](const Seen& seen) { return 10 * seen.blocks >= 8 * blocks.size(); };
    const auto has_sure_text = std::ranges::any_of(
        labels, [&](const Seen& seen) { return seen.name != name && in_most(seen) && LabelsSureText(seen.name); });
    // A name may be that of anything, and so may a subject; with a sender it is that of a message.
    const auto is_there = [&](string_view label) {
      return std::ranges::any_of(labels,
                                 [&](const Seen& seen) { return in_most(seen) && PlainLabel(seen.name) == label; });
    };
    const auto has_title =
        (is_there("subject") && is_there("from")) || std::ranges::any_of(labels, [&](const Seen& seen) {
          return in_most(seen) && TitleRank(seen.name) < kSureTitles;
        });
    const auto shared = std::ranges::count_if(labels, in_most);
    const bool has_texts = has_sure_text || (is_there("q") && is_there("a")) || (has_title && shared > 1) ||
                           (is_title && 10 * WithText(blocks, labels, style) >= 8 * blocks.size());
    // A title with a text below it and nothing else: the text is there, whatever the labels say.
    if (!has_texts) return std::nullopt;
    // Without a gap above it, a title is what a record begins with only where none of the other labels comes first.
    for (size_t i = 0; i < start.at[0] && !is_behind_gap; ++i) {
      if (std::ranges::find(labels, in_lines[i].name, &Seen::name) != labels.end()) return std::nullopt;
    }
    return LayoutOf(start, blocks, labels, style);
  }

  // The other lines in brackets: they end a record, and none of theirs is one.
  std::string OtherSections(const Start& start) const {
    std::vector<std::string> patterns;
    HashSet<string_view> seen;
    seen.insert(string_view(start.shown));
    for (const Line& line : head_.lines) {
      if (!IsBracketed(line.text) || !CounterShape(line.text).empty() || !seen.insert(line.text).second) continue;
      patterns.push_back(Quote("^\\s*" + Escaped(line.text) + "\\s*$"));
    }
    return absl::StrJoin(patterns, ", ");
  }

  // Blocks that have prose without a label.
  size_t WithText(const std::vector<LabelBlock>& blocks, const std::vector<Seen>& labels, LabelStyle style) const {
    if (style == LabelStyle::kAbove) return 0;
    const std::span<const Label> in_lines = LabelsIn(style);
    HashSet<string_view> names;
    for (const Seen& seen : labels) names.insert(seen.name);
    return static_cast<size_t>(std::ranges::count_if(blocks, [&](const LabelBlock& block) {
      for (size_t i = block.begin + 1; i < block.end; ++i) {
        if (!names.contains(in_lines[i].name) && IsProse(head_.lines[i].text)) return true;
      }
      return false;
    }));
  }

  // Blocks that have a line without a label behind a blank one: what is below the head of a message.
  size_t WithLinesBelow(const std::vector<LabelBlock>& blocks, const std::vector<Seen>& labels,
                        LabelStyle style) const {
    if (style == LabelStyle::kAbove) return 0;
    const std::span<const Label> in_lines = LabelsIn(style);
    return static_cast<size_t>(std::ranges::count_if(blocks, [&](const LabelBlock& block) {
      for (size_t i = block.begin + 1; i < block.end; ++i) {
        const Line& line = head_.lines[i];
        if (line.after_gap && !IsRuler(line.text) &&
            std::ranges::find(labels, in_lines[i].name, &Seen::name) == labels.end())
          return true;
      }
      return false;
    }));
  }

  std::optional<Detected> LayoutOf(const Start& start, const std::vector<LabelBlock>& blocks,
                                   const std::vector<Seen>& labels, LabelStyle style) const {
    std::vector<string_view> names, bodies, rest;
    bool has_prose = false;  // a body
    size_t rank = kNoTitle;
    string_view title;
    for (const Seen& seen : labels) {
      names.push_back(seen.name);
      if (TitleRank(seen.name) < rank && 2 * seen.blocks >= blocks.size()) {
        rank = TitleRank(seen.name);
        title = seen.name;
      }
    }
    for (const Seen& seen : labels) {
      if (seen.name == title) continue;
      const bool is_prose =
          !LabelsDetail(seen.name, style) && !IsRemark(PlainLabel(seen.name)) && 2 * seen.prose >= seen.values;
      const bool is_body = LabelsText(seen.name) || is_prose;
      if (is_body) bodies.push_back(seen.name);
      has_prose |= is_body && seen.prose > 0;
      if (!LabelsDetail(seen.name, style)) rest.push_back(seen.name);
    }
    // Text with a label and text without one: only all lines say it all.
    const bool has_free_text = 2 * WithText(blocks, labels, style) >= blocks.size() ||
                               (!has_prose && 2 * WithLinesBelow(blocks, labels, style) >= blocks.size());
    if (has_free_text && !has_prose) bodies.clear();
    if (bodies.empty() && !has_free_text) bodies = rest;
    const bool is_known = has_free_text != !bodies.empty();

    std::string toml =
        "name = \"labelled\"\ndescription = \"records whose parts have labels\"\nengine = \"pattern\"\n\n";
    toml += "[pattern]\noutside = \"reject\"\nrequire_title = false\nstart = [" + Quote(start.pattern) + "]\n";
    toml += "furniture = ['^\\s*(?:-{3,}|={3,}|\\*{3,}|_{3,}|#{3,}|~{3,}|%{2,}|\\+{3,}|//)\\s*$']\n";
    if (start.is_bracketed) toml += "section = [" + OtherSections(start) + "]\n";
    if (is_known) {
      std::string tag = PatternOfLabels(names, style);
      tag.replace(tag.find("(?:"), 3, "(");
      toml += "tag = [" + Quote(tag) + "]\n";
      const std::string strip = style == LabelStyle::kEquals ? "strip = [" + Quote("[\"']{1,3}\\s*$") + "]\n" : "";
      const auto add = [&](string_view name, const std::string& line, string_view more) {
        absl::StrAppendFormat(&toml, "\n[[pattern.field]]\nname = \"%s\"\nline = %s\n%s", name, Quote(line), more);
      };
      if (start.label.empty()) add("other", start.pattern, "");
      if (!title.empty()) add("title", PatternOfLabels({title}, style), "rest = true\nparagraph = true\n" + strip);
      if (!bodies.empty()) add("body", PatternOfLabels(bodies, style), "rest = true\nevery = true\n" + strip);
      add("other", PatternOfLabels(names, style), "rest = true\nparagraph = true\n");
      toml += "\n[[pattern.field]]\nname = \"body\"\n";
    }
    absl::StatusOr<Profile> profile = ParseProfile(toml, "labels");
    if (!profile.ok()) return std::nullopt;
    std::string texts = title.empty() ? "" : Quoted(title) + " is the title, ";
    if (!is_known) {
      texts = "all lines are the text";
    } else if (!bodies.empty()) {
      const std::vector<std::string> shown(bodies.begin(), bodies.end());
      texts += Quoted(absl::StrJoin(shown, ", ")) + " the text";
    } else {
      texts += "the text has no label";
    }
    return Detected{std::make_shared<const Layout>(*std::move(profile)),
                    absl::StrFormat("%s in the first %d bytes begin like %s; %s", Counted(blocks.size(), "record"),
                                    head_.bytes.size(), Quoted(start.shown), texts)};
  }

  const Head& head_;
  mutable std::array<std::vector<Label>, 4> labels_;  // by style
};

}  // namespace

std::optional<Detected> ByLabels(const Head& head) { return BlockFinder(head).Find(); }

namespace {

// The labels of the lines from the first of these on, up to a blank line.
std::vector<string_view> LabelsAt(std::span<const Line> lines) {
  std::vector<string_view> labels;
  for (const Line& line : lines) {
    const string_view label = ColonLabel(line);
    if (label.empty() || (!labels.empty() && line.after_gap)) break;
    labels.push_back(label);
  }
  return labels;
}

// A line that says that someone else wrote what comes now.
bool AnnouncesQuotation(string_view line) {
  return line.ends_with(':') || string_view("-_>*").find(line[0]) != string_view::npos;
}

}  // namespace

std::optional<Detected> ByHeads(const Head& head) {
  const std::vector<Line>& lines = head.lines;
  const std::vector<string_view> first = LabelsAt(lines);
  size_t heads = 1;
  for (size_t i = 1; i < lines.size() && first.size() > 1; ++i) {
    if (!lines[i].after_gap || ColonLabel(lines[i]) != first[0] || AnnouncesQuotation(lines[i - 1].text)) continue;
    heads += static_cast<size_t>(LabelsAt(std::span(lines).subspan(i)) == first);
  }
  if (heads == 1) return std::nullopt;
  if (auto labelled = ByLabels(head); labelled && heads >= kLeastLabelBlocks) return labelled;
  const std::string label = Escaped(first[0]);
  return Detected{nullptr, absl::StrFormat("its head comes again (%s:): read each head as the beginning of a record "
                                           "(--record-separator '^%s:'), or all of it as one mail (--layout mail)",
                                           ShownText(first[0], kLongestLabel), ShownText(label, kLongestLabel))};
}

bool MayBeLabelled(const Head& head) {
  size_t labels = 0;
  for (const Line& line : FirstLinesOf(head)) {
    if (IsBracketed(line.text) || !CounterShape(line.text).empty()) return true;
    for (const LabelStyle style : {LabelStyle::kColon, LabelStyle::kTag, LabelStyle::kEquals}) {
      const string_view name = LabelOf(line, nullptr, style).name;
      // A title may have a long text below it.
      if (!name.empty() && (++labels > 1 || TitleRank(name) < kSureTitles)) return true;
    }
  }
  return false;
}

std::string LabelsThatComeAgain(std::span<const Line> lines) {
  constexpr size_t kLabels = 3, kTimes = 3;
  for (const LabelStyle style : {LabelStyle::kColon, LabelStyle::kTag}) {
    std::vector<Seen> all;
    for (const Line& line : lines) {
      const string_view name = LabelOf(line, nullptr, style).name;
      if (name.empty()) continue;
      auto seen = std::ranges::find(all, name, &Seen::name);
      if (seen == all.end()) seen = all.insert(all.end(), {.name = name});
      ++seen->values;
    }
    std::erase_if(all, [](const Seen& seen) { return seen.values < kTimes; });
    size_t least = SIZE_MAX, most = 0, sum = 0;
    for (const Seen& seen : all) {
      least = std::min(least, seen.values);
      most = std::max(most, seen.values);
      sum += seen.values;
    }
    if (all.size() < kLabels || most > least + 1 + least / 4 || 10 * sum < 6 * lines.size()) continue;
    std::vector<std::string> shown;
    for (size_t i = 0; i < std::min(all.size(), kLabels); ++i)
      shown.push_back(ShownText(all[i].name, kLongestLabel) + (style == LabelStyle::kColon ? ":" : ""));
    return absl::StrJoin(shown, ", ");
  }
  return {};
}

}  // namespace unecho
