#include "layouts/xml_text.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "base/status.h"
#include "layouts/field_names.h"
#include "layouts/html_text.h"
#include "layouts/markup_names.h"
#include "layouts/prose.h"
#include "layouts/xml_tree.h"
#include "text/html_entities.h"
#include "text/scan.h"

namespace unecho {
namespace {

constexpr std::string_view kXmlSpace = " \t\r\n";

bool IsBlock(std::string_view name) {
  static constexpr std::string_view kBlocks[] = {
      "p",  "sec", "title",        "br",   "div", "li",         "ul",      "ol",         "list-item", "list", "h1",
      "h2", "h3",  "AbstractText", "para", "tr",  "blockquote", "section", "simplepara", "line",      "lb",   "break"};
  return std::ranges::find(kBlocks, name) != std::end(kBlocks);
}

// What PubMed keeps in an abstract and is none of it.
bool IsDropped(std::string_view name) { return name == "CopyrightInformation"; }

bool IsBlank(std::string_view text) { return text.find_first_not_of(kXmlSpace) == text.npos; }

bool IsTextNode(const pugi::xml_node& node) {
  return node && node.type() != pugi::node_element && !IsBlank(node.value());
}

bool IsLeaf(const pugi::xml_node& node) {
  return node.first_child().type() != pugi::node_element && node.first_child() == node.last_child();
}

bool HasOwnText(const pugi::xml_node& node) { return std::ranges::any_of(node.children(), IsTextNode); }

// Names of details that also hold the text itself: <pages><page><line>...
bool IsContainerName(std::string_view name) {
  static constexpr std::string_view kNames[] = {"page", "pages", "volume", "issue", "series", "file", "files"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

bool HoldsTexts(const pugi::xml_node& container) {
  constexpr int kMostNodes = 256;
  int depth = 0, num_nodes = 0;
  for (pugi::xml_node node = container; NextXmlNode(container, node, depth) && ++num_nodes < kMostNodes;) {
    if (depth > 1 && IsProse(node.value())) return true;
  }
  return false;
}

// Is CDATA a document, or mark-up of HTML in an element that is a text? Code in an example stays as it is.
bool IsPage(std::string_view text, std::string_view element) {
  text = TrimBlanks(text);
  if (!text.starts_with('<') || !text.ends_with('>')) return false;
  if (absl::StartsWithIgnoreCase(Abs(text), "<!doctype") || text.starts_with("<en-note")) return true;
  if (text.starts_with("<?xml")) {
    text.remove_prefix(std::min(text.find("?>"), text.size() - 2) + 2);
    return IsPage(text, element);
  }
  const std::string_view name = XmlNameAt(text);
  return absl::EqualsIgnoreCase(Abs(name), "html") || (IsTextName(element) && IsHtmlElement(name));
}

bool IsLeftOut(const pugi::xml_node& node, const XmlText::Without& without) {
  return (without.node && node == without.node) || (without.details && IsXmlDetail(node));
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

bool IsXmlDetail(const pugi::xml_node& node) {
  if (node.type() != pugi::node_element) return false;
  const std::string_view local_name = LocalName(node.name());
  static constexpr std::string_view kDetails[] = {
      "ref-list", "ref",          "listBibl",      "biblStruct",    "bibl",      "teiHeader", "permissions",
      "aff",      "author-notes", "contrib-group", "funding-group", "kwd-group", "history",   "article-categories"};
  if (std::ranges::find(kDetails, local_name) != std::end(kDetails)) return true;
  return IsNoText(local_name) && !IsTextNode(node.previous_sibling()) && !IsTextNode(node.next_sibling()) &&
         !(IsContainerName(local_name) && HoldsTexts(node));
}

// How an element parts what stands before and behind it. `beside`: the node on that side, if any.
XmlText::Break XmlText::BreakAround(const pugi::xml_node& node, const pugi::xml_node& beside, int depth) const {
  if (node.type() != pugi::node_element || depth == 0) return Break::kNone;
  const std::string_view name = LocalName(node.name());
  if (IsBlock(name)) return Break::kLine;
  if (beside.type() != pugi::node_element || has_own_text_[static_cast<size_t>(depth) - 1] || IsInlineName(name))
    return Break::kNone;
  const std::string_view other = LocalName(beside.name());
  if (IsWordName(name)) return other == "pc" ? Break::kNone : Break::kBlank;
  const bool are_fields = name != other && IsLeaf(node) && IsLeaf(beside) && !IsDocumentWord(name);
  return are_fields && !IsDocumentWord(other) ? Break::kBlank : Break::kLineIfGlued;
}

uint64_t XmlText::Append(const pugi::xml_node& root, const Without& without, std::string& out) {
  uint64_t bytes = 0;
  int depth = 0;
  Break wanted = Break::kNone;
  std::string_view blanks;  // between what has been written and what comes
  has_own_text_.clear();
  for (pugi::xml_node node = root;;) {
    const std::string_view value = node.value();
    const bool is_left_out = IsLeftOut(node, without);
    const bool enters = !is_left_out && node.first_child();
    if (node.type() == pugi::node_element) {
      wanted = std::max(wanted, BreakAround(node, node.previous_sibling(), depth));
      if (enters) {
        has_own_text_.resize(static_cast<size_t>(depth));
        has_own_text_.push_back(HasOwnText(node));
      }
    } else if (IsDropped(LocalName(node.parent().name()))) {
      wanted = Break::kLine;
    } else if (IsBlank(value)) {
      if (!value.empty()) blanks = value;
    } else {
      if (out.empty()) {
      } else if (wanted == Break::kLine) {
        out += '\n';
      } else if (!blanks.empty() || wanted == Break::kNone) {
        out += blanks;
      } else {
        out += wanted == Break::kBlank ? ' ' : '\n';
      }
      wanted = Break::kNone;
      blanks = {};
      bytes += value.size();
      if (node.type() == pugi::node_cdata && reads_html_ && IsPage(value, LocalName(node.parent().name())))
        AppendHtmlText(value, out);
      else if (node.type() == pugi::node_cdata)
        out += value;
      else
        AppendDecoded(value, out);
    }
    // Leaving a block begins a line, too.
    if (!enters) {
      int up_depth = depth;
      for (pugi::xml_node up = node; up != root; up = up.parent(), --up_depth) {
        wanted = std::max(wanted, BreakAround(up, up.next_sibling(), up_depth));
        if (up.next_sibling()) break;
      }
    }
    if (!NextXmlNode(root, node, depth, !is_left_out)) return bytes;
  }
}

void XmlText::AppendDecoded(std::string_view text, std::string& out) {
  if (!entities_.empty() && entities_.Expand(text, room_, expanded_)) text = expanded_;
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

bool HasXmlText(const pugi::xml_node& root) {
  if (root.type() != pugi::node_element) return !IsBlank(root.value());
  int depth = 0;
  for (pugi::xml_node node = root;;) {
    const bool is_left_out = IsXmlDetail(node);
    if (!is_left_out) {
      if (IsProse(node.value())) return true;
      const std::string_view name = LocalName(node.name());
      if (node.type() == pugi::node_element && (IsTextName(name) || (IsDocumentPart(name) && !name.ends_with("eader"))))
        return true;
    }
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
