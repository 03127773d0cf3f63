// `--layout auto` for JSON: objects a line, a document, literals of Python, and JSON behind something else.
//
// Cost:    a few passes over the beginning of a source. Threads: functions without state.
// Failure: Detected::layout is null where there is no answer.
#ifndef UNECHO_SRC_LAYOUTS_SNIFF_JSON_H_
#define UNECHO_SRC_LAYOUTS_SNIFF_JSON_H_

#include <optional>
#include <string_view>

#include "layouts/sniff.h"
#include "layouts/source_head.h"

namespace unecho {

// `text` begins with '{' or '['; `bytes` is the same with the blanks around it. No answer: it is no JSON.
struct JsonAnswer {
  bool is_open = false;  // more bytes are needed
  std::optional<Detected> found;
};
JsonAnswer ByJson(const Head& head, std::string_view bytes, std::string_view text, bool at_end, bool has_match_fields);

// JSON behind a comment, a line of a log, the head of a response.
std::optional<Detected> ByJsonLater(std::string_view bytes, bool source_ends);
Detected ByLinesOfJson(const Head& head);
Detected ByJson5();

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_SNIFF_JSON_H_
