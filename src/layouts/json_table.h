// Tables in JSON, which have no record in one place: by columns, or of rows whose names stand elsewhere or nowhere.
//
// {"title": ["...", ...], "text": ["...", ...]}, {"title": {"0": "...", ...}, "text": {"0": "...", ...}}, {"columns":
// ["title", "text"], "data": [["...", "..."], ...]}.
//
// Cost:    a pass over the places. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_TABLE_H_
#define UNECHO_SRC_LAYOUTS_JSON_TABLE_H_

#include <cstddef>
#include <string_view>

#include "layouts/json_tree.h"

namespace unecho {

// What to do with the table that the one object at this place is; static text, empty if it is none. `is_cut`: its last
// member may go on.
std::string_view TableIn(const JsonNode& node, bool is_cut);
// The same for an array of arrays.
std::string_view RowsWithoutNames();

// Bytes of the strings at a place and below, but for what is no text by name.
size_t TextBytes(const JsonNode& node);

inline bool IsNumbered(std::string_view key) { return key.find_first_of("0123456789") != key.npos; }

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_TABLE_H_
