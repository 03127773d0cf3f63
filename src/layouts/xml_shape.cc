#include "layouts/xml_shape.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "base/status.h"
#include "layouts/field_names.h"
#include "layouts/markup_names.h"
#include "layouts/prose.h"

namespace unecho {
namespace {

using std::string_view;

constexpr size_t kMinTextBytes = 60;  // of an element whose name does not say that it is a text

bool EndsLike(string_view name, std::initializer_list<string_view> ends) {
  return std::ranges::any_of(ends, [name](string_view end) { return absl::EndsWithIgnoreCase(Abs(name), Abs(end)); });
}

bool IsNameLike(string_view name) { return EndsLike(name, {"name", "label"}); }

bool IsTextLike(string_view name) {
  return EndsLike(name, {"abstract", "summary", "description", "text", "body", "content"});
}

// Names that stand for records in some sources and for cells and items of a list in others.
bool IsWeak(string_view name) {
  return name == "item" || name == "row" || name == "page" || name == "entry" || name == "book";
}

// Roots of documents: in a collection of them they are its records, though they are made like parts.
bool IsWholeDocument(string_view name) {
  return name == "TEI" || name == "TEI.2" || name == "nitf" || name == "FictionBook" || name == "us-patent-grant" ||
         name == "us-patent-application" || name == "clinical_study";
}

// What one speaks in turn, and where: parts of a conversation if nothing calls them titles of their own.
bool IsTurn(string_view name) {
  return EndsLike(name, {"message", "msg", "post", "reply", "comment", "response", "speech", "remark"});
}
bool IsConversation(string_view name) {
  return EndsLike(name, {"chat", "conversation", "dialog", "dialogue", "thread", "transcript", "discussion",
                         "interview", "debate", "ticket"});
}

// Elements of one name that are as far out.
struct Group {
  string_view name;
  std::vector<size_t> elements;
  size_t most_siblings = 0;  // of one parent
  size_t bytes = 0, num_prose = 0, num_titled = 0;
  std::set<string_view> children;  // directly inside
  bool has_parts = false, has_own_text = false;
  bool is_known = false;    // has a name of records, and looks like one
  bool is_section = false;  // made of nothing but parts of documents
};

struct Level {
  std::vector<Group> groups;
  size_t bytes = 0, count = 0;
};

class ShapeFinder {
 public:
  ShapeFinder(const XmlTree& tree, const std::vector<std::string>& known) : all_(tree.elements), known_(known) {
    in_part_.assign(all_.size(), false);
    const std::set<string_view> of_fields = NamesOfFields();
    std::vector<bool> in_text(all_.size(), false);  // parts but for heads of files, in which the title stands
    for (size_t i = 1; i < all_.size(); ++i) {
      const XmlElement& element = all_[i];
      const bool is_part = element.depth > 1 && IsDocumentPart(element.name) && !of_fields.contains(element.name);
      in_part_[i] = in_part_[element.parent] || is_part;
      in_text[i] = in_text[element.parent] || (is_part && !EndsLike(element.name, {"header"}));
      if (first_title_ == 0 && !in_text[i] && IsTitle(i) && element.name != "subject" && element.text_bytes > 0)
        first_title_ = i;
      if (first_subject_ == 0 && !in_text[i] && element.name == "subject" && element.text_bytes > 0) first_subject_ = i;
      deepest_ = std::max(deepest_, element.depth);
    }
    MarkFolders();
  }

  std::optional<XmlShape> Shape() const {
    if (all_.size() < 2) return std::nullopt;
    for (size_t depth = 1; depth <= deepest_; ++depth) {
      Level level = RecordsAt(depth);
      if (level.groups.empty() || 2 * level.bytes < all_[0].text_bytes) continue;
      if (!IsKnownLevel(level)) {
        Level inner = KnownInside(level, depth);
        if (!inner.groups.empty()) level = std::move(inner);
      }
      return ShapeOf(level);
    }
    return Document();
  }

