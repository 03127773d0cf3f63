// Text of XML elements, as pugixml has parsed them: all character data inside, in the order of the document.
//
// Elements that are blocks in HTML, JATS or PubMed begin new lines. So do all others, where no white space parts them,
// that stand in an element without a text of its own, but for those that are known to mark words inside a line; between
// two of different names without elements inside (<first>, <last>) a blank does. Entities of XML and the names of HTML
// are decoded once, behind those that the source declares (xml_entities.h). CDATA is taken as it is, but for a page in
// it (<!DOCTYPE, <en-note>), and for HTML in an element that is a text by its name: of these it is the text, where the
// profile does not read HTML itself.
//
// Cost:    linear in what is looked at, without recursion: elements may be nested as deep as they like.
// Threads: one XmlText a thread. Failure: is_too_much().
#ifndef UNECHO_SRC_LAYOUTS_XML_TEXT_H_
#define UNECHO_SRC_LAYOUTS_XML_TEXT_H_

#include <pugixml.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "layouts/xml_entities.h"

namespace unecho {

// A name without its prefix.
inline std::string_view LocalName(std::string_view name) { return name.substr(name.rfind(':') + 1); }

// Moves to the next node in the order of the document, inside `root`; false at its end. `depth` follows. Without
// `enters` what is inside the node is passed over.
bool NextXmlNode(const pugi::xml_node& root, pugi::xml_node& node, int& depth, bool enters = true);

// Is it no text of its record: of JATS and TEI references, addresses, heads of files; what field_names.h says, but for
// what stands inside a line of text, and for pages and volumes that hold the text?
bool IsXmlDetail(const pugi::xml_node& node);

class XmlText {
 public:
  XmlText(XmlEntities entities, bool reads_html) : entities_(std::move(entities)), reads_html_(reads_html) {}

  // Of the next record, with the size of it. Its texts may be read several times.
  void Begin(size_t record_bytes) { room_ = {.bytes = kLeastGrown + kMostGrowth * record_bytes}; }
  // Does the record stand for so much more than it is that some of it was left as it is?
  bool is_too_much() const { return room_.was_short; }

  // What of an element is passed over.
  struct Without {
    pugi::xml_node node = {};  // this one, with all that is in it
    bool details = false;      // what IsXmlDetail()
  };

  // Appends the text of `root`. Bytes of character data that it came from.
  uint64_t Append(const pugi::xml_node& root, const Without& without, std::string& out);
  void AppendDecoded(std::string_view text, std::string& out);

 private:
  // Of two the later one; kLineIfGlued and kBlank only where no white space is.
  enum class Break : uint8_t { kNone, kBlank, kLineIfGlued, kLine };
  Break BreakAround(const pugi::xml_node& node, const pugi::xml_node& beside, int depth) const;

  // Of values of entities, for each byte of a record.
  static constexpr size_t kMostGrowth = 16, kLeastGrown = size_t{64} << 10;

  const XmlEntities entities_;
  const bool reads_html_ = false;  // in CDATA
  XmlEntities::Room room_;
  std::string decoded_, expanded_;
  std::vector<bool> has_own_text_;  // of the elements that the node in hand stands in
};

// Is there prose (prose.h) in one stretch of its character data?
bool HasProse(const pugi::xml_node& root, const XmlText::Without& without);
// ... or a paragraph, or an element with the name of a text? Details do not count. Text in no element does.
bool HasXmlText(const pugi::xml_node& root);
// Character data that is not blank, and values of attributes, in all of it.
uint64_t CountTextBytes(const pugi::xml_node& root);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_TEXT_H_
