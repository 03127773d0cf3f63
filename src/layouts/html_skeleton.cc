#include "layouts/html_skeleton.h"

#include <gumbo.h>

#include <algorithm>
#include <charconv>

#include "absl/strings/ascii.h"
#include "layouts/markup_names.h"
#include "text/characters.h"

namespace unecho {
namespace {

constexpr uint32_t kFirstMark = 0xF0000;
constexpr size_t kMostRuns = 0xFFFE;
constexpr size_t kShortRun = 8;  // is given as it is
// What has been left out still stands between what is on its two sides.
constexpr std::string_view kNothing = "<!---->";

// Elements that never stay open, or whose end tags may be left out: they do not nest without bound.
bool StaysOpen(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_P:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_BODY: return false;
    default: return true;
  }
}

bool MayHoldMarks(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= HtmlSkeleton::kMarkByte; });
}

// &#xF0000; and the like.
bool NamesAMark(std::string_view entity) {
  if (!entity.starts_with("&#")) return false;
  const bool is_hex = entity.size() > 2 && (entity[2] | 0x20) == 'x';
  const std::string_view digits = entity.substr(is_hex ? 3 : 2);
  uint32_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
  return result.ec == std::errc() && value >= kFirstMark;
}

// Behind the '>' that ends the tag, or the end of the document.
size_t HtmlTagSize(std::string_view html, size_t name_end) {
  char quote = 0;
  for (size_t i = name_end; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      i = html.find(quote, i);
      if (i == html.npos) return html.size();
      quote = 0;
    } else if (c == '>') {
      return i + 1;
    } else if (c == '=') {
      while (i + 1 < html.size() && IsHtmlSpace(html[i + 1])) ++i;
      if (i + 1 < html.size() && (html[i + 1] == '"' || html[i + 1] == '\'')) quote = html[++i];
    }
  }
  return html.size();
}

// Bytes in front of the end tag of a script or style sheet: "</scripts>" is none.
size_t RawTextSize(std::string_view html, std::string_view name) {
  for (size_t at = html.find("</"); at != html.npos; at = html.find("</", at + 2)) {
    const std::string_view end = html.substr(at + 2, name.size());
    if (!std::ranges::equal(end, name, [](char a, char b) { return (a | 0x20) == b; })) continue;
    const size_t behind = at + 2 + name.size();
    if (behind == html.size() || html[behind] == '>' || html[behind] == '/' || IsHtmlSpace(html[behind])) return at;
  }
  return html.size();
}

// Behind the comment that html begins with. Of one that does not end it is all.
size_t CommentSize(std::string_view html) {
  for (const std::string_view empty : {"<!-->", "<!--->"}) {
    if (html.starts_with(empty)) return empty.size();
  }
  for (size_t at = html.find("--", 4); at != html.npos; at = html.find("--", at + 1)) {
    const std::string_view behind = html.substr(at + 2);
    if (behind.starts_with('>')) return at + 3;
    if (behind.starts_with("!>")) return at + 4;
  }
  return html.size();
}

// A page of frames has its text where those read it that show none.
bool IsOfFrames(GumboTag tag) {
  return tag == GUMBO_TAG_FRAMESET || tag == GUMBO_TAG_FRAME || tag == GUMBO_TAG_NOFRAMES;
}

}  // namespace

bool HtmlSkeleton::Build(std::string_view html) {
  out_.clear();
  runs_.clear();
  depth_ = 0;
  open_.assign(GUMBO_TAG_LAST, {});
  unknown_open_.clear();
  while (!html.empty()) {
    const size_t markup = std::min(html.find('<'), html.size());
    if (!AddText(html.substr(0, markup))) return false;
    html.remove_prefix(markup);
    if (html.empty()) break;
    const size_t size = AddMarkup(html);
    if (size == 0) return false;
    html.remove_prefix(size);
  }
  return true;
}

std::string_view HtmlSkeleton::RunAt(std::string_view text) const {
  if (text.size() < kMarkBytes || static_cast<unsigned char>(text[0]) < kMarkByte) return {};
  const auto bits = [&](size_t i) { return static_cast<uint32_t>(text[i] & 0x3F); };
  const uint32_t code_point = static_cast<uint32_t>(text[0] & 7) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
  const size_t index = code_point - kFirstMark;
  return index < runs_.size() ? runs_[index] : std::string_view();
}

