#include "layouts/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "layouts/html_skeleton.h"
#include "text/characters.h"
#include "text/html_entities.h"

namespace unecho {
namespace {

// kOther: white space that does not stay as it is, or the first byte of a no-break space.
enum TextKind : uint8_t { kWord = 0, kOneBlank = 1, kOther = 2 };
constexpr std::array<uint8_t, 256> kKinds = [] {
  std::array<uint8_t, 256> kinds{};
  for (size_t c = 0; c < kinds.size(); ++c)
    kinds[c] = c == ' ' ? kOneBlank : IsHtmlSpace(static_cast<char>(c)) || c == 0xC2 ? kOther : kWord;
  return kinds;
}();
uint8_t TextKindOf(char c) { return kKinds[static_cast<unsigned char>(c)]; }

// --- memory --------------------------------------------------------------------------------------------------------

// All that a parse allocates, taken back at once: freeing node by node recurses as deep as the document. One block is
// kept for the next parse; a parse that needed more gives its memory back.
class Pool {
 public:
  void* Allocate(size_t size) {
    constexpr size_t kAlign = 16;
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > left_) {
      const size_t block = std::max(size, kBlockBytes);
      more_.push_back(std::make_unique_for_overwrite<char[]>(block));
      next_ = more_.back().get();
      left_ = block;
    }
    char* const out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }
  void Clear() {
    more_.clear();
    if (first_ == nullptr) first_ = std::make_unique_for_overwrite<char[]>(kBlockBytes);
    next_ = first_.get();
    left_ = kBlockBytes;
  }

 private:
  static constexpr size_t kBlockBytes = size_t{256} << 10;
  std::unique_ptr<char[]> first_;
  std::vector<std::unique_ptr<char[]>> more_;
  char* next_ = nullptr;
  size_t left_ = 0;
};

// --- the tree -> text ----------------------------------------------------------------------------------------------

enum class Break : uint8_t { kNone, kBlank, kLine, kParagraph };

// What is not seen of a page. `shows_hidden`: nothing else has a text.
bool IsDroppedTag(GumboTag tag, bool shows_hidden) {
  switch (tag) {
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_TEXTAREA: return !shows_hidden;
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_BUTTON: return true;
    default: return false;
  }
}

Break BreakAround(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_FIGURE: return Break::kParagraph;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TITLE: return Break::kLine;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return Break::kBlank;
    default: return Break::kNone;
  }
}

class TextWriter {
 public:
  TextWriter(const HtmlSkeleton& skeleton, std::string& out) : skeleton_(skeleton), out_(out), begin_(out.size()) {}

  void Need(Break wanted) { wanted_ = std::max(wanted_, wanted); }

  // Text of the tree.
  void Add(std::string_view text, bool is_preformatted) {
    while (!text.empty()) {
      const std::string_view run = skeleton_.RunAt(text);
      if (run.data() != nullptr) {
        AddPlain(run, is_preformatted);
        text.remove_prefix(HtmlSkeleton::kMarkBytes);
        continue;
      }
      size_t end = 1;
      while (end < text.size() && static_cast<unsigned char>(text[end]) < HtmlSkeleton::kMarkByte) ++end;
      AddPlain(text.substr(0, end), is_preformatted);
      text.remove_prefix(end);
    }
  }

