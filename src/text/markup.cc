#include "text/markup.h"

#include <algorithm>
#include <array>
#include <span>

#include "text/characters.h"
#include "text/html_entities.h"
#include "text/scan.h"
#include "text/utf8.h"

namespace unecho {
namespace {

constexpr ByteSet kHtmlMarks("<&");

bool IsAlnumOrBeyond(char c) { return IsAlnum(c) || (c & '\x80') != 0; }

// --- HTML within a line of text ------------------------------------------------------------------------------------

struct NamedCharacter {
  std::string_view name, text;
};
// Those that titles and abstracts are written with; whole documents go through the HTML parser.
constexpr auto kNamedCharacters = std::to_array<NamedCharacter>({
    {"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},       {"apos", "'"},
    {"nbsp", " "},        {"ndash", "\u2013"},  {"mdash", "\u2014"},  {"lsquo", "\u2018"},  {"rsquo", "\u2019"},
    {"ldquo", "\u201C"},  {"rdquo", "\u201D"},  {"hellip", "\u2026"}, {"bull", "\u2022"},   {"middot", "\u00B7"},
    {"times", "\u00D7"},  {"deg", "\u00B0"},    {"plusmn", "\u00B1"}, {"le", "\u2264"},     {"ge", "\u2265"},
    {"ne", "\u2260"},     {"rarr", "\u2192"},   {"copy", "\u00A9"},   {"reg", "\u00AE"},    {"trade", "\u2122"},
    {"auml", "\u00E4"},   {"ouml", "\u00F6"},   {"uuml", "\u00FC"},   {"Auml", "\u00C4"},   {"Ouml", "\u00D6"},
    {"Uuml", "\u00DC"},   {"szlig", "\u00DF"},  {"eacute", "\u00E9"}, {"egrave", "\u00E8"}, {"aacute", "\u00E1"},
    {"iacute", "\u00ED"}, {"oacute", "\u00F3"}, {"uacute", "\u00FA"}, {"ntilde", "\u00F1"}, {"ccedil", "\u00E7"},
    {"alpha", "\u03B1"},  {"beta", "\u03B2"},   {"gamma", "\u03B3"},  {"mu", "\u03BC"},
});
constexpr size_t kLongestReference = 10;

// Looks for one mark again and again, from places that only move forward. What is not there is looked for once.
class Finder {
 public:
  explicit Finder(std::string_view mark) : mark_(mark) {}
  size_t Find(std::string_view text, size_t from) {
    if (found_ != text.npos && (found_ < from || !searched_)) found_ = text.find(mark_, from);
    searched_ = true;
    return found_;
  }

 private:
  std::string_view mark_;
  size_t found_ = 0;
  bool searched_ = false;
};

// text[0] is '<'. Bytes of the tag, or 0 if it is none: "a < b" stays.
size_t TagSize(std::string_view text) {
  if (text.size() < 3 || !(IsAlpha(text[1]) || (text[1] == '/' && IsAlpha(text[2])))) return 0;
  constexpr size_t kLongestTag = 2000;
  const size_t end = text.substr(0, kLongestTag).find('>');
  // Another < before: the first one was none.
  if (end == text.npos || text.substr(1, end).find('<') != text.npos) return 0;
  return end + 1;
}

// In lower case.
std::string TagName(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  std::string name;
  for (const char c : tag) {
    if (!IsAlnumOrBeyond(c)) break;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return name;
}

constexpr std::string_view kBlockTags[] = {"br", "p",       "div",     "li", "ul", "ol",
                                           "tr", "details", "summary", "h1", "h2", "h3"};
constexpr std::string_view kInlineTags[] = {"a",      "abbr",   "b",   "bdi", "big",  "cite", "code", "del",   "em",
                                            "font",   "i",      "ins", "kbd", "mark", "q",    "s",    "small", "span",
                                            "strike", "strong", "sub", "sup", "tt",   "u",    "var",  "wbr"};

bool IsOneOf(std::span<const std::string_view> names, std::string_view tag) {
  return std::ranges::find(names, TagName(tag)) != names.end();
}

// <?xml ...?>, <!DOCTYPE ...>: bytes, or 0.
size_t DeclarationSize(std::string_view text) {
  if (text.size() < 3 || !(text[1] == '?' || text[1] == '!') || !IsAlpha(text[2])) return 0;
  constexpr size_t kLongest = 2000;
  return text.substr(0, kLongest).find('>') + 1;
}

// --- Markdown ------------------------------------------------------------------------------------------------------

// Looks ahead for what closes a link or emphasis. All looks together read at most 16 times the text: beyond that, marks
// are text, so the whole stays linear.
class Ahead {
 public:
  explicit Ahead(size_t text_bytes) : budget_(16 * text_bytes + 4096) {}

  // text[0] is `open`. The byte of the `close` that belongs to it, or npos.
  size_t Closing(std::string_view text, char open, char close) {
    int depth = 0;
    for (size_t i = 0; i < text.size() && budget_ > 0; ++i, --budget_) {
      if (text[i] == '\\' && open == '[')
        ++i;
      else if (text[i] == open)
        ++depth;
      else if (text[i] == close && --depth == 0)
        return i;
    }
    return text.npos;
  }
  // text begins with `size` backticks. Where the next run of so many begins, or npos.
  size_t ClosingCode(std::string_view text, size_t size) {
    size_t run = 0;
    for (size_t i = size; i < text.size() && budget_ > 0; ++i, --budget_) {
      run = text[i] == '`' ? run + 1 : 0;
      const bool ends = run == size && (i + 1 == text.size() || text[i + 1] != '`');
      if (ends) return i + 1 - size;
    }
    return text.npos;
  }
  bool OpensEmphasis(std::string_view text, size_t at, size_t size);

 private:
  size_t budget_;
};

// Does a run of `mark` at `at` open emphasis that is closed in this text?
bool Ahead::OpensEmphasis(std::string_view text, size_t at, size_t size) {
  const char mark = text[at];
  const size_t inside = at + size;
  if (inside >= text.size() || IsBlank(text[inside])) return false;
  if (at > 0 && IsAlnumOrBeyond(text[at - 1]) && (mark == '_' || size == 1)) return false;
  for (size_t end = inside + 1; end + size <= text.size() && budget_ > 0; ++end, --budget_) {
    if (text[end] != mark || (size == 2 && text[end + 1] != mark)) continue;
    // A mark of one is not part of a run of two; three close both.
    const size_t run_end =
        std::min(text.substr(0, end + 4).find_first_not_of(mark, end), std::min(text.size(), end + 4));
    const bool is_other_run = size == 1 && (text[end - 1] == mark || run_end - end == 2);
    const bool in_word = mark == '_' && end + size < text.size() && IsAlnumOrBeyond(text[end + size]);
    if (!is_other_run && !in_word && !IsBlank(text[end - 1])) return true;
  }
  return false;
}

constexpr int kMaxDepth = 4;  // of links in links, emphasis in links ...

void AppendMarkdown(std::string_view text, int depth, Ahead& ahead, std::string& out) {
  // Runs that have been opened: their closing marks go too.
  std::array<std::string_view, 4> open;
  size_t num_open = 0;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    const std::string_view rest = text.substr(i);
    if (c == '$') {  // a formula says what it says
      const size_t end = rest.substr(0, 500).find('$', 1);
      const size_t size = end == rest.npos ? 1 : end + 1;
      out += rest.substr(0, size);
      i += size;
      continue;
    }
    if (c == '\\' && rest.size() > 1 && std::string_view("\\`*_{}[]()#+-.!|<>~$\"'").find(rest[1]) != rest.npos) {
      out += rest[1];
      i += 2;
      continue;
    }
    if (c == '`') {
      const size_t size = std::min(rest.find_first_not_of('`'), rest.size());
      const size_t end = ahead.ClosingCode(rest, size);
      if (end != rest.npos)
        out += rest.substr(size, end - size);
      else
        out += rest.substr(0, size);
      i += end != rest.npos ? end + size : size;
      continue;
    }
    const bool is_image = rest.starts_with("![");
    if (depth < kMaxDepth && (is_image || c == '[')) {
      const std::string_view bracket = rest.substr(is_image ? 1 : 0);
      const size_t end = ahead.Closing(bracket, '[', ']');
      const std::string_view behind = end == bracket.npos ? std::string_view() : bracket.substr(end + 1);
      size_t target = behind.npos;
      if (behind.starts_with('('))
        target = ahead.Closing(behind, '(', ')');
      else if (behind.starts_with('['))
        target = ahead.Closing(behind, '[', ']');
      if (target != behind.npos) {
        if (!is_image) AppendMarkdown(bracket.substr(1, end - 1), depth + 1, ahead, out);
        i += (is_image ? 1 : 0) + end + 1 + target + 1;
        continue;
      }
    }
    if (c == '*' || c == '_' || rest.starts_with("~~")) {
      const size_t run = std::min(rest.find_first_not_of(c), rest.size());
      const size_t size = c == '~' ? 2 : std::min<size_t>(run, 2);
      const std::string_view mark = rest.substr(0, size);
      const std::string_view last = num_open > 0 ? open[num_open - 1] : std::string_view();
      if (!last.empty() && rest.starts_with(last) && (last.size() == 2 || run != 2) && i > 0 && !IsBlank(text[i - 1])) {
        --num_open;
        i += last.size();
        continue;
      }
      if (run <= 3 && num_open < open.size() && ahead.OpensEmphasis(text, i, size)) {
        open[num_open++] = mark;
        i += size;
        continue;
      }
      out += rest.substr(0, run);
      i += run;
      continue;
    }
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (c == '>' && begins_line) {
      i += rest.starts_with("> ") ? 2 : 1;
      continue;
    }
    out += c;
    ++i;
  }
}

enum class Tags : uint8_t {
  kOfText,      // HTML in a line of text: entities are read too, and few tags part words
  kOfDocument,  // of any XML: all tags part words but those that HTML has for parts of a line
};

void AppendWithoutTags(std::string_view text, Tags tags, std::string& out) {
  Finder comment_end("-->"), summary_end("</summary>");
  const auto parts_words = [tags](std::string_view tag) {
    return tags == Tags::kOfText ? IsOneOf(kBlockTags, tag) : !IsOneOf(kInlineTags, tag);
  };
  for (size_t i = 0; i < text.size();) {
    const size_t next = std::min(kHtmlMarks.FindIn(text, i), text.size());
    out += text.substr(i, next - i);
    i = next;
    if (i == text.size()) return;
    if (text[i] == '&') {
      const size_t taken = tags == Tags::kOfText ? AppendEntity(text.substr(i), out) : 0;
      if (taken == 0) out += '&';
      i += std::max<size_t>(taken, 1);
    } else {
      size_t taken = TagSize(text.substr(i));
      size_t end = text.npos;
      if (taken == 0 && tags == Tags::kOfDocument) taken = DeclarationSize(text.substr(i));
      if (text.substr(i).starts_with("<!--")) {
        end = comment_end.Find(text, i);
        if (end != text.npos) taken = end + 3 - i;
      } else if (taken > 0 && text.substr(i).starts_with("<summary")) {
        // <details><summary>Abstract</summary>: the button is no text.
        end = summary_end.Find(text, i);
        if (end != text.npos) taken = end - i;
      }
      if (taken == 0)
        out += '<';
      else if (parts_words(text.substr(i, taken)) && !out.empty() && !IsBlank(out.back()))
        out += ' ';
      i += std::max<size_t>(taken, 1);
    }
  }
}

// --- Markdown, line by line ----------------------------------------------------------------------------------------

bool IsAllOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == text.npos;
}

// A line without the marks at its beginning, and without the bars of a table.
void AppendWithoutLineMarks(std::string_view line, std::string& out) {
  const size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  std::string_view rest = line.substr(indent);
  if (rest.starts_with("```") || rest.starts_with("~~~")) return;
  for (const char mark : {'-', '*', '_', '='}) {
    if (rest.starts_with(std::string(3, mark)) && IsAllOf(rest, std::string({mark, ' ', '\t', '\r'}))) return;
  }
  out += line.substr(0, indent);
  while (rest.starts_with('>')) rest.remove_prefix(rest.starts_with("> ") ? 2 : 1);
  const size_t hashes = std::min(rest.find_first_not_of('#'), rest.size());
  if (hashes > 0 && hashes <= 6 && hashes < rest.size() && IsBlank(rest[hashes])) {
    rest.remove_prefix(hashes + 1);
  } else if (rest.size() > 1 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && IsBlank(rest[1])) {
    rest.remove_prefix(2);
  } else if (rest.starts_with('|')) {
    if (IsAllOf(rest, "|-: \t\r")) return;
    for (const char c : rest) out += c == '|' ? ' ' : c;
    return;
  }
  out += rest;
}

}  // namespace

size_t AppendEntity(std::string_view text, std::string& out) {
  const size_t end = text.substr(0, kLongestReference + 2).find(';');
  if (end == text.npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name[0] != '#') {
    for (const NamedCharacter& entity : kNamedCharacters) {
      if (entity.name != name) continue;
      out += entity.text;
      return end + 1;
    }
    return 0;
  }
  const bool is_hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  uint32_t c = 0;
  for (const char digit : name.substr(is_hex ? 2 : 1)) {
    const char low = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit + 32) : digit;
    if (digit >= '0' && digit <= '9')
      c = c * (is_hex ? 16 : 10) + static_cast<uint32_t>(digit - '0');
    else if (is_hex && low >= 'a' && low <= 'f')
      c = c * 16 + static_cast<uint32_t>(low - 'a' + 10);
    else
      return 0;
    if (c > 0x10FFFF) return 0;
  }
  if (name.size() < 2 || c == 0 || (c >= 0xD800 && c < 0xE000)) return 0;
  AppendUtf8(c, out);
  return end + 1;
}

void AppendInlineHtml(std::string_view text, std::string& out) { AppendWithoutTags(text, Tags::kOfText, out); }

void AppendMarkdownText(std::string_view text, std::string& out) {
  Ahead ahead(text.size());
  AppendMarkdown(text, 0, ahead, out);
}

void AppendWithoutMarkup(std::string_view text, std::string& out) {
  std::string without_tags, without_line_marks, without_marks, decoded;
  AppendWithoutTags(text, Tags::kOfDocument, without_tags);
  for (size_t begin = 0; begin < without_tags.size();) {
    const size_t end = std::min(without_tags.find('\n', begin), without_tags.size());
    AppendWithoutLineMarks(std::string_view(without_tags).substr(begin, end - begin), without_line_marks);
    if (end < without_tags.size()) without_line_marks += '\n';
    begin = end + 1;
  }
  AppendMarkdownText(without_line_marks, without_marks);
  out += DecodeHtmlEntities(without_marks, decoded) > 0 ? decoded : without_marks;
}

}  // namespace unecho
