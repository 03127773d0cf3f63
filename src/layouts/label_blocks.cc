#include "layouts/label_blocks.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "layouts/field_names.h"
#include "layouts/prose.h"
#include "layouts/separators.h"
#include "text/characters.h"
#include "text/scan.h"
#include "text/shown_text.h"
#include "unecho/layouts.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kLeastBlocks = 3, kLongestLabel = 40;

// --- labels --------------------------------------------------------------------------------------------------------

enum class Style : uint8_t { kColon, kTag, kEquals, kAbove };  // "Title: x", "TI   x", "title = x", "Title" above "  x"

struct Label {
  string_view name;  // empty: the line has none
  string_view value;
};

bool IsIndented(const Line& line) { return !line.indent.empty(); }

Label LabelOf(const Line& line, const Line* next, Style style) {
  const string_view text = line.text;
  const auto is_letter = [](char c) { return IsAlpha(c) || static_cast<unsigned char>(c) >= 0x80; };
  const auto is_name = [&](char c) {
    return is_letter(c) || IsDigit(c) || string_view(" _-/.").find(c) != string_view::npos;
  };
  switch (style) {
    case Style::kColon:
    case Style::kEquals: {
      const size_t sign = text.find(style == Style::kColon ? ':' : '=');
      if (sign == text.npos || sign == 0 || sign > kLongestLabel || !is_letter(text[0])) return {};
      if (style == Style::kColon && sign + 1 < text.size() && !IsBlank(text[sign + 1])) return {};
      const string_view name = TrimBlanks(text.substr(0, sign));
      if (!std::ranges::all_of(name, is_name) || std::ranges::count(name, ' ') > 3) return {};
      return {name, TrimBlanks(text.substr(sign + 1))};
    }
    case Style::kTag: {
      if (text.size() < 2 || !IsUpper(text[0]) || !(IsUpper(text[1]) || IsDigit(text[1])) || IsIndented(line))
        return {};
      if (text.size() > 2 && !text.substr(2).starts_with("  ")) return {};
      return {text.substr(0, 2), TrimBlanks(text.substr(2))};
    }
    case Style::kAbove: {
      const bool is_above = next != nullptr && !next->after_gap && IsIndented(*next) && !IsIndented(line);
      if (!is_above || text.size() > kLongestLabel || !is_letter(text[0]) || !std::ranges::all_of(text, is_name))
        return {};
      return {text, next->text};
    }
  }
  return {};
}

// --- what a label says ---------------------------------------------------------------------------------------------

// "reviewText" of "review/reviewText". Its case says where words begin: "productId" is an identity.
string_view LastPart(string_view name) { return name.substr(name.rfind('/') + 1); }

std::string PlainName(string_view name) { return absl::AsciiStrToLower(Abs(LastPart(name))); }

// The better the lower; none: no title.
size_t TitleRank(string_view name) {
  static constexpr string_view kTitles[] = {"title", "ti", "article title", "document title", "item title", "headline",
                                            "hd",    "t1", "paper title",   "name",           "subject"};
  return static_cast<size_t>(std::ranges::find(kTitles, PlainName(name)) - std::begin(kTitles));
}
constexpr size_t kNoTitle = 11, kSureTitles = 9;  // "name" and "subject" may be anything

bool IsText(string_view name) {
  static constexpr string_view kTexts[] = {"ab", "abs", "tx", "td", "lp", "def", "ft", "q", "a"};
  return std::ranges::find(kTexts, PlainName(name)) != std::end(kTexts) || IsTextName(LastPart(name));
}

// Which says by itself that it is the text of a record: a description is that of a thing.
bool IsSureText(string_view name) {
  const std::string plain = PlainName(name);
  return IsText(name) && plain != "description" && plain != "def" && plain != "definition" && plain != "q" &&
         plain != "a";
}

