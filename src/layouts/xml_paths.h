// Elements of an XML record by name, for the fields of a profile.
//
// Cost: one walk over the elements of a record for all fields. Threads: one user. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_XML_PATHS_H_
#define UNECHO_SRC_LAYOUTS_XML_PATHS_H_

#include <pugixml.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/xml_text.h"

namespace unecho {

// "identifier[@type=doi]": an element with that value of an attribute; or one of that name alone.
struct XmlStep {
  explicit XmlStep(std::string_view text) {
    const size_t begin = text.find("[@"), equal = text.find('=', std::min(begin, text.size()));
    name = LocalName(text.substr(0, begin));
    if (equal == text.npos || !text.ends_with(']')) return;
    attribute = text.substr(begin + 2, equal - begin - 2);
    value = text.substr(equal + 1, text.size() - equal - 2);
  }
  bool HasAttribute(const pugi::xml_node& node) const {
    return attribute.empty() || node.attribute(attribute.c_str()).value() == value;
  }

  std::string name, attribute, value;
};

// "title", "titles/title", "@Title" (an attribute of the record), "link/@href", "." (the record's own text),
// "relatedItem[@type=host]/titleInfo".
struct XmlPath {
  explicit XmlPath(std::string_view text) {
    for (size_t begin = 0; begin <= text.size();) {
      const size_t end = std::min(text.find('/', begin), text.size());
      const std::string_view part = text.substr(begin, end - begin);
      if (part.starts_with('@'))
        attribute = part.substr(1);
      else if (!part.empty() && part != ".")
        elements.insert(elements.begin(), XmlStep(part));
      begin = end + 1;
    }
  }
  // Is it this element, which is not the record itself? `name`: its local name.
  bool Matches(const pugi::xml_node& node, std::string_view name) const {
    if (elements.empty() || elements[0].name != name || !elements[0].HasAttribute(node)) return false;
    pugi::xml_node parent = node;
    for (size_t i = 1; i < elements.size(); ++i) {
      parent = parent.parent();
      if (LocalName(parent.name()) != elements[i].name || !elements[i].HasAttribute(parent)) return false;
    }
    return true;
  }

  std::vector<XmlStep> elements;  // the last of the path first
  std::string attribute;
};

// A field: its paths in order of preference, and the elements of a record that have been found.
struct XmlField {
  struct Found {
    size_t path = 0;
    int depth = 0;
    bool has_prefix = false;
    pugi::xml_node node;
    bool IsBetterThan(const Found& other) const {
      if (path != other.path) return path < other.path;
      if (depth != other.depth) return depth < other.depth;
      return has_prefix < other.has_prefix;
    }
  };

  explicit XmlField(const std::vector<std::string>& names) {
    for (const std::string& name : names) paths.emplace_back(name);
  }
  explicit XmlField(const std::string& name) {
    if (!name.empty()) paths.emplace_back(name);
  }

  void Offer(const pugi::xml_node& node, std::string_view name, int depth, bool has_prefix) {
    for (size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].Matches(node, name)) return found.push_back({i, depth, has_prefix, node});
    }
  }
  void Sort() {
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.IsBetterThan(b); });
  }

  std::vector<XmlPath> paths;
  std::vector<Found> found;
};

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_PATHS_H_