 private:
  // Names of paragraphs and rows that are none: each of several such elements is made of others, without a text of its
  // own, and one at least is nothing that stands in documents. <p><name/><price/></p>.
  std::set<string_view> NamesOfFields() const {
    constexpr size_t kLeast = 2;
    std::map<string_view, size_t> counts;
    std::set<string_view> others;
    for (size_t i = 1; i < all_.size(); ++i) {
      const string_view name = all_[i].name;
      if (name != "p" && name != "l" && name != "li" && name != "tr" && name != "div") continue;
      bool has_field = false;
      ForEachChild(i, [&](size_t child) {
        const string_view inside = all_[child].name;
        has_field |= !IsDocumentWord(inside) && !IsInlineName(inside) && !IsHtmlElement(inside);
      });
      if (all_[i].own_bytes == 0 && all_[i].num_children >= kLeast && has_field)
        ++counts[name];
      else
        others.insert(name);
    }
    std::set<string_view> names;
    for (const auto& [name, count] : counts) {
      if (count >= kLeast && !others.contains(name)) names.insert(name);
    }
    return names;
  }

  bool IsTitle(size_t i) const { return IsTitleElement(all_[i].name); }
  size_t NumRoots() const { return all_[0].num_children; }

  template <class Take>
  void ForEachChild(size_t parent, const Take& take) const {
    for (size_t i = parent + 1; i < all_[parent].end; i = all_[i].end) take(i);
  }

  bool HasTitle(size_t element) const {
    bool has = false;
    ForEachChild(element, [&](size_t i) { has |= IsTitle(i) && all_[i].text_bytes > 0; });
    ForEachXmlAttribute(all_[element].attributes, [&](string_view name, string_view) { has |= IsTitleElement(name); });
    return has;
  }

  bool HasName(size_t element) const {
    bool has = HasTitle(element);
    ForEachChild(element, [&](size_t i) { has |= IsNameLike(all_[i].name); });
    ForEachXmlAttribute(all_[element].attributes, [&](string_view name, string_view) { has |= IsNameLike(name); });
    return has;
  }

  std::vector<Group> GroupsAt(size_t depth) const {
    std::map<string_view, Group> groups;
    std::map<std::pair<size_t, string_view>, size_t> siblings;
    for (size_t i = 1; i < all_.size(); ++i) {
      const XmlElement& element = all_[i];
      if (element.depth != depth || in_part_[i]) continue;
      Group& group = groups[element.name];
      group.name = element.name;
      group.elements.push_back(i);
      group.most_siblings = std::max(group.most_siblings, ++siblings[{element.parent, element.name}]);
      group.bytes += element.text_bytes;
      group.num_prose += static_cast<size_t>(element.has_prose);
      group.num_titled += static_cast<size_t>(HasTitle(i));
      group.has_parts |= element.num_children > 0 || element.num_attributes > 1;
      group.has_own_text |= element.own_bytes > 0;
      ForEachChild(i, [&](size_t child) { group.children.insert(all_[child].name); });
    }
    std::vector<Group> out;
    for (auto& [name, group] : groups) {
      group.is_section = IsSection(group);
      group.is_known = IsKnown(group, depth);
      out.push_back(std::move(group));
    }
    return out;
  }

  // A part of a document under a name of its own: parts inside, and a title in front.
  bool IsSection(const Group& group) const {
    return !group.children.empty() && IsBehindTitle(group) &&
           (std::ranges::all_of(group.children, IsDocumentWord) ||
            std::ranges::all_of(group.children, IsDocumentFrame));
  }

  bool IsBehindTitle(const Group& group) const { return first_title_ != 0 && first_title_ < group.elements[0]; }

  bool HasKnownName(string_view name) const { return std::ranges::find(known_, name) != known_.end(); }

