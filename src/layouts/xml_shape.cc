#include "layouts/xml_shape.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/match.h"
#include "text/characters.h"
#include "text/scan.h"
#include "unecho/status.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kMostOpen = 256;     // elements inside each other; deeper ones are no records
constexpr size_t kMinTextBytes = 60;  // of an element whose name does not say that it is a text

// What an element of one name showed, over all that were seen.
struct Seen {
  size_t count = 0;
  bool has_parts = false;  // elements inside, or several attributes
  bool is_in_itself = false;
  bool is_folder = false;                    // at least one has others of its name directly inside, and nothing else
  bool is_no_folder = false;                 // ... and says something besides
  std::map<string_view, size_t> text_bytes;  // by the name of an element directly inside
  std::map<string_view, size_t> attribute_bytes;  // by the name of an attribute
};

struct Open {
  string_view name;
  std::map<string_view, size_t> children = {};
  size_t num_children = 0, text_bytes = 0;
  bool has_own_text = false;
};

// Siblings of one name.
struct Siblings {
  string_view name;
  size_t depth = 0, count = 0;
};

string_view LocalName(string_view name) { return name.substr(name.rfind(':') + 1); }

bool BeginsName(char c) { return IsAlpha(c) || c == '_' || (c & '\x80') != 0; }

// The attributes of a tag behind its name: how many, and how long the value of each.
size_t CountAttributes(string_view tag, std::map<string_view, size_t>& bytes) {
  size_t count = 0;
  for (size_t equals = tag.find('='); equals != tag.npos; equals = tag.find('='), ++count) {
    const string_view name = TrimBlanks(tag.substr(0, equals));
    const string_view rest = TrimBlanks(tag.substr(equals + 1));
    const char quote = rest.empty() ? '\0' : rest[0];
    if (quote != '"' && quote != '\'') return count;
    const size_t end = std::min(rest.find(quote, 1), rest.size());
    bytes[name] += end - 1;
    tag = rest.substr(std::min(end + 1, rest.size()));
  }
  return count;
}

// Behind what begins at text[0] == '<' and is no element; 0 if it is one.
size_t SkipOther(string_view text) {
  constexpr std::array<std::pair<string_view, string_view>, 4> kOthers = {
      {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}}};
  for (const auto& [begin, end] : kOthers) {
    if (!text.starts_with(begin)) continue;
    const size_t found = text.find(end, begin.size());
    return found == text.npos ? text.size() : found + end.size();
  }
  return 0;
}

class ShapeFinder {
 public:
  void Read(string_view text) {
    open_.push_back({});
    for (size_t at = 0; at < text.size();) {
      const size_t tag = std::min(text.find('<', at), text.size());
      const size_t bytes = TrimBlanks(text.substr(at, tag - at)).size();
      open_.back().text_bytes += bytes;
      open_.back().has_own_text |= bytes > 0;
      if (tag == text.size()) break;
      const string_view rest = text.substr(tag);
      if (const size_t other = SkipOther(rest); other > 0) {
        if (rest.starts_with("<![CDATA[")) {
          open_.back().text_bytes += other;
          open_.back().has_own_text = true;
        }
        at = tag + other;
        continue;
      }
      const size_t end = rest.find('>');
      if (end == rest.npos) break;
      TakeTag(rest.substr(1, end - 1));
      at = tag + end + 1;
    }
    while (!open_.empty()) Leave();
  }

  std::optional<XmlShape> Shape() const {
    const Siblings* best = nullptr;
    for (const Siblings& each : siblings_) {
      const Seen& seen = seen_.at(each.name);
      if (!seen.has_parts) continue;
      if (best == nullptr || each.depth < best->depth || (each.depth == best->depth && each.count > best->count))
        best = &each;
    }
    if (best == nullptr) {
      if (root_.empty()) return std::nullopt;
      return XmlShape{.record = std::string(root_)};
    }
    const Seen& seen = seen_.at(best->name);
    const bool are_folders = seen.is_folder && !seen.is_no_folder;
    if (seen.is_in_itself && !are_folders) return std::nullopt;
    XmlShape shape{.record = std::string(best->name), .count = seen.count, .innermost = are_folders};
    AddFields(seen, shape);
    return shape;
  }

 private:
  void TakeTag(string_view tag) {
    if (tag.empty()) return;
    if (tag[0] == '/') {
      const string_view name = LocalName(TrimBlanks(tag.substr(1)));
      // An end tag that nothing waits for is passed over; one that was forgotten ends with the one around it.
      const auto waits =
          std::find_if(open_.rbegin(), open_.rend(), [&](const Open& each) { return each.name == name; });
      if (name.empty() || waits == open_.rend()) return;
      for (auto leave = waits - open_.rbegin(); leave >= 0; --leave) Leave();
      return;
    }
    if (!BeginsName(tag[0])) return;
    const bool is_empty = tag.back() == '/';
    const size_t name_end = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
    const string_view name = LocalName(tag.substr(0, name_end));
    if (root_.empty()) root_ = name;
    Open& in = open_.back();
    ++in.children[name];
    ++in.num_children;
    if (!in.name.empty()) seen_[in.name].has_parts = true;
    Seen& seen = seen_[name];
    ++seen.count;
    seen.has_parts |= CountAttributes(tag.substr(name_end), seen.attribute_bytes) > 1;
    seen.is_in_itself |= std::ranges::any_of(open_, [&](const Open& each) { return each.name == name; });
    if (!is_empty && open_.size() < kMostOpen) open_.push_back({.name = name});
  }

