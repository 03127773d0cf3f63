// Paths as text: what stands in provenance, report and messages, and can be read back. A path is bytes; these outputs
// are UTF-8.
//
// A byte that is no UTF-8 is written as % and two capital hexadecimal digits, from %80 to %FF. A % that could be taken
// for such a one, or for itself written so, is written as %25. All other paths stand as they are.
//
// Cost:    linear in the path. Threads: functions without state. Failure: none.
#ifndef UNECHO_SRC_TEXT_PATH_TEXT_H_
#define UNECHO_SRC_TEXT_PATH_TEXT_H_

#include <string>
#include <string_view>

namespace unecho {

std::string TextOfPath(std::string_view path);
std::string PathOfText(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_TEXT_PATH_TEXT_H_