  bool IsKnown(const Group& group, size_t depth) const {
    if (depth > 1 && IsWholeDocument(group.name)) return true;
    if (depth == 2 && group.name == "text" && group.elements[0] == 2 && NumRoots() == 1) return true;
    if (!HasKnownName(group.name)) return false;
    if (!IsWeak(group.name)) return true;
    if (!group.has_parts && !(depth == 2 && NumRoots() == 1 && !HasTitle(1) && group.most_siblings > 1)) return false;
    const auto is_of_document = [](string_view name) { return IsDocumentWord(name) || IsDocumentFrame(name); };
    if (group.num_titled == 0 && !group.children.empty() && std::ranges::all_of(group.children, is_of_document))
      return false;
    return true;
  }

  // Which names hold others of the same name, and whether they hold nothing else.
  void MarkFolders() {
    for (size_t i = 1; i < all_.size(); ++i) {
      for (size_t up = all_[i].parent; up != 0; up = all_[up].parent) {
        if (all_[up].name == all_[i].name) in_themselves_.insert(all_[i].name);
      }
      size_t same = 0;
      ForEachChild(i, [&](size_t child) { same += static_cast<size_t>(all_[child].name == all_[i].name); });
      if (same == 0) continue;
      (same < all_[i].num_children || all_[i].own_bytes > 0 ? no_folders_ : folders_).insert(all_[i].name);
    }
  }
  bool AreFolders(string_view name) const { return folders_.contains(name) && !no_folders_.contains(name); }

  // --- levels -------------------------------------------------------------------------------------------------------

  // The records among the elements of this depth, if there are any.
  Level RecordsAt(size_t depth) const {
    const std::vector<Group> groups = GroupsAt(depth);
    if (depth == 1) return Roots(groups);
    const Group* base = nullptr;
    for (const Group& group : groups) {
      if (MayBeRecords(group) && (base == nullptr || IsBetter(group, *base))) base = &group;
    }
    if (base == nullptr) base = OneOfSeveralNames(groups);
    Level level;
    if (base == nullptr) return level;
    for (const Group& group : groups) {
      if (&group == base || (group.is_known && base->is_known) || IsLike(group, *base)) Add(group, level);
    }
    return level;
  }

  static void Add(const Group& group, Level& level) {
    level.bytes += group.bytes;
    level.count += group.elements.size();
    level.groups.push_back(group);
  }

  // Several documents or records one after another.
  static Level Roots(const std::vector<Group>& groups) {
    Level level;
    for (const Group& group : groups) {
      if (group.bytes > 0 || group.has_parts) Add(group, level);
    }
    return level.count > 1 ? level : Level();
  }

  bool MayBeRecords(const Group& group) const {
    if (group.is_known) return IsRecordOfRoot(group) && !IsTextOfDocument(group);
    return group.most_siblings > 1 && (group.has_parts || AreTexts(group)) && !group.is_section && !IsFrame(group) &&
           IsRecordOfRoot(group) && !IsOneOfSeveralTexts(group) && !AreTurns(group) && !AreDetailsOfRoot(group);
  }

  // The persons of a work that has a title and a text itself: they have neither.
  bool AreDetailsOfRoot(const Group& group) const {
    if (NumRoots() != 1 || !HasTitle(1) || group.num_titled > 0) return false;
    bool has_text = false;
    ForEachChild(1, [&](size_t i) { has_text |= IsTextLike(all_[i].name) && all_[i].has_prose; });
    return has_text && std::ranges::none_of(group.elements, [&](size_t i) { return HasText(i); });
  }

  // Prose that is no address and no other detail.
  bool HasText(size_t element) const {
    bool has = all_[element].has_prose && (all_[element].own_bytes > 0 || all_[element].num_children == 0);
    ForEachChild(element, [&](size_t i) { has |= all_[i].has_prose && !IsNoText(all_[i].name); });
    return has;
  }

  // What a document has once: not so the <rdf:Description about="...">s of RDF.
  bool IsFrame(const Group& group) const {
    const bool is_of_rdf = group.name == "Description" && all_[group.elements[0]].num_attributes > 0;
    return IsDocumentFrame(group.name) && !is_of_rdf;
  }

