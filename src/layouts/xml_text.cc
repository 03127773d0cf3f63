#include "layouts/xml_text.h"

#include <algorithm>

#include "layouts/field_names.h"
#include "layouts/prose.h"
#include "text/html_entities.h"

namespace unecho {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool IsBlock(std::string_view name) {
  static constexpr std::string_view kBlocks[] = {
      "p",  "sec", "title",        "br",   "div", "li",         "ul",      "ol",         "list-item", "list", "h1",
      "h2", "h3",  "AbstractText", "para", "tr",  "blockquote", "section", "simplepara", "line",      "lb",   "break"};
  return std::ranges::find(kBlocks, name) != std::end(kBlocks);
}

// What PubMed keeps in an abstract and is none of it.
bool IsDropped(std::string_view name) { return name == "CopyrightInformation"; }

bool IsBlank(std::string_view text) { return text.find_first_not_of(kSpace) == text.npos; }

bool IsLeftOut(const pugi::xml_node& node, const XmlText::Without& without) {
  return (without.node && node == without.node) ||
         (without.details && node.type() == pugi::node_element && IsXmlDetail(LocalName(node.name())));
}

}  // namespace

bool NextXmlNode(const pugi::xml_node& root, pugi::xml_node& node, int& depth, bool enters) {
  if (const pugi::xml_node child = node.first_child(); child && enters) {
    node = child;
    ++depth;
    return true;
  }
  while (node != root) {
    if (const pugi::xml_node sibling = node.next_sibling()) {
      node = sibling;
      return true;
    }
    node = node.parent();
    --depth;
  }
  return false;
}

bool IsXmlDetail(std::string_view local_name) {
  static constexpr std::string_view kDetails[] = {
      "ref-list", "ref",          "listBibl",      "biblStruct",    "bibl",      "teiHeader", "permissions",
      "aff",      "author-notes", "contrib-group", "funding-group", "kwd-group", "history",   "article-categories"};
  return std::ranges::find(kDetails, local_name) != std::end(kDetails) || IsNoText(local_name);
}

uint64_t XmlText::Append(const pugi::xml_node& root, const Without& without, std::string& out) {
  uint64_t bytes = 0;
  int depth = 0;
  bool needs_line = false;
  std::string_view blanks;  // between what has been written and what comes
  for (pugi::xml_node node = root;;) {
    const std::string_view value = node.value();
    const bool is_left_out = IsLeftOut(node, without);
    if (node.type() == pugi::node_element) {
      needs_line |= node != root && IsBlock(LocalName(node.name()));
    } else if (IsDropped(LocalName(node.parent().name()))) {
      needs_line = true;
    } else if (IsBlank(value)) {
      if (!value.empty()) blanks = value;
    } else {
      if (!out.empty()) out += needs_line ? "\n" : blanks;
      needs_line = false;
      blanks = {};
      bytes += value.size();
      if (node.type() == pugi::node_cdata)
        out += value;
      else
        AppendDecoded(value, out);
    }
    // Leaving a block begins a line, too.
    if (is_left_out || !node.first_child()) {
      for (pugi::xml_node up = node; up != root; up = up.parent()) {
        if (up.type() == pugi::node_element && IsBlock(LocalName(up.name()))) needs_line = true;
        if (up.next_sibling()) break;
      }
    }
    if (!NextXmlNode(root, node, depth, !is_left_out)) return bytes;
  }
}

void XmlText::AppendDecoded(std::string_view text, std::string& out) {
  if (text.find('&') == text.npos || DecodeHtmlEntities(text, decoded_) == 0)
    out += text;
  else
    out += decoded_;
}

bool HasProse(const pugi::xml_node& root, const XmlText::Without& without) {
  int depth = 0;
  for (pugi::xml_node node = root;;) {
    const bool is_left_out = IsLeftOut(node, without);
    if (!is_left_out && IsProse(node.value())) return true;
    if (!NextXmlNode(root, node, depth, !is_left_out)) return false;
  }
}

uint64_t CountTextBytes(const pugi::xml_node& root) {
  uint64_t bytes = 0;
  int depth = 0;
  for (pugi::xml_node node = root;;) {
    const std::string_view value = node.value();
    if (!IsBlank(value)) bytes += value.size();
    for (const pugi::xml_attribute& attribute : node.attributes()) bytes += std::string_view(attribute.value()).size();
    if (!NextXmlNode(root, node, depth)) return bytes;
  }
}

}  // namespace unecho
