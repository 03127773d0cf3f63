// What may stand in front of JSON: a comment, )]}', a line of a log, the head of a response, `var x =`.
//
// Cost:    a pass over what is given, for each line of the first few that may begin it.
// Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_HEAD_H_
#define UNECHO_SRC_LAYOUTS_JSON_HEAD_H_

#include <cstddef>
#include <string_view>

namespace unecho {

// Does it begin with an object or an array by the grammar of JSON? `is_all`: it is not cut off. Something must be in it
// that text in brackets does not have: a key, or a string.
// `size`: of it, if it ends.
bool BeginsAsJson(std::string_view text, bool is_all, size_t* size = nullptr);

// Where JSON begins, if other lines stand before it; 0 if there are none, or no JSON.
size_t BytesBeforeJson(std::string_view bytes, bool is_all);

// Could a line among the first ones begin JSON, behind others? Then all of it is to be looked at.
bool MayBeginJsonLater(std::string_view first_lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_HEAD_H_
