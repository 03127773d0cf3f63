#include "layouts/xml_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "base/status.h"
#include "layouts/markup_names.h"
#include "layouts/prose.h"
#include "text/characters.h"
#include "text/scan.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kMostOpen = 256;  // elements inside each other; those deeper are none

string_view WithoutPrefix(string_view name) { return name.substr(name.rfind(':') + 1); }

bool BeginsTagName(char c) { return IsAlpha(c) || c == '_' || (c & '\x80') != 0; }

constexpr std::array<std::pair<string_view, string_view>, 4> kOthers = {
    {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<%", "%>"}}};

// Behind a document type, perhaps with an internal subset; npos if it goes on.
size_t DocumentTypeSize(string_view text) {
  int brackets = 0;
  for (size_t i = 2; i < text.size(); ++i) {
    brackets += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
    if (text[i] == '>' && brackets <= 0) return i + 1;
  }
  return text.npos;
}

// Behind what begins at text[0] == '<' and is no element; 0 if it is one, npos if it goes on.
size_t OtherSize(string_view text) {
  for (const auto& [begin, end] : kOthers) {
    if (!text.starts_with(begin)) continue;
    const size_t found = text.find(end, begin.size());
    return found == text.npos ? found : found + end.size();
  }
  return text.starts_with("<!") ? DocumentTypeSize(text) : 0;
}

// The name that `text` begins with; empty if it begins with none, or the name may go on.
string_view NameOf(string_view text) {
  if (text.empty() || !BeginsTagName(text[0])) return {};
  const size_t end = text.find_first_of(" \t\r\n/><");
  return end == text.npos ? string_view() : text.substr(0, end);
}

// Behind the script or style sheet that `text` begins with; 0 if it begins with none, npos if it goes on.
size_t ScriptSize(string_view text) {
  const string_view name = XmlNameAt(text);
  const auto is_name = [name](string_view other) { return absl::EqualsIgnoreCase(Abs(name), Abs(other)); };
  if (!is_name("script") && !is_name("style") && !is_name("noscript")) return 0;
  for (size_t at = text.find("</"); at != text.npos; at = text.find("</", at + 2)) {
    if (!is_name(NameOf(text.substr(at + 2)))) continue;
    const size_t end = text.find('>', at);
    return end == text.npos ? end : end + 1;
  }
  return text.npos;
}

// An attribute says something if it has several words.
bool HasWords(string_view value) {
  const size_t blank = value.find(' ');
  return blank != value.npos && std::ranges::any_of(value, [](char c) { return IsAlpha(c) || (c & '\x80') != 0; });
}

// Reads name="value" off the front; false at the end, or where something else stands.
bool TakeAttribute(string_view& rest, string_view& name, string_view& value) {
  const size_t equals = rest.find('=');
  if (equals == rest.npos) return false;
  name = TrimBlanks(rest.substr(0, equals));
  const string_view behind = TrimBlanks(rest.substr(equals + 1));
  const char quote = behind.empty() ? '\0' : behind[0];
  if (quote != '"' && quote != '\'') return false;
  const size_t end = std::min(behind.find(quote, 1), behind.size());
  value = behind.substr(1, end - 1);
  rest = behind.substr(std::min(end + 1, behind.size()));
  return true;
}

// Bytes of the tag that begins at text[0] == '<'; npos if it goes on. A '>' in quotes does not end it, where there is a
// quote to end them.
size_t XmlTagSize(string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '>') return i + 1;
    if ((c == '"' || c == '\'') && text[i - 1] == '=') {
      const size_t end = text.find(c, i + 1);
      if (end == text.npos) return text.find('>', i) == text.npos ? text.npos : text.find('>', i) + 1;
      i = end;
    }
  }
  return text.npos;
}

class TreeReader {
 public:
  TreeReader(XmlTree& tree, bool has_void) : elements_(tree.elements), tree_(tree), has_void_(has_void) {}

