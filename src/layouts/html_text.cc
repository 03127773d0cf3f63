#include "layouts/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "clean/repair.h"

namespace unecho {
namespace {

// --- what the parser is given -----------------------------------------------------------------------------------------
//
// Gumbo follows the HTML5 algorithm, which looks through the open elements for many a tag, and through the attributes of
// a tag for each of them: documents with thousands of open elements, which browsers cut at 512, would take quadratic time.

constexpr int kMaxDepth = 1500;
constexpr size_t kMaxAttributes = 2000;   // of one tag

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Elements that never stay open, or whose end tags may be left out: they do not nest without bound.
bool StaysOpen(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_AREA: case GUMBO_TAG_BASE: case GUMBO_TAG_BR: case GUMBO_TAG_COL: case GUMBO_TAG_EMBED:
    case GUMBO_TAG_HR: case GUMBO_TAG_IMG: case GUMBO_TAG_INPUT: case GUMBO_TAG_LINK: case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM: case GUMBO_TAG_SOURCE: case GUMBO_TAG_TRACK: case GUMBO_TAG_WBR: case GUMBO_TAG_P:
    case GUMBO_TAG_LI: case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_OPTION: case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_TR: case GUMBO_TAG_TD: case GUMBO_TAG_TH: case GUMBO_TAG_THEAD: case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT: case GUMBO_TAG_HTML: case GUMBO_TAG_HEAD: case GUMBO_TAG_BODY:
      return false;
    default:
      return true;
  }
}

// The byte behind the tag that begins at html[0]; 0 if it has too many attributes.
size_t TagEnd(std::string_view html) {
  size_t attributes = 0;
  char quote = 0;
  for (size_t i = 1; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return i + 1;
    } else if ((c == '"' || c == '\'') && html[i - 1] == '=') {
      quote = c;
    } else if ((IsSpace(c) || c == '/' || c == '"') && ++attributes > kMaxAttributes) {
      return 0;
    }
  }
  return html.size();
}

// Bytes in front of the end tag of a script or style sheet.
size_t RawTextSize(std::string_view html, std::string_view name) {
  for (size_t at = html.find("</"); at != html.npos; at = html.find("</", at + 2)) {
    const std::string_view end = html.substr(at + 2, name.size());
    const auto is_same = [](char a, char b) { return (a | 0x20) == b; };
    if (std::ranges::equal(end, name, is_same)) return at;
  }
  return html.size();
}

bool MayParse(std::string_view html) {
  int depth = 0;
  for (size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
    const std::string_view rest = html.substr(at);
    const bool is_end = rest.starts_with("</");
    const size_t name = is_end ? 2 : 1;
    if (rest.size() <= name || !IsAlpha(rest[name])) {
      ++at;
      continue;
    }
    size_t name_end = name;
    while (name_end < std::min(rest.size(), name + 16) && rest[name_end] != '>' && rest[name_end] != '/' && !IsSpace(rest[name_end])) {
      ++name_end;
    }
    const GumboTag tag = gumbo_tagn_enum(rest.data() + name, static_cast<unsigned>(name_end - name));
    const size_t size = TagEnd(rest);
    if (size == 0) return false;
    at += size;
    if (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE) {
      if (!is_end) at += RawTextSize(html.substr(at), tag == GUMBO_TAG_SCRIPT ? "script" : "style");
      continue;
    }
    if (is_end) depth = std::max(0, depth - 1);
    else if (rest[size - 1] == '>' && rest[size - 2] == '/') continue;
    else if (StaysOpen(tag) && ++depth > kMaxDepth) return false;
  }
  return true;
}

// --- memory -------------------------------------------------------------------------------------------------------------

// All that a parse allocates, freed at once: freeing node by node recurses as deep as the document.
class Pool {
 public:
  void* Allocate(size_t size) {
    constexpr size_t kBlock = size_t{256} << 10, kAlign = 16;
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > left_) {
      const size_t block = std::max(size, kBlock);
      blocks_.push_back(std::make_unique<char[]>(block));   // NOLINT: not initialised on purpose
      next_ = blocks_.back().get();
      left_ = block;
    }
    char* const out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
};

// --- the tree -> text -------------------------------------------------------------------------------------------------

enum class Break : uint8_t { kNone, kBlank, kLine, kParagraph };

bool IsDropped(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HEAD: case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NAV: case GUMBO_TAG_SVG: case GUMBO_TAG_IFRAME: case GUMBO_TAG_OBJECT: case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_BUTTON:
      return true;
    default:
      return false;
  }
}

