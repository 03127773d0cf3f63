// XML: an element where [xml.places] of the profile says.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/characters.h"
#include "text/scan.h"
#include "write/fill_forms.h"

namespace unecho {
namespace {

// An element of a record: where its tags are.
struct Element {
  std::string_view name;
  size_t parent = SIZE_MAX;
  size_t begin = 0, inner = 0;    // of the start tag, and behind it
  size_t inner_end = 0, end = 0;  // of the end tag, and behind it; of <x/> both are behind it
  bool is_empty_tag = false;
};

// In the order in which they begin. Comments, CDATA and instructions are passed over.
std::vector<Element> ElementsOf(std::string_view text) {
  std::vector<Element> elements;
  std::vector<size_t> open;
  const auto behind = [&text](size_t at, std::string_view what) {
    const size_t found = text.find(what, at);
    return found == text.npos ? text.size() : found + what.size();
  };
  for (size_t at = text.find('<'); at < text.size(); at = text.find('<', at)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = behind(at, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      at = behind(at, "]]>");
    } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
      at = behind(at, ">");
    } else if (rest.starts_with("</")) {
      if (open.empty()) return elements;
      Element& element = elements[open.back()];
      open.pop_back();
      element.inner_end = at;
      element.end = at = behind(at, ">");
    } else {
      size_t end = at + 1;  // a > inside quotes ends nothing
      for (char quote = 0; end < text.size() && (quote != 0 || text[end] != '>'); ++end) {
        if (quote == 0 && (text[end] == '"' || text[end] == '\''))
          quote = text[end];
        else if (text[end] == quote)
          quote = 0;
      }
      const size_t name_end = std::min(text.find_first_of(" \t\r\n/>", at + 1), text.size());
      const bool is_empty_tag = end > 0 && text[end - 1] == '/';
      const size_t parent = open.empty() ? SIZE_MAX : open.back();
      const size_t next = std::min(end + 1, text.size());
      elements.push_back({text.substr(at + 1, name_end - at - 1), parent, at, next, next, next, is_empty_tag});
      if (!is_empty_tag) open.push_back(elements.size() - 1);
      at = next;
    }
  }
  return elements;
}

std::string XmlOf(std::string_view value) {
  std::string xml;
  for (const char c : value) {
    if (c == '&')
      xml += "&amp;";
    else if (c == '<')
      xml += "&lt;";
    else if (c == '>')
      xml += "&gt;";
    else
      xml += c;
  }
  return xml;
}

std::string_view NameOfPart(std::string_view part) { return part.substr(0, part.find(' ')); }

// `children`: of an element, by place.
std::vector<size_t> ChildrenOf(std::span<const Element> elements, size_t parent) {
  std::vector<size_t> children;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (elements[i].parent == parent) children.push_back(i);
  }
  return children;
}

// White space in front of `at` that begins with a line end; empty where there is none.
std::string IndentBefore(std::string_view text, size_t at) {
  size_t begin = at;
  while (begin > 0 && IsBlank(text[begin - 1])) --begin;
  const std::string_view blanks = text.substr(begin, at - begin);
  const size_t line = blanks.find_last_of('\n');
  if (line == blanks.npos) return {};
  return std::string(LineEndOf(blanks)).append(blanks.substr(line + 1));
}

// False, and nothing is written: there is no element to put it into.
bool PutElement(std::span<const std::string> place, std::string_view value, std::string& out) {
  std::vector<std::string> parts;
  for (std::string_view rest = place.front(); !rest.empty();) {
    const size_t end = std::min(rest.find('/'), rest.size());
    parts.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::vector<Element> elements = ElementsOf(out);
  if (elements.empty()) return false;
  // The element that is to have it, and how many of the parts are there.
  size_t parent = 0, found = 0;
  for (; found + 1 < parts.size(); ++found) {
    const auto is_part = [&](const Element& element) {
      return element.name == parts[found] && (found == 0 ? element.parent != SIZE_MAX : element.parent == parent);
    };
    const auto at = std::ranges::find_if(elements, is_part);
    if (at == elements.end()) break;
    parent = static_cast<size_t>(at - elements.begin());
  }
  const std::string text = XmlOf(value);
  const std::vector<size_t> children = ChildrenOf(elements, parent);
  const bool is_whole_path = found + 1 == parts.size();
  if (is_whole_path && parts.back().find(' ') == std::string::npos) {
    for (const size_t child : children) {
      const Element& element = elements[child];
      if (element.name != parts.back()) continue;  // it is there, and says nothing
      const auto inner = std::string_view(out).substr(element.inner, element.inner_end - element.inner);
      if (!element.is_empty_tag && StandsForNoValue(TrimBlanks(inner))) {
        out.replace(element.inner, inner.size(), text);
      } else if (!element.is_empty_tag) {
        out.insert(element.inner_end, text);
      } else {
        out.replace(element.begin, element.end - element.begin,
                    "<" + parts.back() + ">" + text + "</" + parts.back() + ">");
      }
      return true;
    }
  }
  std::string added = text;
  for (size_t i = parts.size(); i > found; --i) {
    const std::string& part = parts[i - 1];
    added = "<" + part + ">" + added + "</" + std::string(NameOfPart(part)) + ">";
  }
  const Element& element = elements[parent];
  if (element.is_empty_tag) {
    const std::string name(element.name);
    out.replace(out.rfind('/', element.end - 1), 2, ">" + added + "</" + name + ">");
    return true;
  }
  for (const size_t child : children) {
    if (std::ranges::find(place.subspan(1), elements[child].name) == place.end()) continue;
    out.insert(elements[child].begin, added + IndentBefore(out, elements[child].begin));
    return true;
  }
  size_t at = element.inner_end;
  while (at > element.inner && IsBlank(out[at - 1])) --at;
  const std::string indent = children.empty() ? std::string() : IndentBefore(out, elements[children.back()].begin);
  out.insert(at, indent + added);
  return true;
}

}  // namespace

MergeMask FillElements(const Profile& profile, std::span<const Filling> fillings, std::string& out) {
  MergeMask filled = 0;
  for (const auto& [field, value, tex] : fillings) {
    const auto place = std::ranges::find(profile.xml.places, StandardNameOf(field), &StandardName::name);
    if (place == profile.xml.places.end()) continue;
    if (PutElement(place->written, value, out)) filled |= BitOf(field);
  }
  return filled;
}

}  // namespace unecho