bool IsDetail(string_view name, Style style) {
  return IsIdentity(LastPart(name)) || IsIdentity(PlainName(name)) || IsNoText(LastPart(name)) ||
         (style == Style::kTag && !IsText(name)) ||
         (name.size() == 2 && IsUpper(name[0]) && (IsUpper(name[1]) || IsDigit(name[1])));
}

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

std::string PatternOfLabels(const std::vector<string_view>& names, Style style) {
  std::vector<std::string> escaped;
  for (const string_view name : names) escaped.push_back(Escaped(name));
  const std::string any = "(?:" + absl::StrJoin(escaped, "|") + ")";
  switch (style) {
    case Style::kColon: return "^\\s*" + any + "\\s*:(?:\\s+(.*)|$)";
    case Style::kTag: return "^" + any + "(?:\\s{2,}(.*)|$)";
    case Style::kEquals: return "^\\s*" + any + "\\s*=\\s*[\"']{0,3}(.*)";
    case Style::kAbove: return "^" + any + "\\s*()$";
  }
  return {};
}

struct Start {
  std::string pattern, shown;
  string_view label;  // of a title or another label; empty: the line has none
  bool is_bracketed = false;
  std::vector<size_t> at;  // in the head
};

// Lines of the head, from `begin` to before `end`.
struct Block {
  size_t begin, end;
};

// What is known of a label in all blocks.
struct Seen {
  string_view name;
  size_t blocks = 0, values = 0, prose = 0;
  size_t last_block = SIZE_MAX;  // that has it
};

class Finder {
 public:
  explicit Finder(const Head& head) : head_(head) {}

