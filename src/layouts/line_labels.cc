#include "layouts/line_labels.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "base/status.h"
#include "layouts/field_names.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

bool IsIndented(const Line& line) { return !line.indent.empty(); }

// Its case says where words begin: "productId" is an identity.
string_view LastPart(string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

Label LabelOf(const Line& line, const Line* next, LabelStyle style) {
  const string_view text = line.text;
  const auto is_letter = [](char c) { return IsAlpha(c) || static_cast<unsigned char>(c) >= 0x80; };
  const auto is_name = [&](char c) {
    return is_letter(c) || IsDigit(c) || string_view(" _-/.").find(c) != string_view::npos;
  };
  switch (style) {
    case LabelStyle::kColon:
    case LabelStyle::kEquals: {
      const size_t sign = text.find(style == LabelStyle::kColon ? ':' : '=');
      if (sign == text.npos || sign == 0 || sign > kLongestLabel || !is_letter(text[0])) return {};
      if (style == LabelStyle::kColon && sign + 1 < text.size() && !IsBlank(text[sign + 1])) return {};
      const string_view name = TrimBlanks(text.substr(0, sign));
      if (!std::ranges::all_of(name, is_name) || std::ranges::count(name, ' ') > 3) return {};
      return {name, TrimBlanks(text.substr(sign + 1))};
    }
    case LabelStyle::kTag: {
      if (text.size() < 2 || !IsUpper(text[0]) || !(IsUpper(text[1]) || IsDigit(text[1])) || IsIndented(line))
        return {};
      if (text.size() > 2 && !text.substr(2).starts_with("  ")) return {};
      string_view value = TrimBlanks(text.substr(2));
      if (value.starts_with("- ")) value = TrimBlanks(value.substr(2));
      return {text.substr(0, 2), value};
    }
    case LabelStyle::kAbove: {
      const bool is_above = next != nullptr && !next->after_gap && IsIndented(*next) && !IsIndented(line);
      if (!is_above || text.size() > kLongestLabel || !is_letter(text[0]) || !std::ranges::all_of(text, is_name))
        return {};
      return {text, next->text};
    }
  }
  return {};
}

string_view ColonLabel(const Line& line) { return LabelOf(line, nullptr, LabelStyle::kColon).name; }

std::string PlainLabel(string_view name) { return absl::AsciiStrToLower(Abs(LastPart(name))); }

size_t TitleRank(string_view name) {
  static constexpr string_view kTitles[] = {"title", "ti", "article title", "document title", "item title", "headline",
                                            "hd",    "t1", "paper title",   "name",           "subject"};
  static_assert(std::size(kTitles) == kNoTitle);
  return static_cast<size_t>(std::ranges::find(kTitles, PlainLabel(name)) - std::begin(kTitles));
}

bool LabelsText(string_view name) {
  static constexpr string_view kTexts[] = {"ab", "abs", "tx", "td", "lp", "def", "ft", "q", "a"};
  return std::ranges::find(kTexts, PlainLabel(name)) != std::end(kTexts) || IsTextName(LastPart(name));
}

bool LabelsSureText(string_view name) {
  const std::string plain = PlainLabel(name);
  return LabelsText(name) && plain != "description" && plain != "def" && plain != "definition" && plain != "q" &&
         plain != "a";
}

bool LabelsDetail(string_view name, LabelStyle style) {
  return IsIdentity(LastPart(name)) || IsIdentity(PlainLabel(name)) || IsNoText(LastPart(name)) ||
         (style == LabelStyle::kTag && !LabelsText(name)) ||
         (name.size() == 2 && IsUpper(name[0]) && (IsUpper(name[1]) || IsDigit(name[1])));
}

}  // namespace unecho