Break BreakAround(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_DL: case GUMBO_TAG_TABLE: case GUMBO_TAG_PRE:
    case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_HR: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_FIGURE:
      return Break::kParagraph;
    case GUMBO_TAG_DIV: case GUMBO_TAG_LI: case GUMBO_TAG_DT: case GUMBO_TAG_DD: case GUMBO_TAG_TR: case GUMBO_TAG_BR:
    case GUMBO_TAG_CAPTION: case GUMBO_TAG_FIGCAPTION: case GUMBO_TAG_HEADER: case GUMBO_TAG_FOOTER: case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE: case GUMBO_TAG_ADDRESS: case GUMBO_TAG_FORM: case GUMBO_TAG_FIELDSET: case GUMBO_TAG_OPTION:
    case GUMBO_TAG_CENTER: case GUMBO_TAG_DETAILS: case GUMBO_TAG_SUMMARY: case GUMBO_TAG_THEAD: case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TITLE:
      return Break::kLine;
    case GUMBO_TAG_TD: case GUMBO_TAG_TH:
      return Break::kBlank;
    default:
      return Break::kNone;
  }
}

class TextWriter {
 public:
  explicit TextWriter(std::string& out) : out_(out), begin_(out.size()) {}

  void Need(Break wanted) { wanted_ = std::max(wanted_, wanted); }

  void Add(std::string_view text) {
    while (!text.empty()) {
      const size_t blanks = Blanks(text);
      if (blanks > 0) {
        Need(Break::kBlank);
        text.remove_prefix(blanks);
        continue;
      }
      size_t end = 1;
      while (end < text.size() && !IsSpace(text[end]) && text[end] != '\xC2') ++end;
      Write(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  void AddPreformatted(std::string_view text) {
    if (!text.empty()) Write(text);
  }

 private:
  // White space, no-break spaces included, that the text begins with.
  static size_t Blanks(std::string_view text) {
    size_t i = 0;
    for (;;) {
      if (i < text.size() && IsSpace(text[i])) ++i;
      else if (text.substr(i).starts_with("\xC2\xA0")) i += 2;
      else return i;
    }
  }

  void Write(std::string_view text) {
    static constexpr std::array<std::string_view, 4> kBreaks = {"", " ", "\n", "\n\n"};
    if (out_.size() > begin_) out_ += kBreaks[static_cast<size_t>(wanted_)];
    wanted_ = Break::kNone;
    out_ += text;
  }

  std::string& out_;
  const size_t begin_;
  Break wanted_ = Break::kNone;
};

// Walks the tree without recursion. `title` may be null.
void WriteTree(const GumboNode& root, std::string* title, std::string& out) {
  struct Step {
    const GumboNode* node;
    unsigned next_child;
  };
  std::vector<Step> path;
  TextWriter writer(out);
  int preformatted = 0;
  const auto enter = [&](const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
      if (preformatted > 0) writer.AddPreformatted(node.v.text.text);
      else writer.Add(node.v.text.text);
      return;
    }
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_DOCUMENT) return;
    if (node.type == GUMBO_NODE_ELEMENT) {
      const GumboTag tag = node.v.element.tag;
      if (title != nullptr && tag == GUMBO_TAG_TITLE && node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML) {
        if (title->empty()) WriteTree(node, nullptr, *title);
        return;
      }
      // Of the head, only the title.
      if (IsDropped(tag) && (tag != GUMBO_TAG_HEAD || title == nullptr)) return;
      writer.Need(BreakAround(tag));
      preformatted += tag == GUMBO_TAG_PRE ? 1 : 0;
    }
    path.push_back({&node, 0});
  };
  enter(root);
  while (!path.empty()) {
    Step& step = path.back();
    const bool is_element = step.node->type == GUMBO_NODE_ELEMENT;
    const GumboVector& children = is_element ? step.node->v.element.children : step.node->v.document.children;
    if (step.next_child < children.length) {
      enter(*static_cast<const GumboNode*>(children.data[step.next_child++]));
      continue;
    }
    if (is_element) {
      writer.Need(BreakAround(step.node->v.element.tag));
      preformatted -= step.node->v.element.tag == GUMBO_TAG_PRE ? 1 : 0;
    }
    path.pop_back();
  }
}

bool Parse(std::string_view html, GumboTag context, std::string* title, std::string& out) {
  if (!MayParse(html)) return false;
  Pool pool;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* to, size_t size) { return static_cast<Pool*>(to)->Allocate(size); };
  options.deallocator = [](void*, void*) {};
  options.userdata = &pool;
  options.max_errors = 0;
  options.fragment_context = context;
  const GumboOutput* const output = gumbo_parse_with_options(&options, html.data(), html.size());
  WriteTree(*output->document, title, out);
  return true;
}

}  // namespace

void AppendHtmlText(std::string_view html, std::string& out) {
  if (html.find('<') == html.npos) {
    std::string decoded;
    out += clean::DecodeHtmlEntities(html, decoded) > 0 ? std::string_view(decoded) : html;
  } else if (!Parse(html, GUMBO_TAG_DIV, nullptr, out)) {
    out += html;
  }
}

bool ReadHtml(std::string_view html, std::string& title, std::string& body) {
  title.clear();
  body.clear();
  return Parse(html, GUMBO_TAG_LAST, &title, body);
}

}  // namespace unecho