  std::optional<Detected> Find() {
    const std::span<const Line> first = FirstLinesOf(head_);
    std::vector<std::string> tried;
    for (size_t i = 0; i < first.size(); ++i) {
      const std::string shape = IsBracketed(first[i].text) && CounterShape(first[i].text).empty()
                                    ? std::string(first[i].text)
                                    : CounterShape(first[i].text);
      if (shape.empty() || std::ranges::find(tried, shape) != tried.end()) continue;
      tried.push_back(shape);
      if (auto found = Try(StartOf(first[i].text, shape))) return found;
    }
    for (const Style style : {Style::kColon, Style::kTag, Style::kEquals}) {
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
  std::span<const Label> LabelsIn(Style style) const {
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

  std::vector<Block> BlocksOf(const Start& start) const {
    std::vector<Block> blocks;
    for (size_t i = 0; i < start.at.size(); ++i) {
      const size_t end = i + 1 < start.at.size() ? start.at[i + 1] : head_.lines.size();
      blocks.push_back({start.at[i], end});
    }
    if (head_.is_cut && !blocks.empty()) blocks.pop_back();
    return blocks;
  }

  // The labels of the blocks, in the order in which they come; without the line that a block begins with, if it has no
  // label itself.
  std::vector<Seen> LabelsOf(const std::vector<Block>& blocks, Style style, bool skips_first) const {
    const std::span<const Label> labels = LabelsIn(style);
    std::vector<Seen> all;
    absl::flat_hash_map<string_view, size_t> places;  // in `all`
    for (size_t k = 0; k < blocks.size(); ++k) {
      for (size_t i = blocks[k].begin + (skips_first ? 1 : 0); i < blocks[k].end; ++i) {
        const auto& [name, value] = labels[i];
        const bool is_last = i + 1 == blocks[k].end;
        if (name.empty() || (is_last && style == Style::kAbove)) continue;
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
    const std::vector<Block> blocks = BlocksOf(start);
    if (blocks.size() < kLeastBlocks || IsEnd(start)) return std::nullopt;
    for (const Style style : {Style::kColon, Style::kTag, Style::kEquals, Style::kAbove}) {
      const std::vector<Seen> labels = LabelsOf(blocks, style, true);
      const bool is_shared =
          std::ranges::any_of(labels, [&](const Seen& seen) { return 10 * seen.blocks >= 8 * blocks.size(); });
      if (is_shared) return LayoutOf(start, blocks, labels, style);
    }
    return std::nullopt;
  }

  // A label of a title wherever it stands; another one where it begins a block behind a blank line or a ruler.
  std::optional<Detected> TryLabel(string_view name, Style style) const {
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
    const std::vector<Block> blocks = BlocksOf(start);
    if (blocks.size() < kLeastBlocks) return std::nullopt;
    const std::vector<Seen> labels = LabelsOf(blocks, style, false);
    const auto in_most = [&](const Seen& seen) { return 10 * seen.blocks >= 8 * blocks.size(); };
    const auto has_sure_text = std::ranges::any_of(
        labels, [&](const Seen& seen) { return seen.name != name && in_most(seen) && IsSureText(seen.name); });
    // A name may be that of anything, and so may a subject; with a sender it is that of a message.
    const auto is_there = [&](string_view label) {
      return std::ranges::any_of(labels,
                                 [&](const Seen& seen) { return in_most(seen) && PlainName(seen.name) == label; });
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
    absl::flat_hash_set<string_view> seen;
    seen.insert(string_view(start.shown));
    for (const Line& line : head_.lines) {
      if (!IsBracketed(line.text) || !CounterShape(line.text).empty() || !seen.insert(line.text).second) continue;
      patterns.push_back(Quote("^\\s*" + Escaped(line.text) + "\\s*$"));
    }
    return absl::StrJoin(patterns, ", ");
  }

  // Blocks that have prose without a label.
  size_t WithText(const std::vector<Block>& blocks, const std::vector<Seen>& labels, Style style) const {
    if (style == Style::kAbove) return 0;
    const std::span<const Label> in_lines = LabelsIn(style);
    absl::flat_hash_set<string_view> names;
    for (const Seen& seen : labels) names.insert(seen.name);
    return static_cast<size_t>(std::ranges::count_if(blocks, [&](const Block& block) {
      for (size_t i = block.begin + 1; i < block.end; ++i) {
        if (!names.contains(in_lines[i].name) && IsProse(head_.lines[i].text)) return true;
      }
      return false;
    }));
  }

  std::optional<Detected> LayoutOf(const Start& start, const std::vector<Block>& blocks,
                                   const std::vector<Seen>& labels, Style style) const {
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
          !IsDetail(seen.name, style) && !IsRemark(PlainName(seen.name)) && 2 * seen.prose >= seen.values;
      const bool is_body = IsText(seen.name) || is_prose;
      if (is_body) bodies.push_back(seen.name);
      has_prose |= is_body && seen.prose > 0;
      if (!IsDetail(seen.name, style)) rest.push_back(seen.name);
    }
    // Text with a label and text without one: only all lines say it all.
    const bool has_free_text = 2 * WithText(blocks, labels, style) >= blocks.size();
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
      const std::string strip = style == Style::kEquals ? "strip = [" + Quote("[\"']{1,3}\\s*$") + "]\n" : "";
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
                    absl::StrFormat("%d records in the first %d bytes begin like %s; %s", blocks.size(),
                                    head_.bytes.size(), Quoted(start.shown), texts)};
  }

  const Head& head_;
  mutable std::array<std::vector<Label>, 4> labels_;  // by style
};

}  // namespace

std::optional<Detected> ByLabels(const Head& head) { return Finder(head).Find(); }

bool MayBeLabelled(const Head& head) {
  size_t labels = 0;
  for (const Line& line : FirstLinesOf(head)) {
    if (IsBracketed(line.text) || !CounterShape(line.text).empty()) return true;
    for (const Style style : {Style::kColon, Style::kTag, Style::kEquals})
      labels += !LabelOf(line, nullptr, style).name.empty();
  }
  return labels > 1;
}

std::string LabelsThatComeAgain(std::span<const Line> lines) {
  constexpr size_t kLabels = 3, kTimes = 3;
  for (const Style style : {Style::kColon, Style::kTag}) {
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
      shown.push_back(ShownText(all[i].name, kLongestLabel) + (style == Style::kColon ? ":" : ""));
    return absl::StrJoin(shown, ", ");
  }
  return {};
}

}  // namespace unecho