  // <doc> may be called the text of a document that has its title in front of it.
  bool IsTextOfDocument(const Group& group) const {
    const size_t element = group.elements[0];
    if (group.elements.size() > 1 || !IsBehindTitle(group) || HasTitle(element) || IsWholeDocument(group.name))
      return false;
    for (size_t i = element + 1; i < all_[element].end; ++i) {
      if (IsTitle(i) && !in_part_[i]) return false;
    }
    return true;
  }

  // The steps of a method, in a document that has a title and says more than them.
  bool IsOneOfSeveralTexts(const Group& group) const {
    const bool has_name = std::ranges::any_of(group.elements, [&](size_t i) { return HasName(i); });
    return !has_name && IsBehindTitle(group) && 5 * group.bytes < 4 * all_[0].text_bytes;
  }

  // The turns of one conversation: by its name, or by its subject.
  bool AreTurns(const Group& group) const {
    if (!IsTurn(group.name) || group.num_titled > 0 || group.most_siblings < group.elements.size()) return false;
    for (size_t up = all_[group.elements[0]].parent; up != 0; up = all_[up].parent) {
      bool has_subject = IsConversation(all_[up].name);
      ForEachChild(up, [&](size_t i) { has_subject |= EndsLike(all_[i].name, {"subject", "topic"}); });
      if (has_subject) return true;
    }
    return false;
  }

  // Texts without parts, right in the root: <resources><string name="rain">...; <quotes><quote>...
  bool AreTexts(const Group& group) const {
    const XmlElement& first = all_[group.elements[0]];
    if (first.depth != 2 || IsDocumentPart(group.name) || 2 * group.num_prose < group.elements.size()) return false;
    const string_view around = all_[first.parent].name;
    const bool is_plural = around.size() > group.name.size() && around.starts_with(group.name);
    return is_plural || (first.num_attributes > 0 && !IsDocumentWord(group.name));
  }

  // The root may be a record itself: then those inside have to be records beyond doubt.
  bool IsRecordOfRoot(const Group& group) const {
    if (NumRoots() != 1) return true;
    if (group.name == all_[1].name) return false;
    const bool has_name = std::ranges::any_of(group.elements, [&](size_t i) { return HasName(i); });
    const bool root_is_known = HasKnownName(all_[1].name);
    if (root_is_known && HasTitle(1)) return group.is_known && !IsWeak(group.name);
    if (root_is_known || IsWholeDocument(all_[1].name)) return group.is_known || (root_is_known && has_name);
    return true;
  }

  static bool IsBetter(const Group& a, const Group& b) {
    return a.is_known != b.is_known ? a.is_known : a.bytes > b.bytes;
  }

  // A list in which no name comes twice: <article>, <report>, <thesis>.
  const Group* OneOfSeveralNames(const std::vector<Group>& groups) const {
    for (const Group& group : groups) {
      if (!IsWhole(group) || !IsRecordOfRoot(group)) continue;
      if (std::ranges::any_of(groups, [&](const Group& other) {
            return &other != &group && IsWhole(other) && SharesText(group, other) &&
                   all_[group.elements[0]].parent == all_[other.elements[0]].parent;
          }))
        return &group;
    }
    return nullptr;
  }

  static bool IsWhole(const Group& group) {
    return !group.is_section && group.num_titled == group.elements.size() && group.num_prose == group.elements.size();
  }

  // An element besides the title.
  static bool SharesText(const Group& a, const Group& b) {
    return std::ranges::any_of(a.children, [&](string_view name) {
      return !IsTitleElement(name) && !IsDocumentPart(name) && b.children.contains(name);
    });
  }

  // Made like the records: a title where they have titles, or mostly the same elements, and not much less text.
  static bool IsLike(const Group& group, const Group& base) {
    if (!group.has_parts || group.is_section) return false;
    if (4 * group.bytes * base.elements.size() < base.bytes * group.elements.size()) return false;
    const auto shared = static_cast<size_t>(
        std::ranges::count_if(group.children, [&](string_view name) { return base.children.contains(name); }));
    if (2 * shared >= group.children.size() && 2 * shared >= base.children.size()) return true;
    const bool both_titled =
        2 * group.num_titled >= group.elements.size() && 2 * base.num_titled >= base.elements.size();
    return both_titled && (shared > 1 || group.is_known);
  }

