// Which elements of an XML source are its records: by what its beginning is made of.
//
// Problem. Dumps call their records whatever they like: <Award>, <Trial>, <Judgment>; and documents are full of
// elements whose names are those of records elsewhere: <item>, <row>, <article>.
// Idea. Records hold most of the text of their source. They stand beside each other, as far out as possible, and each
// has parts: elements inside, or several attributes, or it has a name that records have. Parts of documents
// (markup_names.h) are none, and nothing inside them is. Elements of other names beside them are records, too, where
// they are made like them. Where no elements are like that, the source is one document, and its root is the record.
// What can go wrong. An element that stands in one of its own name (an outline) can be no record, for its text would be
// the outer one's; then there is no answer. Chapters under a name that nobody knows, with parts of documents and
// nothing else in them, are taken for parts where a title stands in front of them, else for records.
//
// Cost:    one pass over what is given, and a few over its elements. Threads: functions without state.
// Failure: nullopt: no answer.
#ifndef UNECHO_SRC_LAYOUTS_XML_SHAPE_H_
#define UNECHO_SRC_LAYOUTS_XML_SHAPE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/xml_tree.h"

namespace unecho {

// Local names. `count`: of records that were seen; 0: the source is one document.
struct XmlShape {
  std::vector<std::string> records = {};
  std::vector<std::string> titles = {}, bodies = {};
  size_t count = 0;
  bool innermost = false;    // those that have others inside are folders
  bool folders_say = false;  // ... and have prose in an attribute of their own, as notes
  bool is_known = false;     // all records have one of the names that were given
  bool adds_known = false;   // some have: others of the names may be records further on
};

// `known`: names of records.
std::optional<XmlShape> ShapeOfXml(const XmlTree& tree, const std::vector<std::string>& known);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_SHAPE_H_
