// The beginning of a source as a tree of elements, for the rules by which its records are known.
//
// What is not well-formed is read all the same: an end tag that nothing waits for is passed over, one that was
// forgotten ends with the one around it, and so does what has not ended where the bytes do.
//
// Cost:    one pass over what is given; a node an element.
// Threads: a tree is immutable. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_XML_TREE_H_
#define UNECHO_SRC_LAYOUTS_XML_TREE_H_

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace unecho {

// Views point into the bytes that the tree was made of.
struct XmlElement {
  std::string_view name;         // without its prefix; empty: what is around the roots
  std::string_view attributes;   // behind the name in the tag
  std::string_view text = {};    // the first character data directly inside that is not blank
  size_t parent = 0, depth = 0;  // the roots have depth 1
  size_t end = 0;                // behind the last element inside
  size_t num_children = 0;       // elements directly inside
  size_t num_attributes = 0;
  size_t own_bytes = 0, text_bytes = 0;  // of character data; of that and of attributes with several words, all inside
  bool has_prose = false;                // prose.h, in one stretch of character data, all inside, or an attribute
};

struct XmlTree {
  std::vector<XmlElement> elements;  // in the order of the document; the first is around the roots
  size_t num_ended = 0;              // elements that have an end tag, or need none
  bool is_regular = true;            // tags are closed in order, and attributes quoted
};

// `has_void`: elements of HTML that have no end tags stay empty.
XmlTree ReadXmlTree(std::string_view bytes, bool has_void = false);

void ForEachXmlAttribute(std::string_view attributes,
                         const std::function<void(std::string_view name, std::string_view value)>& take);

// What stands before the first element: comments, instructions, document types, scripts and style sheets.
struct XmlProlog {
  size_t bytes = 0;  // at which the first element, or text, begins
  std::string_view document_type;
  bool is_complete = false;  // nothing of it may go on behind the bytes that are there
  bool has_declaration = false;
};
XmlProlog ReadXmlProlog(std::string_view text);

// The name of the element that begins at text[0], with its prefix; empty if none does, or it may go on.
std::string_view XmlNameAt(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_TREE_H_
