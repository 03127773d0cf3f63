#include "layouts/several_records.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "layouts/page_rules.h"
#include "layouts/prose.h"
#include "layouts/separators.h"
#include "layouts/text_shape.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;
using Block = std::span<const Line>;

constexpr size_t kLeast = 3;  // records

// Lines between blank ones, and between rulers. The last one may be cut where no more lines are looked at.
std::vector<Block> BlocksOf(std::span<const Line> lines) {
  std::vector<Block> blocks;
  size_t begin = 0;
  for (size_t i = 0; i <= lines.size(); ++i) {
    const bool is_ruler = i < lines.size() && IsRuler(lines[i].text);
    if (i < lines.size() && !is_ruler && (!lines[i].after_gap || i == begin)) continue;
    if (i > begin) blocks.push_back(lines.subspan(begin, i - begin));
    begin = is_ruler ? i + 1 : i;
  }
  if (blocks.size() > kLeast && lines.size() >= kHintLines) blocks.pop_back();
  return blocks;
}

bool IsTitleLine(string_view line) {
  constexpr size_t kLongest = 120;
  return line.size() <= kLongest && BodyScore(line) <= 0 && !NamesScene(line);
}

bool IsBody(string_view text) { return IsProse(text) && BodyScore(text) > 0; }

// A line like a title, and below it a text in lines that are longer by far.
bool IsTitled(Block block) {
  constexpr size_t kShortest = 45;
  if (block.size() < 2 || !IsTitleLine(block[0].text) || !IsBody(TextOf(block.subspan(1)))) return false;
  const auto rest = block.subspan(1);
  const size_t longest = std::ranges::max(rest, {}, [](const Line& line) { return line.text.size(); }).text.size();
  return longest >= kShortest && 10 * longest >= 13 * block[0].text.size();
}

// "-", ">", "Q.": what items of a list, quotations and questions begin with. A number is "1.".
string_view MarkOfBlock(string_view line) {
  static constexpr string_view kMarks[] = {"- ", "* ", "+ ", "\u2022 ", "> ", "Q.", "Q:", "Q)", "\u2013 "};
  const auto mark = std::ranges::find_if(kMarks, [line](string_view each) { return line.starts_with(each); });
  if (mark != std::end(kMarks)) return mark->substr(0, mark->find(' '));
  const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool is_number =
      digits > 0 && digits < 4 && (line.substr(digits).starts_with(". ") || line.substr(digits).starts_with(") "));
  return is_number ? "1." : string_view();
}

// " - " of "Slate - A stone that splits into thin plates.", ": " of "**Slate**: A stone...".
string_view SignBehindTerm(string_view line) {
  static constexpr string_view kSigns[] = {": ", " - ", " \u2013 ", " \u2014 "};
  constexpr size_t kLongestTerm = 40;
  for (const string_view sign : kSigns) {
    const size_t at = line.find(sign);
    if (at != line.npos && at > 0 && at <= kLongestTerm && IsProse(line.substr(at))) return sign;
  }
  return {};
}

std::string Option(string_view separator) {
  return absl::StrFormat(" (--record-separator '%s' parts them)", separator);
}

}  // namespace

Rulers RulersIn(std::span<const Line> lines) {
  constexpr size_t kRulers = 2;
  for (const Line& line : lines) {
    if (!IsRuler(line.text)) continue;
    if (std::ranges::count(lines, line.text, &Line::text) < static_cast<ptrdiff_t>(kRulers)) continue;
    Rulers rulers;
    size_t headed = 0;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].text == line.text || (i > 0 && lines[i - 1].text != line.text)) continue;
      ++rulers.blocks;
      headed += static_cast<size_t>(IsTitleLine(lines[i].text) && i + 1 < lines.size());
    }
    // Stars stand between the scenes of one text, too.
    if (line.text[0] == '*' && 3 * headed < 2 * rulers.blocks) continue;
    rulers.option =
        absl::StrFormat("lines of %s stand between its texts (--record-separator '^%s$' parts them)", Quoted(line.text),
                        line.text.size() == 1 ? std::string(line.text) : absl::StrFormat("[%c]+", line.text[0]));
    return rulers;
  }
  return {};
}

std::string LabelsOfRecords(std::span<const Line> lines) {
  constexpr size_t kLongest = 30, kLeastTimes = 2;
  const auto is_label = [](const Line& line) {
    return line.text.ends_with(':') && line.text.size() <= kLongest && line.text.size() > 2 && !IsDigit(line.text[0]);
  };
  const auto first = std::ranges::find_if(lines, is_label);
  if (first == lines.end()) return {};
  string_view second;
  size_t firsts = 0, seconds = 0, others = 0;
  for (const Line& line : lines) {
    if (!is_label(line)) {
      others += line.after_gap ? 1 : 0;
      continue;
    }
    if (second.empty() && line.text != first->text) second = line.text;
    if (line.text == first->text) {
      if (firsts > seconds) return {};
      ++firsts;
    } else if (line.text == second) {
      if (++seconds != firsts) return {};
    }
  }
  // Those who speak in turn have no titles between them.
  if (seconds < kLeastTimes || others + 1 < firsts) return {};
  return absl::StrFormat("%s and %s come again and again in it, as the parts of records do", Quoted(first->text),
                         Quoted(second));
}

std::string ShowsSeveral(std::span<const Line> lines) {
  const std::vector<Block> blocks = BlocksOf(lines);
  if (Rulers rulers = RulersIn(lines); !rulers.option.empty()) return rulers.option;
  if (blocks.size() < kLeast) return {};
  if (std::string labels = LabelsOfRecords(lines); !labels.empty()) return labels;
  const auto most = [&](size_t count) { return count >= kLeast && 10 * count >= 6 * blocks.size(); };
  if (most(static_cast<size_t>(std::ranges::count_if(blocks, IsTitled))))
    return "its blocks have a line like a title above a text" + Option("^$");
  for (const Block block : blocks) {
    const string_view mark = MarkOfBlock(block[0].text);
    if (mark.empty()) continue;
    const auto alike = static_cast<size_t>(
        std::ranges::count_if(blocks, [mark](Block each) { return MarkOfBlock(each[0].text) == mark; }));
    const size_t need = mark[0] == 'Q' ? 3 * blocks.size() / 10 : 2 * blocks.size() / 3;
    if (alike >= kLeast && alike >= need) return absl::StrFormat("its blocks begin with '%s'", mark) + Option("^$");
  }
  constexpr size_t kLeastTerms = 4;
  const string_view sign = SignBehindTerm(blocks[0][0].text);
  const auto has_sign = [sign](Block block) { return SignBehindTerm(block[0].text) == sign; };
  const auto terms = static_cast<size_t>(std::ranges::count_if(blocks, has_sign));
  if (!sign.empty() && terms >= kLeastTerms && 10 * terms >= 8 * blocks.size())
    return absl::StrFormat("its blocks begin with a term and '%s'", TrimBlanks(sign)) + Option("^$");
  // Texts behind something shorter, and hardly ever behind another text.
  size_t texts = 0, behind_short = 0;
  bool was_text = true;
  for (const Block block : blocks) {
    const bool is_text = IsBody(TextOf(block)) && !IsTitled(block);
    texts += static_cast<size_t>(is_text);
    behind_short += static_cast<size_t>(is_text && !was_text);
    was_text = is_text;
  }
  if (behind_short >= kLeast && 4 * behind_short >= 3 * texts)
    return "short paragraphs and texts take turns in it (--layout page reads titles and texts)";
  return {};
}

}  // namespace unecho