  static bool IsKnownLevel(const Level& level) {
    return std::ranges::any_of(level.groups, [](const Group& group) { return group.is_known; });
  }

  // Records of known names in folders: <shelf><book/><book/></shelf>. What has a title of its own is no folder of
  // <item>s.
  Level KnownInside(const Level& outer, size_t depth) const {
    const bool has_title = std::ranges::any_of(
        outer.groups, [](const Group& group) { return 2 * group.num_titled > group.elements.size(); });
    for (++depth; depth <= deepest_; ++depth) {
      Level level;
      for (const Group& group : GroupsAt(depth)) {
        const bool is_strong = !IsWeak(group.name) || group.name == "book";
        const bool is_whole = 2 * group.num_titled > group.elements.size() || (is_strong && !has_title);
        if (group.is_known && is_whole && (is_strong || !has_title)) Add(group, level);
      }
      if (level.count > outer.count && 5 * level.bytes >= 4 * outer.bytes) return level;
    }
    return {};
  }

  // --- what the records say -----------------------------------------------------------------------------------------

  std::optional<XmlShape> ShapeOf(const Level& level) const {
    XmlShape shape{.count = level.count, .is_known = true};
    std::map<string_view, size_t> text_bytes, attribute_bytes;
    for (const Group& group : level.groups) {
      if (in_themselves_.contains(group.name) && !AreFolders(group.name) && !group.is_known) return std::nullopt;
      shape.innermost |= AreFolders(group.name);
      shape.records.emplace_back(group.name);
      const bool is_known = group.is_known && HasKnownName(group.name);
      shape.is_known &= is_known;
      shape.adds_known |= is_known;
      for (const size_t i : group.elements) {
        ForEachChild(i, [&](size_t child) { text_bytes[all_[child].name] += all_[child].text_bytes; });
        if (!AreFolders(group.name)) AddAttributes(i, attribute_bytes);
      }
      if (AreFolders(group.name)) AddFolders(group.name, attribute_bytes, shape);
    }
    // A root that is called like a record, and is none.
    if (NumRoots() == 1 && HasKnownName(all_[1].name)) shape.is_known = shape.adds_known = false;
    AddFields(text_bytes, level.count, "", shape);
    AddFields(attribute_bytes, level.count, "@", shape);
    // A note in an outline: the other text is what it is about.
    const bool has_note = std::ranges::any_of(
        shape.bodies, [](const std::string& name) { return name.starts_with('@') && name != "@text"; });
    if (shape.titles.empty() && has_note && attribute_bytes.contains("text")) shape.titles.emplace_back("@text");
    if (shape.titles.empty()) AddTitleByPlace(level, shape);
    shape.bodies.emplace_back(".");
    return shape;
  }

  // Prose is a text, however short it is.
  void AddAttributes(size_t element, std::map<string_view, size_t>& bytes) const {
    ForEachXmlAttribute(all_[element].attributes, [&](string_view name, string_view value) {
      bytes[name] += IsProse(value) && !IsNoText(name) ? std::max(value.size(), kMinTextBytes) : value.size();
    });
  }

  // What the innermost elements of this name say, and whether those with others inside do so, too.
  void AddFolders(string_view name, std::map<string_view, size_t>& bytes, XmlShape& shape) const {
    for (size_t i = 1; i < all_.size(); ++i) {
      if (all_[i].name != name) continue;
      if (all_[i].num_children == 0) {
        AddAttributes(i, bytes);
        continue;
      }
      ForEachXmlAttribute(all_[i].attributes, [&](string_view key, string_view value) {
        shape.folders_say |= IsProse(value) && !IsNoText(key);
      });
    }
  }

