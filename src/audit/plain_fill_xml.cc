// Elements of XML.
#include <algorithm>
#include <optional>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "audit/plain_fill_forms.h"

namespace unecho {

using std::string;
using std::string_view;

namespace {

// An element, by places in the text. They stand in a list in the order in which they begin.
struct Node {
  string name;
  size_t parent = 0;                                        // in the list, where the first stands for the whole text
  size_t open = 0, open_end = 0, close = 0, close_end = 0;  // of the two tags; of <x/> both are one
  bool is_empty_tag = false;
};

// Behind `what`, looked for from `at` on.
size_t Behind(const string& text, size_t at, const char* what) {
  const size_t found = text.find(what, at);
  return found == string::npos ? text.size() : found + string_view(what).size();
}

std::vector<Node> NodesOf(const string& text) {
  std::vector<Node> nodes(1);
  nodes[0].close = nodes[0].close_end = text.size();
  size_t in = 0;  // the innermost that is open
  for (size_t at = text.find('<'); at < text.size(); at = text.find('<', at)) {
    const string_view rest = string_view(text).substr(at);
    if (rest.starts_with("</")) {
      if (in == 0) return nodes;
      nodes[in].close = at;
      at = nodes[in].close_end = Behind(text, at, ">");
      in = nodes[in].parent;
    } else if (rest.starts_with("<!--")) {
      at = Behind(text, at, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      at = Behind(text, at, "]]>");
    } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
      at = Behind(text, at, ">");
    } else {
      Node node;
      node.parent = in;
      node.open = at;
      node.name = rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1);
      for (char quote = 0; at < text.size() && (quote != 0 || text[at] != '>'); ++at) {
        if (quote != 0 ? text[at] == quote : text[at] == '"' || text[at] == '\'') quote = quote != 0 ? '\0' : text[at];
      }
      node.is_empty_tag = text[at - 1] == '/';
      at = std::min(at + 1, text.size());
      node.open_end = node.close = node.close_end = at;
      nodes.push_back(node);
      if (!node.is_empty_tag) in = nodes.size() - 1;
    }
  }
  return nodes;
}

// The first of that name in the node: one of its children, or at any depth.
const Node* Find(const std::vector<Node>& nodes, const Node& in, const string& name, bool deep) {
  const auto place = static_cast<size_t>(&in - nodes.data());
  for (size_t i = place + 1; i < nodes.size(); ++i) {
    if (nodes[i].name != name) continue;
    if (deep ? nodes[i].open < in.close : nodes[i].parent == place) return &nodes[i];
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

// Nothing: there is no element to put it into.
std::optional<string> WithElement(const string& text, const StandardName& place, const string& value) {
  const std::vector<Node> nodes = NodesOf(text);
  if (nodes.size() == 1) return std::nullopt;
  const Node* parent = &nodes[1];
  std::vector<string> path = absl::StrSplit(place.written.front(), '/');
  // As far as the path is there: its first part anywhere, the others one in another.
  for (bool is_first = true; path.size() > 1; is_first = false) {
    const Node* const next = Find(nodes, *parent, path.front(), is_first);
    if (next == nullptr) break;
    parent = next;
    path.erase(path.begin());
  }
  const string content = absl::StrReplaceAll(value, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
  const bool has_attributes = path.back().find(' ') != string::npos;
  if (path.size() == 1 && !has_attributes) {
    if (const Node* const there = Find(nodes, *parent, path.front(), false); there != nullptr) {
      if (StandsForNoValue(WithoutBlanksAround(text.substr(there->open_end, there->close - there->open_end))))
        return text.substr(0, there->open_end) + content + text.substr(there->close);
      if (!there->is_empty_tag) return text.substr(0, there->close) + content + text.substr(there->close);
      return text.substr(0, there->open) + "<" + there->name + ">" + content + "</" + there->name + ">" +
             text.substr(there->close_end);
    }
  }
  string added = content;
  for (; !path.empty(); path.pop_back())
    added = "<" + path.back() + ">" + added + "</" + path.back().substr(0, path.back().find(' ')) + ">";
  if (parent->is_empty_tag)
    return text.substr(0, parent->open_end - 2) + ">" + added + "</" + parent->name + ">" +
           text.substr(parent->close_end);
  const Node* last_child = nullptr;
  for (const Node& child : nodes) {
    if (&child == &nodes[0] || &nodes[child.parent] != parent) continue;
    last_child = &child;
    if (std::find(place.written.begin() + 1, place.written.end(), child.name) == place.written.end()) continue;
    return text.substr(0, child.open) + added + LineIn(text, child.open) + text.substr(child.open);
  }
  size_t at = parent->close;
  while (at > parent->open_end && IsAllBlank(text.substr(at - 1, 1))) --at;
  const string line = last_child == nullptr ? string() : LineIn(text, last_child->open);
  return text.substr(0, at) + line + added + text.substr(at);
}

}  // namespace

string FilledXml(string_view record, const XmlProfile& profile, std::span<PlainFill> fills) {
  string text(record);
  for (PlainFill& fill : fills) {
    for (const StandardName& place : profile.places) {
      if (place.name != StandardOf(fill.field)) continue;
      const std::optional<string> with = WithElement(text, place, fill.value);
      fill.is_written = with.has_value();
      if (with) text = *with;
      break;
    }
  }
  return text;
}

}  // namespace unecho
