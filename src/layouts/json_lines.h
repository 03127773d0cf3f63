// What the first bytes and lines of a source say of JSON in it, for sniff.cc.
//
// Cost:    a look at the lines that are given. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_LAYOUTS_JSON_LINES_H_
#define UNECHO_SRC_LAYOUTS_JSON_LINES_H_

#include <span>
#include <string_view>

#include "layouts/source_head.h"

namespace unecho {

// Objects in curly brackets are JSON, those of wiki text and of templates are not.
bool IsTemplate(std::string_view text);
// A document that may hold columns or rows, and no objects. `text` begins with { or [.
bool MayBeTable(std::string_view text);
// var tweets = [: an export, and no code.
bool HasAssignedList(std::string_view line);
// Most lines are those of objects that are written over several: braces, and keys.
bool IsMostlyJson(std::span<const Line> lines);

// JSON as people write it for people: with comments, or keys without quotes. It begins with a bracket, and all of it is
// made of such lines.
bool IsJson5(std::span<const Line> lines);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_JSON_LINES_H_
