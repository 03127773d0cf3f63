// The parallel half of xml: a record is parsed by pugixml, its fields are looked up by name.
//
// Entities of XML and the names of HTML are decoded once, those of a document type never; CDATA is taken as it is.
// The text of a field is all character data inside it. Elements that are blocks in HTML, JATS or PubMed begin new
// lines. Of several elements of one name the outermost counts, then one without a prefix, then the first; of a body all
// that are as far out as the first.
#include <pugixml.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "base/batch.h"
#include "layouts/engines.h"
#include "layouts/span_batch.h"
#include "text/html_entities.h"

namespace unecho {
namespace {

std::string_view LocalName(std::string_view name) { return name.substr(name.rfind(':') + 1); }

// "title", "titles/title", "@Title" (an attribute of the record), "link/@href", "." (the record's own text).
struct Path {
  explicit Path(std::string_view text) {
    for (size_t begin = 0; begin <= text.size();) {
      const size_t end = std::min(text.find('/', begin), text.size());
      const std::string_view part = text.substr(begin, end - begin);
      if (part.starts_with('@'))
        attribute = part.substr(1);
      else if (!part.empty() && part != ".")
        elements.insert(elements.begin(), std::string(LocalName(part)));
      begin = end + 1;
    }
  }
  // Is it this element, which is not the record itself? `name`: its local name.
  bool Matches(const pugi::xml_node& node, std::string_view name) const {
    if (elements.empty() || elements[0] != name) return false;
    pugi::xml_node parent = node;
    for (size_t i = 1; i < elements.size(); ++i) {
      parent = parent.parent();
      if (LocalName(parent.name()) != elements[i]) return false;
    }
    return true;
  }

  std::vector<std::string> elements;  // the last of the path first
  std::string attribute;
};

// A field: its paths in order of preference, and the elements of a record that have been found.
struct Field {
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

  explicit Field(const std::vector<std::string>& names) {
    for (const std::string& name : names) paths.emplace_back(name);
  }
  explicit Field(const std::string& name) {
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

  std::vector<Path> paths;
  std::vector<Found> found;
};

bool IsBlock(std::string_view name) {
  static constexpr std::string_view kBlocks[] = {
      "p",  "sec", "title",        "br",   "div", "li",         "ul",      "ol",         "list-item", "list", "h1",
      "h2", "h3",  "AbstractText", "para", "tr",  "blockquote", "section", "simplepara", "line",      "lb",   "break"};
  return std::ranges::find(kBlocks, name) != std::end(kBlocks);
}

// What PubMed keeps in an abstract and is none of it.
bool IsDropped(std::string_view name) { return name == "CopyrightInformation"; }

class XmlSegmenter {
 public:
  XmlSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options), profile_(profile), batch_(batch), reader_(batch), fields_{Field(profile.xml.title),
                                                                                     Field(profile.xml.body),
                                                                                     Field(profile.xml.snapshot),
                                                                                     Field(options.id_field),
                                                                                     Field(options.order_field),
                                                                                     Field(profile.xml.more)} {}

  void Accept(Record& record) {
    buffer_.assign(record.raw.begin(), record.raw.end());
    const auto parsed = document_.load_buffer_inplace(buffer_.data(), buffer_.size(),
                                                      pugi::parse_cdata | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!parsed) return AddRejected(batch_, record, Reason::kMalformed);
    const pugi::xml_node root = document_.first_child();
    FindFields(root);
    RecordText text;
    text.title = TextOf(kTitle, root, profile_.unescape_title, Space::kOneLine);
    text.body = Body(root);
    text.snapshot = TextOf(kSnapshot, root, {}, Space::kOneLine);
    text.id = ScalarAsJson(batch_, TextOf(kId, root, {}, Space::kOneLine));
    text.order_value = ScalarAsJson(batch_, TextOf(kOrder, root, {}, Space::kOneLine));
    if (text.body.empty()) text.body = Prose(root);
    if (const std::string_view part = profile_.xml.body_pattern.Extract(text.body); !part.empty()) text.body = part;
    AddRecord(options_, batch_, record, text);
  }

 private:
  enum Index : size_t { kTitle, kBody, kSnapshot, kId, kOrder, kMore, kNumFields };

  // All elements of the name that counts which are as far out as the first, and what comes behind them.
  std::string_view Body(const pugi::xml_node& root) {
    size_t first = 0;
    std::string_view body = TextOf(kBody, root, profile_.unescape_body, Space::kLines, &first);
    const std::vector<Field::Found>& found = fields_[kBody].found;
    if (body.empty() || first == found.size()) return body;
    const auto append = [&](std::string_view text) {
      if (text.empty()) return;
      joined_.assign(body).append("\n").append(text);
      body = batch_.arena.Copy(joined_);
    };
    const Field::Found& taken = found[first];
    for (size_t i = first + 1; i < found.size() && !taken.IsBetterThan(found[i]); ++i)
      append(Read(found[i].node, fields_[kBody].paths[taken.path], profile_.unescape_body, Space::kLines));
    for (const Field::Found& more : fields_[kMore].found) {
      if (more.node != taken.node && !IsInside(taken.node, more.node) && !IsInside(more.node, taken.node))
        append(Read(more.node, fields_[kMore].paths[more.path], profile_.unescape_body, Space::kLines));
    }
    return body;
  }

  static bool IsInside(pugi::xml_node node, const pugi::xml_node& outer) {
    while (node && node != outer) node = node.parent();
    return static_cast<bool>(node);
  }

