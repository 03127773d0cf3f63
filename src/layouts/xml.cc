// The parallel half of xml: a record is parsed by pugixml, its fields are looked up by name (xml_paths.h), their text
// is all that is in them (xml_text.h).
//
// Of several elements of one name the outermost counts, then one without a prefix, then the first; of a body all that
// are as far out as the first.
//
// XmlProfile::prose: in the order of the document every other element with prose in it (prose.h), a paragraph, or an
// element with the name of a text is text, too, as far out as no title and no body stands in it, and so are the
// headings beside a body that has an element around it. Left
// out are details (IsXmlDetail(): references, authors, the head of a file), but for the bodies in them, and teasers. A
// record with neither title nor text says all that is in it.
//
// A record that entities of the source make many times as large is rejected as malformed.
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "base/batch.h"
#include "base/hash_map.h"
#include "layouts/engines.h"
#include "layouts/prose.h"
#include "layouts/span_batch.h"
#include "layouts/xml_paths.h"
#include "layouts/xml_text.h"

namespace unecho {
namespace {

using Found = XmlField::Found;

// pugixml takes its memory as the program does, and says where there is none.
bool UseOperatorNew() {
  pugi::set_memory_management_functions(
      [](size_t size) -> void* {
        try {
          return ::operator new(size);
        } catch (const std::bad_alloc&) {
          return nullptr;
        }
      },
      [](void* memory) { ::operator delete(memory); });
  return true;
}

class XmlSegmenter {
 public:
  XmlSegmenter(const LayoutOptions& options, const Profile& profile, Batch& batch)
      : options_(options),
        profile_(profile),
        batch_(batch),
        reader_(batch),
        fields_{XmlField(profile.xml.title), XmlField(profile.xml.body),    XmlField(profile.xml.snapshot),
                XmlField(options.id_field),  XmlField(options.order_field), XmlField(profile.xml.more)},
        xml_text_(XmlEntities(batch.context), !profile.unescape_body.html) {
    for (const std::string& each : profile.xml.told_apart) told_apart_.emplace_back(each);
    static const bool uses_operator_new = UseOperatorNew();
    (void)uses_operator_new;
  }