  void Read(string_view text) {
    elements_.push_back({});
    open_.push_back(0);
    for (size_t at = 0; at < text.size();) {
      const size_t tag = std::min(text.find('<', at), text.size());
      TakeText(text.substr(at, tag - at));
      if (tag == text.size()) break;
      const string_view rest = text.substr(tag);
      if (const size_t other = OtherSize(rest); other > 0) {
        if (rest.starts_with("<![CDATA[")) TakeText(rest.substr(0, other).substr(9));
        at = tag + std::min(other, rest.size());
        continue;
      }
      if (rest.size() > 1 && rest[1] != '/' && !BeginsTagName(rest[1])) {
        at = tag + 1;
        continue;
      }
      const size_t size = XmlTagSize(rest);
      if (size == rest.npos) break;
      TakeTag(rest.substr(1, size - 2));
      at = tag + size;
    }
    while (!open_.empty()) Leave();
    for (size_t i = elements_.size() - 1; i > 0; --i) {
      XmlElement& parent = elements_[elements_[i].parent];
      parent.text_bytes += elements_[i].text_bytes;
      parent.has_prose |= elements_[i].has_prose;
    }
  }

 private:
  XmlElement& In() { return elements_[open_.back()]; }

  void TakeText(string_view text) {
    text = TrimBlanks(text);
    if (In().text.empty()) In().text = text;
    In().own_bytes += text.size();
    In().text_bytes += text.size();
    In().has_prose |= IsProse(text);
  }

  void TakeTag(string_view tag) {
    if (tag.empty()) return;
    if (tag[0] == '/') {
      const string_view name = WithoutPrefix(TrimBlanks(tag.substr(1)));
      const auto waits =
          std::find_if(open_.rbegin(), open_.rend(), [&](size_t each) { return elements_[each].name == name; });
      tree_.is_regular &= waits == open_.rbegin() && !name.empty();
      if (name.empty() || waits == open_.rend()) return;
      ++tree_.num_ended;
      for (auto leave = waits - open_.rbegin(); leave >= 0; --leave) Leave();
      return;
    }
    if (!BeginsTagName(tag[0])) return;
    const size_t name_end = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
    const string_view name = WithoutPrefix(tag.substr(0, name_end));
    const bool is_empty = tag.back() == '/' || (has_void_ && IsHtmlVoid(name));
    ++In().num_children;
    XmlElement element{.name = name,
                       .attributes = tag.substr(name_end),
                       .parent = open_.back(),
                       .depth = open_.size(),
                       .end = elements_.size() + 1};
    string_view rest = element.attributes, attribute, value;
    while (TakeAttribute(rest, attribute, value)) {
      ++element.num_attributes;
      if (HasWords(value)) element.text_bytes += value.size();
      element.has_prose |= IsProse(value);
    }
    tree_.is_regular &= rest.find('=') == rest.npos;
    elements_.push_back(element);
    tree_.num_ended += static_cast<size_t>(is_empty);
    if (!is_empty && open_.size() < kMostOpen) open_.push_back(elements_.size() - 1);
  }

  void Leave() {
    In().end = elements_.size();
    open_.pop_back();
  }

  std::vector<XmlElement>& elements_;
  XmlTree& tree_;
  const bool has_void_;
  std::vector<size_t> open_;
};

}  // namespace

XmlTree ReadXmlTree(string_view bytes, bool has_void) {
  XmlTree tree;
  TreeReader(tree, has_void).Read(bytes);
  return tree;
}

void ForEachXmlAttribute(string_view attributes, const std::function<void(string_view, string_view)>& take) {
  string_view name, value;
  while (TakeAttribute(attributes, name, value)) take(name, value);
}

XmlProlog ReadXmlProlog(string_view text) {
  XmlProlog prolog;
  for (;;) {
    const string_view blanks_and_rest = text.substr(prolog.bytes);
    const string_view rest = TrimBlanks(blanks_and_rest);
    prolog.bytes = static_cast<size_t>((rest.empty() ? text.data() + text.size() : rest.data()) - text.data());
    if (rest.size() < 2) return prolog;
    size_t size = ScriptSize(rest);
    if (rest[0] == '<' && (rest[1] == '!' || rest[1] == '?' || rest[1] == '%')) {
      if (string_view("<!--").starts_with(rest)) return prolog;
      size = OtherSize(rest);
      prolog.has_declaration |= rest.starts_with("<?xml");
      if (rest[1] == '!' && !rest.starts_with("<!--") && prolog.document_type.empty() && size != rest.npos)
        prolog.document_type = rest.substr(0, size);
    }
    if (size == rest.npos) return prolog;
    if (size == 0) break;
    prolog.bytes += size;
  }
  prolog.is_complete = true;
  return prolog;
}

string_view XmlNameAt(string_view text) { return text.starts_with('<') ? NameOf(text.substr(1)) : string_view(); }

}  // namespace unecho