  // One walk over the elements, without recursion.
  void FindFields(const pugi::xml_node& root) {
    for (Field& field : fields_) field.found.clear();
    int depth = 0;
    for (pugi::xml_node node = root;;) {
      if (node != root && node.type() == pugi::node_element) {
        const std::string_view name = node.name();
        const std::string_view local = LocalName(name);
        for (Field& field : fields_) field.Offer(node, local, depth, local.size() != name.size());
        // <field name="title">, <str name="title">
        if (const pugi::xml_attribute attribute = node.attribute("name")) {
          for (Field& field : fields_) field.Offer(node, attribute.value(), depth, false);
        }
      }
      if (!Next(root, node, depth)) break;
    }
    for (Field& field : fields_) field.Sort();
  }

  // The next node in document order, inside `root`.
  static bool Next(const pugi::xml_node& root, pugi::xml_node& node, int& depth) {
    if (const pugi::xml_node child = node.first_child()) {
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

  // The first that is there and has text. `taken`: its place among those that were found; their number if it is the
  // record itself.
  std::string_view TextOf(Index index, const pugi::xml_node& root, const Unescape& unescape, Space space,
                          size_t* taken = nullptr) {
    const Field& field = fields_[index];
    size_t next_found = 0;
    // Empty elements in each other, each of which is read to its end.
    constexpr int kMostEmpty = 64;
    int num_empty = 0;
    for (size_t i = 0; i < field.paths.size(); ++i) {
      const Path& path = field.paths[i];
      for (; next_found < field.found.size() && field.found[next_found].path == i; ++next_found) {
        const std::string_view text = Read(field.found[next_found].node, path, unescape, space);
        if (!text.empty()) {
          if (taken != nullptr) *taken = next_found;
          return text;
        }
        if (++num_empty == kMostEmpty) return {};
      }
      if (!path.elements.empty() || (path.attribute.empty() && !HasOwnText(root))) continue;
      if (const std::string_view text = Read(root, path, unescape, space); !text.empty()) {
        if (taken != nullptr) *taken = field.found.size();
        return text;
      }
    }
    return {};
  }

  // Of a record without a known text: all that it says but for its title, if there is prose in it. Call last: the
  // element of the title is taken out.
  std::string_view Prose(pugi::xml_node root) {
    const std::vector<Field::Found>& titles = fields_[kTitle].found;
    pugi::xml_node title = titles.empty() ? pugi::xml_node() : titles.front().node;
    if (title && title != root) title.parent().remove_child(title);
    constexpr auto kProseBlanks = 7;  // in one stretch of text: eight words
    bool has_prose = false;
    int depth = 0;
    for (pugi::xml_node node = root; !has_prose;) {
      has_prose = std::ranges::count(std::string_view(node.value()), ' ') >= kProseBlanks;
      if (!Next(root, node, depth)) break;
    }
    return has_prose ? Read(root, Path("."), profile_.unescape_body, Space::kLines) : std::string_view();
  }

  // Text that is in none of its elements.
  static bool HasOwnText(const pugi::xml_node& record) {
    return std::ranges::any_of(record.children(), [](const pugi::xml_node& child) {
      return child.type() != pugi::node_element &&
             std::string_view(child.value()).find_first_not_of(" \t\r\n") != std::string_view::npos;
    });
  }

  std::string_view Read(const pugi::xml_node& node, const Path& path, const Unescape& unescape, Space space) {
    text_.clear();
    if (!path.attribute.empty())
      AppendDecoded(node.attribute(path.attribute.c_str()).value());
    else
      AppendText(node);
    // In the arena, which has the padding that unescaping wants, and outlives the next record.
    return text_.empty() ? std::string_view() : reader_.Read(batch_.arena.Copy(text_), unescape, space);
  }

  void AppendText(const pugi::xml_node& root) {
    int depth = 0;
    bool needs_line = false;
    std::string_view blanks;  // between what has been written and what comes
    for (pugi::xml_node node = root;;) {
      const std::string_view value = node.value();
      if (node.type() == pugi::node_element) {
        needs_line |= node != root && IsBlock(LocalName(node.name()));
      } else if (IsDropped(LocalName(node.parent().name()))) {
        needs_line = true;
      } else if (value.find_first_not_of(" \t\r\n") == value.npos) {
        if (!value.empty()) blanks = value;
      } else {
        if (!text_.empty()) text_ += needs_line ? "\n" : blanks;
        needs_line = false;
        blanks = {};
        if (node.type() == pugi::node_cdata)
          text_ += value;
        else
          AppendDecoded(value);
      }
      if (!NextInText(root, node, depth, needs_line)) break;
    }
  }

  // Next(), and whether a block was left.
  static bool NextInText(const pugi::xml_node& root, pugi::xml_node& node, int& depth, bool& left_block) {
    if (!node.first_child()) {
      for (pugi::xml_node up = node; up != root; up = up.parent()) {
        if (up.type() == pugi::node_element && IsBlock(LocalName(up.name()))) left_block = true;
        if (up.next_sibling()) break;
      }
    }
    return Next(root, node, depth);
  }

  void AppendDecoded(std::string_view text) {
    if (text.find('&') == text.npos || DecodeHtmlEntities(text, decoded_) == 0)
      text_ += text;
    else
      text_ += decoded_;
  }

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  std::array<Field, kNumFields> fields_;
  pugi::xml_document document_;
  std::vector<char> buffer_;
  std::string text_, decoded_, joined_;
};

}  // namespace

void SegmentXml(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  XmlSegmenter segmenter(options, profile, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); }, [](std::string_view) {});
}

}  // namespace unecho