  void Accept(Record& record) {
    buffer_.assign(record.raw.begin(), record.raw.end());
    const auto parsed = document_.load_buffer_inplace(buffer_.data(), buffer_.size(),
                                                      pugi::parse_cdata | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
    if (!parsed) return AddRejected(batch_, record, Reason::kMalformed);
    root_ = document_.first_child();
    xml_text_.Begin(record.raw.size());
    FindFields();
    RecordText text;
    const Taken title = TextOf(kTitle, profile_.unescape_title, Space::kOneLine);
    const Taken body = TextOf(kBody, profile_.unescape_body, Space::kLines);
    said_attributes_[0] = {title.node, title.attribute};
    said_attributes_[1] = {body.node, body.attribute};
    is_all_said_ = body.is_record();
    title_ = title.is_attribute && title.node == root_ ? pugi::xml_node() : title.node;
    said_bytes_ = title.bytes + body.bytes;
    text.title = title.text;
    text.body = body.text;
    texts_.clear();
    if (!body.is_record()) {
      TakeKnown(body);
      if (profile_.xml.prose) TakeProse(!text.title.empty());
      text.body = Joined();
    }
    if (text.body.empty() && !profile_.xml.prose) text.body = AllWithProse();
    ListFields(record);
    if (xml_text_.is_too_much()) return AddRejected(batch_, record, Reason::kMalformed);
    const uint64_t bytes = CountTextBytes(root_);
    record.left_out_bytes = std::min(bytes - std::min(bytes, said_bytes_), record.size_bytes);
    text.snapshot = TextOf(kSnapshot, {}, Space::kOneLine).text;
    text.id = ScalarAsJson(batch_, TextOf(kId, {}, Space::kOneLine).text);
    text.order_value = ScalarAsJson(batch_, TextOf(kOrder, {}, Space::kOneLine).text);
    if (const std::string_view part = profile_.xml.body_pattern.Extract(text.body); !part.empty()) text.body = part;
    AddRecord(options_, batch_, record, text);
  }

 private:
  enum Index : size_t { kTitle, kBody, kSnapshot, kId, kOrder, kMore, kNumFields };

  // A text, and where it stands.
  struct Taken {
    std::string_view text, attribute;
    pugi::xml_node node;  // the element, or that of the attribute
    size_t found = 0;     // in XmlField::found, if it is one of them
    bool is_found = false, is_attribute = false;
    uint64_t bytes = 0;
    // All of the record is the text.
    bool is_record() const { return !text.empty() && !is_found && !is_attribute; }
  };

  // Without recursion.
  void FindFields() {
    for (XmlField& field : fields_) field.found.clear();
    int depth = 0;
    for (pugi::xml_node node = root_;;) {
      if (node != root_ && node.type() == pugi::node_element) {
        const std::string_view name = node.name();
        const std::string_view local = LocalName(name);
        for (XmlField& field : fields_) field.Offer(node, local, depth, local.size() != name.size());
        // <field name="title">, <str name="title">
        if (const pugi::xml_attribute attribute = node.attribute("name")) {
          for (XmlField& field : fields_) field.Offer(node, attribute.value(), depth, false);
        }
      }
      if (!NextXmlNode(root_, node, depth)) break;
    }
    for (XmlField& field : fields_) field.Sort();
  }

  // The first that is there and has text.
  Taken TextOf(Index index, const Unescape& unescape, Space space) {
    const XmlField& field = fields_[index];
    size_t next_found = 0;
    // Empty elements in each other, each of which is read to its end.
    constexpr int kMostEmpty = 64;
    int num_empty = 0;
    for (size_t i = 0; i < field.paths.size(); ++i) {
      const XmlPath& path = field.paths[i];
      for (; next_found < field.found.size() && field.found[next_found].path == i; ++next_found) {
        Taken taken = Read(field.found[next_found].node, path, unescape, space);
        taken.found = next_found;
        taken.is_found = true;
        if (!taken.text.empty()) return taken;
        if (++num_empty == kMostEmpty) return {};
      }
      if (!path.elements.empty() || (path.attribute.empty() && !HasOwnText(root_))) continue;
      if (const Taken taken = Read(root_, path, unescape, space); !taken.text.empty()) return taken;
    }
    return {};
  }

  Taken Read(const pugi::xml_node& node, const XmlPath& path, const Unescape& unescape, Space space) {
    Taken taken{.text = {}, .attribute = path.attribute, .node = node, .is_attribute = !path.attribute.empty()};
    text_.clear();
    if (taken.is_attribute) {
      const std::string_view value = node.attribute(path.attribute.c_str()).value();
      taken.bytes = value.size();
      xml_text_.AppendDecoded(value, text_);
    } else {
      taken.bytes = xml_text_.Append(node, {}, text_);
    }
    taken.text = ReadText(unescape, space);
    return taken;
  }

  // In the arena, which has the padding that unescaping wants, and outlives the next record.
  std::string_view ReadText(const Unescape& unescape, Space space) {
    return text_.empty() ? std::string_view() : reader_.Read(batch_.arena.Copy(text_), unescape, space);
  }

  // --- the body -----------------------------------------------------------------------------------------------------

  // All elements of the name that counts which are as far out as `body`, the first of them, and what comes behind them.
  void TakeKnown(const Taken& body) {
    texts_.clear();
    if (body.text.empty()) return;
    texts_.push_back({body.text, body.node});
    if (!body.is_found) return;
    const std::vector<Found>& found = fields_[kBody].found;
    const Found& taken = found[body.found];
    for (size_t i = body.found + 1; i < found.size() && !taken.IsBetterThan(found[i]); ++i)
      TakeFound(found[i], fields_[kBody]);
    for (const Found& more : fields_[kMore].found) {
      if (more.node != taken.node && !IsInside(taken.node, more.node) && !IsInside(more.node, taken.node))
        TakeFound(more, fields_[kMore]);
    }
  }

  void TakeFound(const Found& found, const XmlField& field) {
    const Taken taken = Read(found.node, field.paths[found.path], profile_.unescape_body, Space::kLines);
    if (taken.text.empty()) return;
    said_bytes_ += taken.bytes;
    texts_.push_back({taken.text, taken.node});
  }

  static bool IsInside(pugi::xml_node node, const pugi::xml_node& outer) {
    while (node && node != outer) node = node.parent();
    return static_cast<bool>(node);
  }

  std::string_view Joined() {
    if (texts_.size() < 2) return texts_.empty() ? std::string_view() : texts_[0].text;
    joined_.clear();
    std::vector<std::string_view> texts;
    for (const Text& each : texts_) texts.push_back(each.text);
    const std::vector<bool> teasers = profile_.xml.prose ? TeasersOf(texts) : std::vector<bool>(texts.size(), false);
    for (size_t i = 0; i < texts.size(); ++i) {
      // What is short may say twice what is said elsewhere: "Yes."
      if (!teasers[i] || !IsProse(texts[i])) joined_.append(joined_.empty() ? "" : "\n").append(texts[i]);
    }
    return batch_.arena.Copy(joined_);
  }

  // Of a record without a known text: all that it says but for its title, if there is prose in it.
  std::string_view AllWithProse() {
    const XmlText::Without without{.node = title_ == root_ ? pugi::xml_node() : title_};
    if (!HasProse(root_, without)) return {};
    text_.clear();
    said_bytes_ += xml_text_.Append(root_, without, text_);
    is_all_said_ = true;
    return ReadText(profile_.unescape_body, Space::kLines);
  }

  // --- fields -------------------------------------------------------------------------------------------------------

  // Elements in the record by their names, where the title or a text stands deeper those beside it; attributes.
  void ListFields(Record& record) {
    said_.clear();
    around_.clear();
    for (const Text& each : texts_) {
      said_.insert(each.node.internal_object());
      MarkAround(each.node);
    }
    if (title_) {
      said_.insert(title_.internal_object());
      MarkAround(title_);
    }
    ListAttributes(root_, {}, record);
    opened_.clear();
    person_.clear();
    int depth = 0;
    bool goes_in = true;
    for (pugi::xml_node node = root_; NextXmlNode(root_, node, depth, goes_in);) {
      goes_in = around_.contains(node.internal_object()) && !said_.contains(node.internal_object());
      if (node.type() != pugi::node_element || person_.contains(node.internal_object())) continue;
      const XmlPath* const apart = AttributeThatTells(node);
      const std::string_view name = FieldName(node, apart);
      const bool is_opened = std::ranges::find(profile_.xml.opened, name) != profile_.xml.opened.end();
      goes_in = goes_in || is_opened;
      if (is_opened && apart != nullptr) opened_.emplace(node.internal_object(), name);
      ListAttributes(node, name, record, apart);
      if (ListPerson(node, name, record)) goes_in = true;
      if (goes_in) continue;
      text_.clear();
      xml_text_.Append(node, {}, text_);
      if (text_.empty() && node.first_attribute() && !node.attribute("name")) continue;
      AddField(
          batch_, record,
          {.name = name, .value = ReadText({}, Space::kLines), .is_compared = said_.contains(node.internal_object())});
    }
  }

  // False: it is no person, or none whose names are known.
  bool ListPerson(const pugi::xml_node& node, std::string_view name, Record& record) {
    if (std::ranges::find(profile_.xml.persons, LocalName(node.name())) == profile_.xml.persons.end()) return false;
    std::array<std::string, kNumNameParts> parts;
    int depth = 0;
    for (pugi::xml_node part = node; NextXmlNode(node, part, depth);) {
      const NamePart kind = part.type() == pugi::node_element ? NamePartOf(part) : kNumNameParts;
      if (kind == kNumNameParts) continue;
      person_.insert(part.internal_object());
      text_.clear();
      xml_text_.Append(part, {}, text_);
      const std::string_view text = ReadText({}, Space::kOneLine);
      if (!parts[kind].empty() && !text.empty()) parts[kind] += ' ';
      parts[kind] += text;
    }
    text_ = parts[kFamily].empty() ? parts[kWhole] : parts[kFamily];
    const std::string& given = parts[kGiven].empty() ? parts[kInitials] : parts[kGiven];
    if (!parts[kFamily].empty() && !given.empty()) text_.append(", ").append(given);
    if (text_.empty()) return false;
    AddField(batch_, record, {.name = name, .value = batch_.arena.Copy(text_)});
    opened_.emplace(node.internal_object(), name);
    return true;
  }

  enum NamePart : size_t { kFamily, kGiven, kInitials, kWhole, kNumNameParts };
  // Of PubMed, of Word, of MODS; kNumNameParts: it is none.
  static NamePart NamePartOf(const pugi::xml_node& node) {
    const std::string_view name = LocalName(node.name());
    if (name == "LastName" || name == "Last") return kFamily;
    if (name == "ForeName" || name == "FirstName" || name == "First" || name == "Middle") return kGiven;
    if (name == "Initials") return kInitials;
    if (name == "CollectiveName") return kWhole;
    if (name != "namePart") return kNumNameParts;
    const std::string_view type = node.attribute("type").value();
    if (type == "family" || type == "given") return type == "family" ? kFamily : kGiven;
    return type.empty() ? kWhole : kNumNameParts;
  }

  // Null: none does.
  const XmlPath* AttributeThatTells(const pugi::xml_node& node) const {
    const auto found = std::ranges::find_if(told_apart_, [&](const XmlPath& path) {
      return path.Matches(node, LocalName(node.name())) && node.attribute(path.attribute.c_str());
    });
    return found == told_apart_.end() ? nullptr : &*found;
  }

  // <field name="title"> is called title. `apart`: the attribute that is part of its name, or null.
  std::string_view FieldName(const pugi::xml_node& node, const XmlPath* apart) {
    const pugi::xml_attribute said = node.attribute("name");
    joined_.clear();
    for (pugi::xml_node up = node.parent(); !opened_.empty() && up && up != root_; up = up.parent()) {
      if (const auto opened = opened_.find(up.internal_object()); opened != opened_.end()) {
        joined_.append(opened->second).append("/");
        break;
      }
    }
    joined_.append(said ? said.value() : LocalName(node.name()));
    if (apart != nullptr) {
      joined_.append("[@").append(apart->attribute).append("=");
      joined_.append(node.attribute(apart->attribute.c_str()).value()).append("]");
    }
    return batch_.arena.Copy(joined_);
  }

  // `apart`: the attribute that is part of the name, or null.
  void ListAttributes(const pugi::xml_node& node, std::string_view element, Record& record,
                      const XmlPath* apart = nullptr) {
    for (const pugi::xml_attribute& each : node.attributes()) {
      const std::string_view name = each.name();
      if (name.starts_with("xmlns") || name.find(':') != name.npos || (node != root_ && name == "name")) continue;
      if (apart != nullptr && name == apart->attribute) continue;
      joined_.assign(element).append(element.empty() ? "@" : "/@").append(name);
      text_.clear();
      xml_text_.AppendDecoded(each.value(), text_);
      const bool is_said = std::ranges::any_of(
          said_attributes_, [&](const auto& said) { return said.first == node && said.second == name; });
      AddField(batch_, record,
               {.name = batch_.arena.Copy(joined_), .value = batch_.arena.Copy(text_), .is_compared = is_said});
    }
  }

  // Text that is in none of its elements.
  static bool HasOwnText(const pugi::xml_node& record) {
    return std::ranges::any_of(record.children(), [](const pugi::xml_node& child) {
      return child.type() != pugi::node_element &&
             std::string_view(child.value()).find_first_not_of(" \t\r\n") != std::string_view::npos;
    });
  }

  // --- XmlProfile::prose --------------------------------------------------------------------------------------------

  // Puts texts_ into the order of the document, with all that is text besides.
  void TakeProse(bool has_title) {
    std::vector<Text> known;
    known.swap(texts_);
    known_.clear();
    around_.clear();
    headed_.clear();
    for (const Text& each : known) {
      MarkAround(each.node);
      if (each.node == root_) {  // an attribute
        texts_.push_back(each);
        continue;
      }
      known_.emplace(each.node.internal_object(), each.text);
      if (each.node.parent() != root_) headed_.insert(each.node.parent().internal_object());
    }
    if (title_) MarkAround(title_);
    if (title_) headed_.erase(title_.parent().internal_object());
    Walk();
    if (!texts_.empty() || has_title) return;
    text_.clear();
    said_bytes_ += xml_text_.Append(root_, {}, text_);
    is_all_said_ = true;
    texts_.push_back({ReadText(profile_.unescape_body, Space::kLines), root_});
  }

  void MarkAround(const pugi::xml_node& node) {
    for (pugi::xml_node up = node; up && up != root_;) {
      up = up.parent();
      if (!around_.insert(up.internal_object()).second) return;
    }
  }

  void Walk() {
    constexpr int kNowhere = INT_MAX;
    int depth = 0, detail_depth = kNowhere;  // of the outermost detail that the walk is in
    for (pugi::xml_node node = root_;;) {
      if (depth <= detail_depth) detail_depth = kNowhere;
      const auto known = known_.find(node.internal_object());
      const bool is_known = known != known_.end();
      const bool goes_in = !is_known && (node == root_ || around_.contains(node.internal_object()));
      const bool is_detail = node != root_ && IsXmlDetail(node);
      if (is_known) {
        texts_.push_back({known->second, node});
      } else if (goes_in) {
        if (is_detail && detail_depth == kNowhere) detail_depth = depth;
      } else if (node != title_ && !is_detail && detail_depth == kNowhere) {
        TakeUnknown(node);
      }
      if (!NextXmlNode(root_, node, depth, goes_in)) return;
    }
  }

  void TakeUnknown(const pugi::xml_node& node) {
    const XmlText::Without without{.details = true};
    if (!headed_.contains(node.parent().internal_object()) && !HasXmlText(node)) return;
    text_.clear();
    const uint64_t bytes = xml_text_.Append(node, without, text_);
    const std::string_view text = ReadText(profile_.unescape_body, Space::kLines);
    if (text.empty()) return;
    said_bytes_ += bytes;
    texts_.push_back({text, node});
  }

  struct Text {
    std::string_view text;
    pugi::xml_node node;
  };
  using Object = pugi::xml_node_struct*;

  const LayoutOptions& options_;
  const Profile& profile_;
  Batch& batch_;
  FieldReader reader_;
  std::array<XmlField, kNumFields> fields_;
  pugi::xml_document document_;
  XmlText xml_text_;
  std::vector<char> buffer_;
  std::string text_, joined_;
  // Of the record in hand.
  pugi::xml_node root_, title_;
  std::array<std::pair<pugi::xml_node, std::string_view>, 2> said_attributes_;  // title, body; no name: none
  bool is_all_said_ = false;                                                    // all character data
  uint64_t said_bytes_ = 0;  // of character data that is title or text
  std::vector<Text> texts_;
  HashMap<Object, std::string_view> known_;   // texts by name
  HashSet<Object> around_;                    // elements that the title or one of known_ stands in
  HashSet<Object> said_;                      // elements that are title or text
  HashSet<Object> headed_;                    // ... and of known_ right there: what is beside it is text
  HashMap<Object, std::string_view> opened_;  // names of those that are opened and told apart, and of persons
  HashSet<Object> person_;                    // parts of their names
  std::vector<XmlPath> told_apart_;
};

}  // namespace

void SegmentXml(const LayoutOptions& options, const Profile& profile, Batch& batch) {
  XmlSegmenter segmenter(options, profile, batch);
  ForEachSpan(
      options, batch, {}, [&](Record& record) { segmenter.Accept(record); }, [](std::string_view) {});
}

}  // namespace unecho
