// Text of XML elements, as pugixml has parsed them: all character data inside, in the order of the document.
//
// Elements that are blocks in HTML, JATS or PubMed begin new lines. Entities of XML and the names of HTML are decoded
// once; those of a document type never. CDATA is taken as it is.
//
// Cost:    linear in what is looked at, without recursion: elements may be nested as deep as they like.
// Threads: one XmlText a thread. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_XML_TEXT_H_
#define UNECHO_SRC_LAYOUTS_XML_TEXT_H_

#include <pugixml.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace unecho {

// A name without its prefix.
inline std::string_view LocalName(std::string_view name) { return name.substr(name.rfind(':') + 1); }

// Moves to the next node in the order of the document, inside `root`; false at its end. `depth` follows. Without
// `enters` what is inside the node is passed over.
bool NextXmlNode(const pugi::xml_node& root, pugi::xml_node& node, int& depth, bool enters = true);

// Is it no text of its record: of JATS and TEI references, addresses, heads of files; what field_names.h says?
bool IsXmlDetail(std::string_view local_name);

class XmlText {
 public:
  // What of an element is passed over.
  struct Without {
    pugi::xml_node node = {};  // this one, with all that is in it
    bool details = false;      // what IsXmlDetail()
  };

  // Appends the text of `root`. Bytes of character data that it came from.
  uint64_t Append(const pugi::xml_node& root, const Without& without, std::string& out);
  void AppendDecoded(std::string_view text, std::string& out);

 private:
  std::string decoded_;
};

// Is there prose (prose.h) in one stretch of its character data?
bool HasProse(const pugi::xml_node& root, const XmlText::Without& without);
// Character data that is not blank, and values of attributes, in all of it.
uint64_t CountTextBytes(const pugi::xml_node& root);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_TEXT_H_