bool HtmlSkeleton::AddText(std::string_view text) {
  while (!text.empty()) {
    const size_t blanks = std::min(text.find_first_not_of(" \t\r\n\f"), text.size());
    out_ += text.substr(0, blanks);
    text.remove_prefix(blanks);
    size_t size = std::min(text.find('&'), text.size());
    if (!AddRun(text.substr(0, size))) return false;
    text.remove_prefix(size);
    if (text.empty()) break;
    // An entity, or what might be one.
    constexpr size_t kLongestEntity = 40;
    for (size = 1; size < std::min(text.size(), kLongestEntity) && (IsAlnum(text[size]) || text[size] == '#'); ++size) {
    }
    if (size < text.size() && text[size] == ';') ++size;
    out_ += NamesAMark(text.substr(0, size)) ? std::string_view("&#xFFFD;") : text.substr(0, size);
    text.remove_prefix(size);
  }
  return true;
}

bool HtmlSkeleton::AddRun(std::string_view run) {
  if (run.size() <= kShortRun && !MayHoldMarks(run)) {
    out_ += run;
    return true;
  }
  if (runs_.size() == kMostRuns) {
    // No mark is left: a text that might be taken for one is refused.
    out_ += run;
    return !MayHoldMarks(run);
  }
  const uint32_t c = kFirstMark + static_cast<uint32_t>(runs_.size());
  runs_.push_back(run);
  for (const uint32_t byte : {0xF0 | c >> 18, 0x80 | (c >> 12 & 0x3F), 0x80 | (c >> 6 & 0x3F), 0x80 | (c & 0x3F)}) {
    out_ += static_cast<char>(byte);
  }
  return true;
}

HtmlSkeleton::Open& HtmlSkeleton::OpenOf(int tag, std::string_view name) {
  if (tag != GUMBO_TAG_UNKNOWN) return open_[static_cast<size_t>(tag)];
  name_.assign(name);
  absl::AsciiStrToLower(&name_);
  return unknown_open_[name_];
}

// html[0] is '<'. Its bytes, or 0 if the document is refused.
size_t HtmlSkeleton::AddMarkup(std::string_view html) {
  const bool is_end = html.starts_with("</");
  const size_t name = is_end ? 2 : 1;
  if (html.size() <= name || !IsAlpha(html[name])) {
    if (html.starts_with("<!--")) {
      out_ += kNothing;
      return CommentSize(html);
    }
    if (html == "</") {
      out_ += html;
      return html.size();
    }
    if (html.size() > 1 && (html[1] == '!' || html[1] == '?' || html[1] == '/')) {
      // A document type, or a comment that is none.
      const size_t size = std::min(html.find('>'), html.size() - 1) + 1;
      const bool is_document_type = html[1] == '!' && size < 200;
      out_ += is_document_type ? html.substr(0, size) : kNothing;
      return size;
    }
    out_ += "&lt;";
    return 1;
  }
  size_t name_end = name;
  while (name_end < html.size() && html[name_end] != '>' && html[name_end] != '/' && !IsHtmlSpace(html[name_end]))
    ++name_end;
  const GumboTag tag = gumbo_tagn_enum(html.data() + name, static_cast<unsigned>(name_end - name));
  size_t size = HtmlTagSize(html, name_end);
  const bool is_closed = html[size - 1] == '>';
  if (!is_closed) return size;  // the document ends in it
  if (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE) {
    out_ += kNothing;
    if (!is_end) size += RawTextSize(html.substr(size), tag == GUMBO_TAG_SCRIPT ? "script" : "style");
    return size;
  }
  if (IsOfFrames(tag)) {
    out_ += kNothing;
    return size;
  }
  const bool is_empty = html[size - 2] == '/';
  // The parser passes over the end of what is not open.
  if (StaysOpen(tag) && !is_empty) {
    Open& open = OpenOf(tag, html.substr(name, name_end - name));
    const bool is_too_deep = is_end ? open.too_deep > 0 : depth_ == kMaxDepth;
    if (is_too_deep) {
      open.too_deep += is_end ? -1 : 1;
      out_ += IsInlineName(html.substr(name, name_end - name)) ? kNothing : std::string_view("<br>");
      return size;
    }
    if (!is_end)
      ++open.kept, ++depth_;
    else if (open.kept > 0)
      --open.kept, --depth_;
  }
  out_ += html.substr(0, name_end);
  out_ += is_empty ? "/>" : ">";
  return size;
}

}  // namespace unecho
