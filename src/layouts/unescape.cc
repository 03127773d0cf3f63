#include "layouts/unescape.h"

#include <array>

#include "absl/strings/match.h"
#include "layouts/page_rules.h"
#include "text/characters.h"
#include "text/json.h"
#include "text/markup.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr ByteSet kHtmlMarks("<&"), kMarkdownMarks("*_`[\\~!>"), kLatexMarks("\\{}~-`'"), kSubtitleMarks("<&{");

constexpr size_t kLongestCueTag = 200;

// --- subtitles -----------------------------------------------------------------------------------------------------

// text[0] is '<'. Bytes of a tag of SubRip or WebVTT, or 0: "<laughs>" is text.
size_t CueTagSize(std::string_view text) {
  const size_t end = text.find_first_of("<>\n", 1);
  if (end == text.npos || text[end] != '>') return 0;
  std::string_view name = text.substr(1, end - 1);
  if (IsDigit(name.empty() ? ' ' : name[0])) return name.find_first_not_of("0123456789:.,") == name.npos ? end + 1 : 0;
  if (name.starts_with('/')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(" \t./"));
  for (const std::string_view tag : {"b", "c", "font", "i", "lang", "rt", "ruby", "s", "u", "v"}) {
    if (absl::EqualsIgnoreCase({name.data(), name.size()}, {tag.data(), tag.size()})) return end + 1;
  }
  return 0;
}

void AppendCueText(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const size_t next = std::min(kSubtitleMarks.FindIn(text, i), text.size());
    out += text.substr(i, next - i);
    i = next;
    if (i == text.size()) return;
    const std::string_view rest = text.substr(i);
    size_t taken = 0;
    if (rest[0] == '&') {
      taken = AppendEntity(rest, out);
    } else if (rest[0] == '<') {
      taken = CueTagSize(rest.substr(0, kLongestCueTag));
    } else if (rest.starts_with("{\\")) {
      taken = rest.substr(0, kLongestCueTag).find_first_of("}\n") + 1;
      if (taken > 0 && rest[taken - 1] != '}') taken = 0;
    }
    if (taken == 0) out += rest[0];
    i += std::max<size_t>(taken, 1);
  }
}

}  // namespace

bool NeedsUnescape(const Unescape& unescape, std::string_view text) {
  return (unescape.html && kHtmlMarks.FindIn(text) != text.npos) ||
         (unescape.markdown && kMarkdownMarks.FindIn(text) != text.npos) ||
         (unescape.latex && kLatexMarks.FindIn(text) != text.npos) ||
         (unescape.subtitles && kSubtitleMarks.FindIn(text) != text.npos);
}

void AppendUnescaped(const Unescape& unescape, std::string_view text, std::string& out) {
  std::string html, markdown, cues;
  if (unescape.html) {
    AppendInlineHtml(text, html);
    text = html;
  }
  if (unescape.markdown) {
    AppendMarkdownText(text, markdown);
    text = markdown;
  }
  if (unescape.subtitles) {
    AppendCueText(text, cues);
    text = cues;
  }
  if (unescape.latex)
    AppendLatexText(text, out);
  else
    out += text;
}

}  // namespace unecho