 private:
  void AddPlain(std::string_view text, bool is_preformatted) {
    if (is_preformatted) {
      for (size_t end = text.find('\r'); end != text.npos; end = text.find('\r')) {
        if (end > 0) Write(text.substr(0, end));
        text.remove_prefix(end + 1);
      }
      if (!text.empty()) Write(text);
      return;
    }
    while (!text.empty()) {
      if (const size_t blanks = TextKindOf(text[0]) != kWord ? Blanks(text) : 0; blanks > 0) {
        Need(Break::kBlank);
        text.remove_prefix(blanks);
        continue;
      }
      const size_t end = WordsEnd(text);
      Write(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  // The end of the words that a text begins with, as far as they have one blank between them. One branch that is hardly
  // ever taken: that at the end of each word cost most of reading HTML.
  static size_t WordsEnd(std::string_view text) {
    uint8_t last = kWord;
    size_t i = 1;
    for (; i < text.size(); ++i) {
      const uint8_t kind = TextKindOf(text[i]);
      if (((kind | (kind & last) << 1) & kOther) != 0) break;  // no blank, or the second in a row
      last = kind;
    }
    return last == kOneBlank ? i - 1 : i;
  }

  // White space, no-break spaces included, that the text begins with.
  static size_t Blanks(std::string_view text) {
    size_t i = 0;
    for (;;) {
      if (i < text.size() && IsHtmlSpace(text[i]))
        ++i;
      else if (text.substr(i).starts_with("\xC2\xA0"))
        i += 2;
      else
        return i;
    }
  }

  void Write(std::string_view text) {
    static constexpr std::array<std::string_view, 4> kBreaks = {"", " ", "\n", "\n\n"};
    if (out_.size() > begin_) out_ += kBreaks[static_cast<size_t>(wanted_)];
    wanted_ = Break::kNone;
    out_ += text;
  }

  const HtmlSkeleton& skeleton_;
  std::string& out_;
  const size_t begin_;
  Break wanted_ = Break::kNone;
};

// Walks the tree without recursion. `title` may be null.
void WriteTree(const HtmlSkeleton& skeleton, const GumboNode& root, std::string* title, std::string& out,
               bool shows_hidden = false) {
  struct Step {
    const GumboNode* node;
    unsigned next_child;
  };
  std::vector<Step> path;
  TextWriter writer(skeleton, out);
  int preformatted = 0;
  const auto enter = [&](const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
      writer.Add(node.v.text.text, preformatted > 0);
      return;
    }
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_DOCUMENT) return;
    if (node.type == GUMBO_NODE_ELEMENT) {
      const GumboTag tag = node.v.element.tag;
      if (title != nullptr && tag == GUMBO_TAG_TITLE && node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML) {
        if (title->empty()) WriteTree(skeleton, node, nullptr, *title);
        return;
      }
      // Of the head, only the title.
      if (IsDroppedTag(tag, shows_hidden) && (tag != GUMBO_TAG_HEAD || title == nullptr)) return;
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

// Kept for the life of the thread.
struct Scratch {
  HtmlSkeleton skeleton;
  Pool pool;
};

// "m < 3" is none.
bool HasTags(std::string_view html) {
  for (size_t at = html.find('<'); at != html.npos && at + 1 < html.size(); at = html.find('<', at + 1)) {
    const char next = html[at + 1];
    if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' || next == '!' || next == '?')
      return true;
  }
  return false;
}

bool Parse(std::string_view html, GumboTag context, std::string* title, std::string& out) {
  thread_local Scratch scratch;
  const HtmlSkeleton& skeleton = scratch.skeleton;
  if (!scratch.skeleton.Build(html)) return false;
  scratch.pool.Clear();
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = [](void* to, size_t size) { return static_cast<Pool*>(to)->Allocate(size); };
  options.deallocator = [](void*, void*) {};
  options.userdata = &scratch.pool;
  options.max_errors = 0;
  options.fragment_context = context;
  const GumboOutput* const output = gumbo_parse_with_options(&options, skeleton.text().data(), skeleton.text().size());
  const size_t begin = out.size();
  WriteTree(skeleton, *output->document, title, out);
  // A page that is made by scripts has its text in <noscript> or <template>, that of an editor in its <textarea>.
  if (out.size() == begin) WriteTree(skeleton, *output->document, title, out, true);
  scratch.pool.Clear();
  return true;
}

}  // namespace

void AppendHtmlText(std::string_view html, std::string& out) {
  if (!HasTags(html)) {
    std::string decoded;
    out += DecodeHtmlEntities(html, decoded) > 0 ? std::string_view(decoded) : html;
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
