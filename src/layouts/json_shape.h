// Does a source that begins with { or [ hold one JSON object a line, or one JSON document?
//
// Cost: one pass over what is given. Threads: a function without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_SHAPE_H_
#define UNECHO_SRC_LAYOUTS_JSON_SHAPE_H_

#include <cstdint>
#include <string_view>

namespace unecho {

enum class JsonShape : uint8_t {
  kLines,      // an object a line
  kDocument,   // an array of objects, or an object that goes on over lines or is made of objects
  kNone,       // an array of anything else
  kUnknownYet  // more bytes are needed
};

// `is_all`: no more bytes will come. Without it the answer is one that more bytes do not change.
JsonShape ShapeOfJson(std::string_view bytes, bool is_all);

// Whether an object has a title, by the names of the layout "json", that is inside another object, and no text of its
// own by those of "jsonl".
bool HasTextsDeeper(std::string_view object);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_SHAPE_H_