  void Leave() {
    const Open done = std::move(open_.back());
    open_.pop_back();
    for (const auto& [name, count] : done.children) {
      if (count > 1 && 2 * count >= done.num_children) siblings_.push_back({name, open_.size(), count});
    }
    if (const auto same = done.children.find(done.name); same != done.children.end() && !done.name.empty()) {
      Seen& seen = seen_[done.name];
      (same->second < done.num_children || done.has_own_text ? seen.is_no_folder : seen.is_folder) = true;
    }
    if (open_.empty()) return;
    open_.back().text_bytes += done.text_bytes;
    if (!open_.back().name.empty()) seen_[open_.back().name].text_bytes[done.name] += done.text_bytes;
  }

  static bool EndsLike(string_view name, std::initializer_list<string_view> ends) {
    return std::ranges::any_of(ends, [name](string_view end) { return absl::EndsWithIgnoreCase(Abs(name), Abs(end)); });
  }

  static void AddFields(const Seen& record, XmlShape& shape) {
    std::vector<std::pair<size_t, string_view>> texts;
    for (const auto& [name, bytes] : record.text_bytes) {
      if (EndsLike(name, {"title", "headline", "heading", "subject"})) {
        shape.titles.emplace_back(name);
      } else if (bytes >= kMinTextBytes * record.count ||
                 EndsLike(name, {"abstract", "summary", "description", "text", "body", "content"})) {
        texts.emplace_back(bytes, name);
      }
    }
    if (shape.titles.empty()) {
      for (const auto& [name, bytes] : record.text_bytes) {
        if (EndsLike(name, {"name", "label"})) shape.titles.emplace_back(name);
      }
    }
    std::ranges::sort(texts, std::greater());
    for (const auto& [bytes, name] : texts) shape.bodies.emplace_back(name);
    AddAttributes(record, shape);
    shape.bodies.emplace_back(".");
  }

  // Records that say what they say in attributes: <row Title="..." Body="..."/>.
  static void AddAttributes(const Seen& record, XmlShape& shape) {
    const auto attribute = [](string_view name) { return std::string("@").append(name); };
    std::vector<std::pair<size_t, string_view>> texts;
    const bool has_title = !shape.titles.empty();
    for (const auto& [name, bytes] : record.attribute_bytes) {
      if (EndsLike(name, {"title", "headline", "heading", "subject"})) {
        shape.titles.push_back(attribute(name));
      } else if (bytes >= kMinTextBytes * record.count ||
                 EndsLike(name, {"abstract", "summary", "description", "text", "body", "content"})) {
        texts.emplace_back(bytes, name);
      }
    }
    for (const auto& [name, bytes] : record.attribute_bytes) {
      if (!has_title && EndsLike(name, {"name", "label"})) shape.titles.push_back(attribute(name));
    }
    std::ranges::sort(texts, std::greater());
    for (const auto& [bytes, name] : texts) shape.bodies.push_back(attribute(name));
  }

  std::vector<Open> open_;  // the first is around the root
  std::map<string_view, Seen> seen_;
  std::vector<Siblings> siblings_;
  string_view root_;
};

}  // namespace

bool BeginsAsXml(string_view text) {
  if (text.starts_with("<?xml")) return true;
  if (text.starts_with("<?") || text.size() < 2 || !BeginsName(text[1])) return false;
  const string_view name = text.substr(1, std::min(text.find_first_of(" \t\r\n/>"), text.size()) - 1);
  static constexpr string_view kHtml[] = {
      "a",   "article", "b",      "big",  "blockquote", "body",  "br",   "center",  "code", "details", "dir",
      "div", "em",      "font",   "form", "h1",         "h2",    "h3",   "h4",      "head", "hr",      "html",
      "i",   "img",     "kbd",    "li",   "link",       "main",  "meta", "nav",     "ol",   "p",       "picture",
      "pre", "samp",    "script", "span", "strong",     "style", "sub",  "summary", "sup",  "table",   "tbody",
      "td",  "th",      "title",  "tr",   "tt",         "u",     "ul"};
  return std::ranges::none_of(kHtml,
                              [name](string_view html) { return absl::EqualsIgnoreCase(Abs(name), Abs(html)); }) &&
         text.find(std::string("</").append(name)) != text.npos;
}

std::optional<XmlShape> ShapeOfXml(string_view bytes) {
  ShapeFinder finder;
  finder.Read(bytes);
  return finder.Shape();
}

}  // namespace unecho
