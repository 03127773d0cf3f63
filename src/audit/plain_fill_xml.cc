// Elements of XML.
#include <algorithm>
#include <memory>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "audit/plain_fill_forms.h"

namespace unecho {

using std::string;
using std::string_view;

namespace {

// A tree of the elements, by places in the text.
struct Node {
  string name;
  size_t open = 0, open_end = 0, close = 0, close_end = 0;  // of the two tags; of <x/> both are one
  std::vector<std::unique_ptr<Node>> children;
};

// Behind `what`, looked for from `at` on.
size_t Behind(const string& text, size_t at, const char* what) {
  const size_t found = text.find(what, at);
  return found == string::npos ? text.size() : found + string_view(what).size();
}

// Reads what is in `parent` from `at` on, and gives where its end tag begins.
size_t ReadChildren(const string& text, size_t at, Node& parent) {
  while ((at = std::min(text.find('<', at), text.size())) < text.size()) {
    if (text.compare(at, 2, "</") == 0) return at;
    if (text.compare(at, 4, "<!--") == 0) {
      at = Behind(text, at, "-->");
    } else if (text.compare(at, 9, "<![CDATA[") == 0) {
      at = Behind(text, at, "]]>");
    } else if (text[at + 1] == '!' || text[at + 1] == '?') {
      at = Behind(text, at, ">");
    } else {
      Node& child = *parent.children.emplace_back(std::make_unique<Node>());
      child.open = at;
      child.name = text.substr(at + 1, text.find_first_of(" \t\r\n/>", at + 1) - at - 1);
      for (char quote = 0; at < text.size() && (quote != 0 || text[at] != '>'); ++at) {
        if (quote != 0 ? text[at] == quote : text[at] == '"' || text[at] == '\'') quote = quote != 0 ? '\0' : text[at];
      }
      at = std::min(at + 1, text.size());
      child.open_end = child.close = child.close_end = at;
      if (text.compare(at - 2, 2, "/>") == 0) continue;
      child.close = ReadChildren(text, at, child);
      at = child.close_end = Behind(text, child.close, ">");
    }
  }
  return at;
}

const Node* Find(const Node& node, const string& name, bool deep) {
  for (const auto& child : node.children) {
    if (child->name == name) return child.get();
    if (!deep) continue;
    if (const Node* const found = Find(*child, name, true); found != nullptr) return found;
  }
  return nullptr;
}

// The line end and the blanks in front of `at`, if it is the first on its line.
string LineIn(const string& text, size_t at) {
  const size_t begin = text.find_last_not_of(" \t\r\n", at - 1) + 1;
  const string blanks = text.substr(begin, at - begin);
  const size_t line = blanks.rfind('\n');
  if (line == string::npos) return {};
  const bool has_cr = blanks.find('\r') != string::npos && blanks.find('\r') < blanks.find('\n');
  return (has_cr ? "\r\n" : "\n") + blanks.substr(line + 1);
}

string WithElement(const string& text, const StandardName& place, const string& value) {
  Node root;
  ReadChildren(text, 0, root);
  if (root.children.empty()) return text;
  const Node* parent = root.children.front().get();
  std::vector<string> path = absl::StrSplit(place.written.front(), '/');
  // As far as the path is there: its first part anywhere, the others one in another.
  for (bool is_first = true; path.size() > 1; is_first = false) {
    const Node* const next = Find(*parent, path.front(), is_first);
    if (next == nullptr) break;
    parent = next;
    path.erase(path.begin());
  }
  const string content = absl::StrReplaceAll(value, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
  const bool has_attributes = path.back().find(' ') != string::npos;
  if (path.size() == 1 && !has_attributes) {
    if (const Node* const there = Find(*parent, path.front(), false); there != nullptr) {
      if (there->close > there->open_end || text.compare(there->open_end - 2, 2, "/>") != 0)
        return text.substr(0, there->close) + content + text.substr(there->close);
      return text.substr(0, there->open) + "<" + there->name + ">" + content + "</" + there->name + ">" +
             text.substr(there->close_end);
    }
  }
  string added = content;
  for (; !path.empty(); path.pop_back())
    added = "<" + path.back() + ">" + added + "</" + path.back().substr(0, path.back().find(' ')) + ">";
  if (text.compare(parent->open_end - 2, 2, "/>") == 0)
    return text.substr(0, parent->open_end - 2) + ">" + added + "</" + parent->name + ">" +
           text.substr(parent->close_end);
  for (const auto& child : parent->children) {
    if (std::find(place.written.begin() + 1, place.written.end(), child->name) == place.written.end()) continue;
    return text.substr(0, child->open) + added + LineIn(text, child->open) + text.substr(child->open);
  }
  size_t at = parent->close;
  while (at > parent->open_end && IsAllBlank(text.substr(at - 1, 1))) --at;
  const string line = parent->children.empty() ? string() : LineIn(text, parent->children.back()->open);
  return text.substr(0, at) + line + added + text.substr(at);
}

}  // namespace

string FilledXml(string_view record, const XmlProfile& profile, std::span<PlainFill> fills) {
  string text(record);
  for (PlainFill& fill : fills) {
    for (const StandardName& place : profile.places) {
      if (place.name != StandardOf(fill.field)) continue;
      fill.is_written = true;
      text = WithElement(text, place, fill.value);
    }
  }
  return text;
}

}  // namespace unecho
