// Which element of an XML source of unknown names is a record: the one that repeats.
//
// Problem. Dumps call their records whatever they like: <Award>, <Trial>, <Judgment>.
// Idea. In a list of records siblings of one name follow each other, as far out as possible, and each has parts:
// elements inside, or several attributes. Paragraphs repeat, too, but have no parts; where nothing else repeats, the
// source is one document, and its root is the record. The title is an element whose name ends like a title's; the text
// is the element with the most text, and if there is none, all that the record says.
// What can go wrong. An element that stands in one of its own name (an outline) can be no record, for its text would be
// the outer one's; then there is no answer.
//
// Cost:    one pass over what is given. Threads: a function without state.
// Failure: nullopt: no answer.
#ifndef UNECHO_SRC_LAYOUTS_XML_SHAPE_H_
#define UNECHO_SRC_LAYOUTS_XML_SHAPE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unecho {

// Local names. `count`: of records that were seen; 0: the source is one document.
struct XmlShape {
  std::string record;
  std::vector<std::string> titles, bodies;
  size_t count = 0;
  bool innermost = false;  // those that have others inside are folders
};

// Whether `text`, which begins with '<', begins as XML does and not as HTML or a line with a tag.
bool BeginsAsXml(std::string_view text);

std::optional<XmlShape> ShapeOfXml(std::string_view bytes);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_XML_SHAPE_H_