  // By names, and texts by their length. `mark`: in front of each name.
  static void AddFields(const std::map<string_view, size_t>& all_bytes, size_t count, string_view mark,
                        XmlShape& shape) {
    const auto marked = [&](string_view name) { return std::string(mark).append(name); };
    std::vector<std::pair<size_t, string_view>> texts;
    const bool has_title = !shape.titles.empty();
    for (const auto& [name, bytes] : all_bytes) {
      if (IsTitleElement(name))
        shape.titles.push_back(marked(name));
      else if (bytes >= kMinTextBytes * count || IsTextLike(name))
        texts.emplace_back(bytes, name);
    }
    for (const auto& [name, bytes] : all_bytes) {
      if ((mark.empty() ? shape.titles.empty() : !has_title) && IsNameLike(name)) shape.titles.push_back(marked(name));
    }
    std::ranges::sort(texts, std::greater());
    for (const auto& [bytes, name] : texts) shape.bodies.push_back(marked(name));
  }

  // A title under a name that nobody knows stands in front of the text, is short and of several words, and others have
  // others.
  void AddTitleByPlace(const Level& level, XmlShape& shape) const {
    constexpr size_t kMostBytes = 200;
    struct Field {
      size_t count = 0, in_front = 0;
      std::set<string_view> values;
    };
    std::map<string_view, Field> fields;
    std::vector<string_view> names;  // in the order of the first record
    for (const Group& group : level.groups) {
      for (const size_t i : group.elements) {
        size_t most_bytes = 0;
        ForEachChild(i, [&](size_t child) { most_bytes = std::max(most_bytes, all_[child].text_bytes); });
        bool is_in_front = true;
        ForEachChild(i, [&](size_t child) {
          const XmlElement& element = all_[child];
          is_in_front &= element.text_bytes < most_bytes;
          if (!fields.contains(element.name)) names.push_back(element.name);
          Field& field = fields[element.name];
          ++field.count;
          field.in_front +=
              static_cast<size_t>(is_in_front && element.num_children == 0 && !element.has_prose &&
                                  element.text.size() <= kMostBytes && element.text.find(' ') != element.text.npos);
          field.values.insert(element.text);
        });
      }
    }
    for (const string_view name : names) {
      const Field& field = fields[name];
      const bool is_other = IsNoText(name) || IsIdentity(name) || IsRemark(name) || IsTextName(name);
      if (is_other || field.count > level.count || 4 * field.in_front < 3 * level.count ||
          2 * field.values.size() <= level.count)
        continue;
      shape.titles.emplace_back(name);
      return;
    }
  }

  // Texts beside each other under one name, which make up most of a document: it says all of them, short ones too.
  bool AreAllTexts(const Group& group) const {
    return group.most_siblings > 1 && 2 * group.bytes >= all_[1].text_bytes && !IsNoText(group.name) &&
           !IsTitleElement(group.name) && !IsDocumentWord(group.name) &&
           std::ranges::all_of(group.children, IsInlineName);
  }

  // The first title is that of the document, wherever it stands in front of the text.
  std::optional<XmlShape> Document() const {
    XmlShape shape{.records = {std::string(all_[1].name)}};
    if (const size_t title = first_title_ > 0 ? first_title_ : first_subject_; title > 1) {
      const XmlElement& parent = all_[all_[title].parent];
      const std::string around = parent.depth > 1 ? std::string(parent.name) + '/' : std::string();
      shape.titles.push_back(around + std::string(all_[title].name));
    }
    for (const Group& group : GroupsAt(2)) {
      if (NumRoots() == 1 && AreAllTexts(group)) shape.bodies.emplace_back(group.name);
    }
    return shape;
  }

  const std::vector<XmlElement>& all_;
  const std::vector<std::string>& known_;
  std::vector<bool> in_part_;
  std::set<string_view> in_themselves_, folders_, no_folders_;
  size_t first_title_ = 0, first_subject_ = 0, deepest_ = 0;
};

}  // namespace

std::optional<XmlShape> ShapeOfXml(const XmlTree& tree, const std::vector<std::string>& known) {
  return ShapeFinder(tree, known).Shape();
}

}  // namespace unecho
