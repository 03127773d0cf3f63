// Heads of WARC records and HTTP messages.
#ifndef UNECHO_SRC_LAYOUTS_WARC_HEAD_H_
#define UNECHO_SRC_LAYOUTS_WARC_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"

namespace unecho {

// Bytes of the head that `text` begins with, its blank line included; npos: there is no blank line.
size_t HeadSize(std::string_view text);

// The value of a header, without regard to the case of its name; continuation lines are joined by a blank. False: none.
bool FindHeader(std::string_view head, std::string_view name, std::string& value);

// Calls visit(name, value) for every header, in order.
void ForEachHeader(std::string_view head, absl::FunctionRef<void(std::string_view, const std::string&)> visit);

// Content-Length, if it is a number below 2^62.
std::optional<uint64_t> ContentLength(std::string_view head);

// Where a line "WARC/1.0" (or 1.1, 0.18...) begins in `text`, behind a line feed; npos: nowhere. A line that is not
// complete is none.
size_t FindWarcVersion(std::string_view text);

}  // namespace unecho

#endif  // UNECHO_SRC_LAYOUTS_WARC_HEAD_H_
